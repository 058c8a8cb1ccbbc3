"""The words that people use, a file a language, and what each of them means.

A file has a section for each vocabulary and in it a line for each key, with words and phrases separated by commas;
how they are written is told in docs/words.md. On top stand lists of small words: `ignored` say nothing, `negations`
turn a meaning round, except where one of `only` follows, `exceptions` take something out, `joins` and `contrasts`
stand between parts, `relatives` begin a clause, `places` stand before a place, `polite` stand beside what somebody
wants done, `doubts` and `conditions` make an answer uncertain. Of what somebody searches for, `asking` are the words
beside it, `around` say near a place, and `tongues` are beginnings of languages in which there may be `books`;
`activities` has words that are searched for themselves, although they tell of a theme. `ask` has words that may mean
several keys, `classes` words that stand for each other (the days of the week).
"""

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import NamedTuple, TypeAlias

from conversations.reading.text import words_of

_Classes: TypeAlias = Mapping[str, frozenset[str]]

ANSWER, HINT = "!", "?"
"""Marks behind an entry: it counts only in an answer that says nothing else, or only as a hint in a story."""


class Word(NamedTuple):
    """One word of an entry: whole, how one `starts` or `ends`, a part `inside` of one, or `any` word of a class."""

    text: str
    kind: str
    members: frozenset[str] = frozenset()

    def fits(self, word: str) -> bool:
        """Whether `word`, folded, is such a word."""
        match self.kind:
            case "starts":
                return word.startswith(self.text)
            case "inside":
                return self.text in word
            case "ends":
                return word.endswith(self.text)
            case "any":
                return word in self.members or (self.text == NUMBER and word.isdecimal())
            case _:
                return word == self.text

    @property
    def written(self) -> str:
        """The word as the files of words have it."""
        match self.kind:
            case "starts":
                return f"{self.text}{_PART}"
            case "inside":
                return f"{_PART}{self.text}{_PART}"
            case "ends":
                return f"{_PART}{self.text}"
            case "any":
                return f"<{self.text}>"
            case _:
                return self.text


NUMBER = "number"
"""The class of words that every number in digits belongs to."""


class Entry(NamedTuple):
    """Words beside each other that mean `keys`; `among`: any one of these. `mark` says where they count."""

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    among: tuple[str, ...] = ()
    mark: str = ""

    @property
    def length(self) -> tuple[int, int, int]:
        """How much it says: the number of its words, of those that are whole, and of their letters."""
        whole = sum(word.kind == "whole" for word in self.words)
        return len(self.words), whole, sum(len(word.text) for word in self.words)


class Section:
    """The entries of one vocabulary in one language, by the first of their words.

    They are kept as text, several in one where they begin alike, and made when they are looked up: most never are.
    """

    __slots__ = ("_alike", "_inside", "_nothing", "_reader", "_starts", "_whole")

    def __init__(self, entries: Iterable[Entry], reader: "_Reader") -> None:
        """Keeps `entries`; `reader` makes them again of what `_written` made of them."""
        found: dict[str, dict[str, list[str]]] = {"whole": {}, "starts": {}, "inside": {}}
        alike: dict[str, set[str]] = {}
        for entry in entries:
            first = entry.words[0]
            where = found["whole" if first.kind == "any" else first.kind if first.kind in found else "inside"]
            text = sys.intern(first.written if first.kind == "any" else first.text)  # one for the keys of all sections
            where.setdefault(text, []).append(_written(entry))
            for word in entry.words if entry.mark != HINT else ():
                if word.kind != "any" and len(word.text) >= SHORTEST_WITH_A_SLIP:
                    alike.setdefault(word.text[0], set()).add(word.written)
        self._reader = reader
        self._nothing = set[str]()
        self._whole, self._starts, self._inside = (
            {text: _LINE.join(lines) for text, lines in found[kind].items()} for kind in found
        )
        self._alike = {letter: _BETWEEN.join(sorted(words)) for letter, words in alike.items()}

    def alike(self, word: str) -> Iterator[Word]:
        """Every word of five letters and more that begins with the same letter and may be `word` but for a slip."""
        for written in filter(None, self._alike.get(word[0], "").split(_BETWEEN)):
            text = written.strip(_PART)
            if len(text) - len(word) in ((-1, 0, 1) if text == written else range(-LONGEST_WORD, 2)):
                yield _word_of(written)

    def beginning_with(self, word: str) -> Iterator[Entry]:
        """The entries whose first word `word` fits; none if it is longer than any word."""
        if len(word) > LONGEST_WORD or word in self._nothing:
            return
        found = False
        for entry in self._beginning_with(word):
            found = True
            yield entry
        if not found:  # most words begin nothing, and are asked about again within a message
            if len(self._nothing) >= _MOST_KEPT:
                self._nothing.clear()
            self._nothing.add(word)

    def _beginning_with(self, word: str) -> Iterator[Entry]:
        read = self._reader.read
        for text in (word, *self._reader.classes_of(word)):
            if lines := self._whole.get(text):
                yield from read(lines)
        if self._starts:
            for end in range(1, len(word) + 1):
                if lines := self._starts.get(word[:end]):
                    yield from read(lines)
        if self._inside:
            for start in range(len(word) - 1):
                for end in range(start + 2, len(word) + 1):
                    if lines := self._inside.get(word[start:end]):
                        yield from (entry for entry in read(lines) if entry.words[0].fits(word))


