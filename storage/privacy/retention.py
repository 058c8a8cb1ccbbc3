"""Retention: removal of data whose time is over, in portions so small that they do not delay turns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, literal_column, or_, select, update

from conversations.model.experts import ANSWER_WITHIN, FORGOTTEN_AFTER
from conversations.model.reminders import DraftWarning
from conversations.model.retention import (
    CONTACTS,
    DRAFT_WARNING,
    DRAFTS,
    INBOX,
    OUTBOX,
    QUARANTINE,
    SIGN_UPS,
    THROWN_AWAY,
    TRIES,
    WARNED,
    ended_on,
)
from conversations.model.webhooks.retrying import KEPT_FOR as WEBHOOK_DELIVERIES
from storage.calls.reminders import Candidate
from storage.digests.digests import KEPT_FOR as DIGESTS
from storage.engine.columns import SafeText
from storage.models import (
    WAITING,
    answers,
    contacts_given,
    digest_issues,
    digests,
    events,
    experts,
    exports,
    inbox,
    nominations,
    notes,
    outbox,
    people,
    personal_answers,
    redemption_tries,
    reminders,
    reports,
    sign_ups,
    webhook_deliveries,
)
from storage.privacy.forgetting import Forgetting

TOGETHER = 500
DRAFTS_TOGETHER = 20
ENTRIES_TOGETHER = 20

_HANDLED = frozenset({"done", "dropped"})


@dataclass(frozen=True, slots=True)
class Portion:
    """The number of rows deleted or emptied, and the row to continue after; None: this was the last portion."""

    number: int
    next: Any = None


class Retention:
    """Data whose retention time is over, in one transaction."""

    def __init__(self, connection: Connection, forgetting: Forgetting) -> None:
        self._connection = connection
        self._forgetting = forgetting

    def inbox(self, now: datetime, after: int) -> Portion:
        """Delete handled updates after seven days, updates that were set aside after thirty."""
        columns = (inbox.c.id, inbox.c.state, inbox.c.received_at)
        behind = select(*columns).where(inbox.c.id > after).order_by(inbox.c.id)
        seen = self._connection.execute(behind.limit(TOGETHER)).all()
        gone = [
            this
            for this, state, at in seen
            if (state in _HANDLED and at < now - INBOX) or (state == "quarantined" and at < now - QUARANTINE)
        ]
        self._connection.execute(delete(inbox).where(inbox.c.id.in_(gone)))
        # Rows are ordered by time: after a young row there are no old ones.
        last = seen[-1][0] if len(seen) == TOGETHER and seen[-1][2] < now - INBOX else None
        return Portion(len(gone), last)

    def outbox(self, now: datetime, after: int) -> Portion:
        """Empty messages that were sent ninety days ago; their end state stays."""
        columns = (outbox.c.id, outbox.c.state, outbox.c.created_at)
        rows = self._connection.execute(
            select(*columns).where(outbox.c.id > after).order_by(outbox.c.id).limit(TOGETHER)
        )
        old = [(this, state) for this, state, at in rows if at < now - OUTBOX]
        ended = [this for this, state in old if state != "pending"]
        emptied: dict[str, Any] = {"payload": {}, "press": None, "toast": None}
        self._connection.execute(update(outbox).where(outbox.c.id.in_(ended)).values(emptied))
        return Portion(len(ended), old[-1][0] if old else None)

    def unwarned(self, now: datetime) -> list[Candidate]:
        """Returns the drafts unchanged for thirty days whose authors were not yet warned of their deletion."""
        told = exists().where(
            reminders.c.kind == DraftWarning.MONTH,
            reminders.c.subject == reports.c.id,
            reminders.c.due_at > reports.c.changed_at,
        )
        found = (
            select(reports.c.id, people.c.id, reports.c.changed_at, people.c.timezone)
            .join(people, people.c.id == reports.c.person_id)
            .where(
                reports.c.status == "draft",
                reports.c.discarded_at.is_(None),
                reports.c.changed_at <= now - DRAFT_WARNING,
                people.c.stopped_at.is_(None),
                ~told,
            )
            .order_by(reports.c.changed_at, reports.c.id)
            .limit(TOGETHER)
        )
        return [Candidate(*row) for row in self._connection.execute(found)]

    def drafts(self, now: datetime, _after: int) -> Portion:
        """Delete drafts unchanged for sixty days whose authors were warned, and discarded drafts after a week."""
        warned = exists().where(
            reminders.c.kind == DraftWarning.MONTH,
            reminders.c.subject == reports.c.id,
            reminders.c.state != "pending",
            reminders.c.settled_at < now - WARNED,
            reminders.c.settled_at > reports.c.changed_at,
        )
        unreachable = or_(people.c.id.is_(None), people.c.stopped_at.is_not(None))
        left = (reports.c.changed_at < now - DRAFTS) & or_(unreachable, warned)
        found = (
            select(reports.c.id)
            .join(people, people.c.id == reports.c.person_id, isouter=True)
            .where(reports.c.status == "draft", or_(left, reports.c.discarded_at < now - THROWN_AWAY))
            .limit(DRAFTS_TOGETHER)
        )
        these = self._connection.scalars(found).all()
        self._forgetting.erase_reports(these)
        return Portion(len(these), 0 if len(these) == DRAFTS_TOGETHER else None)

    def contacts(self, now: datetime, after: str) -> Portion:
        """Delete names and addresses a year after the initiative ended."""
        found = select(personal_answers.c.report_id).where(personal_answers.c.report_id > after)
        these = self._connection.scalars(found.distinct().order_by(personal_answers.c.report_id).limit(TOGETHER)).all()
        gone = [report for report in these if self._ended_long_ago(report, now)]
        self._connection.execute(delete(personal_answers).where(personal_answers.c.report_id.in_(gone)))
        return Portion(len(gone), these[-1] if len(these) == TOGETHER else None)

    def _ended_long_ago(self, report: str, now: datetime) -> bool:
        status, changed_at = self._connection.execute(
            select(reports.c.status, reports.c.changed_at).where(reports.c.id == report)
        ).one()
        current: dict[str, tuple[Any, datetime]] = {}
        said = select(answers.c.question, answers.c.value, answers.c.at).where(
            answers.c.report_id == report, answers.c.question.in_(("status", "period_end"))
        )
        for question, value, at in self._connection.execute(said.order_by(answers.c.id)):
            current[question] = (value, at)
        finished_at = current["status"][1] if "status" in current else None
        values = {question: value for question, (value, _at) in current.items()}
        ended = ended_on(status, values, finished_at, changed_at)
        return ended is not None and ended < (now - CONTACTS).date()

    def given(self, now: datetime, _after: int) -> Portion:
        """Delete contact details that people gave each other after a year, with their notes."""
        old = select(notes.c.id).where(notes.c.moved_at < now - CONTACTS)
        lapsed = or_(contacts_given.c.at < now - CONTACTS, contacts_given.c.about.in_(old))
        gone = self._connection.execute(delete(contacts_given).where(lapsed)).rowcount
        return Portion(gone + self._connection.execute(delete(notes).where(notes.c.id.in_(old))).rowcount)

    def experts(self, now: datetime, _after: int) -> Portion:
        """Erase the entries of people who did not answer for a year when asked whether it still holds."""
        silent = experts.c.asked_at < now - ANSWER_WITHIN - FORGOTTEN_AFTER
        these = self._connection.scalars(select(experts.c.id).where(silent).limit(ENTRIES_TOGETHER)).all()
        for this in these:
            self._forgetting.expert(this, now)
        return Portion(len(these), 0 if len(these) == ENTRIES_TOGETHER else None)

    def nominations(self, now: datetime, _after: int) -> Portion:
        """Erase the names of people who were asked to be listed and did not answer while the link worked."""
        unanswered = (nominations.c.name != literal_column("''", SafeText), nominations.c.expires_at < now)
        these = self._connection.scalars(select(nominations.c.id).where(*unanswered).limit(ENTRIES_TOGETHER)).all()
        for this in these:
            self._forgetting.named(this, now)
        return Portion(len(these), 0 if len(these) == ENTRIES_TOGETHER else None)

    def sign_ups(self, now: datetime, _after: int) -> Portion:
        """Delete who signed up for an event ninety days after it."""
        over = select(events.c.id).where(events.c.ends_at < now - SIGN_UPS)
        return Portion(self._connection.execute(delete(sign_ups).where(sign_ups.c.event_id.in_(over))).rowcount)

    def files(self, now: datetime, _after: int) -> Portion:
        """Delete the content of digests and exports after ninety days, and failed attempts after one."""
        old: Sequence[str] = self._connection.scalars(
            select(digests.c.id).where(digests.c.made_at < now - DIGESTS).limit(TOGETHER)
        ).all()
        of_these = digest_issues.c.digest_id.in_(old)
        self._connection.execute(update(digest_issues).where(of_these).values(digest_id=None))
        gone = self._connection.execute(delete(digests).where(digests.c.id.in_(old))).rowcount
        gone += self._connection.execute(delete(exports).where(exports.c.asked_at < now - DIGESTS)).rowcount
        gone += self._connection.execute(delete(redemption_tries).where(redemption_tries.c.at < now - TRIES)).rowcount
        return Portion(gone, 0 if len(old) == TOGETHER else None)

    def webhooks(self, now: datetime, _after: int) -> Portion:
        """Delete what was sent to webhooks, or given up, thirty days after it happened."""
        over = (webhook_deliveries.c.state != WAITING, webhook_deliveries.c.happened_at < now - WEBHOOK_DELIVERIES)
        old = select(webhook_deliveries.c.id).where(*over).limit(TOGETHER)
        gone = self._connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.id.in_(old))).rowcount
        return Portion(gone, 0 if gone == TOGETHER else None)
