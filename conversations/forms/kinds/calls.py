"""The question which open call a report answers."""

from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import (
    OTHER_THAN_BUTTON,
    Asked,
    Gathered,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
)
from conversations.forms.kinds.choosing import find
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import Place, Words, _
from conversations.vocabulary.choices import Choice

NO_CALL = "-"
"""The argument of the button for no call; no slug looks like this."""


@dataclass(frozen=True, slots=True)
class OpenCall(QuestionKind):
    """The slug of an open call; None if the report belongs to no call."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a tap, or the title of a call."""
        choices = self._choices(asked)
        match said:
            case Pressed("is", key) if any(choice.key == key for choice in choices):
                return Understood(_slug(key))
            case Wrote(text) if isinstance(choice := find(text, choices, asked), Choice):
                return Understood(_slug(choice.key), text)
            case _:
                return NotUnderstood(OTHER_THAN_BUTTON)

    def prompt(self, asked: Asked) -> Words:
        """Returns the question, which names the call if there is only one."""
        calls = asked.context.find.calls.open()
        if len(calls) == 1:
            return _("Is this an answer to the call “{name}”?", name=calls[0].title)
        return _("Is this an answer to one of these calls?")

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the open calls, and "none of these"."""
        return stacked(
            tuple(
                Button(choice.label, "is", choice.key, chosen=choice.key == asked.value)
                for choice in self._choices(asked)
            )
        )

    def show(self, value: Any) -> Place:
        """Returns the slug: the call may have ended, and then its title is not available."""
        return str(value)

    def _choices(self, asked: Asked) -> tuple[Choice, ...]:
        calls = asked.context.find.calls.open()
        return (*(Choice(call.slug, call.title) for call in calls), Choice(NO_CALL, _("No call")))


def _slug(key: str) -> str | None:
    return None if key == NO_CALL else key
