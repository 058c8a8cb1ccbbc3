"""Files that cannot be stored: they are taken out of their answers, and their sender is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, select

from conversations.language.events import File, FileKind
from conversations.model.attached import ReportFile, to_answer
from conversations.model.outcomes import Answered
from storage.models import attachments, reports
from storage.people.audit import Audit, Entry
from storage.reports.attachments import Attachment, Attachments
from storage.reports.reports import Reports
from storage.search.initiatives import Initiatives


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that cannot be stored: who sent it when, and for which question."""

    sender: int
    report: str
    title: str
    file: ReportFile
    sent_at: datetime


class Dropping:
    """Drops files, in one transaction."""

    def __init__(
        self,
        connection: Connection,
        attachments: Attachments,
        reports: Reports,
        initiatives: Initiatives,
        audit: Audit,
    ) -> None:
        self._connection = connection
        self._attachments = attachments
        self._reports = reports
        self._initiatives = initiatives
        self._audit = audit

    def drop(self, file: Attachment, why: str, now: datetime) -> Dropped | None:
        """Drop the file for the reason `why`, and take it out of its answer.

        None: nobody has to be told, because its report has no author or is no longer active.
        """
        self._attachments.failed(file.id, why)
        query = (
            select(reports.c.person_id, attachments.c.created_at)
            .join(attachments, attachments.c.report_id == reports.c.id)
            .where(
                attachments.c.id == file.id,
                reports.c.person_id.is_not(None),
                reports.c.discarded_at.is_(None),
                reports.c.status.not_in(("declined", "withdrawn")),
            )
        )
        for sender, sent_at in self._connection.execute(query):
            assert sender is not None  # noqa: S101 - only reports with an author are asked for
            self._take_out(file, sender, now)
            title = str(self._reports.current_answer(file.report, "title") or "")
            what = ReportFile(file.id, file.question, File(cast("FileKind", file.kind), "", file.name, file.mime))
            return Dropped(sender, file.report, title, what, sent_at)
        return None

    def _take_out(self, file: Attachment, sender: int, now: datetime) -> None:
        """Take the file out of its answer; this is a correction if the report was already sent."""
        before = self._reports.current_answer(file.report, file.question)
        after = self._left(before, file)
        if after == before:
            return
        revision = 0
        if not self._reports.change_draft(sender, file.report, now):
            revision = self._reports.revise(sender, file.report, now) or 0
            self._audit.add(Entry(now, None, "corrected", file.question, before, after), file.report)
        self._reports.answer(sender, Answered(file.report, file.question, after), revision, now)
        self._initiatives.refresh([file.report])

    def _left(self, answer: Any, file: Attachment) -> Any:
        """Returns the answer without the file; None if nothing is left."""
        if isinstance(answer, list):
            return [each for each in answer if each != file.id] or None
        others = to_answer(file.question, self._attachments.files(file.report))
        return None if answer == "" and not others else answer
