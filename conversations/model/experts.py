"""Resource persons: people who agreed to be found by others, for the uses that they chose.

A librarian names somebody; this makes a `Nomination`, and a link that the librarian passes on. Only the person who
follows the link can say yes, and only then there is an `Expert`. Nobody is found before that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol, TypeAlias

from conversations.reading.searching import stem, words_in

NominationState: TypeAlias = Literal["asked", "agreed", "declined", "taken_back"]
"""The states of a nomination. Only one that is `asked` has the name of the person, and can be answered."""

A_YEAR = timedelta(days=365)
"""How long a yes holds until the person is asked again."""

ANSWER_WITHIN = timedelta(weeks=4)
"""How long a person is still found who has been asked again and has not answered."""

LINK_HOLDS = timedelta(days=30)
"""How long the link to a nomination works, and how long its name is stored without an answer."""

FORGOTTEN_AFTER = timedelta(days=365)
"""How long the entry of a person is stored who did not answer when asked again."""

SHORTEST_NAME, LONGEST_NAME = 2, 80
"""Characters of the name of a resource person."""

MOST_FOUND = 300
"""Most resource persons that one search returns."""


@dataclass(frozen=True, slots=True)
class Expert:
    """A resource person, as they described themselves.

    `uses` (EXPERT_USES), `themes`, `groups` and `languages` (SPOKEN) are keys of vocabularies. `library` is an answer
    to the question `library`, or None; `library_name`, `municipality` (`DK-0461`), `region` and `country` are what the
    register knew of it, "" if nothing. `contact` is shown to everybody who may search; "": others write through the
    bot. `asked_at`: when they were asked whether it still holds, None if they have answered since.
    """

    id: str
    person: int
    name: str
    uses: tuple[str, ...]
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    library: Mapping[str, Any] | None = None
    library_name: str = ""
    municipality: str = ""
    region: str = ""
    country: str = ""
    contact: str = ""
    asked_at: datetime | None = None

    @property
    def places(self) -> tuple[str, ...]:
        """The keys of the places where they are: municipality, region and country."""
        region = f"{self.country}:{self.region}" if self.region else ""
        return tuple(place for place in (self.municipality, region, self.country) if place)

    def is_found(self, now: datetime) -> bool:
        """Returns whether others find this person at `now`: they have not left the yearly question open too long."""
        return self.asked_at is None or now < self.asked_at + ANSWER_WITHIN


@dataclass(frozen=True, slots=True)
class Nomination:
    """The person `named_by` named somebody in their report; `name` is "" as soon as this was answered.

    `person` is who followed the link and answered, None if nobody has.
    """

    id: str
    report: str
    named_by: int
    name: str
    expires_at: datetime
    state: NominationState = "asked"
    person: int | None = None

    def is_open(self, now: datetime) -> bool:
        """Returns whether it can still be answered at `now`."""
        return self.state == "asked" and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody wants resource persons for. Each part that is set has to match, with any one of its items.

    `places` are countries (`DK`), regions (`DK:Syddanmark`) and municipalities (`DK-0461`). `words` have to stand in
    the name or the library. With `call`, only those are found who were named in a report to the call with that slug;
    with `report`, in that report.
    """

    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    call: str = ""
    report: str = ""
    hinted: tuple[str, ...] = field(default=(), compare=False)
    """Themes that `words` may belong to; they match too."""

    @property
    def everybody(self) -> bool:
        """Whether nobody is left out."""
        return not (self.themes or self.groups or self.places or self.languages or self.uses or self.words)


@dataclass(frozen=True, slots=True)
class ExpertCounts:
    """How many resource persons are found now, and how many people were asked and have not answered."""

    found: int
    asked: int


def fits(expert: Expert, sought: Sought) -> bool:
    """Returns whether `expert` is sought, whatever the call and the report."""
    parts = (
        (sought.themes, expert.themes),
        (sought.groups, expert.groups),
        (sought.places, expert.places),
        (sought.languages, expert.languages),
        (sought.uses, expert.uses),
    )
    return all(not wanted or not set(wanted).isdisjoint(there) for wanted, there in parts) and _says(expert, sought)


def _says(expert: Expert, sought: Sought) -> bool:
    if not sought.words or not set(sought.hinted).isdisjoint(expert.themes):
        return True
    there = {stem(word) for word in words_in(f"{expert.name} {expert.library_name}")}
    return all(stem(word) in there for written in sought.words for word in words_in(written))


class ExpertsLookup(Protocol):
    """What one person may look up about resource persons. No method changes anything."""

    def found(self, sought: Sought) -> Sequence[Expert]:
        """Returns up to MOST_FOUND resource persons who agreed and are sought, by name."""
        ...

    def one(self, this: str) -> Expert | None:
        """Returns the resource person with this id, if others find them now; everybody finds their own entry."""
        ...

    def own(self) -> Expert | None:
        """Returns this person's own entry, whether others find it or not."""
        ...

    def nominated(self, code: str) -> Nomination | None:
        """Returns the nomination with the link of this code, in any state, locked until the turn ends."""
        ...

    def nomination(self, this: str) -> Nomination | None:
        """Returns the nomination with this id, in any state, locked until the turn ends."""
        ...

    def named_in(self, report: str) -> Sequence[Nomination]:
        """Returns whom this person named in that report, the latest first."""
        ...

    def counts(self) -> ExpertCounts:
        """Returns how many resource persons there are, for coordinators: never who has not agreed."""
        ...
