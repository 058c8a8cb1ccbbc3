"""The entries of resource persons: one for each person who agreed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, exists, func, insert, or_, select, update

from conversations.model.experts import ANSWER_WITHIN, MOST_FOUND, Expert, Sought, fits
from conversations.reading.text import fold
from storage.models import experts, nominations, reports

_COLUMNS = (
    experts.c.id,
    experts.c.person_id,
    experts.c.name,
    experts.c.uses,
    experts.c.themes,
    experts.c.groups,
    experts.c.languages,
    experts.c.library,
    experts.c.library_name,
    experts.c.municipality,
    experts.c.region,
    experts.c.country,
    experts.c.contact,
    experts.c.asked_at,
)


class Experts:
    """The resource persons, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def found(self, sought: Sought, now: datetime) -> list[Expert]:
        """Returns up to MOST_FOUND resource persons who agreed, are sought, and are found at `now`; by name."""
        query = select(*_COLUMNS).where(or_(experts.c.asked_at.is_(None), experts.c.asked_at > now - ANSWER_WITHIN))
        if sought.call or sought.report:
            named_in = [nominations.c.person_id == experts.c.person_id, nominations.c.report_id == reports.c.id]
            if sought.call:
                named_in.append(reports.c.call_slug == sought.call)
            if sought.report:
                named_in.append(reports.c.id == sought.report)
            query = query.where(exists().where(*named_in))
        there = [each for each in self._each(query) if fits(each, sought)]
        return sorted(there, key=lambda each: (fold(each.name), each.id))[:MOST_FOUND]

    def of(self, this: str) -> Expert | None:
        """Returns the entry with that id, whether others find it or not."""
        return next(self._each(select(*_COLUMNS).where(experts.c.id == this)), None)

    def of_person(self, person: int) -> Expert | None:
        """Returns the entry of that person, whether others find it or not."""
        return next(self._each(select(*_COLUMNS).where(experts.c.person_id == person)), None)

    def count(self, now: datetime) -> int:
        """Returns how many are found at `now`."""
        shown = or_(experts.c.asked_at.is_(None), experts.c.asked_at > now - ANSWER_WITHIN)
        return self._connection.scalar(select(func.count()).select_from(experts).where(shown)) or 0

    def describe(self, expert: Expert, now: datetime) -> bool:
        """Store the entry, or what changed in it; it holds from `now` on. Returns whether it is new."""
        values = _values(expert)
        theirs = (experts.c.id == expert.id, experts.c.person_id == expert.person)
        change = update(experts).where(*theirs).values(**values, confirmed_at=now, asked_at=None)
        if self._connection.execute(change).rowcount:
            return False
        new = {"id": expert.id, "person_id": expert.person, **values}
        self._connection.execute(insert(experts), {**new, "agreed_at": now, "confirmed_at": now, "asked_at": None})
        return True

    def confirm(self, this: str, person: int, now: datetime) -> bool:
        """Store that the entry still holds; False: that person has no such entry."""
        theirs = (experts.c.id == this, experts.c.person_id == person)
        return bool(
            self._connection.execute(update(experts).where(*theirs).values(confirmed_at=now, asked_at=None)).rowcount
        )

    def asked_again(self, this: str, now: datetime) -> None:
        """Store that the person was asked whether the entry still holds."""
        waits = (experts.c.id == this, experts.c.asked_at.is_(None))
        self._connection.execute(update(experts).where(*waits).values(asked_at=now))

    def _each(self, query: Select[*tuple[Any, ...]]) -> Iterator[Expert]:
        for row in self._connection.execute(query):
            yield _expert(row)


def _expert(row: Sequence[Any]) -> Expert:
    this, person, name, uses, themes, groups, languages, *rest = row
    return Expert(this, person, name, tuple(uses), tuple(themes), tuple(groups), tuple(languages), *rest)


def _values(expert: Expert) -> Mapping[str, Any]:
    return {
        "name": expert.name,
        "uses": list(expert.uses),
        "themes": list(expert.themes),
        "groups": list(expert.groups),
        "languages": list(expert.languages),
        "library": expert.library,
        "library_name": expert.library_name,
        "municipality": expert.municipality,
        "region": expert.region,
        "country": expert.country,
        "contact": expert.contact,
    }
