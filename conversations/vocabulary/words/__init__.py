"""The words that people use, a file a language, and what each of them means.

A file has a section for each vocabulary and in it a line for each key, with words and phrases separated by commas; how
they are written is told in docs/words.md. `ignored` are words that say nothing, `negations` words that turn a meaning
round, `asking` words around what somebody searches for; `ask` has words that may mean several keys.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from conversations.reading.text import words_of


@dataclass(frozen=True, slots=True)
class Word:
    """One word of an entry: whole, how a word begins (`starts`), or a part of one (`inside`)."""

    text: str
    kind: str

    def fits(self, word: str) -> bool:
        """Whether `word`, folded, is such a word."""
        match self.kind:
            case "starts":
                return word.startswith(self.text)
            case "inside":
                return self.text in word
            case "ends":
                return word.endswith(self.text)
            case _:
                return word == self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """Words beside each other that mean `keys`; `among`: they may mean any one of these."""

    words: tuple[Word, ...]
    keys: tuple[str, ...]
    among: tuple[str, ...] = ()

    @property
    def length(self) -> tuple[int, int]:
        """How much it says: the number of its words, then of their letters."""
        return len(self.words), sum(len(word.text) for word in self.words)


@dataclass(slots=True)
class Section:
    """The entries of one vocabulary in one language, by the first of their words."""

    whole: dict[str, list[Entry]] = field(default_factory=dict)
    starts: dict[str, list[Entry]] = field(default_factory=dict)
    inside: dict[str, list[Entry]] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Enter `entry`."""
        first = entry.words[0]
        where = {"whole": self.whole, "starts": self.starts}.get(first.kind, self.inside)
        where.setdefault(first.text, []).append(entry)

    def beginning_with(self, word: str) -> Iterator[Entry]:
        """The entries whose first word `word` fits."""
        yield from self.whole.get(word, ())
        for end in range(1, len(word) + 1):
            yield from self.starts.get(word[:end], ())
        if self.inside:
            for start in range(len(word)):
                for end in range(start + 2, len(word) + 1):
                    for entry in self.inside.get(word[start:end], ()):
                        if entry.words[0].fits(word):
                            yield entry

    def known_words(self) -> Iterator[tuple[str, Entry]]:
        """Every entry of one whole word or beginning, by that word: what a slip of the finger may have meant."""
        for words in (self.whole, self.starts):
            for text, entries in words.items():
                for entry in entries:
                    if len(entry.words) == 1:
                        yield text, entry


@dataclass(frozen=True, slots=True)
class WordFile:
    """The words of one language."""

    sections: Mapping[str, Section]
    ignored: frozenset[str]
    negations: frozenset[str]
    asking: frozenset[str]


@cache
def words_in(language: str) -> WordFile:
    """The words of `language`, read once."""
    source = resources.files("conversations.vocabulary.words").joinpath(f"{language}.toml")
    read = tomllib.loads(source.read_text("utf-8"))
    ignored, negations, asking = (frozenset(words_of(read.pop(each))) for each in ("ignored", "negations", "asking"))
    ask = read.pop("ask", {})
    sections = {name: _section(lines, ask.get(name, {})) for name, lines in read.items()}
    return WordFile(sections, ignored, negations, asking)


def _section(lines: Mapping[str, str], ask: Mapping[str, str]) -> Section:
    section = Section()
    for key, line in lines.items():
        for written in line.split(","):
            phrase, _equals, keys = written.partition("=")
            if words := _words(phrase):
                section.add(Entry(words, tuple(keys.strip().split("+")) if keys else (key,)))
    for phrase, keys in ask.items():
        section.add(Entry(_words(phrase), (), tuple(keys.split())))
    return section


def _words(phrase: str) -> tuple[Word, ...]:
    return tuple(word for written in phrase.split() for word in _word(written))


def _word(written: str) -> Iterator[Word]:
    starts, ends = written.endswith("-") and len(written) > 1, written.startswith("-") and len(written) > 1
    kind = "inside" if starts and ends else "starts" if starts else "ends" if ends else "whole"
    texts = words_of(written)
    if not texts and written.strip():
        yield Word(written.strip(), "whole")  # a sign on its own
    for place, text in enumerate(texts):
        last, first = place == len(texts) - 1, place == 0
        if kind == "inside" and not (first and last):
            yield Word(text, "ends" if first else "starts" if last else "whole")
        elif (kind == "starts" and not last) or (kind == "ends" and not first):
            yield Word(text, "whole")
        else:
            yield Word(text, kind)
