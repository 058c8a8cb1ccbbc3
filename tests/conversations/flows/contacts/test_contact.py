"""Two people get in touch when both have said yes, and know nothing of who the other is before."""

from datetime import UTC, datetime
from itertools import count

import pytest

from conversations.language.events import Pressed, SharedContact
from conversations.model.contacts import Subject
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import NoteMoved, NoteSent, Outcome
from conversations.model.people.members import Member
from conversations.model.people.organisations import Organisation, Side
from tests.conversations.dialogue import Dialogue

CAFE = "cafe234567"
TALK = "We speak Danish with newcomers and would gladly come along every other week."

LIBRARY = Side("library", "Odense Bibliotek", "Odense")
COUNCIL_REACHED = "raad@example.org"
LIBRARY_REACHED = "Odense Bibliotek, info@example.org"


def initiative(report: str) -> Initiative:
    published = datetime(2026, 11, 20, tzinfo=UTC)
    answers = {"title": "Sprogcafé i parken", "sharing": "public", "summary": "We meet."}
    where = ("DK-1", "Odense Bibliotek", "DK-0461", "Odense", "", "DK")
    return Initiative(report, 1, "da", published, published, "", *where, answers)


class Scene:
    """A council that is a confirmed partner, the reporter of a library, and a coordinator."""

    def __init__(self, council: str = "en", library: str = "en", reports: tuple[str, ...] = (CAFE,)) -> None:
        self.council = self._enter(Dialogue(council))
        self.library = self._enter(Dialogue(library, beside=self.council))
        self.coordinator = self._enter(Dialogue(beside=self.council, roles=("coordinator",), name="Maja"))
        books = self.council.memory
        for report in reports:
            books.contacts.reporters[report] = 2
            books.contacts.subjects[report] = Subject(
                "Sprogcafé i parken", Side("library", "Odense Bibliotek", "Odense")
            )
            for talk in (self.council, self.library, self.coordinator):
                talk.memory.initiatives.published[report] = initiative(report)
        books.contacts.desks[CAFE] = LIBRARY_REACHED
        council_of_odense = Organisation("o1", 1, "integration_council", "Integrationsrådet", "Odense", "confirmed")
        books.partners.kept[1] = council_of_odense
        books.people.known[1] = Member(1, "Fatima", frozenset({"partner"}), language=council)

    def _enter(self, talk: Dialogue) -> Dialogue:
        talk._ids = (f"n{talk.memory.person.id}x{number}" for number in count(1))
        return talk

    def writes(self, words: str = TALK, report: str = CAFE) -> None:
        """The council sends a note."""
        self.council.takes(Pressed("contact", report))
        self.council.writes(words)
        if "How can they contact you?" in self.council.said():
            self.council.writes(COUNCIL_REACHED)
        self.council.presses("Send")

    def moved(self, *talks: Dialogue) -> list[Outcome]:
        """What happened to notes, in the order of those who did it."""
        return [each for talk in talks for each in talk.memory.history if isinstance(each, NoteSent | NoteMoved)]

    @property
    def state(self) -> str:
        (note,) = self.council.memory.contacts.notes.values()
        return note.state


def everything_read(talk: Dialogue) -> str:
    """All that ever came to somebody as a notice."""
    screens = [*talk.notices.values(), *([talk.screen] if talk.screen else [])]
    return "\n".join(talk.reads(line.text) for screen in screens for line in screen.lines)


