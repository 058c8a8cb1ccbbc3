"""Export files that people asked for in the chat."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from storage.messages.heavy_jobs import HeavyJobs
from storage.messages.wakeups import Wakeups
from storage.models import exports, people

_SILENT_FOR = timedelta(minutes=2)
"""A file whose worker gave no sign of life for so long is taken by another."""


EXPORT: Final = "export"
EXPORT_LANE: Final = "long"
"""The heavy job that makes such a file is in bot/heavy/registry.py."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A file to make; `tries` counts the attempts, including this one."""

    id: str
    person: int
    chat: int
    form: str
    with_contacts: bool
    language: str
    tries: int

    @property
    def given(self) -> Mapping[str, Any]:
        """What the heavy job is given."""
        return _given(self.id, self.form, self.with_contacts, self.language)


class Exports:
    """The files asked for, in one transaction."""

    def __init__(self, connection: Connection, worker: int | None = None) -> None:
        self._connection = connection
        self._wakeups = Wakeups(connection, worker)

    def ask(self, this: str, person: int, form: str, with_contacts: bool, language: str, now: datetime) -> None:
        """Store that the person wants a file with every report. On PostgreSQL any worker may begin it at once."""
        if self._connection.dialect.name == "postgresql":
            given = _given(this, form, with_contacts, language)
            HeavyJobs(self._connection).ask(this, EXPORT, EXPORT_LANE, given, now, waiting=0)
        self._wakeups.ring("exports")
        self._connection.execute(
            insert(exports),
            {
                "id": this,
                "person_id": person,
                "form": form,
                "with_contacts": with_contacts,
                "language": language,
                "state": "asked",
                "asked_at": now,
                "seen_at": None,
                "tries": 0,
            },
        )

    def waits(self, now: datetime) -> bool:
        """Returns whether a file waits that no worker is making."""
        return self._connection.scalar(select(exports.c.id).where(*_unmade(now)).limit(1)) is not None

    def next(self, now: datetime) -> Asked | None:
        """Claim the next file that no worker is making; None: there is none."""
        query = (
            select(
                exports.c.id,
                exports.c.person_id,
                people.c.chat_id,
                exports.c.form,
                exports.c.with_contacts,
                exports.c.language,
                exports.c.tries + 1,
            )
            .join(people, people.c.id == exports.c.person_id)
            .where(*_unmade(now))
            .order_by(exports.c.asked_at, exports.c.id)
            .limit(1)
            .with_for_update(of=exports, skip_locked=True)
        )
        for row in self._connection.execute(query):
            found = Asked(*row)
            self._connection.execute(
                update(exports).where(exports.c.id == found.id).values(seen_at=now, tries=exports.c.tries + 1)
            )
            return found
        return None

    def put_back(self, this: str) -> None:
        """Give the file back unfinished, so that any worker may try again."""
        self._connection.execute(
            update(exports).where(exports.c.id == this, exports.c.state == "asked").values(seen_at=None)
        )

    def still_wanted(self, this: str, now: datetime) -> bool:
        """Record a sign of life for the file; False: it is no longer wanted."""
        change = update(exports).where(exports.c.id == this, exports.c.state == "asked").values(seen_at=now)
        return bool(self._connection.execute(change).rowcount)

    def end(self, this: str, state: str) -> bool:
        """End the file as `done`, `cancelled` or `failed`; False: it had already ended."""
        change = update(exports).where(exports.c.id == this, exports.c.state == "asked").values(state=state)
        return bool(self._connection.execute(change).rowcount)


def _given(this: str, form: str, with_contacts: bool, language: str) -> Mapping[str, Any]:
    return {"id": this, "form": form, "with_contacts": with_contacts, "language": language}


def _unmade(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Returns the conditions for a file that a worker may begin at `now`."""
    silent = or_(exports.c.seen_at < now - _SILENT_FOR, exports.c.seen_at > now + _SILENT_FOR)  # or its clock was ahead
    return (exports.c.state == "asked", or_(exports.c.seen_at.is_(None), silent))
