"""The rest of an erasure: messages that were still on their way, and copies that others were shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, Text, false, func, or_, select, update
from sqlalchemy import cast as as_type

from storage.models import attachments, erasures, inbox, outbox, reports
from storage.privacy.personal_columns import EMPTIED_MESSAGE
from storage.search.wiping import empty_journal

TOGETHER = 2000
"""Rows of the outbox that one transaction reads: a few milliseconds."""


@dataclass(frozen=True, slots=True)
class PendingErasure:
    """An erasure that may have left something. `reports` are the ids of what was erased:
    reports whose contacts or content went, and of resource persons their entry or nomination.
    """

    id: int
    person: int | None
    reports: Sequence[str]
    last_row: int


class ErasureFollowup:
    """Removes what erasures left, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self) -> PendingErasure | None:
        """Returns the oldest erasure that is not finished; None: all are."""
        found = select(erasures).where(erasures.c.settled_at.is_(None)).order_by(erasures.c.id).limit(1)
        for row in self._connection.execute(found):
            if row.kind != "person":  # all others are about one thing, whose id stands in every message about it
                return PendingErasure(row.id, None, [row.subject], row.last_row)
            person = int(row.subject)
            theirs = list(self._connection.scalars(select(reports.c.id).where(reports.c.person_id == person)))
            return PendingErasure(row.id, person, theirs, row.last_row)
        return None

    def shown_to_others(self, unsettled: PendingErasure, after: int) -> int | None:
        """Empty messages about its reports in TOGETHER rows after `after`; returns the last row read, None: done."""
        return self._empty(outbox, {}, unsettled, after)

    def brought_by_others(self, unsettled: PendingErasure, after: int) -> int | None:
        """Empty incoming updates about them too: Telegram sends the text of a message with each press of a button."""
        return self._empty(inbox, "{}", unsettled, after)

    def _empty(self, table: Table, nothing: Any, unsettled: PendingErasure, after: int) -> int | None:
        if not unsettled.reports:
            return None
        rows = select(table.c.id).where(table.c.id > after)
        last = self._connection.scalar(select(func.max(rows.order_by(table.c.id).limit(TOGETHER).subquery().c.id)))
        if last is None:
            return None
        ended = (table.c.id > after, table.c.id <= last, table.c.state != "pending", _speaks_of(table, unsettled))
        self._connection.execute(update(table).where(*ended).values(payload=nothing))
        return int(last)

    def last_words(self, unsettled: PendingErasure) -> bool:
        """Empty later messages to a forgotten person; False while one, or one about their reports, is on its way."""
        since = outbox.c.id > unsettled.last_row
        theirs = false() if unsettled.person is None else outbox.c.person_id == unsettled.person
        sent = update(outbox).where(since, theirs, outbox.c.state != "pending")
        self._connection.execute(sent.values(EMPTIED_MESSAGE))
        waiting = select(outbox.c.id).where(
            since, outbox.c.state == "pending", or_(theirs, _speaks_of(outbox, unsettled))
        )
        return self._connection.scalar(waiting.limit(1)) is None

    def settled(self, this: int, now: datetime) -> None:
        """Mark the erasure as finished."""
        self._connection.execute(update(erasures).where(erasures.c.id == this).values(settled_at=now))

    def empty_journal(self) -> bool:
        """Empty the journal of SQLite; False: another process is using the file (see `storage.search.wiping`)."""
        return empty_journal(self._connection)

    def files(self, digests: Sequence[str]) -> set[str]:
        """Returns the files (given by SHA-256) that are still in use."""
        found = select(attachments.c.sha256).where(attachments.c.sha256.in_(digests))
        return {each for each in self._connection.scalars(found) if each}


def _speaks_of(table: Table, unsettled: PendingErasure) -> ColumnElement[bool]:
    payload = as_type(table.c.payload, Text)
    return or_(false(), *(payload.contains(report, autoescape=True) for report in unsettled.reports))
