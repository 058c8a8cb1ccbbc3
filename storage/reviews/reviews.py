"""Reviews of reports: the reader, the request to the author, and the decision."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Integer, and_, bindparam, case, func, select, update

from conversations.model.lineage.comparing import described
from conversations.model.reports import ReportStatus
from conversations.model.reviews import AskedQuestion, Claim, Compared, Earlier, UnderReview, WaitingReport
from storage.engine.errors import Overtaken
from storage.engine.inserting import insert_unless_there
from storage.engine.prepared import Prepared
from storage.models import SUBMITTED, answers, people, personal_answers, reports, reviews

_NOT_DISCARDED = reports.c.discarded_at.is_(None)

# Locked: if two coordinators decide at once, the second sees the decision of the first.
_LOCK = Prepared(
    select(reports.c.id).where(reports.c.id == bindparam("this"), _NOT_DISCARDED).with_for_update(key_share=True)
)

_ONE = Prepared(
    select(
        reports.c.status,
        reports.c.revision,
        reports.c.language,
        people.c.id,
        people.c.stopped_at,
        reports.c.call_slug,
        func.coalesce(reviews.c.waiting_since, reports.c.submitted_at),
        reviews.c.claimed_by,
        reviews.c.claimed_at,
        reviews.c.asked_question,
        reviews.c.asked_text,
        reviews.c.asked_by,
        reviews.c.decided_by,
        reviews.c.decided_at,
        reviews.c.sent_back_at,
        reviews.c.reason,
    )
    .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
    .join(people, and_(people.c.id == reports.c.person_id, people.c.forgotten_at.is_(None)), isouter=True)
    .where(reports.c.id == bindparam("this"), _NOT_DISCARDED)
)

_CURRENT, _CONTACTS = (
    Prepared(select(table.c.question, table.c.value).where(table.c.report_id == bindparam("this")).order_by(table.c.id))
    for table in (answers, personal_answers)
)

_SINCE = func.coalesce(reviews.c.waiting_since, reports.c.submitted_at, reports.c.changed_at)

_IMPORTED = reports.c.person_id.is_(None)

_WAITING = (
    select(reports.c.id, _SINCE, _IMPORTED, reports.c.language)
    .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
    .where(reports.c.status == SUBMITTED, reports.c.discarded_at.is_(None))
    .order_by(case((_IMPORTED, 1), else_=0), _SINCE, reports.c.id)
)
"""The reports that wait for review, in the order in which they are listed."""

_BEGIN = insert_unless_there(reviews, "report_id", returning=(reviews.c.report_id,))
_NOTHING_YET: Mapping[str, Any] = dict.fromkeys(column.name for column in reviews.c if column.name != "report_id")

_NOBODYS = reports.c.person_id.is_(None) | reports.c.person_id.in_(
    select(people.c.id).where(people.c.forgotten_at.is_not(None))
)


_COMPARED = ("title", "summary", "library", "themes", "target_groups")
"""The questions whose answers are compared."""

_NEWEST = select(func.max(answers.c.id)).where(answers.c.report_id == reports.c.id).scalar_subquery()

_WAITING_AS_ANSWERED = Prepared(
    _WAITING.with_only_columns(reports.c.id, _NEWEST, reports.c.language).limit(bindparam("most", type_=Integer))
)

# The whole queue is compared with each report that comes in, and little of it has changed since the last one. Which
# answers a report had is told by the number of the newest. Only what waits is kept, so it is never much.
_COMPARED_BEFORE: MutableMapping[Engine, Mapping[tuple[str, int], Compared]] = WeakKeyDictionary()


class Reviews:
    """The reviews, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, report: str) -> UnderReview | None:
        """Returns the report as coordinators see it, locked until the transaction ends; None: there is no such
        report.
        """
        if _LOCK.scalar(self._connection, {"this": report}) is None:
            return None
        (found,) = _ONE.rows(self._connection, {"this": report})
        status, revision, language, author, stopped_at, call, since, *review = found
        standing: ReportStatus = status
        claimed_by, claimed_at, about, asked, asked_by, decided_by, decided_at, sent_back, reason = review
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
            asked=AskedQuestion(about, asked, asked_by) if about is not None else None,
            decided_by=decided_by,
            decided_at=decided_at,
            sent_back=sent_back,
            reason=reason,
            author_away=stopped_at is not None,
        )

    def contacts(self, report: str) -> dict[str, Any]:
        """Returns the names and addresses in the report, by question."""
        return self._newest(_CONTACTS, report)

    def earlier(self, report: str, moment: datetime) -> Earlier:
        """Returns the report as it was at that moment."""
        said = (
            select(answers.c.question, answers.c.value)
            .where(answers.c.report_id == report, answers.c.at <= moment)
            .order_by(answers.c.id)
        )
        contacts_since = (
            select(personal_answers.c.question)
            .where(personal_answers.c.report_id == report, personal_answers.c.at > moment)
            .order_by(personal_answers.c.id)
        )
        before: dict[str, Any] = dict(self._connection.execute(said).all())
        return Earlier(before, list(dict.fromkeys(self._connection.scalars(contacts_since))))

    def waiting(self) -> Sequence[WaitingReport]:
        """Returns the reports waiting for review: those that people sent, longest waiting first, then imported ones."""
        titled = (
            select(answers.c.report_id, answers.c.value)
            .join(reports, reports.c.id == answers.c.report_id)
            .where(reports.c.status == SUBMITTED, answers.c.question == "title")
            .order_by(answers.c.id)
        )
        titles = {report: str(value or "") for report, value in self._connection.execute(titled)}
        return [
            WaitingReport(report, titles.get(report, ""), since, bool(imported))
            for report, since, imported, _language in self._connection.execute(_WAITING)
            if since is not None
        ]

    def compared(self, most: int) -> Sequence[Compared]:
        """Returns the first `most` reports that wait for review as they are compared, in the order of `waiting`."""
        waiting = _WAITING_AS_ANSWERED.rows(self._connection, {"most": most})
        before = _COMPARED_BEFORE.get(self._connection.engine, {})
        current = {this: before[this, newest] for this, newest, _ in waiting if (this, newest) in before}
        others = {this: language for this, _, language in waiting if this not in current}
        current.update(self._compared(others) if others else {})
        _COMPARED_BEFORE[self._connection.engine] = {(this, newest): current[this] for this, newest, _ in waiting}
        return [current[this] for this, *_ in waiting]

    def _compared(self, these: Mapping[str, str]) -> dict[str, Compared]:
        """Returns these reports as they are compared, by id; `these` has the language of each."""
        told: dict[str, dict[str, Any]] = {this: {} for this in these}
        query = (
            select(answers.c.report_id, answers.c.question, answers.c.value)
            .where(answers.c.report_id.in_(list(these)), answers.c.question.in_(_COMPARED))
            .order_by(answers.c.id)
        )
        for this, question, value in self._connection.execute(query):
            told[this][question] = value
        return {
            this: Compared(this, str(told[this].get("title") or ""), described(told[this], language))
            for this, language in these.items()
        }

    def note(self, report: str, **changes: Any) -> None:
        """Set columns of the report's review to `changes`."""
        self._connection.execute(_BEGIN[self._connection.dialect.name], {"report_id": report, **_NOTHING_YET})
        self._connection.execute(update(reviews).where(reviews.c.report_id == report).values(**changes))

    def decide(self, report: str, revision: int, new: str, now: datetime) -> str:
        """Give that revision of a report the status `new`; returns the one before.

        Raises Overtaken unless it waits, or its author was asked for something. In the second case it can still be
        published or declined, and "submitted" withdraws the request to the author.
        """
        query = (
            select(reports.c.status)
            .where(reports.c.id == report, reports.c.revision == revision, _NOT_DISCARDED)
            .with_for_update(key_share=True)
        )
        before: str | None = self._connection.scalar(query)
        asked = ("changes_requested",) if new != "changes_requested" else ()
        waiting = ("submitted",) if new != "submitted" else ()
        if before is None or before not in (*waiting, *asked):
            raise Overtaken("A report was decided on that waits no more, or has been changed.")
        self._connection.execute(update(reports).where(reports.c.id == report).values(status=new))
        if new == "published":
            self._connection.execute(update(reports).where(reports.c.id == report).values(published_at=now))
        return before

    def correct(self, report: str, revision: int, now: datetime) -> int:
        """Begin the next revision of a report whose author cannot be asked, and return its number.

        A report that was returned or asked about waits again. Raises Overtaken if it has an author, can no longer be
        corrected, or has been changed.
        """
        change = (
            update(reports)
            .where(
                reports.c.id == report,
                reports.c.revision == revision,
                _NOT_DISCARDED,
                _NOBODYS,
                reports.c.status.in_(("submitted", "changes_requested", "published")),
            )
            .values(
                status=case((reports.c.status == "changes_requested", "submitted"), else_=reports.c.status),
                revision=reports.c.revision + 1,
                changed_at=now,
            )
            .returning(reports.c.revision)
        )
        number: int | None = self._connection.scalar(change)
        if number is None:
            raise Overtaken("A report was corrected that has an author, or has been changed or taken away.")
        return number

    def sent_again(self, author: int, report: str, now: datetime) -> bool:
        """Mark that the author sent the requested changes; False: none were requested."""
        change = (
            update(reports)
            .where(
                reports.c.id == report,
                _NOT_DISCARDED,
                reports.c.person_id == author,
                reports.c.status == "changes_requested",
            )
            .values(status="submitted", changed_at=now, confirmed_at=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def _newest(self, statement: Prepared, report: str) -> dict[str, Any]:
        return {row[0]: row[1] for row in statement.rows(self._connection, {"this": report})}
