"""What a person searches for or wants to hear of: themes, groups, places, how far, when, and the words left over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from conversations.model.registers import Registers


@dataclass(frozen=True, slots=True)
class Query:
    """A wish in parts; each part that is set has to match, with any one of its items. Without any it is everything.

    `places` are countries (`DK`), regions (`DK:Syddanmark`) and municipalities (`DK-0461`). `period` is its first and
    its last day (None: it goes on). `words` mean nothing in the vocabularies and are as they were written. `said` has,
    for every item of a vocabulary and every place, the words that said it: a report may contain them all the same.
    `hinted` are themes that `words` belong to: knitting is looked for as a word, and it is one way to meet. `alike`
    has, for such a word, how words for the same begin in any of the languages, folded. `around`: what lies near
    the places is meant too.
    """

    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    period: tuple[date, date | None] | None = None
    words: tuple[str, ...] = ()
    said: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)
    hinted: tuple[str, ...] = field(default=(), compare=False)
    around: bool = field(default=False, compare=False)
    alike: Mapping[str, Sequence[str]] = field(default_factory=dict, compare=False)

    @property
    def everything(self) -> bool:
        """Whether nothing is left out."""
        return not (self.themes or self.groups or self.places or self.statuses or self.period or self.words)


def named_places(places: Sequence[str], registers: Registers) -> list[str]:
    """Returns the places of a query by name: `Vejle`, `region:Syddanmark`, `country:DK`."""
    named = []
    for place in places:
        _country, colon, region = place.partition(":")
        if colon:
            named.append(f"region:{region.removeprefix('Region ')}")
        else:
            named.append(registers.municipality_name(place) if "-" in place else f"country:{place}")
    return named
