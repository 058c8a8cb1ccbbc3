"""Sentences, independent of a language.

A sentence is a value: its English text, which is also its key in the catalogues, and the values of its named places.
Where it is shown, the reader's language, the format of dates and the escaping are decided.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeAlias

from conversations.reading.numbers.numbers import Numbers


@dataclass(frozen=True, slots=True)
class Words:
    """A whole sentence or label, to be translated into the reader's language."""

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
class Percent:
    """A percentage from `least` to `most`, both included; no upper end is known if `most` is None."""

    least: float
    most: float | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """A number as it is, with all its decimals."""

    number: float


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values, separated by commas."""

    items: tuple["Place", ...]


@dataclass(frozen=True, slots=True)
class Shortened:
    """A value of at most `most` characters, cut at a word."""

    value: "Place"
    most: int


@dataclass(frozen=True, slots=True)
class Moment:
    """What is said of a moment: readers can put it into their calendar where a channel can do so."""

    said: "Place"
    at: datetime


@dataclass(frozen=True, slots=True)
class InLanguages:
    """Text that a person wrote in several languages; if the reader's is missing, `language` is shown, marked."""

    texts: Mapping[str, str]
    language: str


Place: TypeAlias = (
    str
    | int
    | date
    | datetime
    | time
    | Words
    | PartialDate
    | Percent
    | Numbers
    | Exact
    | Listed
    | Shortened
    | Moment
    | InLanguages
)
"""What can fill a place in a sentence; a bare `str` is text that a person wrote and is never translated."""


def _(text: str, /, **places: Place) -> Words:
    """Returns `text` as a translatable sentence; `{name}` in it stands for `places["name"]`."""
    return Words(text, places)


def counted(one: str, other: str, n: int, /, **places: Place) -> Words:
    """Returns a translatable sentence that depends on the number `n`, which fills its place `{n}`."""
    return Words(one, {"n": n, **places}, plural=other, count=n)


def labelled(context: str, text: str) -> Words:
    """Returns a short label; `context` tells apart labels that are one word in English and two in another language."""
    return Words(text, context=context)


def own(text: Place) -> Words:
    """Returns text that a person wrote as a sentence."""
    return Words("{own}", {"own": text})


def parts(of: Place) -> Iterator[Place]:
    """Yields `of` and all that fills its places, and theirs."""
    yield of
    within: tuple[Place, ...]
    match of:
        case Words(places=places):
            within = tuple(places.values())
        case Listed(items):
            within = items
        case Shortened(value, _most):
            within = (value,)
        case Moment(said):
            within = (said,)
        case InLanguages(texts):
            within = tuple(texts.values())
        case _:
            within = ()
    for each in within:
        yield from parts(each)


def quoted(title: str, most: int | None = None) -> Place:
    """Returns `title`, of at most `most` characters, in the reader's quotation marks unless it has its own."""
    shown = title if most is None else Shortened(title, most)
    if any(mark in title for mark in "“”„»«\"'"):
        return shown
    # Translators: the quotation marks of your language around a title.
    return _("“{title}”", title=shown)
