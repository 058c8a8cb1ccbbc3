"""Stores the outcomes about digests, export files and the audit trail."""

from datetime import datetime
from typing import assert_never

from conversations.model.digests.looking import Weekly
from conversations.model.outcomes import (
    AboutDigests,
    AuditExported,
    DigestMade,
    DigestUnwanted,
    DigestWanted,
    ExportAsked,
    ExportCancelled,
)
from storage.digests.digests import Digests
from storage.people.audit import Audit, Entry
from storage.reports.exports import Exports


class DigestsKeeper:
    """Stores what `person` did about digests and exports in one turn."""

    def __init__(self, digests: Digests, exports: Exports, audit: Audit, person: int, now: datetime) -> None:
        self._digests = digests
        self._exports = exports
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutDigests, language: str) -> None:
        """Store `outcome`. Exports of reports get an audit entry."""
        match outcome:
            case DigestMade(this, digest):
                self._digests.keep(this, digest)
            case DigestWanted(chat, weekday, hour, timezone):
                self._digests.subscribe(Weekly(0, chat, weekday, hour, timezone), self._now)
            case DigestUnwanted(chat):
                self._digests.unsubscribe(chat)
            case ExportAsked(this, form, with_contacts):
                self._exports.ask(this, self._person, form, with_contacts, language, self._now)
                told = {"format": form, "with_contacts": with_contacts}
                self._audit.add(Entry(self._now, self._person, "exported", new=told))
            case ExportCancelled(this):
                self._exports.end(this, "cancelled")
            case AuditExported():
                self._audit.add(Entry(self._now, self._person, "audit exported"))
            case _:
                assert_never(outcome)
