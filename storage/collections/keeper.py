"""Stores the outcomes about collections, and an audit entry for each change: who, when, old and new value."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import AboutCollections, CollectionChanged, CollectionFollowed, CollectionStarted
from storage.collections.collections import Collections
from storage.people.audit import Audit, Entry


class CollectionsKeeper:
    """Stores what `person` did about collections in one turn."""

    def __init__(self, collections: Collections, audit: Audit, person: int, now: datetime) -> None:
        self._collections = collections
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutCollections) -> None:
        """Store `outcome`."""
        match outcome:
            case CollectionStarted(slug, language, title):
                self._collections.start(outcome, self._person, self._now)
                self._note("collection started", slug, None, new={language: title})
            case CollectionChanged(slug, what, value):
                before = self._collections.change(outcome, self._now)
                self._note("collection changed", slug, what, old=before, new=value)
            case CollectionFollowed(slug, follows):
                self._collections.follow(slug, self._person, self._now, follows=follows)
            case _:
                assert_never(outcome)

    def _note(self, action: str, slug: str, what: str | None, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, what, old, new), subject=slug)
