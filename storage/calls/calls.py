"""Calls: campaigns that invite reports until a deadline."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, insert, or_, select, update

from conversations.language.words import InLanguages
from conversations.model.calls import CHANGEABLE, Call, WholeCall, changed, value_of
from conversations.model.outcomes import CallChanged, CallStarted
from storage.engine.prepared import Prepared
from storage.models import calls

_OPEN = Prepared(
    select(calls.c.slug, calls.c.titles, calls.c.language)
    .where(
        calls.c.status == "open",
        calls.c.opens_at <= bindparam("now"),
        or_(calls.c.deadline_at.is_(None), calls.c.deadline_at > bindparam("now")),
    )
    .order_by(calls.c.deadline_at.is_(None), calls.c.deadline_at, calls.c.slug)
)

_COLUMNS = (
    calls.c.slug,
    calls.c.language,
    calls.c.status,
    calls.c.titles,
    calls.c.deadline_at,
    calls.c.timezone,
    calls.c.variant,
    calls.c.details,
    calls.c.opens_at,
)
_ONE = Prepared(select(*_COLUMNS).where(calls.c.slug == bindparam("this")))

_DETAILS = tuple(what for what in CHANGEABLE if what not in {"status", "titles", "deadline", "variant"})
"""The fields of a call that are stored together in the column `details`."""


class Calls:
    """The calls, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open_at(self, now: datetime) -> list[Call]:
        """Returns the calls that accept answers at `now`, nearest deadline first, those without a deadline last."""
        return [
            Call(slug, InLanguages(titles, written_in))
            for slug, titles, written_in in _OPEN.rows(self._connection, {"now": now})
        ]

    def whole(self, slug: str) -> WholeCall | None:
        """Returns the call with that slug in any status; None: there is none."""
        for row in _ONE.rows(self._connection, {"this": slug}):
            return _whole(tuple(row))
        return None

    def all(self) -> list[WholeCall]:
        """Returns every call: open ones by deadline, then drafts, then closed ones."""
        query = select(*_COLUMNS).order_by(
            case({"open": 0, "draft": 1}, value=calls.c.status, else_=2),
            calls.c.deadline_at.is_(None),
            calls.c.deadline_at,
            calls.c.created_at.desc(),
        )
        return [_whole(tuple(row)) for row in self._connection.execute(query)]

    def start(self, started: CallStarted, now: datetime) -> None:
        """Store a new call as a draft, which only coordinators see until it is opened."""
        self._connection.execute(
            insert(calls),
            {
                "slug": started.slug,
                "titles": {started.language: started.title},
                "language": started.language,
                "opens_at": now,
                "deadline_at": None,
                "status": "draft",
                "created_at": now,
                "timezone": started.timezone,
                "variant": "standard",
                "details": {},
            },
        )

    def change(self, change: CallChanged, now: datetime) -> Any:
        """Store a change; returns the previous value."""
        before = self.whole(change.slug)
        if before is None:
            return None
        call = changed(before, change.what, change.value)
        self._connection.execute(
            update(calls)
            .where(calls.c.slug == call.slug)
            .values(
                status=call.status,
                titles=dict(call.titles),
                deadline_at=call.deadline_at,
                timezone=call.timezone,
                variant=call.variant,
                opens_at=now if change.what in {"status", "deadline"} else before.since,
                details={what: value_of(call, what) for what in _DETAILS},
            )
        )
        return value_of(before, change.what)


def _whole(row: Sequence[Any]) -> WholeCall:
    slug, language, status, titles, deadline_at, timezone, variant, details, since = row
    call = WholeCall(
        slug,
        language,
        status,
        titles=titles,
        deadline_at=deadline_at,
        timezone=timezone,
        variant=variant,
        since=since,
    )
    for what, value in details.items():
        call = changed(call, what, value)
    return call
