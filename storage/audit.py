"""Who changed what, and when: entries are added and never changed, which the database itself sees to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from storage.models import audit

_ADD = insert(audit)

_OF_REPORT = (
    select(audit.c.at, audit.c.person_id, audit.c.action, audit.c.question, audit.c.old, audit.c.new)
    .where(audit.c.report_id == bindparam("report"))
    .order_by(audit.c.id)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change; `person_id` None: by the command line. Personal answers are named without their values."""

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

    def add(self, entry: Entry, report: str | None = None) -> None:
        """Write down `entry`, which is about `report`."""
        self._connection.execute(
            _ADD,
            {
                "at": entry.at,
                "person_id": entry.person_id,
                "action": entry.action,
                "report_id": report,
                "question": entry.question,
                "old": entry.old,
                "new": entry.new,
            },
        )

    def of_report(self, report: str) -> list[Entry]:
        """All that was changed about `report` after it was sent, oldest first."""
        return [Entry(*row) for row in self._connection.execute(_OF_REPORT, {"report": report})]
