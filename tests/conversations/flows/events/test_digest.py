"""The digest tells of events that are to come, and of what came of others."""

from conversations.language.events import Pressed
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.events.posting import TITLE, draft, organiser


def soon(talk: Dialogue) -> str:
    """An event in three weeks."""
    this = draft(talk)
    talk.presses("✏️ When")
    talk.writes("in three weeks, 10:00-15:00")
    talk.presses("Preview")
    talk.presses("Publish")
    return this


def test_an_event_that_comes_soon_is_in_the_digest_of_a_quiet_week() -> None:
    talk = organiser()
    this = soon(talk)
    talk.bot_name = "MeldindBot"
    talk.commands("/digest")
    talk.bot("no new initiatives", "Coming events (1)", f"{TITLE}: 13 December 2026, Fredericia Bibliotek")
    assert talk.screen is not None
    links = [line.link[1] for line in talk.screen.lines if line.link]
    assert links == [f"https://t.me/MeldindBot?start=e_{this}"]


def test_an_event_that_is_months_away_or_cancelled_is_not() -> None:
    talk = organiser()
    soon(talk)
    talk.presses("Cancel the event")
    talk.presses("Yes, cancel it")
    draft(talk)
    talk.commands("/digest")
    assert "Coming events" not in talk.said()


def test_what_came_of_it_is_in_the_digest_of_the_week_in_which_it_was_told() -> None:
    talk = organiser()
    this = soon(talk)
    talk.goes_away(24 * 22)
    talk.takes(Pressed("event_told", this, revision=0))
    talk.writes("Six libraries start a reading group together.")
    talk.goes_away(24 * 7)
    talk.commands("/digest")
    talk.bot("What came of events (1)", f"{TITLE}: Six libraries start a reading group together.")
    assert "Coming events" not in talk.said()
