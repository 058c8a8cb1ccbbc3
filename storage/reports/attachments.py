"""Files of reports: known first, then fetched from Telegram."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Connection, bindparam, func, insert, select, update

from conversations.language.events import File, FileKind
from conversations.model.attached import ReportFile
from storage.engine.prepared import Prepared
from storage.models import WAITING, attachments, reports

_COLUMNS = (
    attachments.c.id,
    attachments.c.report_id,
    attachments.c.question,
    attachments.c.kind,
    attachments.c.reference,
    attachments.c.name,
    attachments.c.mime,
    attachments.c.size,
    attachments.c.sha256,
    attachments.c.state,
    attachments.c.attempts,
)
_OF_REPORT = Prepared(
    select(*_COLUMNS)
    .where(attachments.c.report_id == bindparam("this"))
    .order_by(attachments.c.created_at, attachments.c.id)
)

MOST_A_DAY = 200
"""How many files of one person are fetched at once; further ones are fetched a day later."""

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a report. `reference` is Telegram's id to fetch it; `state` is waiting, fetched, failed or removed."""

    id: str
    report: str
    question: str
    kind: str
    reference: str
    name: str
    mime: str
    size: int | None
    sha256: str | None
    state: str
    attempts: int


class Attachments:
    """The files of reports, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, this: str, report: str, question: str, file: File, now: datetime) -> None:
        """Store a file sent for `question` of `report`, to be fetched; a day later if its author sent very many."""
        query = (
            select(func.count())
            .select_from(attachments.join(reports, reports.c.id == attachments.c.report_id))
            .where(
                reports.c.person_id == select(reports.c.person_id).where(reports.c.id == report).scalar_subquery(),
                attachments.c.created_at > now - _A_DAY,
            )
        )
        before = self._connection.scalar(query) or 0
        self._connection.execute(
            insert(attachments),
            {
                "id": this,
                "report_id": report,
                "question": question,
                "kind": file.kind,
                "reference": file.reference,
                "name": file.name,
                "mime": file.mime,
                "size": file.size,
                "sha256": None,
                "state": "waiting",
                "attempts": 0,
                "error": None,
                "next_try_at": now if before < MOST_A_DAY else now + _A_DAY,
                "created_at": now,
            },
        )

    def to_fetch(self, now: datetime, limit: int) -> list[Attachment]:
        """Returns up to `limit` files to fetch now, longest waiting first."""
        query = (
            select(*_COLUMNS)
            .where(attachments.c.state == WAITING, attachments.c.next_try_at <= now)
            .order_by(attachments.c.next_try_at, attachments.c.id)
            .limit(limit)
        )
        return [Attachment(*row) for row in self._connection.execute(query)]

    def fetched(self, this: str, sha256: str, size: int, mime: str) -> None:
        """Mark the file as fetched, with this content."""
        self._connection.execute(
            update(attachments)
            .where(attachments.c.id == this)
            .values(
                state="fetched",
                sha256=sha256,
                size=size,
                mime=mime,
                error=None,
                attempts=attachments.c.attempts + 1,
            )
        )

    def try_again(self, this: str, error: str, then: datetime) -> None:
        """Store that the file could not be fetched, for another try at `then`."""
        self._connection.execute(
            update(attachments)
            .where(attachments.c.id == this)
            .values(
                next_try_at=then,
                error=error,
                attempts=attachments.c.attempts + 1,
            )
        )

    def failed(self, this: str, error: str) -> None:
        """Mark the file as impossible to fetch or to use."""
        self._connection.execute(
            update(attachments)
            .where(attachments.c.id == this)
            .values(state="failed", error=error, attempts=attachments.c.attempts + 1)
        )

    def taken_back(self, report: str, question: str) -> None:
        """Mark the files of that question as removed, because its answer was taken back."""
        self._connection.execute(
            update(attachments)
            .where(attachments.c.report_id == report, attachments.c.question == question)
            .values(state="removed", sha256=None)
        )

    def files(self, report: str) -> list[ReportFile]:
        """Returns the files of `report` in the order they came, without failed and removed ones."""
        return [
            ReportFile(
                each.id,
                each.question,
                File(cast("FileKind", each.kind), each.reference, each.name, each.mime, each.size),
                each.sha256 or "" if each.state == "fetched" else "",
            )
            for each in self.of_report(report)
            if each.state in ("waiting", "fetched")
        ]

    def of_report(self, report: str) -> list[Attachment]:
        """Returns all files of `report`, in the order they came."""
        return [Attachment(*row) for row in _OF_REPORT.rows(self._connection, {"this": report})]
