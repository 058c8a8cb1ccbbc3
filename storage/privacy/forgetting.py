"""Erasure of people, or of contact details alone. Erasures are recorded by ids, so that they can be repeated.

A restored backup contains everybody it contained when it was made. Therefore each erasure is a row, and a line in a
file beside the database (bot/jobs/housekeeping.py); a restore repeats the erasures that the backup does not know.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from json import dumps
from typing import Any, Literal, cast

from sqlalchemy import Column, ColumnElement, Connection, Table, Text, delete, func, insert, or_, select, update
from sqlalchemy import cast as as_type

from storage.engine.columns import as_json
from storage.events.events import Events
from storage.events.sign_ups import SignUps
from storage.messages.outbox import ended, text_of
from storage.models import (
    answers,
    audit,
    contacts_given,
    deliveries,
    digest_issues,
    digest_subscriptions,
    digests,
    erasures,
    experts,
    inbox,
    initiatives,
    invitations,
    nominations,
    notes,
    outbox,
    pairings,
    people,
    personal_answers,
    reminders,
    reports,
    reviews,
    sessions,
)
from storage.privacy.personal_columns import HELD, Subject, hanging_on
from storage.search.search import forget

Kind = Literal["person", "contacts", "expert", "named", "resource_person"]

RESOURCE_PERSON = ("resource_person", "resource_person_knows")
"""The questions of a report about its resource person, whose answers go as soon as that person has answered."""

GONE_ANYWAY = ("draft", "withdrawn", "declined")
"""Reports that nobody reads: they are always erased with their author."""

DELETABLE = timedelta(hours=48)
"""The age up to which a bot can delete a message in a chat."""


SHORTEST = 4
"""The shortest name that is searched for in messages; shorter ones match everywhere."""


@dataclass(frozen=True, slots=True, order=True)
class Erasure:
    """What was erased and when: a person (their id), the contact details of a report, or a resource person.

    Of resource persons it is their own entry (`expert`, its id), the name of somebody who was named and asked (`named`,
    the nomination's id), and what the report says about them (`resource_person`, the report's id). `reports`: whether
    the person's reports were erased too.
    """

    at: datetime
    kind: Kind
    subject: str
    reports: bool = False


class Forgetting:
    """Erasure, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def person(self, person: int, now: datetime, *, reports_too: bool) -> None:
        """Erase everything about the person but the id; their reports stay as their library's, or are erased too.

        Rows of published initiatives and their deliveries stay, so that the caller can tell subscribers first.
        """
        self._note(Erasure(now, "person", str(person), reports_too))
        for this in self._connection.scalars(select(experts.c.id).where(experts.c.person_id == person)).all():
            self.expert(this, now)
        self._forget(person, now, reports_too, besides=(initiatives, deliveries))

    def contacts(self, report: str, now: datetime) -> None:
        """Erase the names and addresses in the report, earlier ones too."""
        self._note(Erasure(now, "contacts", report))
        self._connection.execute(delete(personal_answers).where(personal_answers.c.report_id == report))

    def expert(self, this: str, now: datetime) -> None:
        """Erase the entry of a resource person, what was written to them because of it, and what they wrote about
        themselves.
        """
        self._note(Erasure(now, "expert", this))
        self._forget_expert(this)

    def named(self, nomination: str, now: datetime) -> None:
        """Erase the name of somebody who was named as a resource person, and what the report says about that person."""
        self._note(Erasure(now, "named", nomination))
        of_this = select(nominations.c.report_id, nominations.c.name).where(nominations.c.id == nomination)
        for report, name in self._connection.execute(of_this).all():
            if name and name in self._resource_persons(report):
                self._note(Erasure(now, "resource_person", report))
                self._forget_resource_person(report, now)
        self._forget_named(nomination)

    def _resource_persons(self, report: str) -> set[str]:
        """Returns the names and addresses in the report's answers about its resource person, earlier ones too."""
        said = select(personal_answers.c.value).where(
            personal_answers.c.report_id == report, personal_answers.c.question == RESOURCE_PERSON[0]
        )
        return {part for value in self._connection.scalars(said) for part in (value or {}).values()}

    def contact_messages(self, person: int, chat: int, report: str, now: datetime) -> list[int]:
        """Returns the messages of the chat that contain contact details of the report and that a bot can delete.

        These are the messages in which the person wrote them, and the bot's messages that still show them.
        """
        since = now - DELETABLE
        found = self._connection.execute(
            select(personal_answers.c.message_id, personal_answers.c.value, personal_answers.c.at).where(
                personal_answers.c.report_id == report, personal_answers.c.person_id == person
            )
        ).all()
        written = {message for message, _value, at in found if message and at > since}
        named = {part for _message, value, _at in found for part in _named(value)}
        return sorted(written | self._showing(chat, named, since))

    def _showing(self, chat: int, named: Collection[str], since: datetime) -> set[int]:
        rows = self._connection.execute(
            select(outbox.c.message_id, outbox.c.payload)
            .where(outbox.c.chat_id == chat, outbox.c.created_at > since, outbox.c.message_id.is_not(None))
            .order_by(outbox.c.id)
        )
        shows = {message: any(part in text_of(payload) for part in named) for message, payload in rows}
        return {message for message, it_does in shows.items() if it_does and message is not None}

    def words(self, person: int, report: str, said: str) -> None:
        """Erase `said`, which the person took out of their report, from all that is kept beside its present answers.

        In a draft these are earlier answers; and the messages in which the person wrote it and was shown it.
        """
        ways = sorted({said, escape(said, quote=False), as_json(said)[1:-1], dumps(said)[1:-1]})
        of_draft = select(reports.c.id).where(reports.c.id == report, reports.c.status == "draft")
        had = _has(ways, answers.c.value, answers.c.said, answers.c.parts)
        self._connection.execute(delete(answers).where(answers.c.report_id.in_(of_draft), had))
        row = self._connection.execute(
            select(people.c.telegram_id, people.c.chat_id).where(people.c.id == person)
        ).one()
        for table, whose, nothing in (
            (inbox, inbox.c.lane == row.telegram_id, "{}"),
            (outbox, outbox.c.chat_id == row.chat_id, {}),
        ):
            theirs = (whose, table.c.state != "pending", _has(ways, table.c.payload))
            self._connection.execute(update(table).where(*theirs).values(payload=nothing))

    def again(self, known: Iterable[Erasure]) -> int:
        """Repeat those of the `known` erasures that this restored database still needs; returns how many."""
        here = set(self.journal())
        missing = sorted(set(known) - here)
        for erasure in missing:
            self._note(erasure)
            if erasure.kind == "contacts":
                of_report = (personal_answers.c.report_id == erasure.subject, personal_answers.c.at <= erasure.at)
                self._connection.execute(delete(personal_answers).where(*of_report))
            elif erasure.kind == "expert":
                self._forget_expert(erasure.subject)
            elif erasure.kind == "named":
                self._forget_named(erasure.subject)
            elif erasure.kind == "resource_person":
                self._forget_resource_person(erasure.subject, erasure.at)
            elif self._is_the_same(erasure):
                self._forget(int(erasure.subject), erasure.at, erasure.reports)
        return len(missing)

    def journal(self) -> list[Erasure]:
        """Returns all erasures, oldest first."""
        return list(self.journal_after(0, None).values())

    def journal_after(self, number: int, most: int | None) -> dict[int, Erasure]:
        """Returns up to `most` (None: all) erasures after `number`, by their number, lowest first."""
        found = select(erasures).where(erasures.c.id > number).order_by(erasures.c.id).limit(most)
        rows = self._connection.execute(found)
        return {row.id: Erasure(row.at, cast("Kind", row.kind), row.subject, row.reports) for row in rows}

    def _note(self, erasure: Erasure) -> None:
        last = self._connection.scalar(select(func.coalesce(func.max(outbox.c.id), 0)))
        self._connection.execute(
            insert(erasures),
            {
                "at": erasure.at,
                "kind": erasure.kind,
                "subject": erasure.subject,
                "reports": erasure.reports,
                "last_row": last,
                "settled_at": None,
            },
        )

    def _is_the_same(self, erasure: Erasure) -> bool:
        """Returns whether the id still belongs to that person: an older database may have given it to another one
        since.
        """
        found = select(people.c.id).where(
            people.c.id == int(erasure.subject), people.c.created_at <= erasure.at, people.c.forgotten_at.is_(None)
        )
        return self._connection.scalar(found) is not None

    def _forget(self, person: int, now: datetime, reports_too: bool, besides: Collection[Table] = ()) -> None:
        row = self._connection.execute(select(people).where(people.c.id == person)).one()
        subject = Subject(person, row.telegram_id, row.chat_id)
        self._give_back_places(person)
        self._end_what_runs(subject, now)  # first, because notes and proposals are deleted with reports
        self._forget_reports(person, reports_too, besides)
        for held in HELD:
            if held.goes:
                for table, column in hanging_on(held.table):
                    keys = select(*held.table.primary_key).where(held.of(subject))
                    self._connection.execute(delete(table).where(column.in_(keys)))
                self._connection.execute(delete(held.table).where(held.of(subject)))
            elif held.emptied:
                theirs = update(held.table).where(held.of(subject), *_done(held.table))
                self._connection.execute(theirs.values(held.emptied))
        gone = {"forgotten_at": now, "stopped_at": now}
        self._connection.execute(update(people).where(people.c.id == person).values(gone))

    def _forget_expert(self, this: str) -> None:
        for person in self._connection.scalars(select(experts.c.person_id).where(experts.c.id == this)).all():
            about = select(notes.c.id).where(notes.c.expert_id == this)
            self._connection.execute(delete(contacts_given).where(contacts_given.c.about.in_(about)))
            self._connection.execute(delete(notes).where(notes.c.expert_id == this))
            agreed = nominations.c.person_id == person
            self._connection.execute(update(nominations).where(agreed).values(person_id=None, name=""))
            self._connection.execute(delete(experts).where(experts.c.id == this))
            self._connection.execute(delete(reminders).where(reminders.c.subject == this))
            self._empty_written(person)
        self._leave(this)

    def _forget_named(self, nomination: str) -> None:
        of_this = nominations.c.id == nomination
        for person in self._connection.scalars(select(nominations.c.named_by).where(of_this)).all():
            self._empty_written(person)
        asked = (of_this, nominations.c.state == "asked")
        self._connection.execute(update(nominations).where(*asked).values(state="taken_back"))
        self._connection.execute(update(nominations).where(of_this).values(name=""))
        self._leave(nomination)

    def _forget_resource_person(self, report: str, at: datetime) -> None:
        these = (
            personal_answers.c.report_id == report,
            personal_answers.c.question.in_(RESOURCE_PERSON),
            personal_answers.c.at <= at,
        )
        for person in self._connection.scalars(select(personal_answers.c.person_id).where(*these).distinct()).all():
            if person is not None:
                self._empty_written(person)
        self._connection.execute(delete(personal_answers).where(*these))

    def _leave(self, this: str) -> None:
        """Move everybody out of the flow in which they describe the entry or nomination with this id."""
        stands = as_type(sessions.c.position, Text).contains(f'"{this}"', autoescape=True)
        self._connection.execute(update(sessions).where(stands).values(position=None))

    def _empty_written(self, person: int) -> None:
        """Empty the handled messages of a person who wrote a name that is erased; messages to them have its id."""
        lane = select(people.c.telegram_id).where(people.c.id == person).scalar_subquery()
        handled = (inbox.c.lane == lane, inbox.c.state != "pending")
        self._connection.execute(update(inbox).where(*handled).values(payload="{}"))

    def _forget_reports(self, person: int, reports_too: bool, besides: Collection[Table]) -> None:
        own = select(reports.c.id).where(reports.c.person_id == person)
        if not reports_too:
            own = own.where(or_(reports.c.status.in_(GONE_ANYWAY), reports.c.discarded_at.is_not(None)))
        these = list(self._connection.scalars(own))
        self.erase_reports(these, besides)
        mine = select(reports.c.id).where(reports.c.person_id == person)
        # Those that the person gave in a report which somebody else has taken over go too.
        theirs = or_(personal_answers.c.report_id.in_(mine), personal_answers.c.person_id == person)
        self._connection.execute(delete(personal_answers).where(theirs))
        as_said = {"said": "", "parts": None, "message_id": 0}
        self._connection.execute(update(answers).where(answers.c.person_id == person).values(as_said))

    def erase_reports(self, these: Collection[str], besides: Collection[Table] = ()) -> None:
        """Erase these reports; of those that were sent, only the id and the status stay."""
        forget(self._connection, list(these))
        for report in these:
            for table, column in hanging_on(reports):
                if table not in besides:
                    self._connection.execute(delete(table).where(column == report))
            emptied = {"old": None, "new": None}
            self._connection.execute(update(audit).where(audit.c.report_id == report).values(emptied))
            told = as_type(digests.c.content, Text).contains(f'"{report}"', autoescape=True)
            kept = select(digests.c.id).where(told)
            self._connection.execute(
                update(digest_issues).where(digest_issues.c.digest_id.in_(kept)).values(digest_id=None)
            )
            self._connection.execute(delete(digests).where(told))
            author = select(reports.c.person_id).where(reports.c.id == report)
            stands = (sessions.c.person_id.in_(author), as_type(sessions.c.position, Text).contains(f'"{report}"'))
            self._connection.execute(update(sessions).where(*stands).values(position=None))
            self._connection.execute(delete(reminders).where(reminders.c.subject == report))
            of_this = reports.c.id == report
            sent = update(reports).where(of_this, reports.c.status != "draft")
            self._connection.execute(sent.values(status="withdrawn", place={}))
            self._connection.execute(delete(reports).where(of_this, reports.c.status == "draft"))

    def _give_back_places(self, person: int) -> None:
        """Withdraw the person's sign-ups, so that those who wait get the places; their drafts of events go."""
        events, signed_up = Events(self._connection), SignUps(self._connection)
        for this in signed_up.of_person(person):
            if event := events.locked(this):
                signed_up.withdraw(this, person)
                signed_up.fill(this, event.places)
        events.drop_drafts(person)

    def _end_what_runs(self, subject: Subject, now: datetime) -> None:
        mine = select(digest_subscriptions.c.id).where(digest_subscriptions.c.person_id == subject.person)
        self._connection.execute(delete(digest_issues).where(digest_issues.c.subscription_id.in_(mine)))
        of_both = select(notes.c.id).where(
            or_(notes.c.sender_id == subject.person, notes.c.recipient_id == subject.person)
        )
        self._connection.execute(delete(contacts_given).where(contacts_given.c.about.in_(of_both)))
        paired = select(pairings.c.id).where(
            or_(pairings.c.first_id == subject.person, pairings.c.second_id == subject.person)
        )
        proposals = [f"pairing:{this}" for this in self._connection.scalars(paired)]
        self._connection.execute(delete(contacts_given).where(contacts_given.c.about.in_(proposals)))
        open_ones = (invitations.c.made_by == subject.person, invitations.c.revoked_at.is_(None))
        self._connection.execute(update(invitations).where(*open_ones).values(revoked_at=now))
        asked = (nominations.c.named_by == subject.person, nominations.c.state == "asked")
        self._connection.execute(update(nominations).where(*asked).values(state="taken_back"))
        held = reviews.c.claimed_by == subject.person
        self._connection.execute(update(reviews).where(held).values(claimed_by=None, claimed_at=None))
        theirs = or_(outbox.c.chat_id == subject.chat, outbox.c.person_id == subject.person)
        waiting = update(outbox).where(theirs, outbox.c.state == "pending")
        self._connection.execute(waiting.values(ended("cancelled")))


def _has(ways: Iterable[str], *columns: Column[Any]) -> ColumnElement[bool]:
    """The condition that one of the columns contains words that are written in one of these ways."""
    return or_(*(as_type(column, Text).contains(way, autoescape=True) for way in ways for column in columns))


def _named(value: Any) -> list[str]:
    """Returns the names and addresses in a personal answer, as they appear in messages."""
    parts = value.values() if isinstance(value, dict) else ()
    return [escape(part, quote=False) for part in parts if isinstance(part, str) and len(part) >= SHORTEST]


def _done(table: Table) -> tuple[ColumnElement[bool], ...]:
    """Returns the condition for finished rows. Updates that wait stay: they come from the person who returns."""
    return (inbox.c.state != "pending",) if table is inbox else ()
