"""Match proposals for newly published libraries and confirmed partners, stored in the same transaction."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select

from conversations.model.initiatives import Appearance, Initiative
from conversations.model.matchmaking import Seeker, of_initiative, of_organisation, proposals
from conversations.model.outcomes import InvitationUsed, OrganisationDecided, OrganisationRegistered, Outcome
from conversations.model.people.organisations import Organisation
from storage.contacts.pairings import Pairings
from storage.models import initiatives, reports
from storage.people.organisations import Organisations
from storage.search.initiatives import initiative_of

NEWEST = 500
"""The most initiatives that are considered, because the person who publishes waits for it."""


def _libraries(*where: ColumnElement[bool]) -> Select[Any]:
    """Returns the newest initiatives that were reported here, not imported."""
    newest = (
        select(initiatives)
        .where(*where)
        .order_by(initiatives.c.published_at.desc(), initiatives.c.report_id)
        .limit(NEWEST)
        .subquery()
    )
    of_here = select(reports.c.person_id, newest).join(reports, reports.c.id == newest.c.report_id)
    reported = of_here.where(reports.c.person_id.is_not(None))
    return reported.order_by(newest.c.published_at.desc(), newest.c.report_id)


_LIBRARIES = _libraries()
_LIBRARIES_IN = _libraries(initiatives.c.municipality == bindparam("municipality"))


class MatchProposals:
    """Finds match proposals, in one transaction."""

    def __init__(self, connection: Connection, organisations: Organisations, pairings: Pairings) -> None:
        self._connection = connection
        self._organisations = organisations
        self._pairings = pairings

    def follow(
        self, appearances: Sequence[Appearance], outcomes: Iterable[Outcome], person: int, now: datetime
    ) -> None:
        """Store the pairings that follow from a turn of `person` with these outcomes."""
        for appearance in appearances:
            if new := self._newly_seeking(appearance):
                partners = map(of_organisation, self._organisations.of_partners())
                self._pairings.add(new, proposals(new, (*self._libraries(), *partners)), now)
        for organisation in self._newly_confirmed(outcomes, person):
            partner = of_organisation(organisation)
            others = self._libraries() if partner.kind == "other_library" else self._libraries(partner.municipality)
            self._pairings.add(partner, proposals(partner, others), now)

    def _newly_seeking(self, appearance: Appearance) -> Seeker | None:
        """Returns the library, if what it looks for has just been published."""
        if appearance.after is None:
            return None
        reporter = self._connection.scalar(select(reports.c.person_id).where(reports.c.id == appearance.id))
        if reporter is None:
            return None
        now = of_initiative(appearance.after, reporter)
        before = appearance.before and of_initiative(appearance.before, reporter)
        return now if now != before else None

    def _newly_confirmed(self, outcomes: Iterable[Outcome], person: int) -> Iterator[Organisation]:
        for outcome in outcomes:
            match outcome:
                case OrganisationDecided(registration, confirmed=True):
                    found = self._organisations.registered(registration)
                case OrganisationRegistered() | InvitationUsed():
                    found = self._organisations.of(person)
                case _:
                    found = None
            if found and self._organisations.of_partner(found.person):
                yield found

    def _libraries(self, municipality: str | None = None) -> list[Seeker]:
        """Returns the newest libraries that look for somebody; with `municipality`, only those there."""
        statement = _LIBRARIES if municipality is None else _LIBRARIES_IN
        rows = self._connection.execute(statement, {} if municipality is None else {"municipality": municipality})
        found: Iterator[tuple[int, Initiative]] = ((person, initiative_of(row)) for person, *row in rows)
        return [seeker for person, initiative in found if (seeker := of_initiative(initiative, person))]
