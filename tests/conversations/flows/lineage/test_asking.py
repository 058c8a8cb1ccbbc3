"""Before a report is sent, its author is asked about what is like it; nothing is merged without a tap."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from conversations.model.initiatives import Initiative
from conversations.model.outcomes import Answered, DraftDiscarded, LineageTold, ReportSubmitted
from conversations.model.reviews import UnderReview
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reviews.test_review import office

CAFE = Initiative(
    "i1",
    1,
    "da",
    datetime(2026, 10, 5, 8, tzinfo=UTC),
    datetime(2026, 10, 5, 8, tzinfo=UTC),
    "",
    "dk-0630",
    "Vejle Bibliotekerne",
    "DK-0630",
    "Vejle",
    "Syddanmark",
    "DK",
    {
        "status": "running",
        "title": "Sprogcafé på tirsdage",
        "summary": "Frivillige og nye borgere taler dansk sammen over en kop kaffe.",
        "themes": ["language_cafe"],
        "target_groups": ["refugees"],
        "sharing": "public",
    },
)
CHESS = replace(
    CAFE, id="i2", answers={**CAFE.answers, "title": "Skakklub", "summary": "Spil skak.", "themes": ["other"]}
)


@pytest.fixture
def librarian() -> Dialogue:
    talk = Dialogue()
    talk.memory.initiatives.published.update({each.id: each for each in (CAFE, CHESS)})
    return talk


def tells(talk: Dialogue, title: str = "Language café", theme: str = "Language café") -> None:
    """A report up to the press that sends it."""
    talk.starts_report()
    talk.writes("odense")
    talk.writes("running")
    talk.writes(title)
    talk.writes("Newcomers practise Danish with volunteers.")
    for label in (theme, "Next", "Refugees", "Next"):
        talk.presses(label)
    talk.writes("March 2026")
    for label in ("Nobody else", "Anyone (public)", "Send report"):
        talk.presses(label)


def sent(talk: Dialogue) -> list[str]:
    return [each.report for each in talk.memory.history if isinstance(each, ReportSubmitted)]


def told(talk: Dialogue) -> list[LineageTold]:
    return [each for each in talk.memory.history if isinstance(each, LineageTold)]


def test_nobody_is_asked_if_nothing_is_like_it(librarian: Dialogue) -> None:
    tells(librarian, "Seeds to borrow", "Job skills")
    librarian.bot("Thank you. Your report has been sent.")
    assert sent(librarian) == ["r1"]


def test_what_is_like_it_is_shown_in_another_language_too(librarian: Dialogue) -> None:
    tells(librarian)
    librarian.bot(
        "Something like it has been reported already.",
        "1. Sprogcafé på tirsdage – Vejle Bibliotekerne: Frivillige og nye borgere",
        "Is yours the same, did one of them inspire you, or is it different?",
        buttons=["The same", "It inspired us", "Different: send it", "‹ Back to the report"],
    )
    assert "Skakklub" not in librarian.said()
    assert not sent(librarian)


def test_a_different_one_is_sent_and_nothing_is_noted(librarian: Dialogue) -> None:
    tells(librarian)
    librarian.presses("Different: send it")
    librarian.bot("Thank you. Your report has been sent.")
    assert (sent(librarian), told(librarian)) == (["r1"], [])


def test_one_that_was_inspired_keeps_its_lineage(librarian: Dialogue) -> None:
    tells(librarian)
    librarian.presses("It inspired us")
    librarian.bot("Thank you. Your report has been sent.", "Inspired by: Sprogcafé på tirsdage")
    assert told(librarian) == [LineageTold("r1", "i1", "inspired")]
    assert sent(librarian) == ["r1"]


def test_the_same_as_another_librarys_goes_to_a_coordinator_and_changes_nothing(librarian: Dialogue) -> None:
    tells(librarian)
    librarian.presses("The same")
    librarian.bot(
        "Thank you. Your report has been sent.",
        "You said that it is the same as “Sprogcafé på tirsdage”. A coordinator reads both and decides; nobody else’s "
        "report is changed.",
    )
    assert told(librarian) == [LineageTold("r1", "i1", "same")]
    assert librarian.memory.initiatives.published["i1"] == CAFE


@pytest.mark.parametrize(
    ("written", "relation"),
    [
        ("the same", "same"),
        ("it is the same", "same"),
        ("inspired by it", "inspired"),
        ("inspired by 1", "inspired"),
        ("we were inspired by that one", "inspired"),
        ("samme", "same"),
        ("inspireret af den", "inspired"),
        ("navdih", "inspired"),
        ("different", None),
        ("not the same", None),
        ("no", None),
        ("en anden", None),
        ("drugačna", None),
        ("send it anyway", None),
    ],
)
def test_it_may_be_written_too(librarian: Dialogue, written: str, relation: str | None) -> None:
    tells(librarian)
    librarian.writes(written)
    assert sent(librarian) == ["r1"], librarian.said()
    assert [each.relation for each in told(librarian)] == ([relation] if relation else [])


@pytest.mark.parametrize("written", ["perhaps", "inspired by 7", "yes", "2"])
def test_what_is_not_clear_is_asked_again(librarian: Dialogue, written: str) -> None:
    tells(librarian)
    librarian.writes(written)
    librarian.bot("Something like it has been reported already.")
    assert not sent(librarian)


def test_of_several_the_number_says_which(librarian: Dialogue) -> None:
    more = replace(CAFE, id="i3", library="Randers Bibliotek", answers={**CAFE.answers, "title": "Snak dansk"})
    librarian.memory.initiatives.published["i3"] = more
    tells(librarian)
    assert {"1: the same", "1 inspired us", "2: the same", "2 inspired us"} <= set(librarian.labels())
    second = "i3" if "2. Snak dansk" in librarian.said() else "i1"
    librarian.writes("the same")
    librarian.bot("Something like it has been reported already.")
    librarian.writes("the same as 2")
    assert told(librarian) == [LineageTold("r1", second, "same")]


def test_ones_own_report_is_updated_and_the_draft_ends(librarian: Dialogue) -> None:
    librarian.memory.initiatives.published.clear()
    tells(librarian)
    librarian.bot("Thank you. Your report has been sent.")
    tells(librarian, "Language café in the park")
    librarian.bot("1. Your own report: Language café", "Updating puts these answers into the report", buttons=[])
    librarian.presses("Update my report")
    librarian.bot("Your earlier report has been updated: Name")
    assert librarian.answers("r1")["title"] == "Language café in the park"
    assert DraftDiscarded("r2") in librarian.memory.history
    assert Answered("r1", "title", "Language café in the park") in librarian.memory.history
    assert sent(librarian) == ["r1"]


def test_ones_own_report_to_another_call_is_not_offered(librarian: Dialogue) -> None:
    librarian.memory.initiatives.published.clear()
    tells(librarian)
    kept = librarian.memory.reports.kept
    kept["r1"] = replace(kept["r1"], answers={**kept["r1"].answers, "campaign": "other"})
    tells(librarian)
    librarian.bot("Something like it has been reported already.")  # a report to no call may be that one
    librarian.presses("‹ Back to the report")
    kept["r2"] = replace(kept["r2"], answers={**kept["r2"].answers, "campaign": "this"})
    librarian.presses("Send report")
    assert sent(librarian) == ["r1", "r2"]


def test_one_that_was_withdrawn_meanwhile_is_said_and_nothing_is_lost(librarian: Dialogue) -> None:
    tells(librarian)
    press = librarian.press_of(librarian.button("It inspired us"))
    librarian.memory.initiatives.published.clear()
    librarian.takes(press)
    librarian.bot("That report has been withdrawn meanwhile.", buttons=["Send report"])
    assert not sent(librarian)


def test_going_back_to_the_report_sends_nothing(librarian: Dialogue) -> None:
    tells(librarian)
    librarian.presses("‹ Back to the report")
    librarian.bot("Check your report before you send it.")
    assert not sent(librarian)


def test_coordinators_see_what_the_author_said_and_what_it_is_like() -> None:
    author, ann = office("en")
    for each in (author, ann):
        each.memory.initiatives.published.update({CAFE.id: CAFE})
        each.memory.initiatives.seen = frozenset({"public", "network", "coordinators"})
    author.memory.review.reports["i1"] = UnderReview("i1", "published", 1, dict(CAFE.answers), "da")
    tells(author)
    author.presses("The same")
    ann.commands("/start r_r1")
    ann.bot("Its author says it is the same as: “Sprogcafé på tirsdage”", buttons=["Sprogcafé på tirsdage"])
    tells(author)
    author.presses("Different: send it")
    ann.commands("/start r_r2")
    ann.bot("Looks like one that waits too: “Language café”")
    ann.commands("/review")
    ann.bot("Language café: just now. Looks like r", "which waits too.")
    assert {"Language café · r1", "Language café · r2"} <= set(ann.labels())


def test_cards_show_what_inspired_an_initiative_and_what_it_inspired(librarian: Dialogue) -> None:
    published = librarian.memory.initiatives.published
    for number in (3, 4):
        published[f"i{number}"] = replace(CAFE, id=f"i{number}", answers={**CAFE.answers, "title": f"Copy {number}"})
        librarian.memory.initiatives.told[f"i{number}", "i1"] = "inspired"
    librarian.memory.initiatives.told["i2", "i1"] = "same"
    librarian.commands("/start r_i3")
    librarian.bot("Inspired by: Sprogcafé på tirsdage – Vejle Bibliotekerne")
    librarian.presses("What inspired it")
    librarian.bot("It has inspired 2 other initiatives.")
    librarian.presses("What it inspired")
    librarian.bot("Inspired by “Sprogcafé på tirsdage”", "2 initiatives", buttons=["Copy 3", "Copy 4", "‹ Back"])
    librarian.presses("Copy 4")
    librarian.bot("Copy 4")
    del published["i1"]
    librarian.commands("/start r_i3")
    assert "Inspired by" not in librarian.said()
    assert "What inspired it" not in librarian.labels()
