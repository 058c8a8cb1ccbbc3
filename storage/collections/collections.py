"""Collections of published initiatives, in the order that their coordinator chose."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from conversations.model.collections.collection import InitiativeCollection, changed
from conversations.model.outcomes import CollectionChanged, CollectionStarted
from conversations.model.reviews import Reporter
from storage.engine.inserting import insert_unless_there
from storage.models import collected, collection_followers, collections, initiatives, people

_COLUMNS = (
    collections.c.slug,
    collections.c.language,
    collections.c.made_by,
    collections.c.status,
    collections.c.titles,
    collections.c.introductions,
)
_FOLLOW = insert_unless_there(collection_followers, "slug", "person_id", returning=(collection_followers.c.slug,))


class Collections:
    """The collections, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def whole(self, slug: str) -> InitiativeCollection | None:
        """Returns the collection with that slug in any status; None: there is none."""
        return next(iter(self._found(_ALL.where(collections.c.slug == slug))), None)

    def all(self) -> list[InitiativeCollection]:
        """Returns every collection, last changed first."""
        return self._found(_ALL)

    def having(self, report: str) -> list[InitiativeCollection]:
        """Returns the collections that have this initiative, last changed first."""
        these = select(collected.c.slug).where(collected.c.report_id == report)
        return [each for each in self._found(_ALL.where(collections.c.slug.in_(these))) if report in each.reports]

    def start(self, started: CollectionStarted, person: int, now: datetime) -> None:
        """Store a new collection as a draft, which only coordinators see until it is published."""
        self._connection.execute(
            insert(collections),
            {
                "slug": started.slug,
                "language": started.language,
                "status": "draft",
                "titles": {started.language: started.title},
                "introductions": {},
                "made_by": person,
                "created_at": now,
                "changed_at": now,
            },
        )

    def change(self, change: CollectionChanged, now: datetime) -> Any:
        """Store a change; returns the previous value."""
        before = self.whole(change.slug)
        if before is None:
            return None
        after = changed(before, change.what, change.value)
        self._connection.execute(
            update(collections)
            .where(collections.c.slug == change.slug)
            .values(
                status=after.status,
                titles=dict(after.titles),
                introductions=dict(after.introductions),
                changed_at=now,
            )
        )
        if change.what != "reports":
            return {name: getattr(before, name) for name in ("status", "titles", "introductions")}[change.what]
        self._connection.execute(delete(collected).where(collected.c.slug == change.slug))
        rows = [{"slug": change.slug, "report_id": each, "place": at} for at, each in enumerate(after.reports)]
        if rows:
            self._connection.execute(insert(collected), rows)
        return list(before.reports)

    def follow(self, slug: str, person: int, now: datetime, *, follows: bool) -> None:
        """Store that the person follows the collection from now on, or no longer."""
        if follows:
            row = {"slug": slug, "person_id": person, "since": now}
            self._connection.execute(_FOLLOW[self._connection.dialect.name], row)
        else:
            theirs = (collection_followers.c.slug == slug, collection_followers.c.person_id == person)
            self._connection.execute(delete(collection_followers).where(*theirs))

    def follows(self, slug: str, person: int) -> bool:
        """Returns whether the person follows the collection."""
        query = select(collection_followers.c.slug).where(
            collection_followers.c.slug == slug, collection_followers.c.person_id == person
        )
        return self._connection.scalar(query) is not None

    def followers(self, slug: str) -> list[Reporter]:
        """Returns who follows the collection and has not stopped the bot, first come first."""
        query = (
            select(people.c.id, people.c.language)
            .join(collection_followers, collection_followers.c.person_id == people.c.id)
            .where(collection_followers.c.slug == slug, people.c.stopped_at.is_(None), people.c.forgotten_at.is_(None))
            .order_by(collection_followers.c.since, people.c.id)
        )
        return [Reporter(person, language) for person, language in self._connection.execute(query)]

    def _found(self, query: Select[Any]) -> list[InitiativeCollection]:
        rows = self._connection.execute(query).all()
        reports = self._reports([row[0] for row in rows])
        return [replace(InitiativeCollection(*row), reports=tuple(reports.get(row[0], ()))) for row in rows]

    def _reports(self, slugs: Iterable[str]) -> dict[str, Sequence[str]]:
        """The initiatives of each collection that can still be shown, in order."""
        query = (
            select(collected.c.slug, collected.c.report_id)
            .join(initiatives, initiatives.c.report_id == collected.c.report_id)
            .where(collected.c.slug.in_(list(slugs)), initiatives.c.sharing != "coordinators")
            .order_by(collected.c.slug, collected.c.place)
        )
        found: dict[str, list[str]] = {}
        for slug, report in self._connection.execute(query):
            found.setdefault(slug, []).append(report)
        return dict(found)


_ALL = select(*_COLUMNS).order_by(collections.c.changed_at.desc(), collections.c.slug)
