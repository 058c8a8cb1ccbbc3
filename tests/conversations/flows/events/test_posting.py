"""An organiser posts an event: typed, previewed, published, changed, cancelled; a slip is told in a sentence."""

from datetime import date, time

import pytest

from conversations.model.events.event import When
from conversations.model.outcomes import EventChanged, EventDropped, EventPublished
from conversations.model.people.organisations import Organisation
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.events.posting import TITLE, draft, organiser, posted


def test_a_theme_day_in_six_messages() -> None:
    talk = organiser()
    talk.commands("/events")
    talk.bot("No events are announced at the moment.", buttons=["Post an event", "Study visits"])
    talk.presses("Post an event")
    talk.bot("What do you want to announce?", buttons=["Theme day", "National project"])
    talk.writes("temadag")
    talk.bot("What is the event called?")
    talk.writes(TITLE)
    talk.bot("When is it?")
    talk.writes("12 March 2027, 10:00-15:00")
    talk.bot("Where is it?", buttons=["Online"])
    talk.writes("Fredericia Bibliotek, Prinsessegade 27")
    talk.bot("Not published yet", "12 March 2027, 10:00–15:00", "Prinsessegade 27", buttons=["Preview"])
    talk.presses("Preview")
    talk.bot(TITLE, "Nobody is told, but everybody finds it under /events.", buttons=["Publish"])
    talk.writes("publish")
    talk.bot("Published.", buttons=["Who comes", "Share it", "Cancel the event"])
    (event,) = talk.memory.events.coming()
    assert event.when == When(date(2027, 3, 12), date(2027, 3, 12), time(10), time(15))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("3 November 2014", "That day has passed. Type a later one."),
        ("12 March 2027 15:00-10:00", "The event would end before it begins."),
        ("31 February 2027", "That day is not in the calendar."),
        ("March 2027", "Give the day, month and year"),
        ("soon", "Give the day, month and year"),
    ],
)
def test_a_day_that_cannot_be_is_told_in_a_sentence(typed: str, said: str) -> None:
    talk = organiser()
    draft(talk)
    talk.presses("✏️ When")
    talk.writes(typed)
    talk.bot(said, "When is it?", "12 March 2027")
    assert not [each for each in talk.memory.history if isinstance(each, EventChanged)][2:]


def test_hours_alone_stay_on_the_day_and_a_near_day_is_offered_with_its_hours() -> None:
    talk = organiser()
    draft(talk)
    talk.presses("✏️ When")
    talk.writes("9:30-12")
    talk.bot("12 March 2027, 9:30–12:00")
    talk.presses("✏️ When")
    talk.writes("Friday or Saturday, 10:00-15:00")
    talk.bot("Which of these do you mean?", buttons=["27 November 2026"])
    talk.presses("27 November 2026")
    talk.bot("27 November 2026, 10:00–15:00")


def test_every_field_can_be_typed() -> None:
    talk = organiser()
    draft(talk)
    for pencil, typed, shown in (
        ("Number of places", "thirty", "Number of places: 30"),
        ("Themes", "language café, reading group", "Themes: Language café, Reading group"),
        ("For libraries in", "danmark", "For libraries in: Denmark"),
        ("Link", "www.example.org/tema", "Link: https://www.example.org/tema"),
        ("Organisers", "Nordic Library Network", "Organisers: Nordic Library Network"),
        ("Where", "online", "Where: Online"),
        ("Where", "Odense Hovedbibliotek, and on Zoom", "Where: Odense Hovedbibliotek, and on Zoom, and online"),
        ("Number of places", "no limit", "Number of places: No limit"),
    ):
        talk.presses(f"✏️ {pencil}")
        talk.writes(typed)
        talk.bot("Saved.", shown)
    talk.presses("✏️ Number of places")
    talk.writes("many")
    talk.bot("Type a number, for example 30")


def test_the_title_in_three_languages_is_read_in_each() -> None:
    talk = organiser()
    reader = Dialogue("da", beside=talk)
    draft(talk)
    talk.presses("✏️ Title")
    talk.presses("Dansk")
    talk.writes("Temadag om sprogcaféer")
    talk.writes("Tematsko srečanje o jezikovnih kavarnah")
    talk.presses("‹ Back")
    talk.presses("Preview")
    talk.presses("Publish")
    reader.commands("/events")
    reader.bot("Temadag om sprogcaféer: 12. marts 2027 kl. 10.00–15.00, Fredericia Bibliotek")


