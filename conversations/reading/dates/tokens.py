"""Taking a text about time apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from conversations.reading.dates.words import EVERY, IDLE, LONGEST_PHRASE, codes, month_words
from conversations.reading.numbers.words import ARTICLES, number_of
from conversations.reading.text import fold


@dataclass(frozen=True, slots=True)
class TimeToken:
    """A piece of the text, `text[start:end]`, as it is written; `code` says what it stands for (see `words`).

    Figures have the code `n` and a `value`; number words `w` and a `value`; marks are their own code; a word that is
    not known has the code "?".
    """

    start: int
    end: int
    code: str
    written: str
    value: int = 0


_TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\s\w]|_")
_DASHES = str.maketrans({**dict.fromkeys("–—−‐‑", "-"), "’": "'"})
_DAY = re.compile(r"\bd\.(?=\s?\d)")
"""Danish: "fra d. 14. januar"."""
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_LEFT_OUT = frozenset('"“”„»«()[]*_~!')
_SUFFIXES = frozenset({"st", "nd", "rd", "th", "ste", "den", "ega", "em", "i"})
_CLOCK = re.compile(
    r"(?:\b(?:kl|klokken|ob|at|fra|od|from|do|til|to|until)\.?\s*)?\b\d{1,2}(?:[:.]\d{2})?\s*(?:h|am|pm|uhr|uri|ure)\b"
    r"|\b(?:kl|klokken|ob|at)\.?\s*\d{1,2}(?:[:.]\d{2})?(?:\s*-\s*\d{1,2}(?:[:.]\d{2})?)?\b|"
    "\b\\d{1,2}:\\d{2}(?::\\d{2})?\b"
    r"|\bmidnight\b|\bmidnat\b|\bnoon\b|\bpolnoči\b|\bopoldne\b",
    re.IGNORECASE,
)
_MOST_TOKENS = 4_000


def tokens_of(text: str, language: str, *, misspelt: bool = True) -> list[TimeToken]:
    """Returns the tokens of `text` for a reader of `language`, without idle words and times of day.

    `misspelt`: whether a word that is nearly the name of a month is taken for it.
    """
    text = text.translate(_DASHES)
    if any(char.isdigit() for char in text):
        text = _CLOCK.sub(lambda match: " " * len(match.group()), text)
    if "d." in text:
        text = _DAY.sub("  ", text)
    if "'" in text:
        text = _APOSTROPHE.sub(" ", text)  # year's end
    pieces = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)][:_MOST_TOKENS]
    words = [piece if piece.isdigit() else (fold(piece) or piece) for _start, _end, piece in pieces]
    known = codes(language)
    tokens: list[TimeToken] = []
    at = 0
    while at < len(pieces):
        start, end, written = pieces[at]
        if words[at].isdecimal() and len(words[at]) < _LONGEST_FIGURES:
            has_suffix = at + 1 < len(pieces) and pieces[at + 1][0] == end and words[at + 1] in _SUFFIXES
            after = at + 2 if has_suffix else at + 1
            tokens.append(TimeToken(start, pieces[after - 1][1], "n", words[at], int(words[at])))
            at = after
            continue
        found = next(
            (n for n in range(min(LONGEST_PHRASE, len(words) - at), 0, -1) if tuple(words[at : at + n]) in known), 0
        )
        if found:
            code = known[tuple(words[at : at + found])]
            if code == IDLE and tokens and tokens[-1].code == "n" and tokens[-1].end == start:  # the s of 90s
                code = "?"
            if code != IDLE and not (tokens and tokens[-1].code == EVERY and _comes_again(code)):
                tokens.append(TimeToken(start, pieces[at + found - 1][1], code, " ".join(words[at : at + found])))
            at += found
            continue
        if written not in _LEFT_OUT:
            tokens.append(_word(start, end, words[at], written.casefold(), language, misspelt=misspelt))
        at += 1
    return tokens


_LONGEST_FIGURES = 9


def _comes_again(code: str) -> bool:
    """Whether a weekday or a unit stands after "every"."""
    return code[:1] in "dous" and (code[1:].isdigit() or code[:1] == "u")


def _word(start: int, end: int, word: str, plain: str, language: str, *, misspelt: bool) -> TimeToken:
    number = number_of(word, language) if word[0].isalpha() else None
    if number is not None:
        return TimeToken(start, end, "w", word, number)
    if not word[0].isalpha():
        return TimeToken(start, end, word if len(word) == 1 and not word.isalnum() else "?", word)
    if misspelt and (month := _misspelt_month(plain, language) or _misspelt_month(word, language)):
        return TimeToken(start, end, f"m{month}", word)
    return TimeToken(start, end, "?", word)


_SHORTEST_MISSPELT = 4


def _misspelt_month(word: str, language: str) -> int | None:
    """The month whose name `word` nearly is, or which it begins ("novemb."); None if that is none, or two."""
    if not _SHORTEST_MISSPELT <= len(word) <= _LONGEST_MONTH:
        return None
    found = set()
    for name, month in month_words(language).items():
        if len(name) > _SHORTEST_MISSPELT and name[0] == word[0]:
            slips = 2 if len(name) > _LONG_NAME else 1
            if name.startswith(word) or (abs(len(name) - len(word)) <= slips and _distance(name, word) <= slips):
                found.add(month)
    return found.pop() if len(found) == 1 else None


_LONG_NAME = 6
_LONGEST_MONTH = 12


def _distance(one: str, other: str) -> int:
    """How many letters are missing, added, wrong or changed with their neighbour."""
    before: Sequence[int] = ()
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        before, row = row, following
    return row[-1]


def is_article(token: TimeToken) -> bool:
    """Returns whether a number word is rather "a" or "en"."""
    return token.code == "w" and token.written in ARTICLES
