"""Which libraries and partners are proposed to each other. Pure rules: all that is known is passed in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from conversations.model.initiatives import Initiative
from conversations.model.people.organisations import Organisation

Reason: TypeAlias = Literal[
    "partners", "volunteers", "funding", "visit", "sister_library", "joint_application", "study_visit", "sparring"
]
"""Why two are proposed to each other; if several apply, the first is used."""

Said: TypeAlias = Literal["", "yes", "no"]

AT_ONCE = 3
"""Most proposals that one person gets for one event."""

A_WEEK = timedelta(days=7)
"""Time between two proposals to the same person."""

WAITS = timedelta(days=60)
"""How long a proposal may wait until both people can get one."""

STANDS = timedelta(days=14)
"""How long a proposal stays open after both were told; then it ends, and nobody is told of it again."""

SUPPORTERS: Mapping[Reason, frozenset[str]] = {
    "volunteers": frozenset({"volunteer_centre", "ngo", "association"}),
    "funding": frozenset({"funder"}),
    "sparring": frozenset({"integration_council"}),
}
"""The kinds of organisation that give what a library looks for; for partners, any kind is accepted."""

TAUGHT = frozenset({"resource_person", "theme_day"})
"""Offers of a library that can show others how something is done."""


@dataclass(frozen=True, slots=True)
class Seeker:
    """One side of a proposal: a person with a published report, or (`report` "") with a confirmed organisation.

    `library` tells whether two reports are of one library; `wants` and `offers` are the report's answers to
    support_wanted and contribute.
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
    """Two people who are proposed to each other, and their answers; these count `until` then."""

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
        """Whether both have accepted."""
        return self.first_said == self.second_said == "yes"

    @property
    def about(self) -> str:
        """The key under which the contact details of the two are stored."""
        return f"pairing:{self.id}"

    def other(self, person: int) -> int:
        """Returns the other of the two."""
        return self.second if person == self.first else self.first

    def report_of(self, person: int) -> str:
        """Returns the report of one of the two; "" for an organisation."""
        return self.first_report if person == self.first else self.second_report

    def answered(self, person: int, said: Said) -> "Pairing":
        """Returns the pairing after one of the two has answered."""
        return replace(self, first_said=said) if person == self.first else replace(self, second_said=said)

    def said_by(self, person: int) -> Said:
        """Returns the answer of one of the two."""
        return self.first_said if person == self.first else self.second_said


def of_initiative(initiative: Initiative, person: int) -> Seeker | None:
    """Returns the library's side; None if it looks for nobody, or if only coordinators may see the report."""
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
    """Returns the organisation's side."""
    return Seeker(organisation.person, organisation.kind, municipality=organisation.municipality)


def proposals(new: Seeker, others: Iterable[Seeker]) -> list[tuple[Seeker, Reason]]:
    """Returns whom to propose to `new`, and why: by reason, then by most themes in common; each person once."""
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
    """Returns the first reason to propose the two to each other, in either order; None if there is none."""
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
    # A library that still plans can visit one that has begun.
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
