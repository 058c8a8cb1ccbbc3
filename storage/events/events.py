"""Events: what organisers post."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from conversations.model.events.event import LibraryEvent, changed, content_of, published, value_of, with_content
from conversations.model.outcomes import EventChanged
from storage.models import events

_COLUMNS = (
    events.c.id,
    events.c.organiser_id,
    events.c.kind,
    events.c.language,
    events.c.status,
    events.c.timezone,
    events.c.sequence,
    events.c.changes,
    events.c.came_of,
    events.c.published_at,
    events.c.changed_at,
    events.c.content,
    events.c.draft,
)


class Events:
    """The events, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def one(self, this: str) -> LibraryEvent | None:
        """Returns the event as readers see it; None: it was never published."""
        return self._first(select(*_COLUMNS).where(events.c.id == this))

    def locked(self, this: str) -> LibraryEvent | None:
        """Returns the same, locked until the transaction ends: the next sign-up sees who has a place."""
        return self._first(select(*_COLUMNS).where(events.c.id == this).with_for_update())

    def draft(self, this: str) -> LibraryEvent | None:
        """Returns the event as its organiser has it before them."""
        for row in self._connection.execute(select(*_COLUMNS).where(events.c.id == this)):
            return _draft(row)
        return None

    def held(self, this: str) -> bool:
        """Returns whether the draft differs from what readers see."""
        for content, draft in self._connection.execute(
            select(events.c.content, events.c.draft).where(events.c.id == this)
        ):
            return content is not None and bool(content != draft)
        return False

    def coming(self, now: datetime) -> list[LibraryEvent]:
        """Returns the published events that are not over at `now`, the next first."""
        query = (
            select(*_COLUMNS)
            .where(events.c.status == "published", events.c.ends_at > now)
            .order_by(events.c.starts_at, events.c.id)
        )
        return self._all(query)

    def published(self) -> list[LibraryEvent]:
        """Returns every event that was ever published, also cancelled ones, the latest first."""
        query = (
            select(*_COLUMNS)
            .where(events.c.status.in_(("published", "cancelled")), events.c.content.is_not(None))
            .order_by(events.c.starts_at.desc(), events.c.id)
        )
        return self._all(query)

    def ended_between(self, start: datetime, end: datetime) -> list[LibraryEvent]:
        """Returns the published events that ended from `start` up to, not including, `end`, the first to end first."""
        query = (
            select(*_COLUMNS)
            .where(events.c.status == "published", events.c.ends_at >= start, events.c.ends_at < end)
            .order_by(events.c.ends_at, events.c.id)
        )
        return self._all(query)

    def told_of(self, start: datetime, end: datetime) -> list[LibraryEvent]:
        """Returns the events of which it was told from `start` up to, not including, `end`, what came of them."""
        query = (
            select(*_COLUMNS)
            .where(events.c.told_at >= start, events.c.told_at < end)
            .order_by(events.c.told_at, events.c.id)
        )
        return self._all(query)

    def posted_by(self, person: int) -> list[LibraryEvent]:
        """Returns the drafts and events of that organiser, the latest first."""
        query = (
            select(*_COLUMNS)
            .where(events.c.organiser_id == person)
            .order_by(events.c.created_at.desc(), events.c.id.desc())
        )
        return [_draft(row) for row in self._connection.execute(query)]

    def start(self, event: LibraryEvent, now: datetime) -> None:
        """Store a new event as a draft."""
        self._connection.execute(
            insert(events),
            {
                "id": event.id,
                "organiser_id": event.organiser,
                "kind": event.kind,
                "language": event.language,
                "status": event.status,
                "timezone": event.timezone,
                "draft": content_of(event),
                "content": None,
                "sequence": 0,
                "changes": {},
                "came_of": "",
                "told_at": None,
                "starts_at": None,
                "ends_at": None,
                "created_at": now,
                "published_at": None,
                "changed_at": None,
            },
        )

    def change(self, change: EventChanged) -> Any:
        """Change the draft; returns the previous value."""
        before = self.draft(change.event)
        if before is None:
            return None
        self._set(change.event, draft=content_of(changed(before, change.what, change.value)))
        return value_of(before, change.what)

    def publish(self, this: str, now: datetime) -> LibraryEvent | None:
        """Make the draft what readers see; None: it has no days, or the event was cancelled."""
        before, draft = self.locked(this), self.draft(this)
        if draft is None or draft.when is None or draft.status == "cancelled":
            return None
        event = published(before, draft, now)
        self._set(
            this,
            status=event.status,
            content=content_of(event),
            sequence=event.sequence,
            changes=dict(event.changes),
            starts_at=draft.when.starts_at(event.zone),
            ends_at=draft.when.ends_at(event.zone),
            published_at=event.published_at,
            changed_at=now,
        )
        return event

    def drop(self, this: str) -> None:
        """Throw the draft away; of a published event, its unpublished changes."""
        unseen = (events.c.id == this, events.c.content.is_(None))
        self._connection.execute(delete(events).where(*unseen))
        if (event := self.one(this)) is not None:
            self._set(this, draft=content_of(event))

    def drop_drafts(self, organiser: int) -> None:
        """Throw away what the organiser began and never published."""
        unseen = (events.c.organiser_id == organiser, events.c.content.is_(None))
        self._connection.execute(delete(events).where(*unseen))

    def cancel(self, this: str, now: datetime) -> bool:
        """Cancel the event; False: it is not published, or was cancelled already."""
        change = (
            update(events)
            .where(events.c.id == this, events.c.status == "published")
            .values(status="cancelled", sequence=events.c.sequence + 1, changed_at=now)
        )
        return bool(self._connection.execute(change).rowcount)

    def tell_of(self, this: str, words: str, now: datetime) -> None:
        """Store what came of the event."""
        self._set(this, came_of=words, told_at=now)

    def _set(self, this: str, **values: Any) -> None:
        self._connection.execute(update(events).where(events.c.id == this).values(values))

    def _first(self, query: Select[*tuple[Any, ...]]) -> LibraryEvent | None:
        return next(iter(self._all(query)), None)

    def _all(self, query: Select[*tuple[Any, ...]]) -> list[LibraryEvent]:
        rows = self._connection.execute(query).all()
        return [event for row in rows if (event := event_of(row)) is not None]


def event_of(row: Sequence[Any]) -> LibraryEvent | None:
    """Returns the event of a row as readers see it; None: it was never published."""
    *_parts, content, _written = row
    return None if content is None else with_content(_bare(row), content)


def _draft(row: Sequence[Any]) -> LibraryEvent:
    return with_content(_bare(row), row[-1])


def _bare(row: Sequence[Any]) -> LibraryEvent:
    """Returns the event without what its organiser sets."""
    this, organiser, kind, language, status, timezone, sequence, changes, came_of, published_at, changed_at, *_rest = (
        row
    )
    return LibraryEvent(
        this,
        organiser,
        kind,
        language,
        status,
        timezone=timezone,
        sequence=sequence,
        changes=changes,
        came_of=came_of,
        published_at=published_at,
        changed_at=changed_at,
    )