_MOST_KEPT = 400
"""Words that a section keeps as beginning nothing: more than a message has."""

_BETWEEN, _FIELD, _LINE, _PART = " ", "\t", "\n", "-"
"""What stands between the words of an entry, its fields, and entries; and where a word goes on."""


def _written(entry: Entry) -> str:
    """An entry as text: its words, its keys, those of which one is meant, and its mark."""
    words = _BETWEEN.join(word.written for word in entry.words)
    return _FIELD.join((words, "+".join(entry.keys), "+".join(entry.among), entry.mark))


class _Reader:
    """Makes entries of what `_written` made of them, and keeps those that were looked up last."""

    def __init__(self, classes: _Classes) -> None:
        self._classes = classes
        self._names: dict[str, tuple[str, ...]] = {}
        for name in classes:
            for word in classes[name]:
                self._names[word] = (*self._names.get(word, ()), f"<{name}>")
        self.read = lru_cache(maxsize=256)(self._entries)

    def classes_of(self, word: str) -> Sequence[str]:
        """Returns the classes that `word` is a member of, as they are written in an entry."""
        return (f"<{NUMBER}>",) if word.isdecimal() else self._names.get(word, ())

    def _entries(self, lines: str) -> Sequence[Entry]:
        return tuple(self._entry(line) for line in lines.split(_LINE))

    def _entry(self, line: str) -> Entry:
        words, keys, among, mark = line.split(_FIELD)
        return Entry(
            tuple(_word_of(written, self._classes) for written in words.split(_BETWEEN)),
            tuple(keys.split("+")) if keys else (),
            tuple(among.split("+")) if among else (),
            mark,
        )


def _word_of(written: str, classes: _Classes | None = None) -> Word:
    """The word that `Word.written` is the text of."""
    if classes and written[0] == "<" and written[1:-1] in classes:
        return Word(written[1:-1], "any", classes[written[1:-1]])
    if written[0] != _PART != written[-1]:
        return Word(written, "whole")
    text = written.strip(_PART)
    return Word(text or written, _KINDS[written[-1] == _PART, written[0] == _PART] if text else "whole")


_KINDS = {(False, False): "whole", (True, False): "starts", (False, True): "ends", (True, True): "inside"}
"""The kind of a word by whether it goes on behind and before."""


SHORTEST_WITH_A_SLIP = 5
"""Letters of the shortest word in which a slip of the finger is guessed."""

LONGEST_WORD = 100
"""Letters of the longest word that is looked at, because each part of it is looked up."""


@dataclass(frozen=True)
class WordFile:
    """The words of one language."""

    sections: Mapping[str, Section]
    ignored: frozenset[str]
    negations: frozenset[str]
    exceptions: frozenset[str]
    only: frozenset[str]
    joins: frozenset[str]
    contrasts: frozenset[str]
    relatives: frozenset[str]
    places: frozenset[str]
    asking: frozenset[str]
    polite: frozenset[str]
    around: frozenset[str]
    doubts: frozenset[str]
    conditions: frozenset[str]
    tongues: frozenset[str]
    books: frozenset[str]
    times: frozenset[str]
    days: frozenset[str]
    one_day: frozenset[str]
    months: frozenset[str]
    activities: Mapping[str, tuple[Word, ...]]

    @cached_property
    def nothing(self) -> Section:
        """An empty section, for a vocabulary that the file does not have."""
        return Section((), _Reader({}))

    def section(self, name: str) -> Section:
        """The section of a vocabulary; an empty one where the file has none."""
        return self.sections.get(name, self.nothing)


