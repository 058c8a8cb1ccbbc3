"""Button labels that are typed: people may write a label instead of tapping the button, in any language."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from conversations.context.context import Context
from conversations.language.screen import Button, Screen
from conversations.language.words import Words
from conversations.reading.choices import nearest
from conversations.reading.text import fold
from conversations.vocabulary.vocabulary import YES_NO

LONGEST_LABEL = 40
"""Longest text, in characters, that is compared with labels."""

ORNAMENTS = "‹›✏️ "
"""Characters around the words of a label."""


def same(text: str, buttons: Sequence[Button], context: Context) -> Button | None:
    """Returns the button whose label is exactly `text`, in any language."""
    if len(text) > LONGEST_LABEL:
        return None
    typed = bare(text)
    return next((button for button in buttons if button.is_told and typed in spellings(button, context)), None)


def meant(text: str, screen: Screen, context: Context) -> Button | None:
    """Returns the one button of `screen` that `text` means: by its label, the beginning of it, or yes or no."""
    if not text or len(text) > LONGEST_LABEL:
        return None
    buttons = [button for button in chain(*screen.rows) if isinstance(button.label, Words) and button.is_told]
    if found := same(text, buttons, context) or _yes_or_no(text, buttons, context):
        return found
    match = nearest(text, [spellings(button, context) for button in buttons])
    return None if match.index is None else buttons[match.index]


def _yes_or_no(text: str, buttons: Sequence[Button], context: Context) -> Button | None:
    """Returns the button whose label begins with yes or no, if the person answers a question with just that."""
    typed = bare(text)
    if not any(typed == bare(word) for choice in YES_NO for word in _say(choice.label, context)):
        return None
    return next(
        (button for button in buttons if any(label.split(",")[0] == typed for label in spellings(button, context))),
        None,
    )


def spellings(button: Button, context: Context) -> list[str]:
    """Returns the label of a button in every language, without ornaments."""
    return [_bare_label(label) for label in _say(button.label, context)]


def _say(label: object, context: Context) -> Sequence[str]:
    return context.registers.spellings(label) if isinstance(label, Words) else ()


def bare(label: str) -> str:
    """Returns `label` in the form in which labels are compared."""
    return fold(label.strip(ORNAMENTS))


_bare_label = lru_cache(maxsize=4096)(bare)  # the same few hundred labels are compared again and again
