"""Export of reports as records."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Connection, bindparam, or_, select, tuple_

from conversations.language.events import File
from conversations.model.attached import ReportFile
from storage.models import answers, attachments, personal_answers, reports
from storage.registers.written_for import written_for
from storage.reports.records import Record

Relevant: TypeAlias = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""A function that returns those of a report's answers that its form still asks for."""

LIBRARY_QUESTION = "library"
"""The question whose answer stands at the top level of the record."""

TOGETHER = 200
"""Records that one transaction reads: so few that an export does not delay the bot."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which reports to export: with these `statuses` (None: all but drafts) and for this `call` (None: any or none)."""

    statuses: Collection[str] | None = None
    call: str | None = None
    with_contacts: bool = False


_COLUMNS = (
    reports.c.id,
    reports.c.call_slug,
    reports.c.status,
    reports.c.language,
    reports.c.created_at,
    reports.c.submitted_at,
    reports.c.published_at,
    reports.c.revision,
)

_THESE: BindParameter[str] = bindparam("these", expanding=True)

_ANSWERS, _PERSONAL_ANSWERS = (
    select(table.c.report_id, table.c.question, table.c.value).where(table.c.report_id.in_(_THESE)).order_by(table.c.id)
    for table in (answers, personal_answers)
)

_FILES = (
    select(
        attachments.c.report_id,
        attachments.c.id,
        attachments.c.question,
        attachments.c.kind,
        attachments.c.name,
        attachments.c.size,
        attachments.c.sha256,
    )
    .where(
        attachments.c.report_id.in_(_THESE),
        # An imported file is only described.
        or_(attachments.c.question == "", attachments.c.state.in_(("waiting", "fetched"))),
    )
    .order_by(attachments.c.created_at, attachments.c.id)
)


class Exporting:
    """Records of reports, in one transaction. Discarded drafts have none."""

    def __init__(self, connection: Connection, relevant: Relevant) -> None:
        self._connection = connection
        self._relevant = relevant

    def after(self, last: Record | None, wanted: Wanted) -> list[Record]:
        """Returns the next records after `last`, oldest report first; empty: there are no more."""
        found = select(*_COLUMNS).where(reports.c.discarded_at.is_(None))
        if wanted.statuses is None:
            found = found.where(reports.c.status != "draft")
        else:
            found = found.where(reports.c.status.in_(wanted.statuses))
        if wanted.call is not None:
            found = found.where(reports.c.call_slug == wanted.call)
        if last is not None:
            found = found.where(tuple_(reports.c.created_at, reports.c.id) > (last.created_at, last.id))
        found = found.order_by(reports.c.created_at, reports.c.id).limit(TOGETHER)
        return self._records(self._connection.execute(found).all(), wanted.with_contacts)

    def of(self, report: str, *, with_contacts: bool) -> Record | None:
        """Returns the record of one report; None: there is no such report, or it was discarded."""
        return next(iter(self.of_all([report], with_contacts=with_contacts)), None)

    def of_all(self, these: Collection[str], *, with_contacts: bool) -> list[Record]:
        """Returns the records of these reports in any order, without discarded ones."""
        if not these:
            return []
        found = select(*_COLUMNS).where(reports.c.id.in_(these), reports.c.discarded_at.is_(None))
        return self._records(self._connection.execute(found).all(), with_contacts)

    def current_answers(self, these: Collection[str], *, with_contacts: bool) -> dict[str, dict[str, Any]]:
        """Returns the current answers of these reports, including ones the form no longer asks for; None: skipped."""
        current: dict[str, dict[str, Any]] = {report: {} for report in these}
        for statement in (_ANSWERS, _PERSONAL_ANSWERS) if with_contacts else (_ANSWERS,):
            for report, question, value in self._connection.execute(statement, {"these": list(these)}):
                current[report][question] = value
        return current

    def _records(
        self,
        rows: Sequence[tuple[str, str | None, str, str, datetime, datetime | None, datetime | None, int]],
        with_contacts: bool,
    ) -> list[Record]:
        these = [row[0] for row in rows]
        if not these:
            return []
        current = self.current_answers(these, with_contacts=with_contacts)
        files: dict[str, list[Any]] = {report: [] for report in these}
        for report, *file in self._connection.execute(_FILES, {"these": these}):
            files[report].append(file)
        records = []
        for this, call, status, language, created_at, submitted_at, published_at, revision in rows:
            asked = {key: value for key, value in self._relevant(current[this]).items() if value is not None}
            records.append(
                Record(
                    id=this,
                    call=call,
                    status=status,
                    language=language,
                    created_at=created_at,
                    submitted_at=submitted_at,
                    published_at=published_at,
                    library=library_record(current[this].get(LIBRARY_QUESTION)),
                    # A text answer that consists only of files has no words; its files are in the record.
                    answers={key: value for key, value in asked.items() if key != LIBRARY_QUESTION and value != ""},
                    attachments=list(_attachments(files[this], asked)),
                    revision=revision,
                )
            )
        return records


def library_record(answer: Any) -> dict[str, Any] | None:
    """Returns the library in the form of the export; another organisation has a name, and a municipality if it is in
    one.
    """
    if answer is None:
        return None
    found = written_for(answer)
    return {
        "name": found.name,
        "isil": found.isil or None,
        "municipality_code": found.municipality.code if found.municipality else None,
        "municipality": found.place or None,
        "region": found.region or None,
        "country": found.country or None,
    }


def _attachments(files: Iterable[Any], asked: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Yields the files that belong to an answer, and imported ones, which have no question."""
    for this, question, kind, name, size, sha256 in files:
        if ReportFile(this, question, File(kind, "")).is_part_of(asked):
            yield {"kind": kind, "name": name, "size": size, "sha256": sha256}
