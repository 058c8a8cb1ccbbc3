"""The report of a call: one tap, at any time, provisional while the call is open."""

import json
from datetime import timedelta
from typing import Any

import pytest

from conversations.flows.calls.results import closed, state_words
from conversations.language.events import Pressed
from conversations.model.calls import CallStanding, WholeCall
from tests.conversations.dialogue import CATALOGUES, Dialogue


def at_the_call(status: str = "open", days: int = 10) -> Dialogue:
    """A coordinator who looks at a call with twelve reports."""
    talk = Dialogue(roles=("coordinator",))
    deadline = talk.now + timedelta(days=days)
    whole = WholeCall("rooms", "en", status, {"en": "Rooms for all"}, deadline_at=deadline, since=talk.now)  # type: ignore[arg-type]
    talk.memory.calls.kept["rooms"] = whole
    talk.memory.calls.standings = {"rooms": CallStanding(12, 1, ["Kamnik"], [], ["Piran"])}
    talk.takes(Pressed("call", "rooms"))
    return talk


def sent(talk: Dialogue) -> tuple[str, Any]:
    """What is sent: its name, and what it is made from."""
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    assert talk.screen.enclosed.kind == "call_report"
    return talk.screen.enclosed.name, json.loads(talk.screen.enclosed.data)


def test_one_tap_sends_the_document_and_others_the_page_and_the_table() -> None:
    talk = at_the_call()
    talk.presses("Get the call’s report")
    talk.bot("Rooms for all", "Provisional: counted on", "The call is open to the end of", "12 reports")
    assert sent(talk) == ("meldind-rooms.docx", {"call": "rooms", "form": "docx", "in": "en"})
    talk.presses("Printable page")
    assert sent(talk) == ("meldind-rooms.html", {"call": "rooms", "form": "html", "in": "en"})
    talk.presses("Spreadsheet")
    assert sent(talk) == ("meldind-rooms.xlsx", {"call": "rooms", "form": "xlsx", "in": "en"})
    talk.presses("‹ Back")
    talk.bot("Rooms for all", buttons=["Get the call’s report"])


@pytest.mark.parametrize(("status", "days"), [("closed", 10), ("open", -1), ("closed", -1)])
def test_once_it_has_closed_it_is_no_longer_provisional(status: str, days: int) -> None:
    talk = at_the_call(status, days)
    talk.presses("Get the call’s report")
    talk.bot("The call closed on", "Counted on")
    assert "Provisional" not in talk.said()


def test_a_call_without_a_deadline_says_so() -> None:
    talk = at_the_call()
    call = WholeCall("rooms", "en", "open", {"en": "Rooms"})
    assert CATALOGUES["en"].say(state_words(call, talk.now)).endswith("The call is open.")


def test_others_and_calls_that_are_not_opened_have_no_report() -> None:
    talk = at_the_call("draft")
    assert "Get the call’s report" not in talk.labels()
    talk.takes(Pressed("call_results", "rooms"))
    talk.bot("That call is no longer available.")
    stranger = Dialogue()
    stranger.memory.calls.kept = {"rooms": WholeCall("rooms", "en", "open", {"en": "Rooms"})}
    stranger.takes(Pressed("call", "rooms"))
    assert "Get the call’s report" not in stranger.labels()


@pytest.mark.parametrize(
    ("language", "said", "label"),
    [
        ("da", "Opfordringen er lukket: Rooms for all", "Hent opfordringens rapport"),
        ("sl", "Poziv je zaključen: Rooms for all", "Prenesi poročilo o pozivu"),
        ("en", "The call has closed: Rooms for all", "Get the call’s report"),
    ],
)
def test_what_coordinators_are_told_at_its_end_has_the_button(language: str, said: str, label: str) -> None:
    screen = closed(WholeCall("rooms", "en", "closed", {"en": "Rooms for all"}))
    assert CATALOGUES.say(screen.lines[0].text, language).startswith(said)
    ((button,),) = screen.rows
    assert (CATALOGUES.say(button.label, language), button.action, button.argument) == (label, "call_results", "rooms")


def test_coordinators_get_the_form_of_a_call_for_other_programs() -> None:
    talk = at_the_call()
    talk.presses("Form for ODK or Kobo")
    talk.bot("Rooms for all", "for ODK or KoboToolbox (XLSForm)", "meldind import FILE.csv")
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    file = talk.screen.enclosed
    assert (file.kind, file.name, file.data) == ("xlsform", "meldind-rooms-form.xlsx", "rooms")
    talk.presses("‹ Back")
    talk.bot("Rooms for all", buttons=["Form for ODK or Kobo"])
    stranger = Dialogue()
    stranger.memory.calls.kept = {"rooms": WholeCall("rooms", "en", "open", {"en": "Rooms"})}
    stranger.takes(Pressed("call", "rooms"))
    assert "Form for ODK or Kobo" not in stranger.labels()
    stranger.takes(Pressed("call_form", "rooms"))
    assert stranger.turn is not None
    assert stranger.turn.screens == ()
