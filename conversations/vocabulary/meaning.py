"""What is meant by what somebody wrote for a question with choices: their own words, several at once, with slips."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from conversations.language.languages import LANGUAGES
from conversations.reading.text import words_of
from conversations.vocabulary.words import Entry, Section, words_in

DELICATE = frozenset(
    {"prisoners", "roma", "people_ill", "people_with_disabilities", "people_with_dementia", "homeless_people", "prison"}
)
"""Keys that are understood only from words that say so: nobody is offered them for a slip of the finger."""

LONGEST = 600
"""Characters that are read as an answer; what is longer is a story."""

_BESIDE = {"themes": "target_groups", "target_groups": "themes", "frequency": "themes"}
"""The vocabulary whose words may stand beside those of another: IT help *for older people* is a theme all the same."""

_SHORTEST_WITH_A_SLIP = 5
_SHORTEST_DELICATE = 8
_SEPARATORS = {
    language: re.compile(rf"[,;\n/&•|]| \+ | (?:{words}) ", re.IGNORECASE)
    for language, words in {
        "da": "og|samt|plus|eller|ter|and|or|as well as",
        "sl": "in|ter|pa tudi|ali|og|and|or",  # "in" ends a part for Slovenian readers alone
        "en": "and|or|plus|as well as|og|samt|ter",
    }.items()
}
_AND = frozenset({"og", "in", "and"})
_EDGES = " .!?:-–—*\"'“”„»«()"


@dataclass(frozen=True, slots=True)
class Meant:
    """What an answer means.

    `keys` are certain, in the order they were said; `among` are keys of which one is meant and it is not said which;
    `unknown` are the parts that mean none of the choices, as they were written.
    """

    keys: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all of the answer was understood."""
        return bool(self.keys) and not self.among and not self.unknown


def meaning(
    text: str,
    vocabulary: str,
    language: str,
    labels: Mapping[str, Sequence[str]],
    *,
    among: Iterable[str] | None = None,
) -> Meant:
    """What `text`, written by a reader of `language`, means in `vocabulary`.

    `labels` has the choices' keys, with their labels in every language; only these keys are ever meant (`among` may
    narrow them down). A label counts as a whole; after it, words of the reader's language, then of the others.
    """
    allowed = frozenset(among if among is not None else labels)
    reader = _Reader(vocabulary, language, labels, allowed)
    if whole := reader.label(text):
        return Meant((whole,))
    if said := reader.whole(words_of(text[:LONGEST])):
        return said
    keys: list[str] = []
    either: list[str] = []
    unknown: list[str] = []
    for part in reader.parts(text[:LONGEST]):
        found = reader.part(part)
        keys += found.keys
        either += found.among
        unknown += found.unknown
    return Meant(tuple(dict.fromkeys(keys)), tuple(dict.fromkeys(either)), tuple(dict.fromkeys(unknown)))


