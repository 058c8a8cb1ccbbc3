"""The digest as coordinators read it, in three languages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.telegram.rendering import LONGEST_TEXT, render, without_format
from conversations.flows.digests.proof import participants
from conversations.language.screen import Style
from conversations.model.digests.digest import Waiting
from conversations.model.digests.figures import Figures
from conversations.model.digests.looking import Known
from conversations.model.happenings import Happening, ReportSummary
from conversations.reading.text import length_utf16
from tests.conversations.dialogue import CATALOGUES, Dialogue

WEDNESDAY = datetime(2026, 11, 18, 12, tzinfo=UTC)


def report_summary(number: int, **given: Any) -> ReportSummary:
    told: dict[str, Any] = {
        "id": f"r{number}",
        "status": "submitted",
        "submitted_at": WEDNESDAY,
        "title": f"Sprogcafé {number}",
        "line": "Vi taler dansk over en kop kaffe.",
        "library": f"Bibliotek {number}",
        "municipality": f"DK-{number:04}",
        "place": "Odense",
        "region": "Syddanmark",
        "country": "DK",
        "progress": "running",
        "themes": ("language_cafe",),
        "groups": ("refugees",),
        "evidence": (),
        "outcome": False,
        "sharing": "network",
        "call": "",
        "language": "da",
    }
    return ReportSummary(**{**told, **given})


def coordinator(language: str = "en", new: int = 0) -> Dialogue:
    """A coordinator on the Monday after a week with so many new initiatives."""
    talk = Dialogue(language, roles=("coordinator",))
    talk.now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    talk.memory.digests.all = [(report_summary(number), Happening("new", WEDNESDAY)) for number in range(new)]
    return talk


OPENINGS = {
    ("en", 1): "One new initiative, from one library.",
    ("en", 2): "2 new initiatives, from 2 libraries.",
    ("en", 101): "101 new initiatives, from 101 libraries.",
    ("da", 1): "Ét nyt initiativ fra ét bibliotek.",
    ("da", 2): "2 nye initiativer fra 2 biblioteker.",
    ("da", 101): "101 nye initiativer fra 101 biblioteker.",
    ("sl", 1): "1 nova dejavnost iz 1 knjižnice.",
    ("sl", 2): "2 novi dejavnosti iz 2 knjižnic.",
    ("sl", 3): "3 nove dejavnosti iz 3 knjižnic.",
    ("sl", 5): "5 novih dejavnosti iz 5 knjižnic.",
    ("sl", 101): "101 nova dejavnost iz 101 knjižnice.",
}


@pytest.mark.parametrize(("language", "new"), OPENINGS)
def test_the_opening_counts_as_the_language_does(language: str, new: int) -> None:
    talk = coordinator(language, new)
    talk.commands("/digest")
    assert OPENINGS[language, new] in talk.said().splitlines()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Week 47, 16–22 November 2026: no new initiatives."),
        ("da", "Uge 47, 16.–22. november 2026: ingen nye initiativer."),
        ("sl", "Teden 47, 16.–22. 11. 2026: ni novih dejavnosti."),
    ],
)
def test_an_empty_week_is_one_line(language: str, line: str) -> None:
    talk = coordinator(language)
    talk.commands("/digest")
    assert talk.said().replace("\u00a0", " ") == line


def test_it_opens_with_three_lines_and_tells_the_rest_by_theme() -> None:
    talk = coordinator(new=3)
    book = talk.memory.digests
    changed = report_summary(7, title="Lektiecafé", themes=("homework_help",), evidence=("statistics",), outcome=True)
    book.all += [
        (changed, Happening("progress", WEDNESDAY, "planned", "running")),
        (changed, Happening("outcome", WEDNESDAY)),
        (changed, Happening("offer", WEDNESDAY, new="resource_person")),
    ]
    book.all += [
        (report_summary(50 + week), Happening("new", WEDNESDAY - timedelta(weeks=week))) for week in range(1, 5)
    ]
    book.queue = [Waiting(report_summary(1), WEDNESDAY)]
    talk.commands("/digest")
    talk.bot(
        "Weekly digest: week 47, 16–22 November 2026",
        "3 new initiatives, from 3 libraries.",
        "Language café stands out: 3 (usually 1).",
        "One report is waiting for review, since 18 November 2026.",
        "Language café (3)",
        "“Sprogcafé 0” – Bibliotek 0. Vi taler dansk over en kop kaffe.",
        "Further along (1)",
        "“Lektiecafé” – Bibliotek 7: Planned → Running",
        "What has changed for people (1)",
        "How we know: Our own figures",
        "Waiting for review (1)",
        buttons=["New initiatives", "Offers", "Printable page", "Spreadsheet", "Get this every week"],
    )


def test_it_says_how_many_were_inspired_by_another_library() -> None:
    talk = coordinator(new=3)
    talk.commands("/digest")
    assert "inspired" not in talk.said()
    talk.memory.digests.spread = 2
    talk.commands("/digest")
    talk.bot("2 of the new initiatives were inspired by another library.")


@pytest.mark.parametrize("language", ["da", "sl", "en"])
def test_a_long_digest_is_cut_between_sections_and_numbered(language: str) -> None:
    talk = coordinator(language)
    themes = ("language_cafe", "homework_help", "outreach", "digital_inclusion", "reading_group", "accessibility")
    talk.memory.digests.all = [
        (
            report_summary(number, themes=(themes[number % 6],), line="Æøå čšž 😀 " * 14, title="T" * 120),
            Happening("new", WEDNESDAY),
        )
        for number in range(200)
    ]
    talk.commands("/digest")
    assert talk.screen is not None
    messages = [str(without_format(each)["text"]) for each in render(talk.screen, CATALOGUES[language])]
    assert 1 < len(messages) < 10
    assert all(length_utf16(message) <= LONGEST_TEXT for message in messages)
    assert [message.split("\n")[0] for message in messages] == [
        f"{number}/{len(messages)}" for number in range(1, len(messages) + 1)
    ]
    heads = {CATALOGUES[language].say(line.text) for line in talk.screen.lines if line.style is Style.QUESTION}
    assert all(message.split("\n\n")[-1] not in heads for message in messages)


def test_another_time_and_one_that_is_none() -> None:
    talk = coordinator(new=2)
    talk.commands("/digest 16.11.-18.11.")
    talk.bot("16–18 November 2026", "2 new initiatives")
    talk.commands("/digest 2026-W46")
    talk.bot("Week 46, 9–15 November 2026: no new initiatives.")
    talk.presses("‹ The week before")
    talk.bot("Week 45, 2–8 November 2026: no new initiatives.")
    talk.commands("/digest week 46")
    talk.bot("Week 46, 9–15 November 2026: no new initiatives.")
    talk.commands("/digest the other day")
    talk.bot("I do not know that time.")


def test_it_comes_every_week_after_one_tap_and_ends_after_one() -> None:
    talk = coordinator(new=1)
    talk.commands("/digest")
    talk.presses("Get this every week")
    talk.bot("The digest is sent every week", "Here: Mondays at 8:00")
    talk.presses("Fri")
    talk.presses("15:00")
    talk.bot("Here: Fridays at 15:00")
    assert [(each.weekday, each.hour) for each in talk.memory.digests.weekly()] == [(4, 15)]
    talk.presses("Turn off")
    assert talk.memory.digests.weekly() == []


def test_a_librarian_sees_none_of_it() -> None:
    talk = Dialogue()
    for command in ("/digest", "/stats", "/coverage", "/evidence", "/export"):
        talk.commands(command)
        talk.bot("That command is for coordinators.")


def test_figures_in_short_and_a_picture_with_the_same_in_words() -> None:
    talk = coordinator()
    talk.memory.digests.counted = Figures(
        total=3, libraries=2, outcomes=1, months={"2026-09": 1, "2026-11": 2}, themes={"language_cafe": 3},
        groups={"refugees": 2}, progress={"running": 3}, evidence={"statistics": 1}, countries={"DK": 3},
        regions={("DK", "Syddanmark"): 3},
    )  # fmt: skip
    talk.commands("/stats")
    talk.bot("3 reports, from 2 libraries", "One reports a result for people.", "Themes", "Language café 3")
    talk.presses("Reports by month")
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    told = talk.reads(talk.screen.enclosed.alt)
    assert told == "Reports by month: September 2026 1, October 2026 0, November 2026 2"


def test_what_is_known_names_its_sources_and_how_many_reports_it_rests_on() -> None:
    talk = coordinator()
    answers = {
        "outcome": "97 per cent feel safer when they speak.",
        "evidence_detail": "Survey, 2026.",
        "outcome_areas": ["confidence"],
        "participants": {"least": 30, "most": 30, "approximate": False, "counted": "in_all"},
    }
    measured = report_summary(1, evidence=("impact_survey",), outcome=True)
    heard = report_summary(2, evidence=("user_stories",), outcome=True)
    secret = report_summary(3, evidence=("statistics",), outcome=True, sharing="coordinators", title="Not to be told")
    talk.memory.digests.results = [Known(each, answers) for each in (measured, heard, secret)]
    talk.commands("/evidence theme:language café group:refugees")
    talk.bot(
        "What we know: Language café, Refugees",
        "This is based on one report, from one library.",
        "How sure it is: participants were asked (1).",
        "Participants: 30 (one report: participants were asked (1)).",
        "Benefits for people: More confident (one report)",
        "97 per cent feel safer when they speak. Survey, 2026. – Source: Sprogcafé 1, Bibliotek 1.",
    )
    assert "Not to be told" not in talk.said()
    assert "Sprogcafé 2" not in talk.said()
    talk.commands("/evidence theme:nonsense")
    talk.bot("I do not know “nonsense”.", buttons=["Language café"])


def test_contacts_are_exported_only_on_purpose() -> None:
    talk = coordinator()
    talk.commands("/export")
    talk.presses("With contact details")
    talk.bot("Your download is recorded.")
    talk.presses("Spreadsheet (XLSX)")
    asked = talk.memory.history[-1]
    assert (getattr(asked, "form", ""), getattr(asked, "with_contacts", None)) == ("xlsx", True)


IN_ALL = {"approximate": False, "counted": "in_all"}


@pytest.mark.parametrize(
    ("numbers", "people"),
    [
        ([{"least": 12, "most": 12, **IN_ALL}, {"least": 30, "most": 30, **IN_ALL}], "42"),
        ([{"least": 12, "most": 12, **IN_ALL}, {"least": 30, "most": 30, **IN_ALL, "approximate": True}], "about 42"),
        ([{"least": 12, "most": 12, **IN_ALL}, {"least": 30, "most": None, **IN_ALL}], "42 or more"),
        ([{"least": 10, "most": 12, **IN_ALL}, {"least": 30, "most": 40, **IN_ALL}], "40–52"),
        ([{"least": 12, "most": 12, **IN_ALL}, {"least": 30, "most": 30, "counted": "each_time"}], "12"),
    ],
)
def test_a_range_stays_a_range_in_a_sum_and_an_open_end_stays_open(
    numbers: list[dict[str, object]], people: str
) -> None:
    known = [Known(report_summary(place), {"participants": number}) for place, number in enumerate(numbers)]
    total = participants(known)
    assert total
    assert CATALOGUES["en"].say(total.people) == people
