"""Wishes for study visits: who can receive one, and who would like to make one."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from conversations.model.events.visits import VisitRole, VisitWish, fits, in_common, matches
from conversations.model.matchmaking import Reason, Seeker
from storage.models import people, visit_wishes

AT_ONCE = 50
"""Wishes that are compared in one transaction."""

_COLUMNS = (
    visit_wishes.c.person_id,
    visit_wishes.c.role,
    visit_wishes.c.library,
    visit_wishes.c.country,
    visit_wishes.c.months,
    visit_wishes.c.themes,
    visit_wishes.c.countries,
)
_VISIT: Reason = "visit"


class Visits:
    """The wishes, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, person: int) -> list[VisitWish]:
        """Returns the wishes of that person, that of a host first."""
        query = select(*_COLUMNS).where(visit_wishes.c.person_id == person).order_by(visit_wishes.c.role.desc())
        return self._found(query)

    def keep(self, wish: VisitWish, now: datetime) -> None:
        """Store the wish in place of an earlier one; it is then compared with the others."""
        self.end(wish.person, wish.role)
        self._connection.execute(
            insert(visit_wishes),
            {
                "person_id": wish.person,
                "role": wish.role,
                "library": wish.library,
                "country": wish.country,
                "months": list(wish.months),
                "themes": list(wish.themes),
                "countries": list(wish.countries),
                "since": now,
                "matched_at": None,
            },
        )

    def end(self, person: int, role: VisitRole) -> None:
        """Remove the wish."""
        these = (visit_wishes.c.person_id == person, visit_wishes.c.role == role)
        self._connection.execute(delete(visit_wishes).where(*these))

    def matched(self, now: datetime) -> list[tuple[Seeker, list[tuple[Seeker, Reason]]]]:
        """Returns whom to propose to each of up to AT_ONCE wishes that were not compared with the others yet.

        Wishes are compared after they were stored, and not in the turn that stores them: two that come at the same
        moment would not see each other.
        """
        new = self._found(
            select(*_COLUMNS)
            .where(visit_wishes.c.matched_at.is_(None))
            .order_by(visit_wishes.c.since)
            .limit(AT_ONCE)
            .with_for_update(skip_locked=True)
        )
        month = f"{now:%Y-%m}"
        there = [each for each in self._reached() if is_current(each, month)] if new else []
        found = []
        for wish in new:
            others = matches(wish, there) if is_current(wish, month) else []
            found.append((_seeker(wish), [(_seeker(other), _VISIT) for other in others]))
            done = (visit_wishes.c.person_id == wish.person, visit_wishes.c.role == wish.role)
            self._connection.execute(update(visit_wishes).where(*done).values(matched_at=now))
        return found

    def agreed(self, one: int, other: int, month: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """Returns the months and themes on which the wishes of these two agree now; None if they no longer fit."""
        for first in self.of(one):
            for second in self.of(other):
                if fits(first, second) and is_current(first, month) and is_current(second, month):
                    return in_common(first, second)
        return None

    def _reached(self) -> list[VisitWish]:
        """Returns the wishes of people whom the bot reaches."""
        query = (
            select(*_COLUMNS)
            .join(people, people.c.id == visit_wishes.c.person_id)
            .where(people.c.stopped_at.is_(None))
            .order_by(visit_wishes.c.since, visit_wishes.c.person_id)
        )
        return self._found(query)

    def _found(self, query: Select[*tuple[Any, ...]]) -> list[VisitWish]:
        return [
            VisitWish(person, role, library, country, tuple(months), tuple(themes), tuple(countries))
            for person, role, library, country, months, themes, countries in self._connection.execute(query)
        ]


def is_current(wish: VisitWish, month: str) -> bool:
    """Returns whether one of its months is still to come, or it names none."""
    return not wish.months or max(wish.months) >= month


def _seeker(wish: VisitWish) -> Seeker:
    return Seeker(wish.person, "library", library=wish.library, themes=frozenset(wish.themes))
