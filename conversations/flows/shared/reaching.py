"""How a person wants to be reached: asked before two people are put in touch, and shown to the other only then."""

from collections.abc import Sequence

from conversations.language.events import Event, Pressed, SharedContact, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import Shortened, Words, _
from conversations.reading.contacts import shared_number
from conversations.reading.text import clean_line

SHORTEST, LONGEST = 3, 200
"""Characters of the text. Any way to reach a person is fine: an address, a number, @a_name, whom to ask for."""

LABEL_ROOM = 40


def asked(before: Sequence[str], back: Button) -> Screen:
    """Returns the question, with a button for each text that was given `before`."""
    lines = (
        heading(_("How can they contact you?")),
        Line(_("Type an email address, a phone number or your Telegram name. A shared work address is fine.")),
        Line(_("They will only see it if you both say yes."), Style.HELP),
    )
    ready = tuple((Button(Shortened(each, LABEL_ROOM), "use", str(nth)),) for nth, each in enumerate(before))
    return Screen(lines, (*ready, (back,)))


def read(event: Event, before: Sequence[str]) -> str | Words:
    """Returns the text that the person gave, or why it cannot be accepted."""
    match event:
        case Pressed("use", nth) if nth.isdecimal() and len(nth) < 3 and int(nth) < len(before):
            return before[int(nth)]
        case SharedContact(name, phone) if number := shared_number(phone):
            said = clean_line(f"{name} {number}")
        case Wrote(text):
            said = clean_line(text)
        case _:
            return _("Type how you can be contacted.")
    if len(said) < SHORTEST:
        return _("Type how you can be contacted.")
    return said if len(said) <= LONGEST else _("That is too long. An email address or a phone number is enough.")
