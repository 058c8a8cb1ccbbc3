"""People find events, sign up, wait for a place and give it back; what cannot be is told in one kind sentence."""

import pytest

from conversations.language.events import Pressed
from conversations.model.outcomes import EventToldOf, SignedUp, SignUpNamed, SignUpWithdrawn
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.events.posting import ODENSE, TITLE, draft, organiser, posted


def outcomes(talk: Dialogue, *kinds: type) -> list[object]:
    return [each for each in talk.memory.history if isinstance(each, kinds)]


def test_one_tap_signs_up_and_one_tap_withdraws() -> None:
    talk = organiser()
    this = posted(talk)
    guest = Dialogue("en", beside=talk, library=ODENSE)
    guest.commands("/events")
    guest.presses(TITLE)
    guest.bot("Theme day", "When: 12 March 2027, 10:00–15:00", "Where: Fredericia", "0 people have signed up.")
    guest.presses("Sign up")
    guest.bot(
        "You have a place.", TITLE, "The organiser sees your library: Odense Biblioteker", buttons=["I cannot come"]
    )
    assert guest.screen is not None
    assert guest.screen.enclosed is not None
    assert guest.screen.enclosed.kind == "ics"
    guest.presses("I cannot come")
    guest.bot("You are no longer signed up. Thank you for saying so.", buttons=["Sign up again"])
    assert outcomes(guest, SignedUp, SignUpWithdrawn) == [SignedUp(this, "coming"), SignUpWithdrawn(this)]


def test_all_of_it_can_be_typed() -> None:
    talk = organiser()
    this = posted(talk)
    guest = Dialogue("da", beside=talk)
    guest.commands("/events fredericia")
    guest.writes(TITLE.casefold())
    guest.writes("tilmeld mig")
    guest.bot("Du har en plads.")
    guest.writes("jeg kan ikke komme")
    guest.bot("Du er ikke længere tilmeldt.")
    assert talk.memory.events.seats(this).coming == 0


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("language café", True),
        ("sprogcafé", True),
        ("march", True),
        ("marts", True),
        ("april", False),
        ("fredericia", True),
        ("slovenia", False),
        ("danmark", True),
        ("temadag", True),
        ("study visit", False),
        ("language café in march in denmark", True),
        ("homework help", False),
    ],
)
def test_typing_narrows_the_list(words: str, found: bool) -> None:
    talk = organiser()
    draft(talk)
    for pencil, typed in (("Themes", "language café"), ("For libraries in", "denmark")):
        talk.presses(f"✏️ {pencil}")
        talk.writes(typed)
        if "Next" in talk.labels():
            talk.presses("Next")
    talk.presses("Preview")
    talk.presses("Publish")
    guest = Dialogue("en", beside=talk)
    guest.commands(f"/events {words}")
    guest.bot(f"Coming events: {words}" if found else f"Nothing that is coming fits: {words}")
    guest.presses("Show all events")
    guest.bot(TITLE)


def test_more_sign_ups_than_places_wait_and_move_up_in_their_order() -> None:
    talk = organiser()
    this = posted(talk, "1")
    guests = [Dialogue("en", beside=talk) for _number in range(3)]
    for guest in guests:
        guest.commands(f"/start e_{this}")
        guest.presses("Sign up" if guest is guests[0] else "Join the waiting list")
    guests[1].bot("You are on the waiting list.", buttons=["Leave the waiting list"])
    assert guests[1].screen is not None
    assert guests[1].screen.enclosed is None
    guests[0].presses("I cannot come")
    guests[0].bot(
        "Give your place to the next on the waiting list?", buttons=["Yes, I cannot come", "No, keep my place"]
    )
    guests[0].presses("Yes, I cannot come")
    states = [guest.memory.events.seats(this).state for guest in guests]
    assert states == ["withdrawn", "coming", "waiting"]
    guests[0].presses("Sign up again")
    guests[0].bot("You are on the waiting list.")
    assert talk.memory.events.seats(this).coming == 1


def test_a_place_that_others_wait_for_is_kept_on_second_thought() -> None:
    talk = organiser()
    this = posted(talk, "1")
    first, second = Dialogue("en", beside=talk), Dialogue("en", beside=talk)
    for guest in (first, second):
        guest.commands(f"/start e_{this}")
        guest.presses(guest.labels()[0])
    first.presses("I cannot come")
    first.presses("No, keep my place")
    first.bot("You have a place.")


