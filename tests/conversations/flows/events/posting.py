"""An organiser who posts an event, and others beside them, for tests of what follows."""

from tests.conversations.dialogue import Dialogue

TITLE = "Theme day on language cafés"
ODENSE: dict[str, str | None] = {"key": "dk-0461", "name": "Odense Biblioteker"}


def organiser(language: str = "en") -> Dialogue:
    """A coordinator."""
    return Dialogue(language, roles=["coordinator"], name="Olga")


def draft(talk: Dialogue, places: str = "") -> str:
    """The organiser writes a theme day, and is at its sheet; returns its id."""
    talk.commands("/events")
    talk.presses("Post an event")
    talk.writes("theme day")
    talk.writes(TITLE)
    talk.writes("12 March 2027, 10:00-15:00")
    talk.writes("Fredericia Bibliotek")
    if places:
        talk.presses("✏️ Number of places")
        talk.writes(places)
    return next(iter(talk.memory.events.drafts))


def posted(talk: Dialogue, places: str = "") -> str:
    """The same, published."""
    this = draft(talk, places)
    talk.presses("Preview")
    talk.presses("Publish")
    return this