def test_a_council_writes_a_library_says_yes_and_each_gets_the_other() -> None:
    scene = Scene()
    council, library = scene.council, scene.library
    council.takes(Pressed("contact", CAFE))
    council.bot(
        "Message about “Sprogcafé i parken”",
        "Library: Odense Bibliotek, Odense",
        buttons=["We would like to take part", "We can give advice", "We would like to hear more", "‹ Cancel"],
    )
    council.presses("We would like to take part")
    council.bot("How can they contact you?", "They will only see it if you both say yes.")
    council.writes(COUNCIL_REACHED)
    council.bot(
        "This is what they will see:",
        "Integration council: Integrationsrådet, Odense",
        "We would like to take part",
        "Your name and Telegram account are not shown.",
        "you agree to be put in touch",
        COUNCIL_REACHED,
        "you can withdraw your yes",
    )
    council.presses("Send")
    council.bot("Your message about", "Waiting for an answer.", buttons=["Withdraw the message"])
    library.bot(
        "A message about your report: “Sprogcafé i parken”",
        "Integration council: Integrationsrådet, Odense",
        "We would like to take part",
        "They do not know who you are.",
        buttons=["Yes, put us in touch", "Ask a question first", "No, thank you", "Report as abuse"],
    )
    assert COUNCIL_REACHED not in everything_read(library)
    library.presses("Yes, put us in touch")
    library.bot("How can they contact you?")
    library.presses(LIBRARY_REACHED)
    library.bot("You are in touch", "Integrationsrådet", COUNCIL_REACHED, "They have received yours", LIBRARY_REACHED)
    council.bot("You are in touch", "Odense Bibliotek", LIBRARY_REACHED, "They have received yours", COUNCIL_REACHED)
    assert scene.state == "connected"


def test_what_is_ready_is_read_in_the_others_language() -> None:
    scene = Scene(council="sl", library="da")
    scene.council.takes(Pressed("contact", CAFE))
    scene.council.presses("Lahko svetujemo")
    scene.council.writes(COUNCIL_REACHED)
    scene.council.presses("Pošlji")
    scene.library.bot("En henvendelse om jeres indmelding", "Integrationsrådet", "Vi kan give gode råd")


def test_a_no_is_told_and_gives_nothing_away() -> None:
    scene = Scene()
    scene.writes()
    scene.library.presses("No, thank you")
    assert scene.state == "declined"
    scene.council.bot("The answer was: no, thank you.")
    assert LIBRARY_REACHED not in everything_read(scene.council)
    assert COUNCIL_REACHED not in everything_read(scene.library)


def test_one_question_and_its_answer_before_the_yes() -> None:
    scene = Scene()
    scene.writes()
    scene.library.presses("Ask a question first")
    scene.library.bot("What would you like to know?", "They will not learn who is asking.")
    scene.library.writes("How many of you would come?")
    scene.library.bot("Your question has been sent.")
    scene.council.bot("The library asks: “How many of you would come?”", buttons=["Answer", "Withdraw the message"])
    scene.council.presses("Answer")
    scene.council.writes("Four of us, on Tuesdays.")
    scene.library.bot(TALK[:20], "You asked", "The answer: “Four of us, on Tuesdays.”")
    assert "Ask a question first" not in scene.library.labels()
    scene.library.presses("Yes, put us in touch")
    scene.library.writes("@odense_bibliotek")
    scene.council.bot("You are in touch", "@odense_bibliotek")


def test_the_sender_takes_it_back_until_both_have_said_yes() -> None:
    scene = Scene()
    scene.writes()
    scene.library.presses("Yes, put us in touch")
    asked = scene.library.screen
    scene.council.presses("Withdraw the message")
    scene.council.bot("The message was withdrawn.")
    scene.library.screen = asked
    scene.library.writes(LIBRARY_REACHED)
    scene.library.bot("The message was withdrawn.")
    assert scene.state == "taken_back"
    assert LIBRARY_REACHED not in everything_read(scene.council)
    assert COUNCIL_REACHED not in everything_read(scene.library)


@pytest.mark.parametrize("ends", ["connected", "declined", "taken_back", "reported"])
def test_whatever_is_pressed_afterwards_says_how_things_stand(ends: str) -> None:
    scene = Scene()
    scene.writes()
    assert scene.library.screen
    theirs = [scene.library.press_of(button) for row in scene.library.screen.rows for button in row]
    assert scene.council.screen
    own = [scene.council.press_of(button) for row in scene.council.screen.rows for button in row]
    settle(scene, ends)
    before = len(scene.moved(scene.council, scene.library))
    for press in theirs:
        scene.library.takes(press)
        assert scene.library.said()
    for press in own:
        scene.council.takes(press)
        assert scene.council.said()
    assert scene.state == ends
    assert len(scene.moved(scene.council, scene.library)) == before
    assert (COUNCIL_REACHED in everything_read(scene.library)) == (ends == "connected")


