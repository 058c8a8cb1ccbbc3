"""Reads a wish in somebody's own words: "anything for older people in Odense", "lektiehjælp på fyn", "vse"."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.language.words import Words
from conversations.model.registers import Registers
from conversations.reading.dates.dates import date_bounds, read_date
from conversations.reading.queries.query import Query
from conversations.reading.text import fold, words_of
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.meaning import DELICATE
from conversations.vocabulary.words import Entry, WordFile, words_in

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
    written = _WORD.findall(unicodedata.normalize("NFC", text[:LONGEST]).replace("’", "'"))
    return _Reader(written, language, today, registers).query()


class _Reader:
    def __init__(self, written: Sequence[str], language: str, today: date, registers: Registers) -> None:
        self._written = written
        self._words = [fold(word) for word in written]
        self._files: list[WordFile] = [words_in(each) for each in sorted(LANGUAGES, key=lambda each: each != language)]
        self._today = today
        self._registers = registers
        self._small = frozenset().union(*(file.ignored | file.asking for file in self._files))
        self._labels = _labels(registers.spellings)

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
            elif dated := self._period(at):
                period, length = dated
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
        yield from self._places(at)
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
            if small and len(entry.words) == 1:
                continue
            words = rest[: len(entry.words)]
            if len(words) == len(entry.words) and all(
                word.fits(said) for word, said in zip(entry.words, words, strict=True)
            ):
                yield entry

    def _places(self, at: int) -> Iterator[_Term]:
        """The places that the words from `at` on name; thin until the registers read running text."""
        for length in range(min(3, len(self._words) - at), 0, -1):
            name = " ".join(self._written[at : at + length])
            if length == 1 and (self._words[at] in self._small or not name.isalpha()):
                continue
            for country in ("DK", "SI"):
                for region in self._registers.regions(country):
                    if fold(region).removeprefix("region ") == fold(name).removeprefix("region "):
                        yield _Term(at, length, "places", (f"{country}:{region}",), (length, 1, 2, 0))
            exact, _near = self._registers.municipality(name)
            if exact:
                yield _Term(at, length, "places", (exact.key,), (length, 1, 2, 0))

    def _period(self, at: int) -> tuple[tuple[date, date | None], int] | None:
        """The period with a year that the words from `at` on name, and how many words these are."""
        for length in range(min(4, len(self._words) - at), 0, -1):
            words = self._words[at : at + length]
            if any(word.isdecimal() and len(word) == 4 for word in words):
                read = read_date(" ".join(self._written[at : at + length]), self._today)
                if read:
                    return date_bounds(read), length
        return None


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
