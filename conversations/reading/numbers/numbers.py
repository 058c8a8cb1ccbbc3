"""How many people: an exact number, an estimate, a range or a bound, in digits or in words.

The grammar, where a bound may also follow ("30+", "30 eller flere") and "about" may stand anywhere before:

    answer = other words, bound?, amount, (joint, amount)?, other words
    bound  = "over" | "op til" | ...          joint = "-" | "til" | "do" | "and" after "between" | ...
    amount = digits, scale? | number words
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conversations.reading.numbers.phrases import AFTER, AND, BEFORE, JOINTS, NOT, NOT_PEOPLE, WHO_IS_COUNTED, Bound
from conversations.reading.numbers.words import SCALES, WORDS
from conversations.reading.text import fold


@dataclass(frozen=True)
class Numbers:
    """From `least` to `most`, both included; no upper bound is known when `most` is None."""

    least: int
    most: int | None
    approximate: bool


def read_number(text: str, *, least: int = 0, most: int = 1_000_000) -> Numbers | None:
    """The count that `text` gives, or None when it gives none, several, or one outside `least` to `most`.

    A point, comma, apostrophe or space before three digits groups thousands (30.000 is thirty thousand; questions of
    which language does not matter). Anything else with a decimal mark (71,2), and percentages, money, dates and
    negative numbers, is not a count. Other words may stand around digits ("der kom ca. 30 børn"); number words must
    begin the answer and be followed by who is counted or by nothing, because "en", "to" and "ni" are also small words.
    "Over 30" is taken as 30 or more, "under 20" as 0 to 20.
    """
    tokens = _tokens(text)
    if tokens is None:
        return None
    found = _Reader(tokens).answer()
    if found is None or found.least < least or max(found.least, found.most or 0) > most:
        return None
    return found


_GROUPED = re.compile(r"[1-9]\d{0,2}([.,'’ ])\d{3}(?:\1\d{3})*")
_LONGEST_LITERAL = 15
_TOKEN = re.compile(
    r"""(?P<literal>\d+(?:[.,'’]\d+|[ ]\d{3}(?!\d))*)
      | (?P<word>[^\W\d_]+)
      | (?P<ignored>[\s.,;:!?()"'’”“„»«*]+|(?<=\d)-(?=ish))
      | (?P<compound>(?<=\d)-[^\W\d_])  # 10-årige, 30-krat: not a count
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_SIGNS = str.maketrans({"–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "≈": "~", "±": "~", "≥": ">", "≤": "<"})
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n", " "))
_NOT_A_COUNT = frozenset("%‰€$£°")


def _tokens(text: str) -> list[int | str] | None:
    """The numbers, folded words and signs of `text`; None when something in it cannot belong to a count."""
    tokens: list[int | str] = []
    for match in _TOKEN.finditer(_plain_digits(text).translate(_SPACES).translate(_SIGNS)):
        written = match.group()
        match match.lastgroup:
            case "literal":
                value = _value(written)
                if value is None:
                    return None
                tokens.append(value)
            case "word" if not any(char.isnumeric() for char in written):  # ½ and ² are letters to a pattern
                tokens.append(fold(written))
            case "sign" if written not in _NOT_A_COUNT:
                tokens.append(written)
            case "ignored":
                pass
            case _:
                return None
    return tokens


def _plain_digits(text: str) -> str:
    """`text` with digits of other scripts and emoji digits as 0 to 9."""
    text = text.replace("\ufe0f", "").replace("\u20e3", "").replace("🔟", "10")
    return "".join(char if char.isascii() else str(unicodedata.decimal(char, char)) for char in text)


def _value(literal: str) -> int | None:
    if len(literal) > _LONGEST_LITERAL:
        return None
    if literal.isdecimal():
        return int(literal)
    return int(re.sub(r"\D", "", literal)) if _GROUPED.fullmatch(literal) else None


_ABOUT = {phrase: bound for phrase, bound in BEFORE.items() if bound is Bound.ABOUT}


class _Reader:
    """Reads one answer from its tokens, from the left."""

    def __init__(self, tokens: Sequence[int | str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._spoken = False  # whether a number word was among what was read

    def answer(self) -> Numbers | None:
        """The one count among the tokens, or None."""
        if self._tokens[:1] == ["-"]:
            return None
        start = 0
        while start < len(self._tokens):
            self._at, self._spoken = start, False
            bounds = self._bounds(BEFORE)
            first = self._amount(with_and=Bound.BETWEEN not in bounds)
            if first is None or (start > 0 and self._spoken):
                start = max(start + 1, self._at if first is None else 0)  # words that bound nothing are passed over
                continue
            second = self._second(Bound.BETWEEN in bounds)
            bounds |= self._bounds(AFTER)
            negated = any(token in NOT for token in self._tokens[:start])
            return None if negated or not self._rest_fits() else _numbers(first, second, bounds)
        return None

    def _bounds(self, phrases: Mapping[tuple[str, ...], Bound]) -> set[Bound]:
        """What all the `phrases` that stand here say; they are then read."""
        bounds = set[Bound]()
        while bound := self._phrase(phrases):
            bounds.add(bound)
        return bounds

    def _second(self, between: bool) -> int | None:
        """The amount after a joint, if there is one; otherwise nothing is read."""
        start = self._at
        joint = self._next()
        if joint in JOINTS or (between and joint in AND):
            self._at += 1
            self._bounds(_ABOUT)
            amount = self._amount(with_and=True)
            if amount is not None:
                return amount
        self._at = start
        return None

    def _amount(self, *, with_and: bool) -> int | None:
        """One number: digits with an optional scale, or words that add up. `with_and`: "and" may be within it."""
        start, total, current = self._at, 0, None
        said_and = False
        while (token := self._next()) is not None:
            if isinstance(token, int):
                if self._at > start:
                    break
                current = token
            elif token in WORDS and self._may_add(WORDS[token], token, start, current, said_and=said_and):
                self._spoken = True
                current = (current or 0) + WORDS[token]
            elif token in SCALES and (current is None or current < SCALES[token]):
                self._spoken |= self._at == start
                current = (1 if current is None else current) * SCALES[token]
                if SCALES[token] >= 1_000:
                    total, current = total + current, None
            elif self._is_joint_within(token, start, current, with_and=with_and):
                said_and = True
                self._at += 1
                continue
            else:
                break
            said_and = False
            self._at += 1
        return None if self._at == start else total + (current or 0)

    def _may_add(self, value: int, word: str, start: int, current: int | None, *, said_and: bool) -> bool:
        """Whether a number word goes on with the number that began at `start`: two hundred|fifty, twenty|five."""
        if self._at == start:
            return True
        if not self._spoken or (word == "to" and not said_and):  # "hundred to two hundred" is a range
            return False
        if current is None:
            return True
        return (value < 100 <= current and current % 100 == 0) or (
            0 < value < 10 <= current % 100 and current % 10 == 0
        )

    def _is_joint_within(self, word: str, start: int, current: int | None, *, with_and: bool) -> bool:
        """Whether `token` is the hyphen of twenty-five or the "and" of a hundred and five."""
        follower = self._tokens[self._at + 1] if self._at + 1 < len(self._tokens) else None
        if self._at == start or not self._spoken or not isinstance(follower, str) or follower not in WORDS:
            return False
        if word == "-":
            return current is not None and 20 <= current < 100 and current % 10 == 0 and 0 < WORDS[follower] < 10
        return with_and and word in AND and (current is None or current % 100 == 0)

    def _phrase(self, phrases: Mapping[tuple[str, ...], Bound]) -> Bound | None:
        """The longest of `phrases` that stands here, which is then read."""
        for length in (3, 2, 1):
            here = tuple(str(token) for token in self._tokens[self._at : self._at + length])
            if here in phrases:
                self._at += len(here)
                return phrases[here]
        return None

    def _next(self) -> int | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _rest_fits(self) -> bool:
        """Whether what follows may follow: no other number, no percentage, and after number words who is counted."""
        rest = self._tokens[self._at :]
        if not rest:
            return True
        if any(isinstance(token, int) for token in rest) or rest[0] in NOT_PEOPLE:
            return False
        return not self._spoken or str(rest[0]).startswith(WHO_IS_COUNTED) or rest[:2] in (["i", "alt"], ["in", "all"])


def _numbers(first: int, second: int | None, bounds: set[Bound]) -> Numbers | None:
    about = Bound.ABOUT in bounds
    if second is not None:
        # In "10-12.000" the ten is probably ten thousand too; better to ask than to be wrong a thousandfold.
        if first > second or (second % 1_000 == 0 and 0 < first < 1_000 and first * 1_000 < second):
            return None
        first_counts = Bound.AT_MOST not in bounds
        return Numbers(first if first_counts else 0, None if Bound.AT_LEAST in bounds else second, about)
    if Bound.AT_MOST in bounds:
        return Numbers(0, first, about)
    if bounds & {Bound.AT_LEAST, Bound.FROM}:
        return Numbers(first, None, about)
    return Numbers(first, first, about)
