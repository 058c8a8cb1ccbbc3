"""Pages of one design: HTML without anything from elsewhere, for a screen, a phone and paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from bot.files.pictures.maps import CountryMap
from bot.language.catalogues import Catalogue
from conversations.language.words import _


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number that matters, and what it counts."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A name and its number, in a chart; `part` is how much of the longest bar it is, in percent."""

    name: str
    number: str
    part: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars under a title, the first on top."""

    title: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Entry:
    """A short entry: a title, a few facts in one line, some text, and what is `told` more under a label."""

    title: str
    facts: Sequence[str] = ()
    text: str = ""
    told: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Entries or mere names under a heading; without a `name` they stand directly in their section."""

    name: str
    entries: Sequence[Entry] = ()
    names: Sequence[str] = ()

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.entries) + len(self.names)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page; `opening` are lines before its groups."""

    key: str
    name: str
    groups: Sequence[Group]
    opening: Sequence[str] = ()

    @property
    def number(self) -> int:
        """How many entries and names it has."""
        return sum(group.number for group in self.groups)


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page about reports: whose and what it is, what matters, then everything. All texts are HTML or are escaped."""

    whose: str
    title: str
    opening: Sequence[str] = ()
    figures: Sequence[KeyFigure] = ()
    maps: Sequence[CountryMap] = ()
    chart: BarChart | None = None
    parts: Sequence[Section] = ()
    answers: Sequence[tuple[str, str]] = ()
    sources: Sequence[str] = ()
    made: str = ""


def report_page(content: ReportPage, catalogue: Catalogue) -> str:
    """Returns `content` as a page."""
    return page("report.html", catalogue, values_of(content, catalogue))


def values_of(content: ReportPage, catalogue: Catalogue) -> dict[str, Any]:
    """Returns what the template of a page about reports needs to show `content`."""
    values = {field.name: getattr(content, field.name) for field in fields(content)}
    return {**values, "all_names": catalogue.say(_("Show the names"))}


def page(template: str, catalogue: Catalogue, values: Mapping[str, Any]) -> str:
    """Returns the page of `template` with `values`; those that are not HTML are escaped."""
    return _environment().get_template(template).render(language=catalogue.language, css=_read("page.css"), **values)


def chart(title: str, bars: Sequence[tuple[str, int, str]]) -> BarChart:
    """Returns a chart of bars, each with its name, its number and that number in the reader's language."""
    most = max(number for _name, number, _said in bars)
    return BarChart(title, [Bar(name, said, round(100 * number / most) if most else 0) for name, number, said in bars])


def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _read(name: str) -> str:
    return resources.files("bot.files.pages").joinpath(name).read_text("utf-8")
