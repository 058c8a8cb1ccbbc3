"""Reads a wish in somebody's own words: "anything for older people in Odense", "lektiehjælp på fyn", "vse"."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.language.words import Words
from conversations.model.registers import PlaceFound, Registers
from conversations.reading.dates.edtf import date_bounds
from conversations.reading.dates.running import dates_in
from conversations.reading.dates.spans import read_days
from conversations.reading.queries.query import Query
from conversations.reading.text import fold, words_of
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.meaning import DELICATE, has_one_slip
from conversations.vocabulary.scanning import Hit, Token, entry_at
from conversations.vocabulary.words import ANSWER, HINT, Entry, Word, WordFile, words_in

LONGEST = 400
"""Characters that are read of a wish; a longer text tells a story."""

_WORD = re.compile(r"[^\W_]+(?:\+(?!\w))?")

_PARTS: Mapping[str, tuple[str, tuple[Choice, ...]]] = {
    "groups": ("target_groups", vocabulary.TARGET_GROUPS),
    "themes": ("themes", vocabulary.THEMES),
    "statuses": ("status", vocabulary.STATUS),
}
"""The parts of a query that have a vocabulary, with its section of the words."""

_SHORTEST_WITH_A_SLIP = 6
_LONGEST_ENDING = 3
_SHORTEST_TELLING = 4

_EVERYBODY, _OTHER = "general_public", "other"
"""Keys for which nobody searches by their labels."""
_MULTILINGUAL = "multilingual_collection"

_YEAR = frozenset({"ar", "leto", "leta", "letu", "lani", "letos", "year"})
"""Words with which a year is told that is not named."""

_OF = frozenset({"fra", "i", "iz", "v", "from", "in"})
"""Words before a year that say of when something is, and not since when."""

_ABSTRACT = ("hed", "heden", "ost", "osti", "ostjo", "stvo", "stva", "ness", "ity")
"""Endings of words for what people have or suffer from, and not for the people: loneliness is a theme."""


@dataclass(frozen=True, slots=True)
class _Term:
    """Words that mean something: `length` of them mean `keys` of one part of the query."""

    length: int
    part: str
    keys: tuple[str, ...]
    strength: tuple[int, ...] = ()


@dataclass(slots=True)
class _Gathered:
    """What was read so far."""

    keys: dict[str, list[str]] = field(default_factory=lambda: {part: [] for part in (*_PARTS, "places")})
    said: dict[str, list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    hinted: list[str] = field(default_factory=list)
    period: tuple[date, date | None] | None = None


def read_query(text: str, language: str, today: date, registers: Registers) -> Query:
    """Returns what `text`, written by a reader of `language` on the day `today`, searches for.

    Words of the reader's language count before those of the others. Small words ("is there anything for") do not
    count; a text of nothing else asks for everything. What no vocabulary and no register knows stays in `words`.
    """
    return _Reader(unicodedata.normalize("NFC", text[:LONGEST]).replace("’", "'"), language, today, registers).query()


class _Reader:
    def __init__(self, text: str, language: str, today: date, registers: Registers) -> None:
        self._tokens = tuple(_tokens(text))
        self._language = language
        self._files = [words_in(each) for each in sorted(LANGUAGES, key=lambda each: each != language)]
        self._small_words = [_small(each) for each in self._files]
        self._small = frozenset[str]().union(*self._small_words)
        self._labels = _labels(registers.spellings)
        starts = [word.start() for word in _WORD.finditer(text)]
        self._places = _places_by_word(registers.places_in(text), starts)
        self._likely_places = _places_by_word(registers.places_in(_with_capitals(text)), starts)
        self._periods = self._years(today, language)
        for dated in dates_in(text, today, language):
            at, end = bisect_left(starts, dated.start), bisect_left(starts, dated.end)
            around = {token.text for token in self._tokens[max(0, at - 1) : end]}
            since = dated.role == "start" and "/" not in dated.value and around.isdisjoint(_OF)
            if at < end:
                self._periods[at] = (end - at, date_bounds(f"{dated.value}/.." if since else dated.value))

    def _years(self, today: date, language: str) -> dict[int, tuple[int, tuple[date, date | None]]]:
        """The years that are told from today on ("last year"), by the first of their words, with their number."""
        found: dict[int, tuple[int, tuple[date, date | None]]] = {}
        for end, token in enumerate(self._tokens, 1):
            if token.text in _YEAR:
                for at in range(max(0, end - 2), end):
                    written = " ".join(each.written for each in self._tokens[at:end])
                    if at not in found and (days := read_days(written, today, language)):
                        found[at] = (end - at, days)
                        break
        return found

    def query(self) -> Query:
        """Returns what is asked for."""
        read = _Gathered()
        books, at = self._books(), 0
        if books:
            read.keys["themes"].append(_MULTILINGUAL)
        while at < len(self._tokens):
            token = self._tokens[at]
            if at in books:
                read.words += [token.written] if books[at] else []
                at += 1
            elif term := self._term(at):
                self._take(term, at, read)
                at += term.length
            elif dated := self._periods.get(at):
                length, read.period = dated
                at += length
            else:
                if token.text not in self._small and len(token.text) > 1:
                    read.words.append(token.written)
                at += 1
        kept = {part: tuple(dict.fromkeys(keys)) for part, keys in read.keys.items()}
        words, hinted = tuple(dict.fromkeys(read.words)), tuple(dict.fromkeys(read.hinted))
        alike = {word: same for word in words if (same := self._same_activity(fold(word)))}
        around = bool(kept["places"]) and any(each.text in file.around for each in self._tokens for file in self._files)
        query = Query(
            kept["themes"], kept["groups"], kept["places"], kept["statuses"], read.period, words,
            read.said, hinted, around, alike,
        )  # fmt: skip
        return replace(query, words=tuple(self._telling())) if query.everything else query

    def _telling(self) -> Iterator[str]:
        """The words that say little beside others, if none of them is a way to ask for everything."""
        asking = frozenset[str]().union(*(file.asking for file in self._files))
        if not any(token.text in asking for token in self._tokens):
            yield from (token.written for token in self._tokens if len(token.text) >= _SHORTEST_TELLING)

    def _take(self, term: _Term, at: int, read: _Gathered) -> None:
        written = [token.written for token in self._tokens[at : at + term.length]]
        if term.part == "themes" and term.length == 1 and self._same_activity(self._tokens[at].text):
            read.words += written
            read.hinted += term.keys
            return
        read.keys[term.part] += term.keys
        for key in term.keys:
            read.said.setdefault(key, []).extend(written)

    def _same_activity(self, word: str) -> tuple[str, ...]:
        """How words for the activity that `word` names begin in any language; empty if it names none."""
        names = {
            name
            for file in self._files
            for name, words in file.activities.items()
            if any(each.fits(word) for each in words)
        }
        alike = (each.text for file in self._files for name in sorted(names) for each in file.activities.get(name, ()))
        return tuple(dict.fromkeys(alike))

    def _books(self) -> dict[int, bool]:
        """The words that ask for books in a language, by their number, and whether each names the language."""
        books, tongues = (
            {token.place for token in self._tokens if any(token.text.startswith(tuple(each)) for each in lists)}
            for lists in ([file.books for file in self._files], [file.tongues for file in self._files])
        )
        return {**dict.fromkeys(books, False), **dict.fromkeys(tongues, True)} if books and tongues else {}

    def _term(self, at: int) -> _Term | None:
        """What the words from `at` on mean, as far as they mean anything."""
        sure = max(self._terms(at), key=lambda term: term.strength, default=None)
        if sure or self._tokens[at].text in self._small or at in self._periods:
            return sure
        return self._likely_places.get(at) or self._slip(at)

    def _terms(self, at: int) -> Iterator[_Term]:
        """What the words from `at` on may mean; the strength orders them."""
        if at in self._places:
            yield self._places[at]
        word = self._tokens[at].text
        for part, (section, _choices) in _PARTS.items():
            for place, file in enumerate(self._files):
                for hit in entry_at(file.section(section), self._tokens, at, file.ignored):
                    keys = _keys_of(hit.entry)
                    if keys and self._counts(hit, self._small_words[place]):
                        likelier = (part == "themes") == word.endswith(_ABSTRACT)
                        letters = hit.entry.length[2]
                        strength = (len(hit.entry.words), -place, _how_exact(hit.entry), letters, likelier)
                        yield _Term(hit.end - at, part, keys, strength)
            for label, key in self._labels[part].get(word, ()):
                said = tuple(token.text for token in self._tokens[at : at + len(label)])
                if said == label and key not in (_EVERYBODY, _OTHER):
                    yield _Term(len(label), part, (key,), (len(label), 1, 3, 0, True))

    def _counts(self, hit: Hit, small: frozenset[str]) -> bool:
        """Whether an entry counts in a query: not if it is one of `small` words, or a part of something longer."""
        if hit.entry.mark == HINT or (hit.entry.mark == ANSWER and hit.end - hit.start < len(self._tokens)):
            return False
        word = self._tokens[hit.start].text  # "it" is small in English, and a theme in Danish
        return len(hit.entry.words) > 1 or word not in small | self._small_words[0]

    def _slip(self, at: int) -> _Term | None:
        """The one theme or group that a word means if one letter of it is wrong."""
        token, found = self._tokens[at], set[tuple[str, tuple[str, ...]]]()
        for part in ("themes", "groups"):
            section, _choices = _PARTS[part]
            for file in self._files:
                for corrected in _corrected(token.text, file.section(section).alike(token.text)):
                    hits = entry_at(file.section(section), [replace(token, text=corrected)], 0, file.ignored)
                    found |= {(part, hit.entry.keys) for hit in hits if hit.entry.keys and not hit.entry.mark}
        part, keys = found.pop() if len(found) == 1 else ("", ())
        return None if not part or keys == (_EVERYBODY,) or not DELICATE.isdisjoint(keys) else _Term(1, part, keys)


def _corrected(word: str, known: Iterable[Word]) -> Iterator[str]:
    """The known words, with any ending, from which `word` differs by one letter; it begins as they do."""
    for each in known:
        if len(each.text) < _SHORTEST_WITH_A_SLIP:
            continue
        if each.kind == "whole":
            if has_one_slip(word, each.text):
                yield each.text
            continue
        for length in range(len(each.text) - 1, len(each.text) + 2):
            if len(word) - _LONGEST_ENDING <= length <= len(word) and has_one_slip(word[:length], each.text):
                yield each.text + word[length:]


def _small(file: WordFile) -> frozenset[str]:
    """The words of a language that do not count in a query."""
    beside = file.joins | file.contrasts | file.relatives | file.places | file.only
    return file.ignored | file.asking | file.around | beside


def _tokens(text: str) -> Iterator[Token]:
    """The words of `text`; a comma, or another sign but a dash, begins a part."""
    end = 0
    for place, word in enumerate(_WORD.finditer(text)):
        between = text[end : word.start()].strip()
        yield Token(fold(word.group()), word.group(), place, place == 0 or between not in ("", "-", "'"))
        end = word.end()


def _keys_of(entry: Entry) -> tuple[str, ...]:
    """The keys that an entry means, or any of which it may mean; nobody is guessed to be meant by a delicate one."""
    keys = entry.keys or tuple(key for key in entry.among if key not in DELICATE)
    return () if keys == (_EVERYBODY,) else keys


def _how_exact(entry: Entry) -> int:
    return {"whole": 2, "starts": 1}.get(entry.words[0].kind, 0)


def _places_by_word(places: Sequence[PlaceFound], starts: Sequence[int]) -> dict[int, _Term]:
    """The places, by the number of the word with which each begins; `starts` has where each word begins."""
    terms = {}
    for place in places:
        at, end = bisect_left(starts, place.start), bisect_left(starts, place.end)
        if at < end and (keys := tuple(_place_keys(place))):
            terms[at] = _Term(end - at, "places", keys, (end - at, 1, 2, 0, True))
    return terms


def _place_keys(place: PlaceFound) -> Iterator[str]:
    """The places of a query that a place in the text stands for."""
    if place.country and not place.regions and not place.municipalities:
        yield place.country
    yield from (f"{place.country}:{region}" for region in place.regions)
    yield from (each.key for each in place.municipalities)


def _with_capitals(text: str) -> str:
    """Returns the text with each word as a name, because people who search write names like other words."""
    return _WORD.sub(lambda word: word.group()[0].upper() + word.group()[1:], text)


_Labels = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
"""The labels of one vocabulary in every language, by their first word: their words and their key."""


@lru_cache(maxsize=8)
def _labels(spellings: Callable[[Words], Sequence[str]]) -> Mapping[str, _Labels]:
    found: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {part: {} for part in _PARTS}
    for part, (_section, choices) in _PARTS.items():
        for choice in choices:
            spelled = spellings(choice.label) if isinstance(choice.label, Words) else ()
            for label in spelled:
                words = tuple(words_of(label))
                found[part].setdefault(words[0], []).append((words, choice.key))
    return found
