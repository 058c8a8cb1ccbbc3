"""Calls, as coordinators make them in the chat and as librarians answer them."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations.language.events import Pressed
from conversations.model.calls import OwnQuestion, WholeCall
from conversations.model.outcomes import CallChanged
from conversations.model.people.person import Person
from conversations.model.privacy import VERSION
from tests.conversations.dialogue import Dialogue

AARHUS = {"key": "dk-0751", "name": "Aarhus Kommunes Biblioteker"}


def coordinator(language: str = "en") -> Dialogue:
    talk = Dialogue(language)
    talk.memory.person = Person(1, language, roles=frozenset({"coordinator"}), privacy_seen=VERSION)
    return talk


def librarian(*calls: WholeCall, language: str = "en") -> Dialogue:
    talk = Dialogue(language, library=dict(AARHUS))
    talk.memory.calls.kept = {call.slug: call for call in calls}
    return talk


def call(slug: str = "inclusion", **given: Any) -> WholeCall:
    given = {"status": "open", "titles": {"en": "Inclusion now", "da": "Inklusion nu"}, **given}
    return WholeCall(slug, "en", **given)


def begun(title: str = "Focus on inclusion") -> tuple[Dialogue, str]:
    """A coordinator who has begun a call of that title, and is asked for its deadline."""
    talk = coordinator()
    talk.commands("/calls")
    talk.presses("New call")
    talk.bot("What is the call’s title?")
    talk.writes(title)
    (slug,) = talk.memory.calls.kept
    return talk, slug


def test_a_crisis_call_is_opened_in_a_minute() -> None:
    talk, slug = begun("Library offers now")
    talk.bot("What is the deadline?")
    talk.writes("4.12.2026")
    talk.bot("Saved.", "Library offers now", "4 December 2026", "12 days left", buttons=["Open the call"])
    talk.presses("✏️ Form")
    talk.presses("Short: five questions")
    talk.bot(
        "Who can see the reports to this call?", buttons=["Libraries and registered partners", "Each author decides"]
    )
    talk.presses("Libraries and registered partners")
    talk.presses("Open the call")
    talk.bot("The call is open.", "Short: five questions", "Who can see the reports: Libraries and registered partners")
    assert {"Share it", "Close the call"} <= set(talk.labels())
    made = talk.memory.calls.kept[slug]
    assert (slug, made.status, made.variant) == ("library-offers-now", "open", "short")
    assert made.deadline_at == datetime(2026, 12, 5, tzinfo=UTC)
    assert talk.did == 8


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("4.10.2016", "That day has passed."),
        ("21.11.2026", "That day has passed."),
        ("31.2.2027", "not in the calendar"),
        ("December 2026", "Which day is the last one?"),
        ("soon", "Give the day, month and year"),
    ],
)
def test_a_deadline_that_cannot_be_is_refused_kindly(typed: str, answer: str) -> None:
    talk, slug = begun()
    talk.writes(typed)
    talk.bot(answer, "What is the deadline?")
    assert talk.memory.calls.kept[slug].deadline_at is None


def test_the_last_day_ends_where_the_call_is_at_home() -> None:
    talk, slug = begun()
    talk.presses("Time zone: UTC")
    talk.writes("Mars/Olympus")
    talk.bot("I do not know that time zone.")
    talk.writes("America/Nuuk")
    talk.presses("✏️ Deadline")
    talk.writes("22.11.2026")
    talk.bot("Deadline: end of 22 November 2026 (today is the last day)")
    assert talk.memory.calls.kept[slug].deadline_at == datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_a_call_is_extended_closed_and_opened_again() -> None:
    talk, slug = begun()
    talk.presses("+ 1 week")
    talk.presses("Open the call")
    first = talk.memory.calls.kept[slug].deadline_at
    talk.presses("✏️ Deadline")
    talk.presses("+ 2 weeks")
    extended = talk.memory.calls.kept[slug].deadline_at
    assert first is not None
    assert extended == first + timedelta(weeks=2)
    talk.presses("Close the call")
    talk.bot("Close this call?")
    talk.presses("Yes, close it")
    assert talk.memory.calls.kept[slug].status == "closed"
    talk.goes_away(24 * 40)
    talk.presses("Open it again")
    talk.bot("The deadline has passed. Set a new one first.")
    talk.presses("+ 1 week")
    talk.presses("Open it again")
    assert talk.memory.calls.kept[slug].status == "open"


def test_words_in_each_language_and_what_is_missing_is_said() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.bot("Title: missing in Danish, Slovenian", "Introduction: missing in Danish, Slovenian, English")
    talk.presses("✏️ Title")
    talk.presses("Slovenščina")
    talk.writes("Vključevanje")
    talk.bot("Saved: Slovenščina", "Dansk: still missing", "Type the text. Language: Dansk")
    talk.writes("I")
    talk.bot("That is too short.")
    talk.writes("Inklusion")
    talk.presses("‹ Back")
    assert dict(talk.memory.calls.kept[slug].titles) == {
        "en": "Focus on inclusion",
        "sl": "Vključevanje",
        "da": "Inklusion",
    }
    assert "Title: missing" not in talk.said()


def test_invited_are_countries_or_municipalities() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.presses("✏️ Invited libraries")
    talk.presses("Denmark")
    assert talk.memory.calls.kept[slug].countries == ("DK",)
    talk.writes("Aarhus and Odense; Atlantis")
    talk.bot("I do not know: Atlantis", "Invite only these libraries", "Invited: Denmark", "Instead: Aarhus, Odense")
    talk.writes("no")
    talk.bot("Which libraries are invited?", "Invited: Denmark")
    assert talk.memory.calls.kept[slug].countries == ("DK",)
    talk.writes("Aarhus og Odense")
    talk.presses("Yes, only these")
    talk.bot("Saved.", "Invited: Aarhus, Odense")
    talk.presses("✕ Odense")
    made = talk.memory.calls.kept[slug]
    assert (made.countries, made.municipalities) == ((), ("DK-0751",))
    assert made.invites("DK", "0751")
    assert not made.invites("DK", "0461")
    talk.writes("everybody")
    talk.bot("Saved.", "Invited: everybody")
    assert talk.memory.calls.kept[slug].invites("SI", "061")


def test_what_is_set_already_is_neither_saved_nor_noted_again() -> None:
    talk, slug = begun()
    talk.writes("15 December 2026")
    for pencil, same in (("✏️ Form", "Standard: nine questions"), ("✏️ Invited libraries", "Everybody")):
        done = len(talk.memory.history)
        talk.presses(pencil)
        talk.presses(same)
        talk.bot("It was set so already. Nothing has changed.")
        assert len(talk.memory.history) == done
        if "Invited" in pencil:
            talk.presses("‹ Back")
    done = len(talk.memory.history)
    talk.presses("✏️ Deadline")
    talk.writes("15.12.2026")
    talk.bot("It was set so already. Nothing has changed.", "Deadline: end of 15 December 2026")
    assert len(talk.memory.history) == done
    assert talk.memory.calls.kept[slug].deadline_at is not None


def test_questions_of_its_own_in_each_language_and_keys_for_ever() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.presses("✏️ Your own questions")
    talk.presses("Add a question")
    talk.writes("How many evenings?")
    talk.presses("A number")
    talk.presses("Done")
    talk.presses("Add a question")
    talk.writes("Which room?")
    talk.presses("One choice")
    talk.presses("The choices")
    talk.writes("Only one")
    talk.bot("Type 2 to 8 choices")
    talk.writes("Reading room\nHall")
    talk.presses("Dansk")
    talk.writes("Læsesal\nSal")
    talk.presses("Done")
    talk.presses("How many evenings?")
    talk.presses("Remove the question")
    talk.presses("Add a question")
    talk.writes("What else?")
    keys = [question.key for question in talk.memory.calls.kept[slug].questions]
    assert keys == ["own_2", "own_1"], "nobody can have answered a question of a call that was never open"
    talk.presses("Done")
    talk.presses("‹ Back")
    talk.presses("Open the call")
    talk.presses("✏️ Your own questions")
    talk.presses("What else?")
    talk.presses("Remove the question")
    talk.presses("Add a question")
    kept = talk.memory.calls.kept[slug].questions
    assert [(each.key, each.retired) for each in kept] == [("own_2", False), ("own_1", True), ("own_3", False)]
    assert list(kept[0].choices) == [{"en": "Reading room", "da": "Læsesal"}, {"en": "Hall", "da": "Sal"}]


def test_everybody_sees_what_is_open_and_coordinators_the_rest() -> None:
    open_, draft, over = (
        call("open", deadline_at=datetime(2026, 11, 25, tzinfo=UTC)),
        call("draft", status="draft", titles={"en": "Not yet"}),
        call("over", titles={"en": "Over"}, deadline_at=datetime(2026, 11, 1, tzinfo=UTC)),
    )
    talk = librarian(open_, draft, over)
    talk.commands("/calls")
    talk.bot("Inclusion now: 2 days left", buttons=["Answer this call"])
    assert "Not yet" not in talk.said()
    assert "Over" not in talk.said()
    assert "New call" not in talk.labels()
    talk.takes(Pressed("call", "draft"))
    talk.bot("That call is no longer available.")
    talk.memory.person = Person(1, "en", roles=frozenset({"owner"}))
    talk.commands("/calls")
    talk.bot(
        "Inclusion now: 2 days left", "Not yet: Not opened yet", "Over: the deadline has passed", buttons=["New call"]
    )


def test_a_call_that_is_not_in_the_readers_language_says_so() -> None:
    talk = librarian(call(titles={"sl": "Knjižnice povezujejo"}, introductions={"sl": "Pridružite se."}), language="da")
    talk.memory.calls.kept["inclusion"] = WholeCall(
        "inclusion", "sl", "open", {"sl": "Knjižnice povezujejo"}, {"sl": "Pridružite se."}
    )
    talk.commands("/calls")
    talk.bot("Knjižnice povezujejo (slovensk)")
    talk.takes(Pressed("call", "inclusion"))
    talk.bot("Pridružite se. (slovensk)")


def answer_short(talk: Dialogue) -> None:
    talk.presses("Running")
    talk.writes("Language café in the park")
    talk.writes("Every Tuesday newcomers and neighbours meet to talk over coffee.")
    talk.presses("Language café")
    talk.presses("Next")


def test_a_short_call_asks_five_things_and_says_thanks() -> None:
    talk = librarian(call(variant="short", thanks={"en": "Thank you for answering."}))
    talk.commands("/start c_inclusion")
    talk.bot("This report answers the call “Inclusion now”.", "in your own words")
    talk.goes_question_by_question()
    talk.bot("2 of 5", "What stage is it at?")
    answer_short(talk)
    talk.bot("Call: Inclusion now", buttons=["Send report"])
    talk.presses("Send report")
    talk.bot("Thank you. Your report has been sent.", "Thank you for answering.")
    assert talk.answers()["campaign"] == "inclusion"


def test_a_call_for_effects_requires_them_of_what_has_begun() -> None:
    talk = librarian(call(variant="impact"))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    talk.presses("Running")
    talk.bot("of 15", "What is it called?")
    talk.presses("‹ Back")
    talk.presses("Planned")
    talk.bot("of 9")


OWN = (
    OwnQuestion("own_1", "text", {"en": "What surprised you?", "da": "Hvad overraskede jer?"}),
    OwnQuestion("own_2", "choice", {"en": "Which room?"}, ({"en": "Hall", "da": "Sal"}, {"en": "Reading room"})),
    OwnQuestion("own_3", "number", {"en": "How many evenings?"}),
    OwnQuestion("own_4", "text", {"en": "Never asked"}, retired=True),
)


def test_questions_of_the_calls_own_are_asked_and_kept_under_their_keys() -> None:
    talk = librarian(call(variant="short", questions=OWN))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    talk.bot("2 of 8")
    answer_short(talk)
    talk.bot("6 of 8", "What surprised you?", buttons=["Skip"])
    talk.takes(Pressed("language", "da"))
    talk.bot("Hvad overraskede jer?")
    talk.writes("Alle kom igen.")
    talk.bot("Which room? (engelsk)")
    talk.writes("sal")
    talk.bot("How many evenings? (engelsk)")
    talk.writes("ca. 12")
    talk.bot("Hvad overraskede jer?: Alle kom igen.", "Sal", "ca. 12")
    answers = talk.answers()
    assert (answers["own_1"], answers["own_2"]) == ("Alle kom igen.", "1")
    assert answers["own_3"] == {"least": 12, "most": 12, "approximate": True}


def test_a_call_closed_under_an_open_draft() -> None:
    talk = librarian(call(variant="short", thanks={"en": "Not to be read."}))
    talk.commands("/start c_inclusion")
    talk.goes_question_by_question()
    answer_short(talk)
    talk.memory.calls.keep(CallChanged("inclusion", "status", "closed"))
    talk.starts_report()
    talk.presses("Continue ›")
    talk.presses("Send report")
    talk.bot(
        "Thank you. Your report has been sent.", "” has closed. Your report still counts, but not as an answer to it."
    )
    assert talk.answers()["campaign"] is None
    assert talk.memory.reports.kept["r1"].status == "submitted"
    talk.commands("/start c_inclusion")
    talk.bot("That call is closed or does not exist.")


def test_a_late_report_is_taken_and_told_that_it_is_late() -> None:
    talk = librarian(call(variant="short", deadline_at=datetime(2026, 11, 22, tzinfo=UTC)))
    talk.commands("/start c_inclusion")
    talk.bot("The deadline has passed. Your report has been accepted and marked as late.")
    talk.goes_question_by_question()
    answer_short(talk)
    talk.presses("Send report")
    talk.bot("marked as late")
    assert talk.answers()["campaign"] == "inclusion"


def test_a_second_tap_on_report_to_it_is_the_same_draft() -> None:
    talk = librarian(call())
    talk.takes(Pressed("call_report", "inclusion"))
    talk.goes_question_by_question()
    talk.presses("Running")
    talk.takes(Pressed("call_report", "inclusion"))
    assert list(talk.memory.reports.kept) == ["r1"]
    talk.bot("What is it called?")
    talk.takes(Pressed("call_report", "nothing-like-it"))
    talk.bot("That call is closed.")


def test_examples_are_copied_in_every_language() -> None:
    talk = coordinator("sl")
    talk.commands("/calls")
    talk.takes(Pressed("call_examples"))
    assert len(talk.labels()) == 6
    talk.takes(Pressed("call_example", "povezujejo"))
    (made,) = talk.memory.calls.kept.values()
    assert made.titles["sl"] == "Knjižnice povezujejo"
    assert made.variant == "impact"
    assert set(made.titles) == set(made.introductions) == set(made.thanks) == {"da", "sl", "en"}
    talk.takes(Pressed("call_example", "povezujejo"))
    assert list(talk.memory.calls.kept) == ["knjiznice-povezujejo", "knjiznice-povezujejo-2"]


@pytest.mark.parametrize("action", ["call_new", "call_change", "call_examples", "call_example", "call_standing"])
def test_what_coordinators_do_needs_their_role_at_every_press(action: str) -> None:
    talk = librarian(call())
    talk.takes(Pressed(action, "inclusion"))
    talk.bot("That needs a role that you do not have.")
    assert talk.memory.calls.kept == {"inclusion": call()}


def test_a_role_removed_ends_at_the_next_press() -> None:
    talk, slug = begun()
    talk.presses("No deadline")
    talk.memory.person = Person(1, "en")
    talk.presses("Open the call")
    talk.bot("That needs a role that you do not have.")
    assert talk.memory.calls.kept[slug].status == "draft"


def test_a_deadline_may_be_said_in_words() -> None:
    talk, slug = begun()
    talk.writes("in two weeks")
    talk.bot("Saved.")
    assert talk.memory.calls.kept[slug].deadline_at is not None


def test_a_month_asks_for_its_last_day_with_a_button() -> None:
    talk, slug = begun()
    talk.writes("in January")
    talk.bot("Which day is the last one?", buttons=["31 January 2027"])
    talk.presses("31 January 2027")
    talk.bot("Saved.")
    assert talk.memory.calls.kept[slug].deadline_at is not None


def test_no_deadline_may_be_typed() -> None:
    talk, slug = begun()
    talk.writes("no deadline")
    talk.bot("There is no deadline.")
    assert talk.memory.calls.kept[slug].deadline_at is None


def test_only_a_deadline_that_is_to_come_goes_into_the_calendar() -> None:
    talk = coordinator()
    until = talk.now + timedelta(days=9)
    talk.memory.calls.kept["inclusion"] = call(deadline_at=until, timezone="Europe/Copenhagen")
    talk.memory.calls.kept["open"] = call("open")
    talk.commands("/calls")
    talk.takes(Pressed("call", "inclusion"))
    talk.presses("Add to calendar")
    talk.bot("It reminds you a week and a day before.")
    assert talk.screen is not None
    assert talk.screen.enclosed is not None
    assert json.loads(talk.screen.enclosed.data) == {
        "call": "inclusion",
        "in": "en",
        "link": "/start c_inclusion",
        "zone": "UTC",
    }
    talk.takes(Pressed("call", "open"))
    assert "Add to calendar" not in talk.labels()
    talk.goes_away(24 * 10)
    talk.takes(Pressed("call", "inclusion"))
    assert "Add to calendar" not in talk.labels()
    talk.takes(Pressed("call_ics", "inclusion"))
    talk.bot("That call is no longer available.")
