"""The audit trail: who changed what, and when. Entries are only added; the database itself prevents changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from conversations.model.people.members import Done
from storage.engine.prepared import Prepared
from storage.models import audit, people

_ADD = Prepared(insert(audit))

_ALL = (
    select(
        audit.c.at,
        func.coalesce(people.c.name, ""),
        audit.c.person_id,
        audit.c.action,
        audit.c.report_id,
        audit.c.subject,
        audit.c.question,
        audit.c.old,
        audit.c.new,
    )
    .join(people, people.c.id == audit.c.person_id, isouter=True)
    .order_by(audit.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; `person_id` None: from the command line. Personal answers appear without their values."""

    at: datetime
    person_id: int | None
    action: str
    question: str | None = None
    old: Any = None
    new: Any = None


class Audit:
    """The audit trail, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entry: Entry, report: str | None = None, *, subject: str | None = None) -> None:
        """Add `entry` about `report`, or about another `subject`: a call, a person."""
        _ADD.run(self._connection, _row(entry, report, subject))

    def add_all(self, entries: Iterable[tuple[Entry, str]]) -> None:
        """Add many entries at once, each with the report that it is about."""
        self._connection.execute(insert(audit), [_row(entry, report, None) for entry, report in entries])

    def of_report(self, report: str) -> list[Entry]:
        """Returns all changes to `report` after it was sent, oldest first."""
        query = (
            select(audit.c.at, audit.c.person_id, audit.c.action, audit.c.question, audit.c.old, audit.c.new)
            .where(audit.c.report_id == report)
            .order_by(audit.c.id)
        )
        return [Entry(*row) for row in self._connection.execute(query)]

    def page(self, start: int, most: int) -> list[Done]:
        """Returns up to `most` entries, latest first, without the first `start`."""
        rows = self._connection.execute(_ALL.offset(start).limit(most))
        return [
            Done(at, _called(name, person), action, report or subject or "", question, old, new)
            for at, name, person, action, report, subject, question, old, new in rows
        ]

    def lines(self) -> Iterator[dict[str, Any]]:
        """Yields every entry as the JSON of an export, latest first."""
        for at, _name, person, action, report, subject, question, old, new in self._connection.execute(_ALL):
            yield {
                "at": at.isoformat().replace("+00:00", "Z"),
                "person": person,
                "action": action,
                "report": report,
                "subject": subject,
                "question": question,
                "old": old,
                "new": new,
            }


def _called(name: str, person: int | None) -> str:
    """Returns the name of the person; "" for the command line."""
    return "" if person is None else name or f"#{person}"


def _row(entry: Entry, report: str | None, subject: str | None) -> dict[str, Any]:
    return {
        "at": entry.at,
        "person_id": entry.person_id,
        "action": entry.action,
        "report_id": report,
        "question": entry.question,
        "old": entry.old,
        "new": entry.new,
        "subject": subject,
    }