SMALL_WORDS = (
    *("ignored", "negations", "exceptions", "only", "joins", "contrasts", "relatives", "places", "polite"),
    *("asking", "around", "tongues", "books", "doubts", "conditions"),
)
"""The lists of small words on top of a file, by their fields in `WordFile`."""


@cache
def words_in(language: str) -> WordFile:
    """The words of `language`, read once."""
    source = resources.files("conversations.vocabulary.words").joinpath(f"{language}.toml")
    read = tomllib.loads(source.read_text("utf-8"))
    small = {name: frozenset(words_of(read.pop(name))) for name in SMALL_WORDS}
    classes = {name: frozenset(words_of(line)) for name, line in read.pop("classes", {}).items()}
    ask = read.pop("ask", {})
    activities = {
        name: tuple(word for written in line.split(",") for word in _words(written, classes))
        for name, line in read.pop("activities", {}).items()
    }
    sections = _Sections({name: (read.get(name, {}), ask.get(name, {})) for name in {**read, **ask}}, classes)
    times = frozenset(word for words in classes.values() for word in words)
    one_day, months = (classes.get(name, frozenset()) for name in ("one_day", "month"))
    days = classes.get("day", frozenset()) | months
    return WordFile(sections, times=times, days=days, one_day=one_day, months=months, activities=activities, **small)


class _Sections(Mapping[str, Section]):
    """The sections of a file, each made when it is first asked for."""

    def __init__(self, lines: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]], classes: _Classes) -> None:
        self._names, self._lines, self._classes = tuple(lines), dict(lines), classes
        self._reader = _Reader(classes)
        self._made: dict[str, Section] = {}

    def __getitem__(self, name: str) -> Section:
        if name not in self._made:
            self._made[name] = Section(_section(*self._lines.pop(name), self._classes), self._reader)
            _plain_words.cache_clear()  # it served this section
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _section(lines: Mapping[str, str], ask: Mapping[str, str], classes: _Classes) -> Iterator[Entry]:
    for key, line in lines.items():
        entries = list(_entries(key, line, classes))
        certain = [entry.words[0] for entry in entries if not entry.mark and len(entry.words) == 1]
        for entry in entries:
            if entry.mark == ANSWER and any(word.fits(entry.words[0].text) for word in certain):
                continue  # a beginning on the same line says it without the mark
            yield entry
    for keys, line in ask.items():
        for written in line.split(","):
            phrase, mark = _mark(written.strip())
            if words := _words(phrase, classes):
                yield Entry(words, (), tuple(keys.split("+")), mark)


def _entries(key: str, line: str, classes: _Classes) -> Iterator[Entry]:
    for written in line.split(","):
        phrase, _equals, keys = written.partition("=")
        phrase, mark = _mark(phrase.strip())
        if words := _words(phrase, classes):
            yield Entry(words, tuple(keys.strip().split("+")) if keys else (key,), mark=mark)


def _mark(phrase: str) -> tuple[str, str]:
    return (phrase[:-1], phrase[-1]) if len(phrase) > 1 and phrase[-1] in (ANSWER, HINT) else (phrase, "")


def _words(phrase: str, classes: _Classes) -> tuple[Word, ...]:
    return tuple(word for written in phrase.split() for word in _word(written, classes))


def _word(written: str, classes: _Classes) -> Iterator[Word]:
    if written.startswith("<"):
        name = written.strip("<>")
        yield Word(name, "any", classes[name])
    else:
        yield from _plain_words(written)


@lru_cache(maxsize=16384)  # the same words stand in many phrases
def _plain_words(written: str) -> tuple[Word, ...]:
    starts, ends = written.endswith("-") and len(written) > 1, written.startswith("-") and len(written) > 1
    kind = "inside" if starts and ends else "starts" if starts else "ends" if ends else "whole"
    texts = words_of(written)
    if not texts:
        return (Word(written, "whole"),)  # a sign on its own
    last = len(texts) - 1
    kinds = ["whole"] * len(texts)
    if starts:
        kinds[last] = "starts"
    if ends:
        kinds[0] = "ends"
    if last == 0:
        kinds[0] = kind
    return tuple(Word(text, each) for text, each in zip(texts, kinds, strict=True))
