"""A published initiative as others read it, wherever they stand, and only what they may see."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.telegram.rendering import render, render_enclosed
from conversations.language.events import File
from conversations.model.followups.looking import Stage
from conversations.model.initiatives import Initiative
from conversations.model.reviews import UnderReview
from tests.conversations.dialogue import CATALOGUES, Dialogue

CAFE = Initiative(
    id="abc2345678",
    revision=1,
    language="da",
    published_at=datetime(2026, 10, 5, 12, tzinfo=UTC),
    changed_at=datetime(2026, 11, 2, 12, tzinfo=UTC),
    call="",
    library_key="DK-746100",
    library="Odense Bibliotekerne",
    municipality="DK-0461",
    place="Odense",
    region="Syddanmark",
    country="DK",
    answers={
        "library": {"key": "DK-746100", "name": "Odense Bibliotekerne"},
        "status": "running",
        "title": "Sprogcafé om tirsdagen",
        "summary": "Hver tirsdag mødes nytilkomne og naboer og taler dansk over en kop kaffe. " * 15,
        "themes": ["language_cafe", "local_integration"],
        "target_groups": ["refugees"],
        "participants": {"least": 12, "most": 12, "approximate": True, "counted": "each_time"},
        "volunteers": {"least": 3, "most": 3, "approximate": False},
        "sharing": "public",
        "photo": ["p1"],
        "photo_consent": True,
    },
)


@pytest.fixture
def reader() -> Dialogue:
    """A person who has reported nothing; the language café is published."""
    talk = Dialogue()
    talk.memory.initiatives.published[CAFE.id] = CAFE
    return talk


def test_a_link_shows_it_in_short(reader: Dialogue) -> None:
    reader.commands(f"/start r_{CAFE.id}")
    reader.bot(
        "Sprogcafé om tirsdagen",
        "Library: Odense Bibliotekerne",
        "Municipality: Odense",
        "Stage: Running",
        "Themes: Language café, Local integration",
        "Who it is for: Refugees",
        "Hver tirsdag",
        "Published: 5 October 2026",
        "Last changed: 2 November 2026",
        "Written in: Danish",
    )
    assert "Participants" not in reader.said()


def test_all_of_it_but_no_small_numbers_of_people(reader: Dialogue) -> None:
    reader.commands(f"/start r_{CAFE.id}")
    reader.presses("Read full report")
    reader.bot("Description: Hver tirsdag", "Participants: about 12", "Volunteers: fewer than five")
    assert "picture" not in reader.said()
    reader.presses("In short")
    assert "Participants" not in reader.said()


def test_a_draft_waits_meanwhile(reader: Dialogue) -> None:
    reader.starts_report()
    reader.writes("Aarhus")
    stood = reader.memory.session.at
    reader.commands(f"/start r_{CAFE.id}")
    reader.presses("Read full report")
    assert reader.memory.session.at == stood
    reader.presses("Back to my report ›")
    reader.bot("What stage is it at?")


@pytest.mark.parametrize("sharing", ["network", "coordinators", "gone", "wrong"])
def test_what_is_not_for_this_reader_is_as_if_it_never_was(reader: Dialogue, sharing: str) -> None:
    if sharing == "gone":
        reader.memory.initiatives.published.clear()
    elif sharing != "wrong":
        answers = {**CAFE.answers, "sharing": sharing}
        reader.memory.initiatives.published[CAFE.id] = replace(CAFE, answers=answers)
    reader.commands("/start r_wrong" if sharing == "wrong" else f"/start r_{CAFE.id}")
    assert reader.said() == ("That initiative cannot be shown. It may have been withdrawn, or it is not for everyone.")


def test_its_picture_comes_with_it_where_those_shown_agreed(reader: Dialogue) -> None:
    reader.memory.initiatives.pictures["p1"] = File("photo", "file-of-telegram")
    reader.commands(f"/start r_{CAFE.id}")
    assert reader.screen is not None
    assert reader.screen.enclosed is not None
    method, sent = render_enclosed(reader.screen.enclosed, CATALOGUES["da"])
    assert (method, sent["caption"]) == ("sendPhoto", "Billede: Sprogcafé om tirsdagen")
    reader.memory.initiatives.pictures["p1"] = File("document", "ab" * 32, "IMG.jpg")
    reader.commands(f"/start r_{CAFE.id}")
    assert reader.screen.enclosed is not None
    method, sent = render_enclosed(reader.screen.enclosed, CATALOGUES["da"])
    assert (method, sent["enclosed"]["data"]) == ("sendDocument", f"{CAFE.id}.{'ab' * 32}")
    reader.memory.initiatives.published[CAFE.id] = replace(CAFE, answers={**CAFE.answers, "photo_consent": False})
    reader.commands(f"/start r_{CAFE.id}")
    assert reader.screen.enclosed is None


def test_it_is_passed_on_by_a_link(reader: Dialogue) -> None:
    reader.bot_name = "meldind_bot"
    reader.commands(f"/start r_{CAFE.id}")
    assert reader.screen is not None
    (message,) = render(reader.screen, CATALOGUES["en"])
    ((_read,), (share,), *_home) = message["reply_markup"]["inline_keyboard"]
    assert share["url"] == (
        "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmeldind_bot%3Fstart%3Dr_abc2345678"
        "&text=Sprogcaf%C3%A9+om+tirsdagen"
    )


def test_coordinators_keep_the_card_they_review_with(reader: Dialogue) -> None:
    coordinator = Dialogue(roles=["coordinator"], beside=reader)
    coordinator.memory.review.reports[CAFE.id] = UnderReview(CAFE.id, "published", 1, CAFE.answers, "da")
    coordinator.commands(f"/start r_{CAFE.id}")
    coordinator.bot("Published: “Sprogcafé om tirsdagen”", "By ")
    coordinator.commands("/start r_wrong")
    coordinator.bot("That initiative cannot be shown.")


def test_how_a_result_is_known_stands_on_the_card_with_its_figure_and_source(reader: Dialogue) -> None:
    figure = {"unit": "of", "least": 43, "most": 43, "approximate": False, "of": 50, "about": "", "year": "2025"}
    answers = {
        **CAFE.answers,
        "outcome": "They talk more.",
        "evidence_types": ["external_evaluation", "user_stories"],
        "evidence_detail": "43 af 50, se www.rapport.dk/sprog",
        "evidence_figure": figure,
    }
    reader.memory.initiatives.published[CAFE.id] = replace(CAFE, answers=answers)
    reader.commands(f"/start r_{CAFE.id}")
    reader.bot(
        "How we know: Independent evaluation, What people tell us (evaluated by others)",
        "Figure: 43 of 50 (2025)",
        "Source: https://www.rapport.dk/sprog",
    )
    reader.memory.initiatives.published[CAFE.id] = replace(
        CAFE, answers={**answers, "evidence_figure": {**figure, "least": 2, "most": 2}}
    )
    reader.commands(f"/start r_{CAFE.id}")
    assert "Figure:" not in reader.said()
    reader.presses("Read full report")
    reader.bot("Figure: fewer than five")
    reader.memory.initiatives.published[CAFE.id] = replace(CAFE, answers={**answers, "evidence_types": ["observation"]})
    reader.commands(f"/start r_{CAFE.id}")
    assert "How we know" not in reader.said()


# When it was last confirmed


def test_a_card_says_when_it_was_last_confirmed(reader: Dialogue) -> None:
    confirmed = datetime(2026, 11, 20, 12, tzinfo=UTC)
    reader.memory.initiatives.published[CAFE.id] = replace(CAFE, confirmed_at=confirmed)
    reader.commands(f"/start r_{CAFE.id}")
    reader.bot("Published: 5 October 2026 · Last changed: 2 November 2026 · Last confirmed: 20 November 2026")


@pytest.mark.parametrize(("status", "marked"), [("running", True), ("planned", True), ("finished", False)])
def test_one_that_nobody_has_confirmed_for_long_is_marked_and_not_hidden(
    reader: Dialogue, status: str, marked: bool
) -> None:
    answers = {**CAFE.answers, "status": status}
    old = replace(CAFE, answers=answers, changed_at=CAFE.published_at)
    reader.memory.initiatives.published[CAFE.id] = old
    reader.now = datetime(2028, 4, 5, 11, 59, tzinfo=UTC)  # the day on which eighteen months are over
    for command in (f"/start r_{CAFE.id}", "/search sprogcafé"):
        reader.commands(command)
        reader.bot("Sprogcafé om tirsdagen")
        assert ("⚠️ Not confirmed since 5 October 2026" in reader.said()) == marked
    reader.now = datetime(2028, 4, 4, 23, tzinfo=UTC)
    reader.commands("/search sprogcafé")
    assert "⚠️" not in reader.said()


def test_the_whole_report_tells_its_history(reader: Dialogue) -> None:
    stages = [Stage("planned", datetime(2026, 3, 2, 12, tzinfo=UTC)), Stage("running", CAFE.published_at)]
    reader.memory.followups.reached = {CAFE.id: stages}
    reader.commands(f"/start r_{CAFE.id}")
    reader.presses("Read full report")
    reader.bot("So far: Planned (2 March 2026), Running (5 October 2026)")
