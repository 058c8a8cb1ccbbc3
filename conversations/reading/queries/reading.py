"""Reads a wish in somebody's own words: "anything for older people in Odense", "lektiehjælp på fyn", "vse"."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.language.words import Words
from conversations.model.registers import PlaceFound, Registers
from conversations.reading.dates.edtf import date_bounds
from conversations.reading.dates.running import dates_in
from conversations.reading.queries.query import Query
from conversations.reading.text import fold, words_of
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.meaning import DELICATE
from conversations.vocabulary.words import HINT, Entry, WordFile, words_in

LONGEST = 400
"""Characters that are read of a wish; a longer text tells a story."""

_WORD = re.compile(r"[^\W_]+(?:\+(?!\w))?")

_PARTS: Mapping[str, tuple[str, tuple[Choice, ...]]] = {
    "groups": ("target_groups", vocabulary.TARGET_GROUPS),
    "themes": ("themes", vocabulary.THEMES),
    "statuses": ("status", vocabulary.STATUS),
}
"""The parts of a query that have a vocabulary, with its section of the words."""

_EVERYBODY = "general_public"


@dataclass(frozen=True, slots=True)
class _Term:
    """Words from `at` on that mean something: `keys` of one part of the query."""

    at: int
    length: int
    part: str
    keys: tuple[str, ...]
    strength: tuple[int, ...]


def read_query(text: str, language: str, today: date, registers: Registers) -> Query:
    """Returns what `text`, written by a reader of `language` on the day `today`, searches for.

    Words of the reader's language count before those of the others. Small words ("is there anything for") do not
    count; a text of nothing else asks for everything. What no vocabulary and no register knows stays in `words`.
    """
    return _Reader(unicodedata.normalize("NFC", text[:LONGEST]).replace("’", "'"), language, today, registers).query()


class _Reader:
    def __init__(self, text: str, language: str, today: date, registers: Registers) -> None:
        tokens = list(_WORD.finditer(text))
        starts = [token.start() for token in tokens]
        self._written = [token.group() for token in tokens]
        self._words = [fold(word) for word in self._written]
        self._files: list[WordFile] = [words_in(each) for each in sorted(LANGUAGES, key=lambda each: each != language)]
        self._small = frozenset().union(*(file.ignored | file.asking for file in self._files))
        self._labels = _labels(registers.spellings)
        self._places: dict[int, _Term] = {}
        for place in registers.places_in(text):
            at, end = bisect_left(starts, place.start), bisect_left(starts, place.end)
            keys = tuple(_keys_of(place))
            if keys and at < end:
                self._places[at] = _Term(at, end - at, "places", keys, (end - at, 1, 2, 0))
        self._periods: dict[int, tuple[int, str]] = {}
        for dated in dates_in(text, today, language):
            at, end = bisect_left(starts, dated.start), bisect_left(starts, dated.end)
            if at < end:
                since = dated.role == "start" and "/" not in dated.value
                self._periods[at] = (end - at, f"{dated.value}/.." if since else dated.value)

    def query(self) -> Query:
        found: dict[str, list[str]] = {part: [] for part in (*_PARTS, "places")}
        said: dict[str, list[str]] = {}
        words: list[str] = []
        period: tuple[date, date | None] | None = None
        at = 0
        while at < len(self._words):
            if term := max(self._terms(at), key=lambda term: term.strength, default=None):
                found[term.part] += term.keys
                for key in term.keys:
                    said.setdefault(key, []).extend(self._written[at : at + term.length])
                at += term.length
            elif dated := self._periods.get(at):
                length, said_of = dated
                period = date_bounds(said_of)
                at += length
            else:
                if self._words[at] not in self._small and len(self._words[at]) > 1:
                    words.append(self._written[at])
                at += 1
        kept = {part: tuple(dict.fromkeys(keys)) for part, keys in found.items()}
        return Query(**kept, period=period, words=tuple(dict.fromkeys(words)), said=said)

    def _terms(self, at: int) -> Iterator[_Term]:
        """What the words from `at` on may mean."""
        rest = self._words[at:]
        if at in self._places:
            yield self._places[at]
        for part, (section, _choices) in _PARTS.items():
            for place, file in enumerate(self._files):
                for entry in self._entries(file, section, rest):
                    keys = tuple(key for key in (*entry.keys, *entry.among) if entry.keys or key not in DELICATE)
                    if keys != (_EVERYBODY,) and keys:
                        strength = (len(entry.words), -place, _how_exact(entry), entry.length[1])
                        yield _Term(at, len(entry.words), part, keys, strength)
            for label, key in self._labels[part].items():
                if tuple(rest[: len(label)]) == label and key != _EVERYBODY:
                    yield _Term(at, len(label), part, (key,), (len(label), 1, 3, 0))

    def _entries(self, file: WordFile, section: str, rest: Sequence[str]) -> Iterator[Entry]:
        first = rest[0]
        found = file.sections.get(section)
        if found is None:
            return
        small = first in self._small
        for entry in found.whole.get(first, ()) if small else found.beginning_with(first):
            if (small and len(entry.words) == 1) or entry.mark == HINT:
                continue
            words = rest[: len(entry.words)]
            if len(words) == len(entry.words) and all(
                word.fits(said) for word, said in zip(entry.words, words, strict=True)
            ):
                yield entry


def _keys_of(place: PlaceFound) -> Iterator[str]:
    """The places of a query that a place in the text stands for."""
    if place.country and not place.regions and not place.municipalities:
        yield place.country
    yield from (f"{place.country}:{region}" for region in place.regions)
    yield from (each.key for each in place.municipalities)


def _how_exact(entry: Entry) -> int:
    return {"whole": 2, "starts": 1}.get(entry.words[0].kind, 0)


@lru_cache(maxsize=8)
def _labels(spellings: Callable[[Words], Sequence[str]]) -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """The labels of the vocabularies in every language, folded, and their keys."""
    return {
        part: {
            tuple(words_of(label)): choice.key
            for choice in choices
            for label in (*(spellings(choice.label) if isinstance(choice.label, Words) else ()), *choice.also)
        }
        for part, (_section, choices) in _PARTS.items()
    }
