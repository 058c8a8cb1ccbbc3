"""Reads whom somebody looks for: "homework help in Odense, in English", "oplægsholder om sprogcafé"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from conversations.language.languages import LANGUAGES
from conversations.model.registers import Registers
from conversations.reading.queries.query import Query
from conversations.reading.queries.reading import LONGEST, read_query
from conversations.vocabulary.scanning import Hit, Token, entry_at, tokens_of
from conversations.vocabulary.words import WordFile, words_in

LANGUAGE_SECTION, USE_SECTION, _BESIDE = "spoken", "expert_uses", "expert_words"
"""The sections of the words for languages, for uses, and for words that say nothing beside them."""

_THEME_DAYS = "staff_network"
"""The theme to which theme days belong elsewhere; here they are what somebody is wanted for."""


@dataclass(frozen=True, slots=True)
class ExpertQuery:
    """Whom somebody looks for: the languages (SPOKEN) and uses (EXPERT_USES) that were named, and the rest."""

    rest: Query
    languages: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


def read_expert_query(text: str, language: str, today: date, registers: Registers) -> ExpertQuery:
    """Returns whom `text`, written by a reader of `language` on the day `today`, looks for.

    A language is one that the person speaks, except where books in it are asked for.
    """
    text = text[:LONGEST]
    tokens = tokens_of(text)
    files = [words_in(each) for each in sorted(LANGUAGES, key=lambda each: each != language)]
    books = any(token.text.startswith(tuple(file.books)) for token in tokens for file in files if file.books)
    sections = (USE_SECTION, _BESIDE) if books else (LANGUAGE_SECTION, USE_SECTION, _BESIDE)
    whole = read_query(text, language, today, registers)
    keys: dict[str, list[str]] = {section: [] for section in sections}
    taken: list[tuple[int, int]] = []
    at = 0
    while at < len(tokens):
        section, hit = max(_hits(tokens, at, files, sections), key=_length, default=("", None))
        if hit is None or (section == USE_SECTION and _is_a_theme(tokens, hit, whole)):
            at += 1
            continue
        keys[section] += hit.entry.keys
        taken.append((tokens[hit.start].at, tokens[hit.end - 1].end))
        at = hit.end
    rest = read_query(_without(text, taken), language, today, registers) if taken else whole
    languages, uses = (tuple(dict.fromkeys(keys.get(each, ()))) for each in (LANGUAGE_SECTION, USE_SECTION))
    return ExpertQuery(rest, languages, uses)


def _hits(
    tokens: Sequence[Token], at: int, files: Sequence[WordFile], sections: Sequence[str]
) -> Iterator[tuple[str, Hit | None]]:
    for section in sections:
        for file in files:
            for hit in entry_at(file.section(section), tokens, at, file.ignored):
                if section != USE_SECTION or not hit.entry.mark:
                    yield section, hit


def _length(found: tuple[str, Hit | None]) -> tuple[int, int, int]:
    return found[1].entry.length if found[1] else (0, 0, 0)


def _is_a_theme(tokens: Sequence[Token], hit: Hit, whole: Query) -> bool:
    """Returns whether the words of a use are words of a theme, a group or a place: advice on rights is a theme."""
    written = {token.written for token in tokens[hit.start : hit.end]}
    said = {word for key, words in whole.said.items() if key != _THEME_DAYS for word in words}
    return bool(written & said)


def _without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    rest, end = [], 0
    for start, stop in taken:
        rest.append(text[end:start])
        end = stop
    return " ".join([*rest, text[end:]])
