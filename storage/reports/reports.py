"""Drafts and reports: a report consists of its current answers; every earlier answer stays stored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, union_all, update

from conversations.model.outcomes import Answered, DraftStarted
from conversations.model.reports import Report, SavedAnswer
from storage.engine.prepared import Prepared
from storage.models import answers, calls, personal_answers, reports

_OWN = (reports.c.person_id == bindparam("person"), reports.c.discarded_at.is_(None))
_THIS = (reports.c.id == bindparam("this"), *_OWN)
_IS_DRAFT = reports.c.status == "draft"

_START = Prepared(insert(reports))

_ONE = Prepared(select(reports.c.status, reports.c.place, reports.c.changed_at).where(*_THIS))

_ONES_ANSWERS = Prepared(
    union_all(
        *(
            select(table.c.id.label("nth"), table.c.question, table.c.value).where(
                table.c.report_id == bindparam("this")
            )
            for table in (answers, personal_answers)
        )
    ).order_by("nth")
)

_ALL = Prepared(
    select(reports.c.id, reports.c.status, reports.c.place, reports.c.changed_at)
    .where(*_OWN)
    .order_by(reports.c.changed_at.desc(), reports.c.id)
)

_ALL_ANSWERS = Prepared(
    union_all(
        *(
            select(table.c.id.label("nth"), table.c.report_id, table.c.question, table.c.value)
            .join(reports, reports.c.id == table.c.report_id)
            .where(*_OWN)
            for table in (answers, personal_answers)
        )
    ).order_by("nth")
)

_MESSAGES = Prepared(
    union_all(
        *(
            select(table.c.id.label("nth"), table.c.report_id, table.c.question, table.c.message_id, table.c.parts)
            .join(reports, reports.c.id == table.c.report_id)
            .where(*_OWN, table.c.person_id == bindparam("person"))  # another author's messages are of another chat
            for table in (answers, personal_answers)
        )
    ).order_by("nth")
)

_CHANGE_DRAFT = Prepared(update(reports).where(*_THIS, _IS_DRAFT).values(changed_at=bindparam("now")))

_REVISE = Prepared(
    update(reports)
    .where(*_THIS, ~_IS_DRAFT)
    .values(changed_at=bindparam("now"), revision=reports.c.revision + 1)
    .returning(reports.c.revision)
)

_CURRENT = Prepared(
    select(answers.c.value)
    .where(answers.c.report_id == bindparam("this"), answers.c.question == bindparam("asked"))
    .order_by(answers.c.id.desc())
    .limit(1)
)

_ANSWER = Prepared(insert(answers))
_ANSWER_PERSONALLY = Prepared(insert(personal_answers))

_TO_CALL = Prepared(update(reports).where(*_THIS).values(call_slug=bindparam("slug")))

_SUBMIT = Prepared(
    update(reports)
    .where(*_THIS, _IS_DRAFT)
    .values(
        status="submitted",
        revision=1,
        submitted_at=bindparam("now"),
        changed_at=bindparam("now"),
        confirmed_at=bindparam("now"),
        late=exists().where(calls.c.slug == reports.c.call_slug, calls.c.deadline_at <= bindparam("now")),
    )
)

_CONFIRM = update(reports).where(*_THIS, ~_IS_DRAFT).values(confirmed_at=bindparam("now"))

_STATUS = select(reports.c.status).where(*_THIS)

_WITHDRAW = (
    update(reports)
    .where(*_THIS, reports.c.status.not_in(("draft", "withdrawn")))
    .values(status="withdrawn", withdrawn_at=bindparam("now"), changed_at=bindparam("now"))
)

_DISCARD = update(reports).where(*_THIS, _IS_DRAFT).values(discarded_at=bindparam("now"))

_LEAVE = Prepared(update(reports).where(*_THIS).values(place=bindparam("new_place")))


class Reports:
    """The drafts and reports of one person at a time, in one transaction; another person's are never returned."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def own(self, person: int, report: str) -> Report | None:
        """Returns the person's draft or report with that id, with its current answers; None: unknown or discarded."""
        for status, place, changed_at in _ONE.rows(self._connection, {"this": report, "person": person}):
            rows = _ONES_ANSWERS.rows(self._connection, {"this": report})
            current = {question: value for _id, question, value in rows}
            return Report(report, status, current, place, changed_at)
        return None

    def of(self, person: int) -> list[Report]:
        """Returns the person's drafts and reports with their current answers, last changed first, without discarded
        drafts.
        """
        current: dict[str, dict[str, Any]] = {}
        for _id, report, question, value in _ALL_ANSWERS.rows(self._connection, {"person": person}):
            current.setdefault(report, {})[question] = value
        return [
            Report(report, status, current.get(report, {}), place, changed_at)
            for report, status, place, changed_at in _ALL.rows(self._connection, {"person": person})
        ]

    def answer_from(self, person: int, message: int) -> SavedAnswer | None:
        """Returns the person's current answer that came from that message of their chat, or partly from it."""
        current = {
            (report, question): (came_from, tuple((number, said) for number, said in parts or ()))
            for _id, report, question, came_from, parts in _MESSAGES.rows(self._connection, {"person": person})
        }
        for (report, question), (came_from, parts) in reversed(current.items()):
            if came_from == message or message in dict(parts):
                return SavedAnswer(report, question, parts)
        return None

    def start(self, person: int, draft: DraftStarted, language: str, now: datetime) -> None:
        """Store a new draft of the person, in `language`."""
        _START.run(
            self._connection,
            {
                "id": draft.report,
                "person_id": person,
                "form": "initiative",
                "status": "draft",
                "language": language,
                "revision": 0,
                "place": {},
                "call_slug": None,
                "copied_from": draft.copied_from or None,
                "forwarded": draft.forwarded,
                "created_at": now,
                "changed_at": now,
                "submitted_at": None,
                "published_at": None,
                "withdrawn_at": None,
                "discarded_at": None,
            },
        )

    def change_draft(self, person: int, report: str, now: datetime) -> bool:
        """Mark the person's draft as changed at `now`; False: it is not a draft."""
        return bool(_CHANGE_DRAFT.changed(self._connection, {"this": report, "person": person, "now": now}))

    def revise(self, person: int, report: str, now: datetime) -> int | None:
        """Begin the next revision of the person's report and return its number; None: there is no such report."""
        revision: int | None = _REVISE.scalar(self._connection, {"this": report, "person": person, "now": now})
        return revision

    def confirm(self, person: int, report: str, now: datetime) -> None:
        """Store that the person, its author, said at `now` how it is."""
        self._connection.execute(_CONFIRM, {"this": report, "person": person, "now": now})

    def answer(self, person: int, answered: Answered, revision: int, now: datetime) -> None:
        """Add the answer as the current one to its question; earlier answers stay stored."""
        insertion = _ANSWER_PERSONALLY if answered.personal else _ANSWER
        insertion.run(
            self._connection,
            {
                "report_id": answered.report,
                "question": answered.question,
                "value": answered.value,
                "said": answered.said,
                "message_id": answered.message,
                "parts": [list(part) for part in answered.parts] or None,
                "revision": revision,
                "person_id": person,
                "at": now,
            },
        )

    def current_answer(self, report: str, question: str) -> Any:
        """Returns the current value of an answer that is not personal; None: skipped, or not answered yet."""
        return _CURRENT.scalar(self._connection, {"this": report, "asked": question})

    def belongs_to_call(self, person: int, report: str, slug: str | None) -> None:
        """Set the call that the report answers; None: no call."""
        _TO_CALL.run(self._connection, {"this": report, "person": person, "slug": slug})

    def submit(self, person: int, report: str, now: datetime) -> bool:
        """Submit the draft, as late if the deadline of its call has passed; False: it was submitted before."""
        return bool(_SUBMIT.changed(self._connection, {"this": report, "person": person, "now": now}))

    def withdraw(self, person: int, report: str, now: datetime) -> str | None:
        """Withdraw the report; returns its status before, None if it cannot be withdrawn."""
        before = self._connection.scalar(_STATUS, {"this": report, "person": person})
        kept = self._connection.execute(_WITHDRAW, {"this": report, "person": person, "now": now})
        return before if kept.rowcount else None

    def discard(self, person: int, report: str, now: datetime) -> None:
        """Discard the draft."""
        self._connection.execute(_DISCARD, {"this": report, "person": person, "now": now})

    def leave(self, person: int, report: str, place: Mapping[str, Any]) -> None:
        """Store `place`, where the person stopped in the report to do something else."""
        _LEAVE.run(self._connection, {"this": report, "person": person, "new_place": place})
