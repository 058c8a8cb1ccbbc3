"""How alike two initiatives are: a pure function of what they say, measured by `python -m tests.similar`.

It adds up points, so that every result can be explained. What is done counts most: two reports of a seed library are
alike whatever their words, and in every language; chess and singing are not, although both are against loneliness. Why
it is done, for whom and where only add to that, or take from it. Words count where they are the same, so that a text
which was sent twice is found even if nothing in it is known.
"""

from collections.abc import Iterable, Mapping, Set
from typing import TypeVar

from conversations.reading.alike.traits import Described, Traits, traits_of

ENOUGH = 4.0
"""Points from which on two initiatives are alike."""

MOST = 3
"""Most initiatives that a person is asked about."""

_SAME_IDEA, _OTHER_IDEA, _HALF_KNOWN = 4.0, -3.0, -1.0
_SAME_NARROW_THEME, _NARROW_BUT_FINER = 4.0, 2.0
_SAME_THEME, _SAME_KIN, _OTHER_KIN, _SAME_PLACE = 1.0, 0.5, -1.0, 0.5
_TITLE, _WORDS = 2.0, 3.0

_AS_WRITTEN = 0.6
"""The share of common words in the title, or in all, from which on two reports of one place are one initiative."""

_SAME_TITLE = 0.75
"""The share of common words in the titles of two reports of one author that may be one."""

_MANY = 2
"""A report with more narrow themes than that is about many things, so that one of them says less."""

Key = TypeVar("Key")


def likeness(one: Described, other: Described) -> float:
    """Returns how alike two initiatives are, in points; from ENOUGH on they are alike."""
    return _points(traits_of(one), traits_of(other))


def likest(offer: Described, others: Iterable[tuple[Key, Described]], most: int = MOST) -> list[Key]:
    """Returns the keys of those of `others` that are alike, the likest first, at most `most`."""
    points = [(likeness(offer, other), key) for key, other in others]
    alike = sorted((each for each in points if each[0] >= ENOUGH), key=lambda each: -each[0])
    return [key for _points_of_it, key in alike[:most]]


def is_as_written(one: Described, other: Described) -> bool:
    """Returns whether nearly all words of the titles, or most words of all of the text, are the same."""
    this, that = traits_of(one), traits_of(other)
    return _common(this.title, that.title) >= _SAME_TITLE or _common(this.words, that.words) >= _AS_WRITTEN


def _points(one: Traits, other: Traits) -> float:
    title, words = _common(one.title, other.title), _common(one.words, other.words)
    points = _what_is_done(one, other) + _TITLE * title + _WORDS * words
    if one.themes & other.themes:
        points += _SAME_THEME
    if one.kin and other.kin:
        points += _SAME_KIN if one.kin & other.kin else _OTHER_KIN
    if _at_one_place(one, other):
        points += _SAME_PLACE
        if max(title, words) >= _AS_WRITTEN:
            return max(points, ENOUGH)
    return points


def _what_is_done(one: Traits, other: Traits) -> float:
    """The points for what is done; a narrow theme says it where the words name nothing finer."""
    narrow = _shared(one.narrow, other.narrow)
    if max(len(one.narrow), len(other.narrow)) > _MANY:
        narrow /= 2
    if one.ideas and other.ideas:
        same = _shared(one.ideas, other.ideas)
        return min(_SAME_IDEA, _SAME_IDEA * same + _NARROW_BUT_FINER * narrow) if same else _OTHER_IDEA
    if one.ideas or other.ideas:
        return _NARROW_BUT_FINER * narrow or _HALF_KNOWN
    if narrow:
        return _SAME_NARROW_THEME * narrow
    return _OTHER_IDEA if one.narrow and other.narrow else 0.0


def _shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of what is done is the same, at most 1: one idea in both titles, or two that are told later."""
    return min(1.0, sum(one[key] * other[key] for key in one.keys() & other.keys()))


def _at_one_place(one: Traits, other: Traits) -> bool:
    same_library = bool(one.library) and one.library == other.library
    return same_library or (bool(one.municipality) and one.municipality == other.municipality)


def _common(one: Set[str], other: Set[str]) -> float:
    """The share of words that are in both."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
