"""What looks like somebody's number, address or name is asked about before a report is sent."""

import pytest

from conversations.context.session import AtSummary, Session
from conversations.model.reports import Report
from tests.conversations.dialogue import Dialogue

ANSWERS = {
    "library": {"key": "dk-0461", "name": "Odense Bibliotekerne"},
    "status": "running",
    "title": "Homework café",
    "themes": ["homework_help"],
    "target_groups": ["children"],
    "period_start": "2025",
    "partners": {"types": ["none"], "names": []},
    "sharing": "public",
}


def ready_to_send(summary: str, language: str = "en", **answers: object) -> Dialogue:
    """A dialogue at the summary of a draft that says `summary`."""
    talk = Dialogue(language)
    talk.memory.reports.kept["r1"] = Report("r1", "draft", {**ANSWERS, "summary": summary, **answers})
    talk.memory.session = Session(9, AtSummary("r1"), talk.now)
    talk.commands("/report")
    talk.presses(talk.labels()[0])  # go on with the draft
    return talk


def status_of(talk: Dialogue) -> str:
    return talk.memory.reports.kept["r1"].status


@pytest.mark.parametrize(
    ("language", "summary", "asked", "take_out", "left"),
    [
        (
            "en",
            "Volunteers help with homework. Call Fatima on 89 00 00 12 to take part.",
            "“89 00 00 12” looks like the telephone number of a person. Take it out?",
            "Take out 89 00 00 12",
            "Volunteers help with homework. Call Fatima on […] to take part.",
        ),
        (
            "da",
            "Frivillige hjælper med lektier. Deltageren Fatima Hassan er glad for det.",
            "”Fatima Hassan” ligner navnet på en, der deltager. Skal det fjernes?",
            "Fjern Fatima Hassan",
            "Frivillige hjælper med lektier. Deltageren […] er glad for det.",
        ),
        (
            "sl",
            "Prostovoljci pomagajo pri učenju. Prva udeleženka ima EMŠO 0101006500006 v prijavi.",
            "»0101006500006« je videti kot EMŠO neke osebe. Naj jo odstranimo?",
            "Odstrani 0101006500006",
            "Prostovoljci pomagajo pri učenju. Prva udeleženka ima EMŠO […] v prijavi.",
        ),
    ],
)
def test_one_tap_takes_it_out_and_sends(language: str, summary: str, asked: str, take_out: str, left: str) -> None:
    talk = ready_to_send(summary, language)
    talk.presses(talk.labels()[0])
    talk.bot(asked, buttons=[take_out])
    assert status_of(talk) == "draft"
    talk.presses(take_out)
    assert status_of(talk) == "submitted"
    assert talk.answers()["summary"] == left


def test_one_tap_leaves_it_in_and_sends() -> None:
    talk = ready_to_send("Volunteers help with homework. Call the library on 89 00 00 12.")
    talk.presses("Send report")
    talk.presses("Leave it in and send")
    talk.bot("Thank you. Your report has been sent.")
    assert talk.answers()["summary"] == "Volunteers help with homework. Call the library on 89 00 00 12."


def test_each_thing_is_taken_out_by_itself_and_the_summary_is_a_tap_away() -> None:
    talk = ready_to_send("Write to fatima.h@mail.example or 89 00 00 12, or to info@library.example.")
    talk.presses("Send report")
    assert "info@library.example" not in " ".join(talk.labels())
    talk.presses("Take out fatima.h@mail.example")
    talk.presses("‹ Back to the report")
    talk.presses("Send report")
    talk.presses("Take out 89 00 00 12")
    talk.bot("Thank you. Your report has been sent.")
    assert talk.answers()["summary"] == "Write to […] or […], or to info@library.example."


def test_the_note_on_the_funding_is_looked_at_too() -> None:
    talk = ready_to_send(
        "Volunteers help with homework on Mondays.", funding={"sources": ["own"], "note": "ask 89000012"}
    )
    talk.presses("Send report")
    talk.presses("Take out 89000012")
    assert talk.answers()["funding"] == {"sources": ["own"], "note": "ask […]"}


def test_the_words_around_a_figure_are_looked_at_too() -> None:
    figure = {"unit": "of", "least": 43, "most": 43, "approximate": False, "of": 50, "year": "2025"}
    talk = ready_to_send(
        "Volunteers help with homework on Mondays.",
        outcome="They read more.",
        evidence_types=["statistics"],
        evidence_figure={**figure, "about": "43 of 50, ask 89000012"},
    )
    talk.presses("Send report")
    talk.presses("Take out 89000012")
    assert talk.answers()["evidence_figure"] == {**figure, "about": "43 of 50, ask […]"}


def test_a_report_about_nobody_is_sent_at_once() -> None:
    talk = ready_to_send("Volunteers helped with homework in 2019-2021 and 2024 2025, in weeks 32 33 34 35.")
    talk.presses("Send report")
    talk.bot("Thank you. Your report has been sent.")


def test_what_is_taken_out_of_a_told_text_is_gone_wherever_it_stands() -> None:
    talk = Dialogue("da", library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("Hver tirsdag er der sprogcafé for flygtninge siden marts 2024. Deltageren Fatima Hassan er glad.")
    talk.writes("Fatima Hassan har fået job, og Røde Kors er med.")
    talk.presses("Alle (offentligt)")
    talk.writes("Fatima Hassan og sprogcaféen")
    talk.presses(next(label for label in talk.labels() if label.startswith("Send")))
    talk.bot("Fatima Hassan")
    assert talk.labels().count("Fjern Fatima Hassan") == 1
    talk.presses("Fjern Fatima Hassan")
    assert status_of(talk) == "submitted"
    assert "Fatima" not in str(talk.memory.reports.kept["r1"])
    assert "Fatima" not in str(talk.memory.session)
    assert talk.answers()["title"] == "[…] og sprogcaféen"


def test_the_told_text_beside_a_draft_that_is_not_sent_yet_forgets_it_too() -> None:
    talk = Dialogue("da", library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    talk.writes("Sprogcafé for flygtninge siden marts 2024. Ring på 89 00 00 12 eller 89 00 00 13. Røde Kors er med.")
    talk.commands("/help")  # the place in the draft is kept, with the text
    talk.commands("/report")
    talk.presses(talk.labels()[0])
    talk.presses("Alle (offentligt)")
    talk.writes("Sprogcafé")
    talk.presses(next(label for label in talk.labels() if label.startswith("Send")))
    talk.presses("Fjern 89 00 00 12")
    assert status_of(talk) == "draft"
    assert "89 00 00 12" not in str(talk.memory.reports.kept["r1"])
    assert "89 00 00 12" not in str(talk.memory.session)
    assert "89 00 00 13" in str(talk.memory.session)
