"""The figure that shows a result best: offered from what was written, or typed, with the year it is from."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, NotUnderstood, QuestionKind, Reading, Rows, Said, Understood
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, stacked
from conversations.language.words import PartialDate, Percent, Place, Shortened, Words, _, quoted
from conversations.reading.dates.dates import Tense, read_date
from conversations.reading.dates.edtf import is_edtf
from conversations.reading.numbers.evidence_figures import read_figures
from conversations.reading.numbers.numbers import Numbers

WRITTEN_BEFORE = ("evidence_detail", "outcome")
"""The questions whose answers may have the figure already."""

OFFERED = 5
YEARS_OFFERED = 4
FEW = 5
"""Numbers of people smaller than this are not told exactly, because so few people could be identified."""

SHARE = 10
"""Of so many or fewer, a figure is taken for a share of all: 2 of 3."""

ROOM = 34
"""Characters of the words around a figure on its button."""


@dataclass(frozen=True, slots=True)
class Figure(QuestionKind):
    """A percentage, so many of so many, or a number; stored as EvidenceFigure, without a year."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a figure; those in earlier answers can be tapped."""
        near = self.among(gathered) or _offered(asked)
        language = asked.context.person.language
        match said:
            case Pressed("near", at) if at.isdecimal() and int(at[:2]) < len(near):
                return Understood(dict(near[int(at[:2])]))
            case Wrote(text) if found := [asdict(each) for each in read_figures(text, language)[:OFFERED]]:
                if len(found) == 1:
                    return Understood(found[0], text)
                return NotUnderstood(_("Which figure do you mean?"), {"near": found}, asks=True)
            case _:
                return NotUnderstood(_("Type a figure, for example 60%, 43 of 50 or about 200."), {})

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the figures of which one may be meant."""
        near = self.among(gathered) or _offered(asked)
        return stacked(tuple(Button(_label(value), "near", str(at)) for at, value in enumerate(near)), 1)

    def show(self, value: Any) -> Place:
        """Returns the figure and the words around it."""
        return figure_told(value)


@dataclass(frozen=True, slots=True)
class FigureYear(QuestionKind):
    """The year or years that a figure is from, in EDTF."""

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a year or a period; the last years can be tapped."""
        context, near = asked.context, self.among(gathered)
        match said:
            case Pressed("year", year) if year in _years(asked):
                return Understood(year)
            case Pressed("near", at) if at.isdecimal() and int(at[:2]) < len(near):
                return Understood(near[int(at[:2])])
            case Wrote(text) if found := read_date(text, context.today, context.person.language, Tense.PAST):
                if found.value:
                    return Understood(found.value, text)
                return NotUnderstood(_("Which year?"), {"near": list(found.near)}, asks=True)
            case _:
                return NotUnderstood(_("Type a year, for example 2025, or tap one."), {})

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the last years, or those of which one may be meant."""
        if near := self.among(gathered):
            return stacked(tuple(Button(PartialDate(year), "near", str(at)) for at, year in enumerate(near)))
        return (tuple(Button(year, "year", year) for year in _years(asked)),)

    def show(self, value: Any) -> Place:
        """Returns the year."""
        return PartialDate(value)


def with_year(figure: Mapping[str, Any], year: str | None) -> dict[str, Any]:
    """Returns the figure with the year it is from; one that was read with the figure stays."""
    return {**figure, "year": year or figure["year"]}


def figure_and_year(value: Mapping[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Returns what `with_year` joined."""
    return {**value, "year": ""}, value["year"] or None


def figure_words(value: Any) -> Place:
    """Returns the figure itself: 60%, 43 of 50, about 200; a range stays a range. "" if it is none."""
    if not is_figure(value):
        return ""
    least, most, about = value["least"], value["most"], bool(value["approximate"])
    match value["unit"]:
        case "percent":
            return Percent(least, most, about)
        case "of":
            return _("{n} of {all}", n=Numbers(least, most, about), all=value["of"])
        case _:
            return Numbers(least, most, about)


def figure_told(value: Any) -> Place:
    """Returns the figure with the year it is from and the words around it, as far as they are known."""
    figure = figure_words(value)
    if figure == "":
        return ""
    if value["year"]:
        figure = _("{figure} ({year})", figure=figure, year=PartialDate(value["year"]))
    return _("{figure}: {about}", figure=figure, about=quoted(value["about"])) if value["about"] else figure


def is_small(value: Any) -> bool:
    """Returns whether it counts so few people that they could be recognised; "3 of 4" is a share, not a count."""
    if not is_figure(value) or value["unit"] == "percent":
        return False
    few = value["most"] is not None and value["most"] < FEW
    return few and (value["unit"] == "number" or value["of"] > SHARE)


def is_figure(value: Any) -> bool:
    """Returns whether `value` is a figure as it is stored; an imported answer may have any form."""
    match value:
        case {"unit": "percent" | "of" | "number" as unit, "least": int() | float() as least, "most": most,
              "approximate": bool(), "of": of, "about": str(), "year": str() as year, **rest}:  # fmt: skip
            whole = unit == "percent" or all(each is None or isinstance(each, int) for each in (least, most))
            ends = isinstance(most, int | float | None) and least >= 0 and (most is None or most >= least)
            return not rest and whole and ends and (isinstance(of, int) == (unit == "of")) and _is_year(year)
        case _:
            return False


def _is_year(year: str) -> bool:
    return not year or is_edtf(year)


def _offered(asked: Asked) -> tuple[dict[str, Any], ...]:
    """Returns the figures in what the person wrote just before."""
    written = (asked.answers.get(key) for key in WRITTEN_BEFORE)
    texts = "\n".join(text for text in written if isinstance(text, str))
    return tuple(asdict(each) for each in read_figures(texts, asked.context.person.language)[:OFFERED])


def _label(value: Mapping[str, Any]) -> Words | Place:
    figure = figure_words(value)
    about = Shortened(value["about"], ROOM)
    return _("{figure}: {about}", figure=figure, about=about) if value["about"] else figure


def _years(asked: Asked) -> tuple[str, ...]:
    return tuple(str(asked.context.today.year - back) for back in range(YEARS_OFFERED))