class _Reader:
    def __init__(
        self, vocabulary: str, language: str, labels: Mapping[str, Sequence[str]], allowed: frozenset[str]
    ) -> None:
        order = (language, *(each for each in LANGUAGES if each != language))
        files = [words_in(each) for each in order]
        self._sections = [file.sections[vocabulary] for file in files if vocabulary in file.sections]
        beside = _BESIDE.get(vocabulary, "")
        self._beside = [file.sections[beside] for file in files if beside in file.sections]
        self._own_ignored = files[0].ignored
        self._ignored = frozenset().union(*(file.ignored for file in files))
        self._negations = files[0].negations
        self._allowed = allowed
        self._labels = {tuple(words_of(label)): key for key, all_ in labels.items() if key in allowed for label in all_}
        self._without_and = {_without_and(words): key for words, key in self._labels.items()}
        self._separator = _SEPARATORS[language]

    def label(self, text: str) -> str | None:
        """The key whose label `text` is, in any language."""
        return self._labels.get(tuple(words_of(text)))

    def parts(self, text: str) -> Iterator[str]:
        """The parts of a list, where a label that holds "and" or a comma itself stays whole."""
        pieces = [piece.strip(_EDGES) for piece in self._separator.split(f" {' '.join(text.split(' '))} ")]
        pieces = [piece for piece in pieces if piece]
        at = 0
        while at < len(pieces):
            ends = range(min(at + 3, len(pieces)), at + 1, -1)
            end = next((end for end in ends if self._is_label(pieces[at:end])), at + 1)
            yield " ".join(pieces[at:end])
            at = end

    def _is_label(self, pieces: Sequence[str]) -> bool:
        """Whether `pieces`, between which a comma or "and" stood, are one label."""
        return _without_and(tuple(words_of(" ".join(pieces)))) in self._without_and

    def part(self, part: str) -> Meant:
        """What one part means."""
        words = words_of(part)
        if key := self._labels.get(tuple(words)) or self._without_and.get(_without_and(tuple(words))):
            return Meant((key,))
        if whole := self.whole(words):
            return whole
        if any(word in self._negations for word in words):
            return Meant(unknown=(part,))
        keys: list[str] = []
        either: list[str] = []
        missed: list[str] = []
        at = 0
        while at < len(words):
            entry = self._longest(words, at)
            if entry is None:
                missed.append(words[at])
                at += 1
                continue
            keys += entry.keys
            either += entry.among
            at += len(entry.words)
        strange = [word for word in missed if not self._says_nothing(word)]
        if strange and (meant := self._slip(strange)):
            keys += meant
            strange = []
        if keys:
            either = [] if set(either) & set(keys) else either
        if strange and not DELICATE.isdisjoint({*keys, *either}):  # "prison officers" are not prisoners
            certain, possible = (tuple(key for key in found if key not in DELICATE) for found in (keys, either))
            return Meant(certain, possible, (part,))
        if strange and (keys or either):
            return Meant(tuple(keys), tuple(either), tuple(_as_written(part, strange)))
        if not keys and not either:
            return Meant(unknown=(part,)) if words else Meant()
        return Meant(tuple(keys), tuple(either))

    def _says_nothing(self, word: str) -> bool:
        """Whether a word that means none of the choices may stand beside one that does."""
        if word in self._ignored or word.isdecimal():
            return True
        return any(entry.words[0].fits(word) for section in self._beside for entry in section.beginning_with(word))

    def whole(self, words: list[str]) -> Meant | None:
        """What all of `words` together mean, if one entry has them all; it may hold a negation."""
        for section in self._sections:
            for entry in self._entries(section, words, 0):
                if len(entry.words) == len(words):
                    return Meant(entry.keys, entry.among)
        return None

    def _longest(self, words: Sequence[str], at: int) -> Entry | None:
        """The entry that says most about the words from `at` on, in the first language that has one."""
        for section in self._sections:
            if found := max(self._entries(section, words, at), key=lambda entry: entry.length, default=None):
                return found
        return None

    def _entries(self, section: Section, words: Sequence[str], at: int) -> Iterator[Entry]:
        if at >= len(words) or (len(words) > 1 and words[at] in self._own_ignored and len(words[at]) < 3):
            candidates: Iterable[Entry] = section.whole.get(words[at], ()) if at < len(words) else ()
        else:
            candidates = section.beginning_with(words[at])
        for entry in candidates:
            rest = words[at : at + len(entry.words)]
            fits = len(rest) == len(entry.words) and all(
                word.fits(said) for word, said in zip(entry.words, rest, strict=True)
            )
            if fits and self._allowed.issuperset((*entry.keys, *entry.among)):
                yield entry

    def _slip(self, words: Sequence[str]) -> list[str]:
        """The keys meant by words with one wrong letter each; none unless every word has just one meaning."""
        keys: list[str] = []
        for word in words:
            found = set(self._with_a_slip(word))
            if len(found) != 1:
                return []
            keys += found
        return keys

    def _with_a_slip(self, word: str) -> Iterator[str]:
        if len(word) < _SHORTEST_WITH_A_SLIP:
            return
        for section in self._sections:
            for known, entry in section.known_words():
                if len(entry.keys) == 1 and entry.keys[0] in self._allowed and _one_slip(word, known, entry):
                    delicate = entry.keys[0] in DELICATE
                    if not delicate or min(len(word), len(known)) >= _SHORTEST_DELICATE:
                        yield entry.keys[0]
        for label, key in self._labels.items():
            if len(label) == 1 and has_one_slip(word, label[0]) and (key not in DELICATE or len(word) >= 8):
                yield key


def _without_and(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _AND)


def _one_slip(word: str, known: str, entry: Entry) -> bool:
    if entry.words[0].kind == "starts":
        return len(known) >= _SHORTEST_WITH_A_SLIP and any(
            has_one_slip(word[:length], known)
            for length in (len(known) - 1, len(known), len(known) + 1)
            if length <= len(word) and word[0] == known[0] and length > len(word) - 4
        )
    return has_one_slip(word, known)


def _as_written(part: str, words: Sequence[str]) -> Iterator[str]:
    """The words of `part` that fold to `words`, as they were written."""
    wanted = set(words)
    for written in part.split():
        if any(word in wanted for word in words_of(written)):
            yield written.strip(".,;:!?()\"'“”„»«")


def has_one_slip(said: str, known: str) -> bool:
    """Whether one letter typed wrongly, left out, added, or swapped with the next makes the whole difference."""
    if min(len(said), len(known)) < _SHORTEST_WITH_A_SLIP or abs(len(said) - len(known)) > 1 or said == known:
        return said == known
    start = next((i for i, (a, b) in enumerate(zip(said, known, strict=False)) if a != b), min(len(said), len(known)))
    rest, wanted = said[start:], known[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )
