"""The map of a country in the reader's language: what is known from each municipality, as a picture or on a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.statistics import STATES
from conversations.language.words import Place, Words, _, labelled
from storage import registers
from storage.registers.shapes import Outline, outline

INSET_NAMES: Mapping[str, Words] = {
    "capital": labelled("map", "Greater Copenhagen"),
    "bornholm": labelled("map", "Bornholm"),
}
SOURCES: Mapping[str, Words] = {
    "DK": _("Borders of municipalities: Geodatastyrelsen."),
    "SI": _("Borders of municipalities: Geodetska uprava Republike Slovenije, CC BY 4.0."),
}


LANGUAGE_OF = {"DK": "da", "SI": "sl"}
"""The language of names in a country."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is known from one municipality: one of STATES, its number of reports and of partners."""

    state: str = "silent"
    reports: int = 0
    partners: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """A municipality on the map."""

    code: str
    name: str
    told: Told


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend: one of STATES or `partners`, what it is called, and the names that belong to it."""

    state: str
    label: str
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class CountryMap:
    """A map with its legend. Every municipality of the country is one of `areas`."""

    country: str
    title: str
    areas: Sequence[Area]
    legend: Sequence[Key]
    insets: Mapping[str, str]
    source: str

    @property
    def outline(self) -> Outline:
        """The shapes of the country."""
        return outline(self.country)

    @property
    def names_language(self) -> str:
        """The language of the names on it."""
        return LANGUAGE_OF[self.country]

    @property
    def dots(self) -> Sequence[tuple[int, int]]:
        """Where there are partners."""
        return [self.outline.shown(area.code) for area in self.areas if area.told.partners]


def country_map(
    country: str, told: Mapping[str, Told], catalogue: Catalogue, states: Mapping[str, Place] = STATES
) -> CountryMap:
    """Returns the map of `country` (DK or SI) with what is `told` by municipality (`DK-0751`); the others are silent.

    `states` are the labels of the legend; names are in the reader's alphabetical order.
    """
    by_name = {
        here.name: Area(here.code, here.name, told.get(f"{country}-{here.code}", Told()))
        for here in registers.municipalities(country)
    }
    areas = [by_name[name] for name in registers.sorted_names(by_name, catalogue.language)]
    by_state = {state: [area.name for area in areas if area.told.state == state] for state in STATES}
    keys = [Key(state, _label(states[state], names, catalogue), names) for state, names in by_state.items()
            if names or state != "planned"]  # fmt: skip
    if partners := [area.name for area in areas if area.told.partners]:
        keys.append(Key("partners", _label(labelled("coverage", "partners"), partners, catalogue), partners))
    title = catalogue.say(_("Municipalities: {country}", country=COUNTRY_NAMES[country]))
    insets = {inset.key: catalogue.say(INSET_NAMES[inset.key]) for inset in outline(country).insets}
    return CountryMap(country, title, areas, keys, insets, catalogue.say(SOURCES[country]))


def _label(label: Place, names: Sequence[str], catalogue: Catalogue) -> str:
    said = catalogue.say(_("{label} ({n})", label=label, n=len(names)))
    return said[:1].upper() + said[1:]
