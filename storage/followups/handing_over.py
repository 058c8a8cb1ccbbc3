"""Reports that are given to another librarian of their library."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Text, or_, select, update
from sqlalchemy import cast as as_type

from conversations.model.followups.looking import HANDED_OVER, Colleague
from storage.models import initiatives, people, reports
from storage.reports.exporting import LIBRARY_QUESTION
from storage.reports.reports import Reports


class HandingOver:
    """Handing over reports, in one transaction."""

    def __init__(self, connection: Connection, reports: Reports) -> None:
        self._connection = connection
        self._reports = reports

    def colleagues(self, report: str) -> list[Colleague]:
        """Returns the other people of the report's library to whom the bot can write, most reports first."""
        library: Mapping[str, Any] = self._reports.current_answer(report, LIBRARY_QUESTION) or {}
        key, name = str(library.get("key") or ""), str(library.get("name") or "")
        if not key and not name:
            return []
        titles: dict[int, list[str]] = {}
        of_it = initiatives.c.library_key == key if key else initiatives.c.library == name
        published = (
            select(reports.c.person_id, initiatives.c.answers)
            .join(initiatives, initiatives.c.report_id == reports.c.id)
            .where(of_it, reports.c.person_id.is_not(None))
            .order_by(initiatives.c.published_at.desc(), initiatives.c.report_id)
        )
        for person, told in self._connection.execute(published):
            if person is not None:
                titles.setdefault(person, []).append(str(told.get("title") or ""))
        writes_for = as_type(people.c.library, Text).contains(key or name, autoescape=True)
        author = select(reports.c.person_id).where(reports.c.id == report, reports.c.person_id.is_not(None))
        query = select(people.c.id, people.c.name, people.c.language, people.c.library).where(
            people.c.stopped_at.is_(None),
            people.c.forgotten_at.is_(None),
            people.c.id.not_in(author),
            or_(people.c.id.in_(titles), writes_for),
        )
        found = [
            Colleague(person, called, language, len(own := titles.get(person, [])), own[0] if own else "")
            for person, called, language, theirs in self._connection.execute(query)
            if person in titles or _is_same(theirs, key, name)
        ]
        return sorted(found, key=lambda each: (-each.reports, each.person))

    def hand_over(self, report: str, to: int) -> int | None:
        """Make `to` the author of the report; returns the author before, None: nobody.

        Where the author before stopped in it is not kept: unfinished answers are theirs.
        """
        found = reports.c.id == report
        before: int | None = self._connection.scalar(select(reports.c.person_id).where(found))
        change = update(reports).where(found, reports.c.status.in_(HANDED_OVER)).values(person_id=to, place={})
        self._connection.execute(change)
        return before


def _is_same(library: Mapping[str, Any] | None, key: str, name: str) -> bool:
    theirs = library or {}
    return theirs.get("key") == key if key else not theirs.get("key") and theirs.get("name") == name
