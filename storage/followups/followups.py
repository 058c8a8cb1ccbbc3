"""Questions to authors about published initiatives: whom to ask, what was asked, and what came of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from conversations.model.followups.looking import AskedFollowUp, FollowUpFigures, Stage
from conversations.model.followups.questions import (
    A_WEEK,
    HOLDS,
    Followed,
    FollowUp,
    FollowUpAnswer,
    NextQuestion,
    before,
    unconfirmed,
)
from storage.calls.reminders import DueReminder, Reminders
from storage.models import PENDING, answers, followups, initiatives, people, reminders, reports
from storage.people.network import PUBLISHED

_KINDS = tuple(FollowUp)

_ASKED_LATELY = exists().where(
    reminders.c.person_id == people.c.id,
    reminders.c.kind.in_(_KINDS),
    or_(reminders.c.state == PENDING, (reminders.c.state == "told") & (reminders.c.settled_at > bindparam("since"))),
)

_FOLLOWED = (
    initiatives.c.report_id,
    initiatives.c.answers,
    func.coalesce(initiatives.c.confirmed_at, initiatives.c.changed_at),
    reports.c.submitted_at,
)

_TO_ASK = (
    select(people.c.id, people.c.timezone, *_FOLLOWED)
    .join(reports, reports.c.id == initiatives.c.report_id)
    .join(people, people.c.id == reports.c.person_id)
    .where(
        initiatives.c.ask_at <= bindparam("now"),
        people.c.stopped_at.is_(None),
        people.c.reminders.is_(True),
        people.c.id > bindparam("after"),
        ~_ASKED_LATELY,
    )
    .order_by(people.c.id, initiatives.c.report_id)
    .limit(bindparam("most"))
)

_ASKED = select(
    followups.c.id,
    followups.c.report_id,
    followups.c.kind,
    followups.c.person_id,
    followups.c.asked_at,
    followups.c.answer,
    followups.c.answered_at,
    followups.c.occasion,
)

_LONG_AGO = timedelta(days=540)
"""Less than the months after which an initiative is marked."""


@dataclass(frozen=True, slots=True)
class AuthorFollowed:
    """An author in a time zone ("": that of the settings), one of their reports, and the keys asked about it."""

    person: int
    timezone: str
    followed: Followed
    asked: frozenset[str]


class FollowUps:
    """Follow-ups, in one transaction."""

    def __init__(self, connection: Connection, reminders: Reminders) -> None:
        self._connection = connection
        self._reminders = reminders

    def to_ask(self, now: datetime, after: int, most: int) -> tuple[list[AuthorFollowed], int | None]:
        """Returns authors with ids above `after`, each with all reports about which something may be asked now.

        People who were asked something within a week, or are about to be, are not among them. The number is the last
        id, to continue after; None: there are no more.
        """
        asked = {"now": now, "since": now - A_WEEK, "after": after, "most": most}
        rows = self._connection.execute(_TO_ASK, asked).all()
        then = rows[-1][0] if len(rows) == most else None
        if then is not None and rows[0][0] != then:
            rows = [row for row in rows if row[0] != then]  # perhaps not all reports of the last author
            then = rows[-1][0]
        keys = self._keys([row[2] for row in rows])
        ended = self._ended([row[2] for row in rows])
        found = [
            AuthorFollowed(
                person,
                timezone,
                Followed(report, told, confirmed_at, submitted_at, report in ended),
                frozenset(keys[report].values()),
            )
            for person, timezone, report, told, confirmed_at, submitted_at in rows
        ]
        return found, then

    def still(self, row: DueReminder) -> tuple[Followed, str, frozenset[str]] | None:
        """Returns the report of a planned question, its key, and the keys of the other questions about it.

        None: the report is no longer published, or no longer this person's.
        """
        query = (
            select(*_FOLLOWED)
            .join(reports, reports.c.id == initiatives.c.report_id)
            .where(
                initiatives.c.report_id == row.subject, reports.c.person_id == row.person, reports.c.status == PUBLISHED
            )
        )
        for report, told, confirmed_at, submitted_at in self._connection.execute(query):
            keys = self._keys([report])[report]
            key = keys[row.id].rstrip("+")
            others = frozenset(each for each in keys.values() if each.rstrip("+") != key)
            return Followed(report, told, confirmed_at, submitted_at, bool(self._ended([report]))), key, others
        return None

    def ask_later(self, report: str, question: NextQuestion | None) -> None:
        """Store that nothing is to be asked about the report before that question; None: nothing at all."""
        change = update(initiatives).where(initiatives.c.report_id == report)
        self._connection.execute(change.values(ask_at=None if question is None else before(question)))

    def ask(self, row: DueReminder, key: str, now: datetime) -> int:
        """Store that the person was asked, and return the number of the question."""
        asked = {
            "report_id": row.subject,
            "person_id": row.person,
            "kind": row.kind,
            "key": key,
            "occasion": row.id,
            "asked_at": now,
            "answer": None,
            "answered_at": None,
        }
        number: int = self._connection.scalars(insert(followups).returning(followups.c.id), asked).one()
        return number

    def answer(self, this: int, answer: FollowUpAnswer, now: datetime) -> bool:
        """Store the answer; False: the question has one already."""
        change = (
            update(followups)
            .where(followups.c.id == this, or_(followups.c.answer.is_(None), followups.c.answer == "later"))
            .values(answer=answer, answered_at=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def again(self, this: int, person: int, now: datetime) -> None:
        """Ask the person the same question in a week; a second wish for that changes nothing."""
        query = select(followups.c.key, followups.c.kind, followups.c.report_id).where(
            followups.c.id == this, followups.c.person_id == person, followups.c.answer == "later"
        )
        for key, kind, report in self._connection.execute(query).all():
            self._reminders.add(f"{key}+", kind, person, report, now + A_WEEK, now + A_WEEK + HOLDS)

    def forget_unanswered(self, report: str) -> None:
        """Delete the questions about the report that wait to be sent, or were not answered: its new author is asked."""
        unanswered = select(followups.c.key).where(
            followups.c.report_id == report, or_(followups.c.answer.is_(None), followups.c.answer == "later")
        )
        these = (reminders.c.subject == report, reminders.c.kind.in_(_KINDS))
        still_open = or_(reminders.c.state == PENDING, reminders.c.key.in_(unanswered))
        self._connection.execute(delete(reminders).where(*these, still_open))

    def of(self, this: int, person: int) -> AskedFollowUp | None:
        """Returns that question if this person was asked it, or is the author of its report."""
        query = (
            _ASKED.join(reports, reports.c.id == followups.c.report_id)
            .where(followups.c.id == this)
            .where(or_(followups.c.person_id == person, reports.c.person_id == person))
        )
        return next(iter(self._asked(query)), None)

    def open_of(self, person: int, since: datetime) -> list[AskedFollowUp]:
        """Returns the questions that this author was asked since then and has not answered, latest first."""
        query = (
            _ASKED.join(reports, reports.c.id == followups.c.report_id)
            .where(
                followups.c.person_id == person,
                reports.c.person_id == person,
                reports.c.status == PUBLISHED,
                followups.c.asked_at >= since,
                followups.c.answer.is_(None),
            )
            .order_by(followups.c.asked_at.desc(), followups.c.id.desc())
        )
        return self._asked(query)

    def page(self, page: int, size: int) -> list[AskedFollowUp]:
        """Returns a page of all questions, latest first, and one more than `size` if there are more."""
        query = _ASKED.order_by(followups.c.asked_at.desc(), followups.c.id.desc())
        return self._asked(query.offset(page * size).limit(size + 1))

    def figures(self, since: datetime, now: datetime) -> FollowUpFigures:
        """Returns what was asked since then and what came of it."""
        query = select(followups.c.answer, func.count()).where(followups.c.asked_at >= since)
        counts: dict[str | None, int] = dict(self._connection.execute(query.group_by(followups.c.answer)).all())
        said = {cast("FollowUpAnswer", answer): number for answer, number in counts.items() if answer is not None}
        said_at = func.coalesce(initiatives.c.confirmed_at, initiatives.c.changed_at)
        old = select(initiatives.c.answers, said_at).where(said_at <= now - _LONG_AGO)
        silent = sum(unconfirmed(told.get("status"), at, now) for told, at in self._connection.execute(old))
        return FollowUpFigures(sum(counts.values()), said, silent)

    def confirmed(self, person: int) -> dict[str, datetime]:
        """Returns the ids of that person's published reports, each with when they last said how it is."""
        said_at = func.coalesce(reports.c.confirmed_at, reports.c.submitted_at, reports.c.changed_at)
        query = select(reports.c.id, said_at).where(reports.c.person_id == person, reports.c.status == PUBLISHED)
        return {report: at for report, at in self._connection.execute(query) if at is not None}

    def stages(self, report: str) -> Sequence[Stage]:
        """Returns the stages that a report that was sent has had, oldest first; each differs from the one before."""
        query = (
            select(answers.c.value, answers.c.at, answers.c.revision)
            .where(answers.c.report_id == report, answers.c.question == "status")
            .order_by(answers.c.id)
        )
        return stages_in(self._connection.execute(query))

    def _asked(self, query: Any) -> list[AskedFollowUp]:
        rows = self._connection.execute(query).all()
        titles = self._titles({row[1] for row in rows})
        return [
            AskedFollowUp(
                this, report, FollowUp(kind), person, asked_at, answer, answered_at, titles.get(report, ""), occasion
            )
            for this, report, kind, person, asked_at, answer, answered_at, occasion in rows
        ]

    def _titles(self, these: Collection[str]) -> dict[str, str]:
        query = (
            select(answers.c.report_id, answers.c.value)
            .where(answers.c.report_id.in_(these), answers.c.question == "title")
            .order_by(answers.c.id)
        )
        return {report: str(title or "") for report, title in self._connection.execute(query)}

    def _keys(self, these: Collection[str]) -> dict[str, dict[int, str]]:
        """Returns the keys of the questions about these reports that were asked or wait to be, by their ids."""
        query = select(reminders.c.subject, reminders.c.id, reminders.c.key).where(
            reminders.c.subject.in_(these), reminders.c.kind.in_(_KINDS)
        )
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for report, this, key in self._connection.execute(query):
            found[report][this] = key
        return found

    def _ended(self, these: Collection[str]) -> set[str]:
        """Returns those of the reports whose author was asked for results when they said that it ended."""
        said = select(followups.c.report_id, func.max(followups.c.answered_at)).where(
            followups.c.report_id.in_(these), followups.c.answer == "ended"
        )
        ended: dict[str, datetime | None] = dict(self._connection.execute(said.group_by(followups.c.report_id)).all())
        if not ended:
            return set()
        stages = (
            select(answers.c.report_id, answers.c.value, answers.c.at)
            .where(answers.c.report_id.in_(ended), answers.c.question == "status")
            .order_by(answers.c.id)
        )
        going_on = {report: at for report, status, at in self._connection.execute(stages) if status != "finished"}
        nothing = datetime.min.replace(tzinfo=UTC)
        return {report for report, at in ended.items() if at and at > going_on.get(report, nothing)}


def stages_in(said: Iterable[tuple[Any, datetime, int]]) -> list[Stage]:
    """Returns the stages in the answers to the question about it: each with its moment and revision, oldest first."""
    found: list[Stage] = []
    for status, at, revision in said:
        if not isinstance(status, str):
            continue
        if revision == 0:
            found = [Stage(status, at)]  # what was said in a draft is no history
        elif not found or found[-1].status != status:
            found.append(Stage(status, at))
    return found