def test_changes_are_seen_when_they_are_published_and_can_be_undone() -> None:
    talk = organiser()
    this = posted(talk)
    reader = Dialogue("en", beside=talk)
    talk.presses("✏️ Where")
    talk.writes("Kolding Bibliotek")
    talk.bot("Your changes are not published yet.", buttons=["Preview the changes", "Undo my changes"])
    reader.commands(f"/start e_{this}")
    reader.bot("Where: Fredericia Bibliotek")
    talk.presses("Undo my changes")
    talk.bot("Your changes are undone.", "Where: Fredericia Bibliotek")
    assert "Preview the changes" not in talk.labels()
    talk.presses("✏️ Where")
    talk.writes("Kolding Bibliotek")
    talk.presses("Preview the changes")
    talk.presses("Publish")
    reader.commands(f"/start e_{this}")
    reader.bot("Where: Kolding Bibliotek")
    assert talk.memory.events.seen[this].sequence == 1
    assert talk.memory.events.seen[this].changes == {"place": 1}


def test_a_change_that_concerns_nobody_is_no_news() -> None:
    talk = organiser()
    this = posted(talk, "30")
    talk.presses("✏️ Number of places")
    talk.writes("40")
    talk.presses("Preview the changes")
    talk.presses("Publish")
    assert talk.memory.events.seen[this].sequence == 0


def test_a_draft_that_lay_until_its_day_has_passed_is_not_published() -> None:
    talk = organiser()
    draft(talk)
    talk.goes_away(24 * 200)
    talk.presses("Preview")
    talk.presses("Publish")
    talk.bot("That day has passed, so nobody could come.", "When is it?")
    assert not any(isinstance(each, EventPublished) for each in talk.memory.history)


def test_a_draft_can_be_deleted() -> None:
    talk = organiser()
    draft(talk)
    talk.presses("Delete the draft")
    talk.bot("The draft is deleted.")
    assert talk.memory.events.posted() == []
    assert isinstance(talk.memory.history[-1], EventDropped)


def test_what_is_missing_is_asked_for_before_the_preview() -> None:
    talk = organiser()
    talk.commands("/events")
    talk.presses("Post an event")
    talk.writes("study visit")
    talk.writes("Two days in Ljubljana")
    talk.presses("‹ Back")
    talk.presses("Preview")
    talk.bot("This is still missing.", "When is it?")


def test_a_cancelled_event_stays_cancelled() -> None:
    talk = organiser()
    this = posted(talk)
    other = Dialogue("en", beside=talk, roles=["coordinator"])
    other.commands("/events")
    other.presses(TITLE)
    other.presses("Edit this event")
    other.presses("✏️ Where")
    other.writes("Kolding")
    other.presses("Preview the changes")
    talk.presses("Cancel the event")
    talk.bot("Cancel this event?", buttons=["Yes, cancel it", "No, keep it"])
    talk.presses("Yes, cancel it")
    talk.bot("The event is cancelled.", "Cancelled")
    other.presses("Publish")
    other.bot("It has been cancelled, so it cannot be published any more.")
    assert talk.memory.events.seen[this].status == "cancelled"
    assert talk.memory.events.coming() == []


def test_only_coordinators_and_confirmed_partners_post() -> None:
    talk = Dialogue("en")
    talk.commands("/events")
    assert "Post an event" not in talk.labels()
    partner = Dialogue("en", roles=["partner"])
    mine = Organisation("o1", partner.memory.person.id, "library_association", "Nordic Library Network")
    partner.memory.partners.kept[mine.person] = mine
    partner.commands("/events")
    assert "Post an event" not in partner.labels()
    partner.memory.partners.kept[mine.person] = Organisation("o1", mine.person, mine.kind, mine.name, state="confirmed")
    draft(partner)
    partner.bot("Organisers: Nordic Library Network")


def test_nobody_edits_the_event_of_another_but_coordinators() -> None:
    talk = organiser()
    this = posted(talk)
    reader = Dialogue("en", beside=talk, roles=["partner"])
    reader.commands(f"/start e_{this}")
    assert "Edit this event" not in reader.labels()
    talk.commands(f"/start e_{this}")
    button = talk.button("Edit this event")
    reader.takes(talk.press_of(button))
    reader.bot("That needs a role that you do not have.")


def test_what_is_written_on_the_way_to_an_event_is_not_lost() -> None:
    talk = organiser()
    talk.commands("/events")
    talk.presses("Post an event")
    talk.presses("Theme day")
    talk.writes(TITLE)
    talk.commands("/help")
    talk.commands("/events")
    talk.presses("My events")
    talk.bot(f"{TITLE}: Not published yet")
    talk.presses(TITLE)
    talk.bot(TITLE, buttons=["✏️ When"])
