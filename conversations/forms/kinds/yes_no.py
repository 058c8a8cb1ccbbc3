"""Questions answered with yes or no."""

from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, QuestionKind, Reading, Rows, Said, Understood
from conversations.forms.kinds.choosing import OneOf
from conversations.language.words import Place
from conversations.vocabulary.choices import label_of
from conversations.vocabulary.vocabulary import YES_NO

_CHOICE = OneOf(YES_NO, words="yes_no")


@dataclass(frozen=True, slots=True)
class YesNo(QuestionKind):
    """True or False."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a tap, or the word in any language."""
        reading = _CHOICE.read(said, gathered, asked)
        return Understood(reading.value == "yes", reading.said) if isinstance(reading, Understood) else reading

    def among(self, gathered: Gathered) -> tuple[bool, ...]:
        """Returns both answers where "maybe" was written."""
        return tuple(key == "yes" for key in QuestionKind.among(self, gathered))

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the buttons Yes and No."""
        return (tuple(button for row in _CHOICE.rows(None, asked) for button in row),)

    def show(self, value: Any) -> Place:
        """Returns "yes" or "no" in words."""
        return label_of(YES_NO, "yes" if value else "no")
