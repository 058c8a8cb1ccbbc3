"""Whom an event concerns: those who ticked that they would take part, and those who signed up."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, cast, exists, select

from conversations.model.events.event import EventKind, LibraryEvent
from conversations.model.initiatives import Initiative
from conversations.model.reminders import EventInvited, EventNews
from storage.calls.reminders import Candidate
from storage.models import events, initiatives, people, reminders, reports, sign_ups
from storage.search.initiatives import initiative_of

MOST_SPEAKERS = 8

_UNTOLD = ~exists().where(
    reminders.c.person_id == people.c.id,
    reminders.c.kind == EventInvited.NEW,
    reminders.c.subject == bindparam("event"),
)
_HAS_SIGNED_UP = exists().where(sign_ups.c.person_id == people.c.id, sign_ups.c.event_id == bindparam("event"))

_SIGNED_UP = select(
    sign_ups.c.event_id, sign_ups.c.person_id, sign_ups.c.at, people.c.timezone, sign_ups.c.number, sign_ups.c.sequence
).join(people, people.c.id == sign_ups.c.person_id)


class EventReach:
    """The people whom events concern, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def willing(self, event: LibraryEvent) -> list[Candidate]:
        """Returns those who ticked the offer of this kind in a published report from its country, on one of its themes,
        and who were not told of the event yet and have not signed up; each once, by id.
        """
        found: dict[int, Candidate] = {}
        for person, timezone, initiative in self._offers(event, event.kind, _UNTOLD, ~_HAS_SIGNED_UP):
            found.setdefault(person, Candidate(event.id, person, initiative.published_at, timezone))
        return [found[person] for person in sorted(found)]

    def speakers(self, event: LibraryEvent) -> list[Initiative]:
        """Returns up to MOST_SPEAKERS initiatives whose authors offered to speak at a theme day, newest first, one of
        each library.
        """
        found: dict[str, Initiative] = {}
        for _person, _timezone, initiative in self._offers(event, "theme_day"):
            if initiative.sharing != "coordinators":
                found.setdefault(initiative.library_key or initiative.library, initiative)
        return list(found.values())[:MOST_SPEAKERS]

    def promoted(self, now: datetime) -> list[tuple[Candidate, int]]:
        """Returns those who got a place from the waiting list of an event that has not begun and are not told of it
        yet, each with the number of their sign-up.
        """
        told = (sign_ups.c.event_id + ":" + cast(sign_ups.c.number, Text)) == reminders.c.subject
        query = _SIGNED_UP.join(events, events.c.id == sign_ups.c.event_id).where(
            sign_ups.c.state == "coming",
            sign_ups.c.promoted,
            events.c.status == "published",
            events.c.starts_at > now,
            ~_told(EventNews.PLACE, told),
        )
        return [(_candidate(row), row[4]) for row in self._connection.execute(query)]

    def to_tell_changes(self, now: datetime) -> list[tuple[Candidate, int]]:
        """Returns those who signed up for an event that is not over before it last changed and are not told of it yet,
        each with the sequence of that change.
        """
        told = (events.c.id + ":" + cast(events.c.sequence, Text)) == reminders.c.subject
        query = (
            _SIGNED_UP.add_columns(events.c.sequence)
            .join(events, events.c.id == sign_ups.c.event_id)
            .where(
                sign_ups.c.state.in_(("coming", "waiting")),
                events.c.status == "published",
                events.c.ends_at > now,
                sign_ups.c.sequence < events.c.sequence,
                ~_told(EventNews.CHANGED, told),
            )
        )
        return [(_candidate(row), row[6]) for row in self._connection.execute(query)]

    def to_tell_cancelled(self, now: datetime) -> list[Candidate]:
        """Returns those who signed up for an event that is cancelled and would not be over, and are not told yet."""
        query = _SIGNED_UP.join(events, events.c.id == sign_ups.c.event_id).where(
            sign_ups.c.state.in_(("coming", "waiting")),
            events.c.status == "cancelled",
            events.c.ends_at > now,
            ~_told(EventNews.CANCELLED, events.c.id == reminders.c.subject),
        )
        return [_candidate(row) for row in self._connection.execute(query)]

    def who_comes(self, event: str) -> list[Candidate]:
        """Returns those who have a place, and since when they signed up."""
        query = _SIGNED_UP.where(sign_ups.c.event_id == event, sign_ups.c.state == "coming")
        return [_candidate(row) for row in self._connection.execute(query)]

    def told_sequence(self, event: str, person: int, before: int) -> int:
        """Returns the last change below `before` that the person knows: told of, or made before they signed up."""
        known = self._connection.scalar(
            select(sign_ups.c.sequence).where(sign_ups.c.event_id == event, sign_ups.c.person_id == person)
        )
        told = self._connection.scalars(
            select(reminders.c.subject).where(
                reminders.c.person_id == person,
                reminders.c.kind == EventNews.CHANGED,
                reminders.c.state == "told",
                reminders.c.subject.startswith(f"{event}:", autoescape=True),
            )
        )
        numbers = (int(subject.rpartition(":")[2]) for subject in told)
        return max((known or 0, *(number for number in numbers if number < before)))

    def timezone_of(self, person: int) -> str | None:
        """Returns the person's time zone; None if the bot does not reach them."""
        query = select(people.c.timezone).where(people.c.id == person, people.c.stopped_at.is_(None))
        return self._connection.scalar(query)

    def _offers(
        self, event: LibraryEvent, offer: EventKind, *where: ColumnElement[bool]
    ) -> Iterator[tuple[int, str, Initiative]]:
        """Yields who made that offer, their time zone and the initiative, newest first."""
        query: Select[*tuple[Any, ...]] = (
            select(people.c.id, people.c.timezone, initiatives)
            .join(reports, reports.c.id == initiatives.c.report_id)
            .join(people, people.c.id == reports.c.person_id)
            .where(
                people.c.stopped_at.is_(None),
                people.c.id != event.organiser,
                # Only those that may have ticked it are read; what they ticked is looked at below.
                cast(initiatives.c.answers, Text).contains(f'"{offer}"', autoescape=True),
                *((initiatives.c.country == event.country,) if event.country else ()),
                *where,
            )
            .order_by(initiatives.c.published_at.desc(), initiatives.c.report_id)
        )
        for person, timezone, *row in self._connection.execute(query, {"event": event.id}):
            initiative = initiative_of(row)
            if offer in initiative.chosen("contribute") and _is_about(initiative, event):
                yield person, timezone, initiative


def _is_about(initiative: Initiative, event: LibraryEvent) -> bool:
    return not event.themes or not {*event.themes}.isdisjoint(initiative.told_themes)


def _told(kind: EventNews, about: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a message of that kind about this was planned for the person."""
    return exists().where(reminders.c.person_id == sign_ups.c.person_id, reminders.c.kind == kind, about)


def _candidate(row: Any) -> Candidate:
    event, person, at, timezone, *_rest = row
    return Candidate(event, person, at, timezone)
