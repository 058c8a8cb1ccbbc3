"""Questions answered with yes or no."""

import re
from dataclasses import dataclass, replace
from typing import Any

from conversations.forms.kinds.base import (
    Asked,
    Gathered,
    Gathering,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
)
from conversations.forms.kinds.choosing import OneOf, which_of
from conversations.language.events import Wrote
from conversations.language.languages import LANGUAGES
from conversations.language.words import Place
from conversations.reading.text import words_of
from conversations.vocabulary.choices import label_of
from conversations.vocabulary.vocabulary import YES_NO
from conversations.vocabulary.words import words_in

_CHOICE = OneOf(YES_NO, words="yes_no")

_FIRST_PART = re.compile(r"[,.;:!]|\s[-–—]\s")

_SIGNS = {"👍": "yes", "👎": "no"}
"""Thumbs, with or without the tone of a skin behind them."""


@dataclass(frozen=True, slots=True)
class YesNo(QuestionKind):
    """True or False."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a tap, or the word in any language; asks where something is taken back ("yes, but only two")."""
        if isinstance(said, Wrote) and (key := _SIGNS.get(said.text.strip()[:1])) and len(said.text.strip()) <= 2:
            return Understood(key == "yes", said.text)
        reading = _CHOICE.read(said, gathered, asked)
        if isinstance(said, Wrote) and not isinstance(reading, NotUnderstood):
            first = _CHOICE.read(replace(said, text=_FIRST_PART.split(said.text, maxsplit=1)[0]), gathered, asked)
            if isinstance(reading, Gathering) and isinstance(first, Understood):
                reading = replace(first, said=said.text)  # "yes, they all signed"
            if isinstance(reading, Gathering) or _is_reserved(said.text):
                return NotUnderstood(which_of(said.text), {"near": [choice.key for choice in YES_NO]})
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


def _is_reserved(text: str) -> bool:
    """Returns whether `text` takes something back of what it says, in any language."""
    words = set(words_of(text))
    files = [words_in(language) for language in LANGUAGES]
    return any(not words.isdisjoint(file.contrasts | file.only | file.exceptions | file.conditions) for file in files)
