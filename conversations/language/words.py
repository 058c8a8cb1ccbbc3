"""What is said, before it is said in a language.

A sentence is a value: its English text, which is also its key in the catalogues, and the values for its named
places. Which language it is read in, how a date looks there and how a value is escaped is decided where it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from conversations.reading.numbers.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Words:
    """A whole sentence or label to be said in the reader's language."""

    text: str
    places: Mapping[str, "Place"] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exactly as it is known, in EDTF (ISO 8601-2): `2026-03`, `2011/2012`, `2003/..`."""

    edtf: str


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values read out with commas between them."""

    items: tuple["Place", ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """A value read out in at most `most` characters, cut at a word."""

    value: "Place"
    most: int


@dataclass(frozen=True, slots=True)
class InLanguages:
    """What somebody wrote in several languages; where the reader's is missing it is read in `language`, and marked."""

    texts: Mapping[str, str]
    language: str


Place: TypeAlias = str | int | date | datetime | Words | PartialDate | Numbers | Listed | Shortened | InLanguages
"""What can stand in a sentence; a bare `str` is somebody's own words and is never translated."""


def _(text: str, /, **places: Place) -> Words:
    """`text` as a translatable sentence; `{name}` in it stands for `places["name"]`."""
    return Words(text, places)


def counted(one: str, other: str, n: int, /, **places: Place) -> Words:
    """A translatable sentence that depends on the number `n`, which fills its place `{n}`."""
    return Words(one, {"n": n, **places}, plural=other, count=n)


def labelled(context: str, text: str) -> Words:
    """A short label; `context` tells apart labels that are one word in English and two in another language."""
    return Words(text, context=context)


def own(text: Place) -> Words:
    """What somebody wrote themselves, where a sentence is wanted."""
    return Words("{own}", {"own": text})


def quoted(title: str, most: int | None = None) -> Place:
    """`title`, of at most `most` characters, in the quotation marks of the reader's language if it has none itself."""
    shown = title if most is None else Shortened(title, most)
    if any(mark in title for mark in "“”„»«\"'"):
        return shown
    # Translators: the quotation marks of your language around a title.
    return _("“{title}”", title=shown)
