"""Numbers of people, as people write them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import (
    Asked,
    Gathered,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
    confirmed,
    to_confirm,
)
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import Exact, Place, Words, _
from conversations.reading.numbers.numbers import Numbers, People, Who, read_people
from conversations.reading.numbers.phrases import Noun
from conversations.vocabulary.coverage import telling


@dataclass(frozen=True, slots=True)
class Number(QuestionKind):
    """A number or a range, up to `most`; stored as `least`, `most` (None: no upper end) and `approximate`.

    Where the text says it, `counted` says whether that is in all or each time. `who` is asked about.
    """

    most: int = 1_000_000
    who: Who = "participants"

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a number; the answer keeps the text that the person wrote beside it."""
        if answer := confirmed(said, gathered, asked):
            return answer
        near, language = self.among(gathered), asked.context.person.language
        match said:
            case Pressed("near", at) if at.isdecimal() and int(at[:2]) < len(near):
                return Understood(dict(near[int(at[:2])]))
            case Wrote(text) if people := read_people(text, language, self.who, most=self.most):
                if people.numbers is not None:
                    return _kept(people, text, language)
                offered = [_value(each) for each in people.near if each.numbers is not None]
                return NotUnderstood(_what_is_missing(people, offered), {"near": offered}, asks=True)
            case _:
                return NotUnderstood(_("Type a number, for example 30, about 30 or 10–12."), {})

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns the numbers of which one may be meant; none where one is shown."""
        return () if self.so_far(gathered) else QuestionKind.among(self, gathered)

    def so_far(self, gathered: Gathered) -> Any:
        """Returns the number that is shown, until it is confirmed."""
        return (gathered or {}).get("shown")

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the numbers of which one may be meant."""
        near = QuestionKind.among(self, gathered)
        return stacked(tuple(Button(self._offered(value), "near", str(at)) for at, value in enumerate(near)))

    def show(self, value: Any) -> Place:
        """Returns the number or range."""
        return Numbers(value["least"], value["most"], value["approximate"])

    def _offered(self, value: Mapping[str, Any]) -> Place:
        match value.get("counted"):
            case "each_time":
                return _("{n} each time", n=self.show(value))
            case "in_all":
                return _("{n} in all", n=self.show(value))
            case _:
                return self.show(value)


@dataclass(frozen=True, slots=True)
class Exactly(QuestionKind):
    """One number, as it is: with a sign and, unless it is `whole`, with decimals; stored as a number of JSON."""

    whole: bool = False

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads the number that was written, with the decimal sign of the person's language."""
        if isinstance(said, Wrote) and (value := exact_number(said.text, asked.context.person.language)) is not None:
            if not self.whole:
                return Understood(value, said.text)
            if value == int(value):
                return Understood(int(value), said.text)
        if self.whole:
            return NotUnderstood(_("Type a whole number, for example 30."))
        return NotUnderstood(_("Type a number, for example {example}.", example=_("2.5")))

    def show(self, value: Any) -> Place:
        """Returns the number."""
        return Exact(value)


_EXACT = re.compile(r"[-+\u2212]?\d[\d .,'\u00a0\u202f]*")
_LARGEST = 10**12


def exact_number(text: str, language: str) -> int | float | None:
    """Returns the number that is all of `text`; None if it is none, or is larger than anything that is counted.

    A point or a comma is the decimal sign of `language` unless it can only divide thousands.
    """
    bare = text.strip().rstrip(".")
    if not _EXACT.fullmatch(bare):
        return None
    digits = re.sub(r"[ '\u00a0\u202f]", "", bare).replace("\u2212", "-")
    decimal, thousands = (".", ",") if language == "en" else (",", ".")
    if digits.count(thousands) == 1 and decimal not in digits and not re.search(rf"\{thousands}\d{{3}}$", digits):
        decimal, thousands = thousands, decimal  # 2.5 is no thousands in any language
    whole, _sign, part = digits.replace(thousands, "").partition(decimal)
    try:
        value = float(f"{whole}.{part or 0}")
    except ValueError:
        return None
    if abs(value) > _LARGEST:
        return None
    return int(value) if value.is_integer() else value


def _kept(people: People, text: str, language: str) -> Reading:
    """The number, to be confirmed where words are left over: one right before it may say that it is an estimate."""
    value = _value(people)
    if not telling(people.unread, language):
        return Understood(value, text)
    if telling(people.before, language) and not value["approximate"] and value["least"] == value["most"]:
        return NotUnderstood(_WHICH_NUMBER, {"near": [value, {**value, "approximate": True}]}, asks=True)
    return to_confirm(value, text, _("Do you mean this number? Tap it, or type another."))


_WHICH_NUMBER = _("Which number do you mean?")


def _value(people: People) -> dict[str, Any]:
    numbers = people.numbers or Numbers(0, 0, approximate=False)
    value = {"least": numbers.least, "most": numbers.most, "approximate": numbers.approximate}
    return {**value, "counted": people.counted} if people.counted else value


def _what_is_missing(people: People, offered: list[dict[str, Any]]) -> Words:
    """The sentence that asks for a number of people where something else is counted, or several numbers are said."""
    match people.counts:
        case Noun.AGES:
            return _("I read that as ages. How many people is it about?")
        case Noun.HOUSEHOLDS | Noun.COUPLES | Noun.GROUPS | Noun.TIMES | Noun.THINGS:
            return _("And how many people is that, roughly? A number is enough.")
        case Noun.STAFF:
            return _("How many people is it about, apart from the staff?")
        case _ if offered:
            return _WHICH_NUMBER
        case _:
            return _("Roughly how many is that? A number is enough, for example 5 or about 10.")