def settle(scene: Scene, how: str) -> None:
    match how:
        case "connected":
            scene.library.presses("Yes, put us in touch")
            scene.library.writes(LIBRARY_REACHED)
        case "declined":
            scene.library.presses("No, thank you")
        case "taken_back":
            scene.council.presses("Withdraw the message")
        case _:
            scene.library.presses("Report as abuse")
            scene.library.presses("Yes, report it")


def test_a_yes_pressed_twice_is_one_yes() -> None:
    scene = Scene()
    scene.writes()
    yes = scene.library.press_of(scene.library.button("Yes, put us in touch"))
    scene.library.takes(yes)
    scene.library.takes(yes)
    use = scene.library.press_of(scene.library.button(LIBRARY_REACHED))
    scene.library.takes(use)
    scene.library.takes(use)
    assert [each.note.state for each in scene.moved(scene.library) if isinstance(each, NoteMoved)] == ["connected"]


def test_abuse_stops_whoever_wrote_until_a_coordinator_lets_them_write_again() -> None:
    scene = Scene(reports=(CAFE, "other23456"))
    scene.writes("You should be ashamed of yourselves.")
    scene.library.presses("Report as abuse")
    scene.library.bot("Do you want to report this message as abuse?")
    scene.library.presses("Yes, report it")
    scene.library.bot("Thank you. Coordinators will read it")
    scene.coordinator.bot("A message was reported as abuse.", "Fatima", "Integrationsrådet", "You should be ashamed")
    scene.council.takes(Pressed("contact", "other23456"))
    scene.council.bot("You cannot write messages at the moment")
    scene.coordinator.presses("Let them write again")
    scene.council.bot("You can write messages again.")
    scene.coordinator.bot("They can write messages again.")
    scene.writes("We are sorry about that note.", "other23456")
    scene.library.bot("We are sorry about that note.")


def test_a_slip_on_report_abuse_reports_nothing() -> None:
    scene = Scene()
    scene.writes()
    scene.library.presses("Report as abuse")
    scene.library.presses("‹ Cancel")
    assert scene.state == "sent"
    assert not scene.coordinator.notices


def test_only_a_coordinator_lets_somebody_write_again() -> None:
    scene = Scene()
    scene.writes()
    settle(scene, "reported")
    (note,) = scene.council.memory.contacts.notes
    for talk in (scene.council, scene.library):
        turn = talk.takes(Pressed("note_clear", note))
        assert not turn.outcomes
    assert scene.state == "reported"


@pytest.mark.parametrize("action", ["note_yes", "note_no", "note_ask", "note_abuse", "note_back", "note_answer"])
def test_a_note_is_nobody_elses_business(action: str) -> None:
    scene = Scene()
    scene.writes()
    (note,) = scene.council.memory.contacts.notes
    turn = scene.coordinator.takes(Pressed(action, note))
    assert not turn.outcomes
    assert not turn.notices
    assert not turn.screens
    assert scene.coordinator.toast() == "That message is no longer available."


def test_the_sender_cannot_say_yes_for_the_library() -> None:
    scene = Scene()
    scene.writes()
    (note,) = scene.council.memory.contacts.notes
    for action in ("note_yes", "note_no", "note_ask", "note_abuse"):
        scene.council.takes(Pressed(action, note))
    scene.library.takes(Pressed("note_back", note))
    assert scene.state == "sent"


