"""Reviews of reports: who reads which, what was asked, what was decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from conversations.here import ReportStatus
from conversations.reviewing import Claim, Question, UnderReview, Waiting
from storage.errors import Overtaken
from storage.inserting import insert_unless_there
from storage.models import SUBMITTED, answers, personal_answers, reports, reviews
from storage.prepared import Prepared

_KEPT = (reports.c.id == bindparam("this"), reports.c.discarded_at.is_(None))

# Locked, so that of two coordinators who decide at once the second sees what the first has decided.
_LOCK = Prepared(select(reports.c.id).where(*_KEPT).with_for_update(key_share=True))

_ONE = Prepared(
    select(
        reports.c.status,
        reports.c.revision,
        reports.c.language,
        reports.c.person_id,
        reports.c.call_slug,
        func.coalesce(reviews.c.waiting_since, reports.c.submitted_at),
        reviews.c.claimed_by,
        reviews.c.claimed_at,
        reviews.c.asked_question,
        reviews.c.asked_text,
        reviews.c.asked_by,
        reviews.c.decided_by,
        reviews.c.reason,
    )
    .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
    .where(*_KEPT)
)

_CURRENT, _CONTACTS = (
    Prepared(select(table.c.question, table.c.value).where(table.c.report_id == bindparam("this")).order_by(table.c.id))
    for table in (answers, personal_answers)
)

_SINCE = func.coalesce(reviews.c.waiting_since, reports.c.submitted_at, reports.c.changed_at)

_WAITING = (
    select(reports.c.id, _SINCE)
    .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
    .where(reports.c.status == SUBMITTED, reports.c.discarded_at.is_(None))
    .order_by(_SINCE, reports.c.id)
)

_TITLES = (
    select(answers.c.report_id, answers.c.value)
    .join(reports, reports.c.id == answers.c.report_id)
    .where(reports.c.status == SUBMITTED, answers.c.question == "title")
    .order_by(answers.c.id)
)

_BEGIN = insert_unless_there(reviews, "report_id", returning=(reviews.c.report_id,))
_NOTHING_YET: Mapping[str, Any] = dict.fromkeys(column.name for column in reviews.c if column.name != "report_id")

_DECIDE = (
    update(reports)
    .where(
        reports.c.id == bindparam("this"),
        reports.c.status == bindparam("old_status"),
        reports.c.revision == bindparam("old_revision"),
        reports.c.discarded_at.is_(None),
    )
    .values(status=bindparam("new_status"))
)

_PUBLISHED = update(reports).where(reports.c.id == bindparam("this")).values(published_at=bindparam("now"))

_SENT_AGAIN = (
    update(reports)
    .where(*_KEPT, reports.c.person_id == bindparam("author"), reports.c.status == "changes_requested")
    .values(status="submitted", changed_at=bindparam("now"))
)


class Reviews:
    """The reviews, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, report: str) -> UnderReview | None:
        """The report as coordinators see it, locked until the transaction ends; None: there is no such report."""
        if _LOCK.scalar(self._connection, {"this": report}) is None:
            return None
        status, revision, language, author, call, since, *review = _ONE.rows(self._connection, {"this": report})[0]
        standing: ReportStatus = status
        claimed_by, claimed_at, about, asked, asked_by, decided_by, reason = review
        return UnderReview(
            id=report,
            status=standing,
            revision=revision,
            answers=self._newest(_CURRENT, report),
            language=language,
            author=author,
            call=call,
            since=since,
            claim=Claim(claimed_by, claimed_at) if claimed_by is not None else None,
            asked=Question(about, asked, asked_by) if about is not None else None,
            decided_by=decided_by,
            reason=reason,
        )

    def contacts(self, report: str) -> dict[str, Any]:
        """The names and addresses in the report, by question."""
        return self._newest(_CONTACTS, report)

    def waiting(self) -> Sequence[Waiting]:
        """What waits to be reviewed, the longest first."""
        titles = {report: str(value or "") for report, value in self._connection.execute(_TITLES)}
        waiting = self._connection.execute(_WAITING)
        return [Waiting(report, titles.get(report, ""), since) for report, since in waiting if since is not None]

    def note(self, report: str, **changes: Any) -> None:
        """Write `changes` (columns of the table) into the review of the report."""
        self._connection.execute(_BEGIN[self._connection.dialect.name], {"report_id": report, **_NOTHING_YET})
        self._connection.execute(update(reviews).where(reviews.c.report_id == report).values(**changes))

    def decide(self, report: str, revision: int, new: str, now: datetime) -> None:
        """Give that revision of a waiting report the status `new`. Raises Overtaken if it waits no more."""
        decided = self._connection.execute(
            _DECIDE, {"this": report, "old_status": "submitted", "old_revision": revision, "new_status": new}
        )
        if not decided.rowcount:
            raise Overtaken("A report was decided on that waits no more, or has been changed.")
        if new == "published":
            self._connection.execute(_PUBLISHED, {"this": report, "now": now})

    def sent_again(self, author: int, report: str, now: datetime) -> bool:
        """The author sends back what was to be changed; False: nothing was."""
        sent = self._connection.execute(_SENT_AGAIN, {"this": report, "author": author, "now": now})
        return bool(sent.rowcount)

    def _newest(self, statement: Prepared, report: str) -> dict[str, Any]:
        return {row[0]: row[1] for row in statement.rows(self._connection, {"this": report})}
