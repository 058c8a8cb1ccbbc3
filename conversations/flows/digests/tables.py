"""The way back from figures in tables to text, for a reader whose app cannot show tables."""

from conversations.language.screen import Button
from conversations.language.words import _


def as_text(action: str, argument: str = "") -> tuple[Button, ...]:
    """Returns the row with the button that shows the same as text, and all from now on."""
    # Translators: a button under figures in tables, for people whose app does not show them.
    return (Button(_("As plain text"), action, argument),)
