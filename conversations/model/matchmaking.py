"""Who is proposed to whom: libraries and partners that look for each other. Pure rules; what is known comes in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from conversations.model.initiatives import Initiative
from conversations.model.people.organisations import Organisation

Reason: TypeAlias = Literal[
    "partners", "volunteers", "funding", "sister_library", "joint_application", "study_visit", "sparring"
]
"""Why two are proposed to each other; the first that fits is told."""

Said: TypeAlias = Literal["", "yes", "no"]

AT_ONCE = 3
"""So many others at most are proposed to somebody for one thing that happened."""

A_WEEK = timedelta(days=7)
"""Nobody is proposed more than one other in so long."""

WAITS = timedelta(days=60)
"""So long a proposal may wait for a week in which both are free for one."""

STANDS = timedelta(days=14)
"""So long a proposal stands that both have been told of; then it ends, and nobody hears of it again."""

SUPPORTERS: Mapping[Reason, frozenset[str]] = {
    "volunteers": frozenset({"volunteer_centre", "ngo", "association"}),
    "funding": frozenset({"funder"}),
    "sparring": frozenset({"integration_council"}),
}
"""The kinds of organisation that give what a library looks for; for partners, any kind will do."""

TAUGHT = frozenset({"resource_person", "theme_day"})
"""What a library offers that can tell others how it is done."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """One who may be proposed: a person with a published report, or (`report` "") with a confirmed organisation.

    `library` tells two reports of one library; `wants` and `offers` are support_wanted and contribute of the report.
    """

    person: int
    kind: str
    report: str = ""
    library: str = ""
    municipality: str = ""
    progress: str = ""
    themes: frozenset[str] = frozenset()
    wants: frozenset[str] = frozenset()
    offers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two who are proposed to each other, and what each has said to it; what is said counts `until` then."""

    id: int
    first: int
    second: int
    first_report: str
    second_report: str
    reason: Reason
    until: datetime
    first_said: Said = ""
    second_said: Said = ""

    @property
    def is_connected(self) -> bool:
        """Whether both have said yes."""
        return self.first_said == self.second_said == "yes"

    @property
    def about(self) -> str:
        """Under which it is kept how the two can be reached."""
        return f"pairing:{self.id}"

    def other(self, person: int) -> int:
        """The other of the two."""
        return self.second if person == self.first else self.first

    def report_of(self, person: int) -> str:
        """With which report one of the two is in it; "" for an organisation."""
        return self.first_report if person == self.first else self.second_report

    def answered(self, person: int, said: Said) -> "Pairing":
        """The pairing once one of the two has said that."""
        return replace(self, first_said=said) if person == self.first else replace(self, second_said=said)

    def said_by(self, person: int) -> Said:
        """What one of the two has said."""
        return self.first_said if person == self.first else self.second_said


def of_initiative(initiative: Initiative, person: int) -> Seeker | None:
    """The library as a seeker; None where it looks for nobody, or only coordinators may see the report."""
    wants, offers = (frozenset(initiative.chosen(question)) for question in ("support_wanted", "contribute"))
    if initiative.sharing == "coordinators" or not (wants or offers):
        return None
    return Seeker(
        person,
        "library",
        initiative.id,
        initiative.library_key or initiative.library,
        initiative.municipality,
        initiative.progress,
        frozenset(initiative.themes),
        wants,
        offers,
    )


def of_organisation(organisation: Organisation) -> Seeker:
    """The organisation as a seeker."""
    return Seeker(organisation.person, organisation.kind, municipality=organisation.municipality)


def proposals(new: Seeker, others: Iterable[Seeker]) -> list[tuple[Seeker, Reason]]:
    """Whom to propose to `new`, and why: the best reasons first, then the most themes in common; each person once."""
    found: dict[int, tuple[tuple[int, int], Seeker, Reason]] = {}
    for other in others:
        reason = why(new, other)
        if reason is None:
            continue
        rank = (REASONS.index(reason), -len(new.themes & other.themes))
        if other.person not in found or rank < found[other.person][0]:
            found[other.person] = (rank, other, reason)
    ordered = sorted(found.values(), key=lambda each: each[0])
    return [(other, reason) for _rank, other, reason in ordered[:AT_ONCE]]


REASONS: tuple[Reason, ...] = get_args(Reason)


def why(one: Seeker, other: Seeker) -> Reason | None:
    """The first reason to propose the two to each other, whichever of them is named first; None: there is none."""
    if one.person == other.person:
        return None
    if one.report and other.report:
        return _two_libraries(one, other)
    if one.report or other.report:
        return _library_and_organisation(*((one, other) if one.report else (other, one)))
    return None


def _two_libraries(one: Seeker, other: Seeker) -> Reason | None:
    both, alike = one.offers & other.offers, one.themes & other.themes
    if one.library == other.library:
        return None
    if "sister_library" in both:
        return "sister_library"
    if not alike:
        return None
    if "joint_application" in both:
        return "joint_application"
    # Who still plans it would visit; who has begun can receive.
    if "study_visit" in both and (one.progress == "planned") != (other.progress == "planned"):
        return "study_visit"
    if any("sparring" in asks.wants and TAUGHT & tells.offers for asks, tells in ((one, other), (other, one))):
        return "sparring"
    return None


def _library_and_organisation(library: Seeker, organisation: Seeker) -> Reason | None:
    if organisation.kind == "other_library" and "sister_library" in library.offers:
        return "sister_library"
    if not library.municipality or library.municipality != organisation.municipality:
        return None
    if "partners" in library.wants:
        return "partners"
    supported = (reason for reason, kinds in SUPPORTERS.items() if organisation.kind in kinds)
    return next((reason for reason in supported if reason in library.wants), None)
