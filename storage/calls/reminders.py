"""Reminders: rows with a due time and a unique key, so that each is sent once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, update

from conversations.model.calls import WholeCall
from conversations.model.reminders import PUT_OFF, CallReminder, DraftNudge, Greeting
from storage.calls.call_reports import CallReports
from storage.engine.inserting import insert_unless_there
from storage.models import PENDING, people, reminders, reports

NOW_HOLDS = timedelta(days=3)
"""How long a reminder that a coordinator asked for may wait for a person's waking hours."""

_ADD = insert_unless_there(reminders, "key", returning=(reminders.c.id,))

_SETTLE = (
    update(reminders)
    .where(reminders.c.id == bindparam("this"), reminders.c.state == PENDING)
    .values(state=bindparam("new_state"), settled_at=bindparam("now"))
)


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A reminder for a person. `timezone` "" means that of the settings; `wanted`: the person wants reminders."""

    id: int
    kind: str
    person: int
    subject: str
    due_at: datetime
    until: datetime
    timezone: str
    language: str
    chat: int
    wanted: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be told about `subject`; the reason began at `since`, for a draft when its author left it."""

    subject: str
    person: int
    since: datetime
    timezone: str


class Reminders:
    """The reminders, in one transaction."""

    def __init__(self, connection: Connection, call_reports: CallReports) -> None:
        self._connection = connection
        self._call_reports = call_reports

    def add(self, key: str, kind: str, person: int, subject: str, due_at: datetime, until: datetime) -> bool:
        """Store a reminder until it is due; False: one with that key exists or existed."""
        values = {
            "key": key,
            "kind": str(kind),
            "person_id": person,
            "subject": subject,
            "due_at": due_at,
            "until": until,
            "state": "pending",
            "settled_at": None,
        }
        return self._connection.scalar(_ADD[self._connection.dialect.name], values) is not None

    def due(self, now: datetime, most: int) -> Iterator[DueReminder]:
        """Yields up to `most` due reminders, longest waiting first; no other worker gets the same ones."""
        query = (
            select(
                reminders.c.id,
                reminders.c.kind,
                reminders.c.person_id,
                reminders.c.subject,
                reminders.c.due_at,
                reminders.c.until,
                people.c.timezone,
                people.c.language,
                people.c.chat_id,
                people.c.reminders,
                people.c.stopped_at,
            )
            .join(people, people.c.id == reminders.c.person_id)
            .where(reminders.c.state == PENDING, reminders.c.due_at <= now)
            .order_by(reminders.c.due_at, reminders.c.id)
            .limit(most)
            .with_for_update(of=reminders, skip_locked=True)
        )
        for *row, wants_any, stopped_at in self._connection.execute(query).all():
            this, kind, person, subject, due_at, until, timezone, language, chat = row
            wanted = wants_any and stopped_at is None
            yield DueReminder(this, kind, person, subject, due_at, until, timezone, language, chat, wanted)

    def told(self, this: int, now: datetime) -> None:
        """Mark the reminder as sent."""
        self._connection.execute(_SETTLE, {"this": this, "new_state": "told", "now": now})

    def passed(self, this: int, now: datetime) -> None:
        """Mark the reminder as no longer needed."""
        self._connection.execute(_SETTLE, {"this": this, "new_state": "passed", "now": now})

    def move(self, this: int, then: datetime) -> None:
        """Make the reminder due at `then`."""
        self._connection.execute(
            update(reminders).where(reminders.c.id == this, reminders.c.state == PENDING).values(due_at=then)
        )

    def put_off(self, this: int, person: int, now: datetime) -> None:
        """Remind the person again the next day; a second request for the same changes nothing."""
        query = select(reminders.c.key, reminders.c.kind, reminders.c.subject, reminders.c.until).where(
            reminders.c.id == this, reminders.c.person_id == person
        )
        for key, kind, subject, until in self._connection.execute(query).all():
            if now + PUT_OFF < until:
                self.add(f"{key}+", kind, person, subject, now + PUT_OFF, until)

    def remind_now(self, call: WholeCall, now: datetime) -> int:
        """Store a reminder for everybody who has not answered the call, at most one a day; returns how many."""
        until = min(call.deadline_at or now + NOW_HOLDS, now + NOW_HOLDS)
        return sum(
            self.add(
                f"now:{call.slug}:{now:%Y-%m-%d}:{each.person}", CallReminder.NOW, each.person, call.slug, now, until
            )
            for each in self._call_reports.to_remind(call)
        )

    def was_nudged(self, person: int, since: datetime) -> bool:
        """Returns whether the person was reminded of any draft since then."""
        query = (
            select(reminders.c.id)
            .where(
                reminders.c.person_id == person,
                reminders.c.kind.in_([*DraftNudge, *Greeting]),
                reminders.c.state == "told",
                reminders.c.settled_at > since,
            )
            .limit(1)
        )
        return self._connection.scalar(query) is not None

    def left_drafts(self, stage: str, after: datetime, before: datetime) -> list[Candidate]:
        """Returns drafts last changed between `after` and `before` without a reminder of that stage, latest first."""
        rows = self._connection.execute(
            select(reports.c.id, people.c.id, reports.c.changed_at, people.c.timezone)
            .join(people, people.c.id == reports.c.person_id)
            .where(
                reports.c.status == "draft",
                reports.c.discarded_at.is_(None),
                reports.c.changed_at > after,
                reports.c.changed_at <= before,
                people.c.stopped_at.is_(None),
                people.c.reminders.is_(True),
                reports.c.id.not_in(select(reminders.c.subject).where(reminders.c.kind == stage)),
            )
            .order_by(reports.c.changed_at.desc(), reports.c.id)
        )
        return [Candidate(*row) for row in rows]

    def candidates(self, query: Select[*tuple[Any, ...]], **values: object) -> list[Candidate]:
        """Returns the rows of a timed message's query (subject, person, since when, time zone), in the order of the
        query.
        """
        return [Candidate(*row) for row in self._connection.execute(query, values)]

    def draft_left_at(self, report: str) -> datetime | None:
        """Returns when the draft was last changed; None: it is no longer a draft."""
        return self._connection.scalar(
            select(reports.c.changed_at).where(
                reports.c.id == report, reports.c.status == "draft", reports.c.discarded_at.is_(None)
            )
        )
