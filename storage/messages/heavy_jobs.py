"""Heavy jobs: what waits, runs and failed, and on PostgreSQL how the work and its result get from process to process.

There each job has a task of procrastinate, deferred in the transaction that asks for it. What it is made from and what
was made is in a table outside of the schema of Meldind, which no backup has; it is wiped when the result is taken.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, text, update

from storage.engine.columns import as_json
from storage.engine.inserting import insert_unless_there
from storage.engine.jsons import read
from storage.messages.wakeups import defer
from storage.models import heavy_jobs, workers

HEAVY_TASK = "heavy"
"""The name of the task of procrastinate; its queues are those of `queue_of`."""

OPEN = ("waiting", "running")

UNTAKEN = timedelta(minutes=15)
"""A result that nobody has taken for so long is wiped."""

LOST = timedelta(hours=4)
"""A job asked for so long ago that has not ended belongs to a database that was restored, or to a dead process."""

DONE_KEPT, FAILED_KEPT = timedelta(days=1), timedelta(days=14)


def queue_of(lane: str) -> str:
    """Returns the name of procrastinate's queue for a lane of heavy work."""
    return f"heavy {lane}"


@dataclass(frozen=True, slots=True)
class HeavyJob:
    """A heavy job as it stands; `reached` is how many rows it has written so far, `error` why it failed."""

    id: str
    name: str
    state: str
    asked_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    tries: int
    reached: int
    error: str


@dataclass(frozen=True, slots=True)
class HeavyResult:
    """What a job has made, with a few figures about it."""

    content: bytes
    told: Mapping[str, Any]


_JOB = (
    heavy_jobs.c.id,
    heavy_jobs.c.name,
    heavy_jobs.c.state,
    heavy_jobs.c.asked_at,
    heavy_jobs.c.begun_at,
    heavy_jobs.c.ended_at,
    heavy_jobs.c.tries,
    heavy_jobs.c.reached,
    heavy_jobs.c.error,
)

_ENDED = heavy_jobs.c.state.not_in(OPEN)

_ASK = insert_unless_there(heavy_jobs, "open_key", returning=(heavy_jobs.c.id,))

_GIVE = text("INSERT INTO heavy.contents (job, given, waiting) VALUES (:job, :given, :waiting)")
_JOIN = text("UPDATE heavy.contents SET waiting = waiting + :more WHERE job = :job")
_GIVEN = text("SELECT given FROM heavy.contents WHERE job = :job")
_KEEP = text("UPDATE heavy.contents SET told = :told, content = :content WHERE job = :job")
_TAKE = text("SELECT told, content FROM heavy.contents WHERE job = :job")
_TAKEN = text("UPDATE heavy.contents SET waiting = waiting - 1 WHERE job = :job RETURNING waiting")
_WIPE = text("DELETE FROM heavy.contents WHERE job = :job")
_SWEEP = text(
    "DELETE FROM heavy.contents WHERE NOT EXISTS (SELECT 1 FROM heavy_jobs"
    " WHERE id = job AND (state IN ('waiting', 'running') OR ended_at > :since))"
)