def test_one_open_note_for_each_initiative_and_five_a_day() -> None:
    reports = tuple(f"report{number}" for number in range(7))
    scene = Scene(reports=reports)
    scene.writes(report="report0")
    scene.council.takes(Pressed("contact", "report0"))
    scene.council.bot("Your message about", "Waiting for an answer.", buttons=["Withdraw the message"])
    for number in range(1, 5):
        scene.writes(report=f"report{number}")
    scene.council.takes(Pressed("contact", "report5"))
    scene.council.bot("That was your last message for today.")
    scene.council.goes_away(25)
    scene.writes(report="report5")
    assert len(scene.moved(scene.council)) == 6


def test_nothing_goes_to_who_has_blocked_the_bot() -> None:
    scene = Scene()
    scene.council.memory.contacts.left.add(2)
    scene.council.takes(Pressed("contact", CAFE))
    scene.council.bot("You cannot contact that library here at the moment.")
    scene.council.memory.contacts.left.clear()
    scene.council.takes(Pressed("contact", CAFE))
    scene.council.writes(TALK)
    scene.council.writes(COUNCIL_REACHED)
    scene.council.memory.contacts.left.add(2)
    scene.council.presses("Send")
    scene.council.bot("You cannot contact that library here at the moment.")
    assert not scene.moved(scene.council)


def test_who_wrote_and_left_meanwhile_gets_nothing() -> None:
    scene = Scene()
    scene.writes()
    scene.library.presses("Yes, put us in touch")
    scene.council.memory.contacts.left.add(1)
    scene.library.writes(LIBRARY_REACHED)
    scene.library.bot("The person who wrote it is no longer here. Nothing was passed on.")
    assert scene.state == "lapsed"
    assert COUNCIL_REACHED not in everything_read(scene.library)


def test_who_may_not_write_is_told_why() -> None:
    scene = Scene()
    scene.library.takes(Pressed("contact", CAFE))
    scene.library.bot("Partners can write to libraries", buttons=["Choose organisation"])
    scene.council.memory.partners.libraries[2] = Side("library", "Odense Bibliotek", "Odense")
    scene.library.takes(Pressed("contact", CAFE))
    scene.library.bot("That is your own report.")
    scene.council.memory.contacts.reporters.clear()
    scene.council.takes(Pressed("contact", CAFE))
    scene.council.bot("This report was imported")
    scene.council.takes(Pressed("contact", "nothing"))
    scene.council.bot("That initiative cannot be shown.")


def test_slips_are_answered_and_nothing_is_sent() -> None:
    scene = Scene()
    scene.council.takes(Pressed("contact", CAFE))
    scene.council.writes("Hi")
    scene.council.bot("Write a little more")
    scene.council.writes("x" * 601)
    scene.council.bot("That is too long: 601 characters, and there is room for 600.")
    scene.council.writes(TALK)
    scene.council.writes("x")
    scene.council.bot("Type how you can be contacted.")
    scene.council.takes(SharedContact("Anne", "112"))
    scene.council.bot("Type how you can be contacted.")
    scene.council.takes(Pressed("use", "7", step=scene.council.memory.session.step))
    scene.council.bot("Type how you can be contacted.")
    scene.council.writes(COUNCIL_REACHED)
    scene.council.presses("Edit my contact details")
    scene.council.takes(SharedContact("Anne", "4566131372"))
    scene.council.bot("Anne +4566131372")
    scene.council.presses("Edit my contact details")
    scene.council.writes("+45 66 13 13 72")
    scene.council.bot("+45 66 13 13 72")
    scene.council.presses("Edit the message")
    scene.council.presses("We can give advice")
    scene.council.bot("We can give advice", "+45 66 13 13 72")
    scene.council.presses("‹ Cancel")
    assert not scene.moved(scene.council)


def test_a_report_that_is_being_written_waits_meanwhile() -> None:
    scene = Scene()
    for words in (
        "Report an initiative",
        "Question by question",
        "odense",
        "running",
        "Homework café",
        "We help children with their",
    ):
        scene.library.writes(words)
    scene.writes()
    scene.library.presses("Yes, put us in touch")
    scene.library.writes(LIBRARY_REACHED)
    scene.library.bot("You are in touch", COUNCIL_REACHED)
    assert "We help children with their" in scene.library.redraws()
