"""Finding the entries of the files of words in a text: typed answers and running text alike."""

import re
from collections.abc import Container, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from conversations.language.languages import LANGUAGES
from conversations.reading.text import words_of
from conversations.vocabulary.words import Entry, Section, WordFile, words_in


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word; `written` is the piece it stands in, which begins at `at` in the text, `place` its number.

    `starts` says that a part begins here.
    """

    text: str
    written: str
    place: int
    at: int
    starts: bool = False

    @property
    def end(self) -> int:
        """Where the piece ends in the text."""
        return self.at + len(self.written)


def undrawn(text: str) -> str:
    """`text` with letters that are drawn out ("jaaa", "nooo") written once."""
    return _DRAWN_OUT.sub(r"\1", text)


_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_PIECE = re.compile(r"[,;:\n/&•|()\[\]!?…]+|[^\s,;:\n/&•|()\[\]!?…]+")
_BREAKS = frozenset(",;:\n/&•|()[]!?…")
_SIGNS = frozenset({"+", "-", "–", "—"})
_EDGES = ".!?:-–—*\"'“”„»«’…"


def tokens_of(text: str, *, sentences: bool = False) -> list[Token]:
    """The words of `text`. A sign between words begins a part; so does the end of a sentence, if `sentences`."""
    tokens: list[Token] = []
    starts = True
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece[0] in _BREAKS or piece in _SIGNS:
            starts = True
            continue
        written = piece.strip(_EDGES) or piece
        at = match.start() + piece.index(written)
        for word in words_of(piece):
            tokens.append(Token(word, written, len(tokens), at, starts))
            starts = False
        if sentences and piece.endswith((".", ".”", '."', ".«")):
            after = text[match.end() :].lstrip()[:1]
            starts = len(piece) > _LONGEST_ABBREVIATION or after.isupper() or (after.isdigit() and _is_a_word(piece))
    return tokens


_LONGEST_ABBREVIATION = 4


def _is_a_word(piece: str) -> bool:
    """Whether a short piece before a number is no abbreviation: "ned til os. 14 frivillige", but not "kl. 14"."""
    return piece[:-1].lower() in _SHORT_WORDS


_SHORT_WORDS = frozenset(
    ["os", "jer", "dem", "ham", "mig", "dig", "ud", "ind", "med", "ned", "op", "nu", "her", "der", "ven", "nas", "jih"]
)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found: the tokens from `start` to before `end` are its words."""

    entry: Entry
    start: int
    end: int

    @property
    def length(self) -> tuple[int, ...]:
        """How much it says, as its entry does; of the same number of words, those side by side say more."""
        words, *rest = self.entry.length
        return words, words - (self.end - self.start), *rest


def is_thin(hit: Hit, tokens: Sequence[Token]) -> bool:
    """Whether a hit rests on a few letters of a longer word: "forsk-" is little of "forskellige"."""
    if len(hit.entry.words) > 1:
        return False
    known, word = hit.entry.words[0], tokens[hit.start].text
    is_part = known.kind in ("starts", "inside", "ends")
    return is_part and len(known.text) <= _MOST_OF_A_THIN_ONE and len(known.text) * 2 < len(word)


_MOST_OF_A_THIN_ONE = 6
"""Letters of a part of a word that says little if the word has more than twice as many."""


def skipped_in(vocabulary: str, file: WordFile) -> Container[str]:
    """The words that may stand between those of an entry of `vocabulary` in an answer.

    In "every *second* Monday" no word says nothing, where it is asked how often.
    """
    match vocabulary:
        case "themes":
            return _Between(file.ignored, file.section("target_groups"))
        case "frequency":
            return file.ignored - file.times
        case _:
            return file.ignored


class _Between(Container[str]):
    """The words that may stand between those of an entry: small ones, and words of another vocabulary.

    "Help *for pupils* with homework" is help with homework.
    """

    def __init__(self, ignored: frozenset[str], others: Section) -> None:
        self._ignored, self._others = ignored, others
        self._known: dict[str, bool] = {}

    def __contains__(self, word: object) -> bool:
        if word in self._ignored:
            return True
        text = str(word)
        if text not in self._known:
            self._known[text] = any(
                len(entry.words) == 1 and entry.keys and not entry.mark for entry in self._others.beginning_with(text)
            )
        return self._known[text]


def entry_at(section: Section, tokens: Sequence[Token], at: int, ignored: Container[str]) -> Iterator[Hit]:
    """The entries of `section` that begin at `at`; one of the words `ignored` may stand between the words of one."""
    for entry in section.beginning_with(tokens[at].text):
        if end := _end_of(entry, tokens, at, ignored):
            yield Hit(entry, at, end)


def _end_of(entry: Entry, tokens: Sequence[Token], at: int, ignored: Container[str]) -> int:
    """Where `entry` ends in `tokens`, of which the first fits; 0 if it does not fit."""
    place, skipped = at + 1, False
    for word in entry.words[1:]:
        while True:
            if place >= len(tokens) or tokens[place].starts:
                return 0
            if word.fits(tokens[place].text):
                break
            if skipped or tokens[place].text not in ignored:
                return 0
            place, skipped = place + 1, True
        place, skipped = place + 1, False
    return place


def negations_in(tokens: Sequence[Token], file: WordFile, taken: AbstractSet[int]) -> list[range]:
    """The stretches of `tokens` that a negation turns round: from it to the end of its part.

    "Not only" turns nothing round; neither does a negation in `taken`, which is a word of an entry.
    """
    found: list[range] = []
    at = 0
    while at < len(tokens):
        text = tokens[at].text
        only = at + 1 < len(tokens) and tokens[at + 1].text in file.only
        if text in file.negations | file.exceptions and at not in taken and not only:
            end = at + 1
            while end < len(tokens) and not tokens[end].starts and tokens[end].text not in file.contrasts:
                end += 1
            found.append(range(at, end))
            at = end
        else:
            at += 1
    return found


def says_not_only(tokens: Sequence[Token], file: WordFile) -> bool:
    """Whether "not only" is said: what follows is meant, and more than that."""
    return any(one.text in file.negations and other.text in file.only for one, other in pairwise(tokens))


def language_of(text: str, language: str) -> str:
    """The language that `text` is written in, as its small words tell; `language` where they do not tell."""
    words = words_of(text[:_TELLING])
    counts = {each: sum(word in words_in(each).ignored for word in words) for each in LANGUAGES}
    best = max(counts, key=lambda each: counts[each])
    others = max(count for each, count in counts.items() if each != best)
    own = counts.get(language, others)
    return best if counts[best] > _FEW + own + own // 2 else language


_TELLING = 2_000
_FEW = 1
"""Characters that tell the language, and small words that may be those of another."""