class HeavyJobs:
    """The heavy jobs, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._shared = connection.dialect.name == "postgresql"

    def ask(self, this: str, name: str, lane: str, given: Mapping[str, Any], now: datetime, *, waiting: int = 1) -> str:
        """Ask for a job; returns its id, which is another than `this` if the same work waits, runs, or was just done.

        `waiting`: 0 if the one who will take the result asks again when it is ready for it (PostgreSQL).
        """
        key = hashlib.sha256(as_json([name, given]).encode()).hexdigest()
        new = _new(this, name, lane, key, now)
        if self._connection.scalar(_ASK[self._connection.dialect.name], new) is None:
            there = self._connection.scalar(select(heavy_jobs.c.id).where(heavy_jobs.c.open_key == key))
            if there is None:  # it has ended since
                return self.ask(this, name, lane, given, now, waiting=waiting)
            if self._shared:
                self._connection.execute(_JOIN, {"job": there, "more": waiting})
            return there
        if self._shared:
            self._connection.execute(_GIVE, {"job": this, "given": as_json(given), "waiting": waiting})
            defer(self._connection, HEAVY_TASK, queue_of(lane), job=this)
        return this

    def note(self, this: str, name: str, lane: str, now: datetime) -> str:
        """Note a job that the process that needs it does by itself; returns its id."""
        self._connection.execute(insert(heavy_jobs), _new(this, name, lane, None, now))
        return this

    def begin(self, this: str, now: datetime) -> str | None:
        """Note that a process begins the job; returns its name. None: it has ended, for instance because it is no
        longer wanted.
        """
        begun = (
            update(heavy_jobs)
            .where(heavy_jobs.c.id == this, heavy_jobs.c.state.in_(OPEN))
            .values(state="running", begun_at=now, tries=heavy_jobs.c.tries + 1, reached=0)
            .returning(heavy_jobs.c.name)
        )
        name: str | None = self._connection.scalar(begun)
        return name

    def given(self, this: str) -> Mapping[str, Any] | None:
        """Returns what the job is made from (PostgreSQL); None: it was lost."""
        given = self._connection.scalar(_GIVEN, {"job": this})
        return None if given is None else dict(read(given))

    def reach(self, this: str, number: int) -> bool:
        """Note how far the job is; False: it is no longer wanted."""
        change = update(heavy_jobs).where(heavy_jobs.c.id == this, heavy_jobs.c.state == "running")
        return bool(self._connection.execute(change.values(reached=number)).rowcount)

    def wait_again(self, this: str) -> None:
        """Note that the process of the job died, and that another one will begin it."""
        change = update(heavy_jobs).where(heavy_jobs.c.id == this, heavy_jobs.c.state == "running")
        self._connection.execute(change.values(state="waiting"))

    def end(self, this: str, state: str, now: datetime, error: str = "", result: HeavyResult | None = None) -> bool:
        """End the job as `done`, `failed` or `cancelled`; False: it had ended. The `result` waits to be taken
        (PostgreSQL).
        """
        change = (
            update(heavy_jobs)
            .where(heavy_jobs.c.id == this, heavy_jobs.c.state.in_(OPEN))
            .values(state=state, ended_at=now, error=error)
        )
        if not (self._shared and result is not None):  # what waits to be taken is not made again
            change = change.values(open_key=None)
        if not self._connection.execute(change).rowcount:
            return False
        if self._shared and result is not None:
            self._connection.execute(_KEEP, {"job": this, "told": as_json(result.told), "content": result.content})
        return True

    def one(self, this: str) -> HeavyJob | None:
        """Returns a job; None: there is none, or no longer."""
        for row in self._connection.execute(select(*_JOB).where(heavy_jobs.c.id == this)):
            return HeavyJob(*row)
        return None

    def take(self, this: str) -> HeavyResult | None:
        """Returns the result for one of those who wait for it, and wipes it after the last (PostgreSQL); None: it was
        lost.
        """
        for told, content in self._connection.execute(_TAKE, {"job": this}):
            self.leave(this)
            return None if content is None else HeavyResult(bytes(content), dict(read(told)))
        return None

    def leave(self, this: str) -> bool:
        """Note that one of those who wait for the result does so no more; False: nobody else does (PostgreSQL)."""
        left: int = self._connection.scalar(_TAKEN, {"job": this}) or 0
        if left <= 0:
            self._connection.execute(_WIPE, {"job": this})
            self._connection.execute(update(heavy_jobs).where(heavy_jobs.c.id == this, _ENDED).values(open_key=None))
        return left > 0

    def abandon(self, now: datetime, name: str | None = None) -> None:
        """End what an earlier process did alone and did not finish, perhaps only jobs of that name; what needs it asks
        for it again.
        """
        change = update(heavy_jobs).where(heavy_jobs.c.state.in_(OPEN))
        if name is not None:
            change = change.where(heavy_jobs.c.name == name)
        self._connection.execute(change.values(state="cancelled", ended_at=now, open_key=None))

    def sweep(self, now: datetime) -> None:
        """Wipe results that nobody has taken, and delete old jobs."""
        lost = and_(heavy_jobs.c.state.in_(OPEN), heavy_jobs.c.asked_at < now - LOST)
        self._connection.execute(
            update(heavy_jobs).where(lost).values(state="failed", error="lost", ended_at=now, open_key=None)
        )
        old = or_(
            and_(heavy_jobs.c.state.in_(("done", "cancelled")), heavy_jobs.c.ended_at < now - DONE_KEPT),
            heavy_jobs.c.ended_at < now - FAILED_KEPT,
        )
        self._connection.execute(delete(heavy_jobs).where(old))
        if self._shared:
            self._connection.execute(_SWEEP, {"since": now - UNTAKEN})
            untaken = and_(_ENDED, heavy_jobs.c.open_key.is_not(None), heavy_jobs.c.ended_at <= now - UNTAKEN)
            self._connection.execute(update(heavy_jobs).where(untaken).values(open_key=None))

    def listed(self, since: datetime) -> Sequence[HeavyJob]:
        """Returns what waits and runs, oldest first, and what failed since then."""
        query = (
            select(*_JOB)
            .where(
                or_(heavy_jobs.c.state.in_(OPEN), and_(heavy_jobs.c.state == "failed", heavy_jobs.c.ended_at > since))
            )
            .order_by(heavy_jobs.c.asked_at, heavy_jobs.c.id)
        )
        return [HeavyJob(*row) for row in self._connection.execute(query)]

    def counts(self, since: datetime) -> Mapping[tuple[str, str], int]:
        """Returns how many jobs wait and run, and how many ended since then, by name and state."""
        query = (
            select(heavy_jobs.c.name, heavy_jobs.c.state, func.count())
            .where(or_(heavy_jobs.c.state.in_(OPEN), heavy_jobs.c.ended_at > since))
            .group_by(heavy_jobs.c.name, heavy_jobs.c.state)
        )
        return {(name, state): number for name, state, number in self._connection.execute(query)}

    def workers(self, alive_since: datetime) -> int:
        """Returns how many processes do heavy work alone (`meldind worker`) and are alive."""
        query = select(func.count()).where(workers.c.works, workers.c.seen_at > alive_since)
        return self._connection.scalar(query) or 0


def _new(this: str, name: str, lane: str, key: str | None, now: datetime) -> dict[str, Any]:
    """Returns the columns of a new job."""
    new = {"id": this, "name": name, "queue": lane, "state": "waiting", "asked_at": now, "tries": 0, "reached": 0}
    return {**new, "begun_at": None, "ended_at": None, "error": "", "open_key": key}