def test_withdrawn_twice_from_two_phones_is_once() -> None:
    talk = organiser()
    this = posted(talk)
    guest = Dialogue("en", beside=talk)
    guest.commands(f"/start e_{this}")
    guest.presses("Sign up")
    twice = Pressed("event_out", this, revision=0)
    guest.takes(twice)
    guest.takes(twice)
    guest.bot("You are not signed up for this event, so there is nothing to withdraw.")
    assert len(outcomes(guest, SignUpWithdrawn)) == 1


def test_signed_up_twice_is_once() -> None:
    talk = organiser()
    this = posted(talk, "1")
    guest = Dialogue("en", beside=talk)
    twice = Pressed("event_in", this, revision=0)
    guest.takes(twice)
    guest.takes(twice)
    guest.bot("You have a place.")
    assert len(outcomes(guest, SignedUp)) == 1


def test_nobody_signs_up_for_what_is_cancelled_or_has_begun() -> None:
    talk = organiser()
    this = posted(talk)
    guest = Dialogue("en", beside=talk)
    press = Pressed("event_in", this, revision=0)
    talk.presses("Cancel the event")
    talk.presses("Yes, cancel it")
    guest.takes(press)
    guest.bot("This event has been cancelled, so nobody can sign up any more.", TITLE)
    other = organiser()
    that = posted(other)
    late = Dialogue("en", beside=other)
    late.goes_away(24 * 200)
    late.takes(Pressed("event_in", that, revision=0))
    late.bot("This event has begun, so nobody can sign up any more.")
    late.takes(Pressed("event_in", "gone", revision=0))
    late.bot("That event is no longer available.")
    assert outcomes(guest, SignedUp) == outcomes(late, SignedUp) == []


def test_a_name_for_the_organiser() -> None:
    talk = organiser()
    this = posted(talk)
    guest = Dialogue("en", beside=talk)
    guest.commands(f"/start e_{this}")
    guest.presses("Sign up")
    guest.bot("The organiser does not know yet who you are: add your name and library.")
    guest.presses("Add my name")
    guest.bot("What is your name, and which library are you from?", "deleted 90 days after the event")
    guest.writes("A")
    guest.bot("Type your name and your library.")
    guest.writes("Anna, Nordby Bibliotek")
    guest.bot("The organiser will read: Anna, Nordby Bibliotek")
    assert outcomes(guest, SignUpNamed) == [SignUpNamed(this, "Anna, Nordby Bibliotek")]
    talk.presses("Who comes")
    talk.bot("1 person comes.", "Anna, Nordby Bibliotek", buttons=["Spreadsheet", "CSV"])
    talk.presses("Spreadsheet")
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    assert talk.screen.enclosed.data == f"{this}.xlsx.en"
    guest.takes(Pressed("event_file", f"{this}.xlsx", revision=0))
    guest.bot("That needs a role that you do not have.")


def test_more_places_let_those_in_who_wait_and_fewer_take_nobodys() -> None:
    talk = organiser()
    this = posted(talk, "1")
    guests = [Dialogue("en", beside=talk) for _number in range(3)]
    for guest in guests:
        guest.takes(Pressed("event_in", this, revision=0))
    talk.presses("✏️ Number of places")
    talk.writes("2")
    talk.presses("Preview the changes")
    talk.presses("Publish")
    assert talk.memory.events.seats(this).coming == 2
    talk.presses("✏️ Number of places")
    talk.writes("1")
    talk.presses("Preview the changes")
    talk.presses("Publish")
    talk.bot("2 people have a place already and keep it.")
    assert talk.memory.events.seats(this).coming == 2


def test_a_report_that_is_being_written_goes_on_beside_an_event() -> None:
    talk = organiser()
    this = posted(talk)
    guest = Dialogue("en", beside=talk, library=ODENSE)
    guest.starts_report()
    guest.commands("/events")
    guest.bot("Coming events", TITLE, buttons=["Back to my report ›"])
    guest.takes(Pressed("event_in", this, revision=0))
    guest.presses("Back to my report ›")
    guest.bot("What stage is it at?")


def test_what_came_of_it_is_told_once_and_stands_on_the_card() -> None:
    talk = organiser()
    this = posted(talk)
    talk.goes_away(24 * 200)
    talk.takes(Pressed("event_told", this, revision=0))
    talk.bot("What came of it?", TITLE, "Do not name people who took part.")
    talk.writes("ok")
    talk.bot("Write it in a message, in a sentence or two.")
    talk.writes("Six libraries start a reading group together.")
    talk.bot("Thank you! It now stands with the event, and in the digest.")
    assert outcomes(talk, EventToldOf) == [EventToldOf(this, "Six libraries start a reading group together.")]
    talk.commands(f"/start e_{this}")
    talk.bot("What came of it: Six libraries start a reading group together.", "This event is over.")
