"""The charts of the figures: which bars they have, in which order and with which labels."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

from conversations.flows.digests.labels import EVIDENCE, GROUPS, PROGRESS, THEMES
from conversations.language.words import InLanguages, Listed, PartialDate, Place, Words, _, labelled
from conversations.model.digests.figures import Figures, top

Which: TypeAlias = Literal["months", "themes", "groups", "places", "progress", "evidence", "calls"]
CHARTS: tuple[Which, ...] = get_args(Which)

MOST_BARS = 15
MOST_MONTHS = 24

COUNTRY_NAMES: Mapping[str, Words] = {"DK": labelled("country", "Denmark"), "SI": labelled("country", "Slovenia")}

TITLES: Mapping[Which, Words] = {
    "months": _("Reports by month"),
    "themes": _("Reports by theme"),
    "groups": _("Reports by target group"),
    "places": _("Reports by region"),
    "progress": _("Reports by stage"),
    "evidence": _("How we know"),
    "calls": _("Responses by call"),
}

_LABELS: Mapping[str, Mapping[str, Place]] = {
    "themes": THEMES,
    "groups": GROUPS,
    "progress": PROGRESS,
    "evidence": {**EVIDENCE, "none_told": labelled("evidence", "not stated")},
}


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, in order: the key and the height of each. `left_out` is the number of further bars that are not drawn."""

    which: Which
    bars: tuple[tuple[str, int], ...]
    left_out: int = 0
    names: Mapping[str, Mapping[str, str]] | None = None

    def label(self, key: str) -> Place:
        """Returns the label of the bar with this key."""
        match self.which:
            case "months":
                return PartialDate(key)
            case "places":
                country, _bar, region = key.partition("|")
                name = COUNTRY_NAMES.get(country)
                return _("{region}, {country}", region=region, country=name) if name else _("Not in the register")
            case "calls":
                return InLanguages((self.names or {}).get(key, {}), "") if self.names else key
            case _:
                return _LABELS[self.which].get(key, key)

    @property
    def told(self) -> Words:
        """Returns the chart in words, for people who cannot see it."""
        bars = tuple(_("{label} {n}", label=self.label(key), n=number) for key, number in self.bars)
        return _("{title}: {bars}", title=TITLES[self.which], bars=Listed(bars))


def chart(which: Which, figures: Figures, names: Mapping[str, Mapping[str, str]]) -> Chart:
    """Returns the chart with this name; `names` contains the titles of calls by language."""
    if which == "months":
        return Chart(which, tuple(_months(figures.months)))
    counts = {
        "themes": figures.themes,
        "groups": figures.groups,
        "progress": figures.progress,
        "evidence": figures.evidence,
        "places": {f"{country}|{region}": number for (country, region), number in figures.regions.items()},
        "calls": {slug: places for slug, (_reports, places) in figures.calls.items()},
    }[which]
    bars = tuple(top(counts, MOST_BARS))
    shown = {slug: names.get(slug, {"": slug}) for slug, _number in bars} if which == "calls" else None
    return Chart(which, bars, max(0, len(counts) - MOST_BARS), shown)


def pack(drawn: Chart, language: str) -> str:
    """Returns `drawn` and the reader's `language` as text."""
    return json.dumps(
        {"which": drawn.which, "bars": drawn.bars, "left_out": drawn.left_out, "names": drawn.names, "in": language},
        ensure_ascii=False,
    )


def unpack(packed: str) -> tuple[Chart, str]:
    """Returns the chart and the language that `pack` was given."""
    told = json.loads(packed)
    bars = tuple((str(key), int(number)) for key, number in told["bars"])
    return Chart(cast("Which", told["which"]), bars, told["left_out"], told["names"]), told["in"]


def _months(months: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    """Returns every month from the first to the last, with those without a report; the last two years at most."""
    if not months:
        return []
    first, last = (int(name[:4]) * 12 + int(name[5:7]) - 1 for name in (min(months), max(months)))
    names = [f"{number // 12}-{number % 12 + 1:02}" for number in range(max(first, last - MOST_MONTHS + 1), last + 1)]
    return [(name, months.get(name, 0)) for name in names]
