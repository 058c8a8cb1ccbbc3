"""What a running text speaks of: a story, a message that tells of an initiative, a query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.vocabulary.meaning import DELICATE
from conversations.vocabulary.scanning import Hit, Token, entry_at, language_of, negations_in, tokens_of
from conversations.vocabulary.words import ANSWER, Word, WordFile, words_in

LONGEST = 8_000
"""Characters that are read; more than any message has."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A key that a text speaks of; `said` are its words as they were written, `place` the number of the first.

    They stand in the text from `start` to `end`.
    """

    key: str
    said: str
    place: int
    start: int
    end: int


def keys_in(text: str, section: str, language: str) -> tuple[str, ...]:
    """Every key of `section` that `text` surely speaks of, in the order of mention; none twice.

    `text` may be in another language than its reader's `language`. What is negated ("not for children") and words that
    count only as the whole of an answer ("all") are left out; so is what stands in the name of an organisation ("Ældre
    Sagen" is a partner, and no group).
    """
    return tuple(dict.fromkeys(mention.key for mention in mentions_in(text, section, language)))


@lru_cache(maxsize=64)  # one message is asked about many sections, and about some of them again
def mentions_in(text: str, section: str, language: str) -> tuple[Mention, ...]:
    """Every place where `text` surely speaks of a key of `section`, in order: as `keys_in`, with the words."""
    tokens, file, named = _taken_apart(text[:LONGEST], language)
    hits = tuple(_sure(tokens, section, file, named))
    return tuple(
        Mention(key, _said(tokens[hit.start : hit.end]), hit.start, tokens[hit.start].at, tokens[hit.end - 1].end)
        for hit in hits
        for key in hit.entry.keys
    )


@lru_cache(maxsize=8)
def _taken_apart(text: str, language: str) -> tuple[Sequence[Token], WordFile, frozenset[int]]:
    """The words of `text`, the file of words of its language, and which of the words name an organisation."""
    tokens, file = tokens_of(text, sentences=True), words_in(language_of(text, language))
    return tokens, file, _named(tokens, file)


def _said(tokens: Sequence[Token]) -> str:
    return " ".join(dict.fromkeys(token.written for token in tokens))


def _sure(tokens: Sequence[Token], section: str, file: WordFile, named: frozenset[int]) -> Iterator[Hit]:
    names = section == "organisations"
    hits = [each for each in _hits(tokens, section, file) if not each.entry.mark and (names or each.start not in named)]
    negated = _negated(tokens, hits, file)
    for hit in hits:
        if hit.start not in negated and not (DELICATE & set(hit.entry.keys) and _of_others(tokens, hit, file)):
            yield hit


def _negated(tokens: Sequence[Token], hits: Sequence[Hit], file: WordFile) -> frozenset[int]:
    """The places of tokens that a negation turns round; one that is a word of `hits` does not."""
    taken = {place for hit in hits for place in range(hit.start, hit.end)}
    return frozenset(place for stretch in negations_in(tokens, file, taken) for place in stretch)


def _of_others(tokens: Sequence[Token], hit: Hit, file: WordFile) -> bool:
    """Whether a delicate word only describes the people named behind it ("prison officers")."""
    after = tokens[hit.end] if hit.end < len(tokens) else None
    if after is None or after.starts:
        return False
    return after.text not in file.joins and any(entry_at(file.section("partners"), tokens, hit.end, file.ignored))


def _named(tokens: Sequence[Token], file: WordFile) -> frozenset[int]:
    """The places of tokens that are the name of an organisation."""
    return frozenset(place for hit in _hits(tokens, "organisations", file) for place in range(hit.start, hit.end))


def _hits(tokens: Sequence[Token], section: str, file: WordFile) -> Iterator[Hit]:
    """The longest entry at each place, one after the other."""
    words, at = file.section(section), 0
    while at < len(tokens):
        found = max(
            (hit for hit in entry_at(words, tokens, at, file.ignored) if not hit.entry.mark),
            key=lambda hit: hit.length,
            default=None,
        )
        if found:
            yield found
        at = found.end if found else at + 1


@lru_cache(maxsize=128)  # asked anew with each choice that is ticked
def proposed(text: str, section: str) -> tuple[str, ...]:
    """Keys of `section` that `text`, in whichever language, suggests: the likeliest first, up to four.

    They are shown first, and never saved unasked. Each different entry counts once, and a phrase as much as it has
    words, since it says more than a word; among equals the one spoken of first comes first. No delicate key is
    suggested that is not said.
    """
    text = text[:LONGEST]
    tokens = tokens_of(text, sentences=True)
    own = language_of(text, "")
    files = [words_in(language) for language in ((own,) if own else LANGUAGES)]
    spoken_of: dict[str, dict[int, int]] = {}
    for file in files:
        negated = _negated(tokens, list(_hits(tokens, section, file)), file)
        seen: set[tuple[Word, ...]] = set()
        for at in range(len(tokens)):
            for hit in entry_at(file.section(section), tokens, at, file.ignored):
                if hit.entry.mark != ANSWER and hit.entry.words not in seen and at not in negated:
                    seen.add(hit.entry.words)
                    for key in hit.entry.keys:
                        ends = spoken_of.setdefault(key, {})
                        ends[hit.end] = max(ends.get(hit.end, 0), len(hit.entry.words))
    sure = {
        key for file in files for hit in _sure(tokens, section, file, _named(tokens, file)) for key in hit.entry.keys
    }

    def how_likely(key: str) -> tuple[int, int]:
        return -sum(spoken_of[key].values()), min(spoken_of[key])

    return tuple(sorted((key for key in spoken_of if key in sure or key not in DELICATE), key=how_likely)[:_MOST])


_MOST = 4
