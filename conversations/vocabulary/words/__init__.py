"""The words that people use, a file a language, and what each of them means.

A file has a section for each vocabulary and in it a line for each key, with words and phrases separated by commas; how
they are written is told in docs/words.md. On top stand lists of small words: `ignored` say nothing, `negations` turn a
meaning round, except where one of `only` follows, `exceptions` take something out, `joins` and `contrasts` stand
between parts, `relatives` begin a clause, `places` stand before a place, `polite` stand beside what somebody wants
done, `conditions` make an answer uncertain. Of what somebody searches for, `asking` are the words beside it, `around`
say near a place, and `tongues` are beginnings of languages in which there may be `books`; `activities` has words that are searched for themselves, although
they tell of a theme. `ask` has words that may mean several keys, `classes` words that stand for each other (the days of
the week).
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from itertools import chain

from conversations.reading.text import words_of

ANSWER, HINT = "!", "?"
"""Marks behind an entry: it counts only in an answer that says nothing else, or only as a hint in a story."""


@dataclass(frozen=True, slots=True)
class Word:
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


NUMBER = "number"
"""The class of words that every number in digits belongs to."""
_DIGITS = "#"


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(slots=True)
class Section:
    """The entries of one vocabulary in one language, by the first of their words."""

    whole: dict[str, list[Entry]] = field(default_factory=dict)
    starts: dict[str, list[Entry]] = field(default_factory=dict)
    inside: dict[str, list[Entry]] = field(default_factory=dict)
    _by_letter: dict[str, list[Word]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Enter `entry`."""
        first = entry.words[0]
        if first.kind == "any":
            for text in first.members | ({_DIGITS} if first.text == NUMBER else set()):
                self.whole.setdefault(text, []).append(entry)
        else:
            where = {"whole": self.whole, "starts": self.starts}.get(first.kind, self.inside)
            where.setdefault(first.text, []).append(entry)

    def by_letter(self, letter: str) -> Sequence[Word]:
        """Every word of five letters and more that begins so: what a slip of the finger may have meant."""
        if not self._by_letter:
            entries = chain.from_iterable(chain(self.whole.values(), self.starts.values(), self.inside.values()))
            words = {word for entry in entries if entry.mark != HINT for word in entry.words if word.kind != "any"}
            for word in sorted(words, key=lambda each: (each.text, each.kind)):
                if len(word.text) >= SHORTEST_WITH_A_SLIP:
                    self._by_letter.setdefault(word.text[0], []).append(word)
        return self._by_letter.get(letter, ())

    def beginning_with(self, word: str) -> Iterator[Entry]:
        """The entries whose first word `word` fits; none if it is longer than any word."""
        if len(word) > LONGEST_WORD:
            return
        yield from self.whole.get(_DIGITS if word.isdecimal() else word, ())
        if word.isdecimal():
            yield from self.whole.get(word, ())
        for end in range(1, len(word) + 1):
            yield from self.starts.get(word[:end], ())
        if self.inside:
            for start in range(len(word) - 1):
                for end in range(start + 2, len(word) + 1):
                    for entry in self.inside.get(word[start:end], ()):
                        if entry.words[0].fits(word):
                            yield entry


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
    conditions: frozenset[str]
    tongues: frozenset[str]
    books: frozenset[str]
    times: frozenset[str]
    activities: Mapping[str, tuple[Word, ...]]

    @cached_property
    def nothing(self) -> Section:
        """An empty section, for a vocabulary that the file does not have."""
        return Section()

    def section(self, name: str) -> Section:
        """The section of a vocabulary; an empty one where the file has none."""
        return self.sections.get(name, self.nothing)


SMALL_WORDS = (
    *("ignored", "negations", "exceptions", "only", "joins", "contrasts", "relatives", "places", "polite"),
    *("asking", "around", "tongues", "books", "conditions"),
)
"""The lists of small words on top of a file, by their fields in `WordFile`."""


@cache
def words_in(language: str) -> WordFile:
    """The words of `language`, read once."""
    source = resources.files("conversations.vocabulary.words").joinpath(f"{language}.toml")
    read = tomllib.loads(source.read_text("utf-8"))
    small = {name: frozenset(words_of(read.pop(name))) for name in SMALL_WORDS}
    classes = {name: tuple(words_of(line)) for name, line in read.pop("classes", {}).items()}
    ask = read.pop("ask", {})
    activities = {
        name: tuple(word for written in line.split(",") for word in _words(written, classes))
        for name, line in read.pop("activities", {}).items()
    }
    sections = _Sections({name: (read.get(name, {}), ask.get(name, {})) for name in {**read, **ask}}, classes)
    times = frozenset(word for words in classes.values() for word in words)
    return WordFile(sections, times=times, activities=activities, **small)


_Classes = Mapping[str, Sequence[str]]


class _Sections(Mapping[str, Section]):
    """The sections of a file, each made when it is first asked for."""

    def __init__(self, lines: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]], classes: _Classes) -> None:
        self._lines, self._classes = lines, classes
        self._made: dict[str, Section] = {}

    def __getitem__(self, name: str) -> Section:
        if name not in self._made:
            self._made[name] = _section(*self._lines[name], self._classes)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)


def _section(lines: Mapping[str, str], ask: Mapping[str, str], classes: _Classes) -> Section:
    section = Section()
    for key, line in lines.items():
        entries = list(_entries(key, line, classes))
        certain = [entry.words[0] for entry in entries if not entry.mark and len(entry.words) == 1]
        for entry in entries:
            if entry.mark == ANSWER and any(word.fits(entry.words[0].text) for word in certain):
                continue  # a beginning on the same line says it without the mark
            section.add(entry)
    for keys, line in ask.items():
        for written in line.split(","):
            phrase, mark = _mark(written.strip())
            if words := _words(phrase, classes):
                section.add(Entry(words, (), tuple(keys.split("+")), mark))
    _plain_words.cache_clear()  # it served this section
    return section


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
        yield Word(name, "any", frozenset(classes[name]))
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
