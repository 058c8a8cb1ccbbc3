"""Wakeups of other workers through procrastinate on PostgreSQL, its other tasks, and its tables.

The jobs that wake carry no data. They are deferred in the transaction that makes the new work, and name only the kind
of work; a job that is lost or comes twice does no harm. More in
docs/notes/0015-why-workers-share-a-bot-through-the-database.md.
"""

from collections.abc import Iterable
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import Connection, text

if TYPE_CHECKING:
    import psycopg
    from procrastinate import App

SCHEMA = "procrastinate"
"""A separate schema, so that backups and comparisons of Meldind's tables do not include it."""

LOOK = "look"
"""The name of the one task."""

Queue: TypeAlias = Literal["sending", "exports"]
"""The kind of new work: notices and digests (the worker that sends them listens), or files to make (all workers do)."""

NEWEST = "03.04.00_50_post_add_retry_failed_job_procedure.sql"
"""The last migration of the procrastinate that this version of Meldind is made for."""

_SEARCH_HERE = f"SET LOCAL search_path TO {SCHEMA}, public"
_SEARCH_AS_BEFORE = "SET LOCAL search_path TO DEFAULT"
_MAKE_SCHEMA = f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"
_REACHED = text("SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = :name")
_REMOVE = b"""
DELETE FROM procrastinate_jobs
WHERE queueing_lock = %s AND status = 'todo' AND (%s::timestamptz IS NULL OR scheduled_at <> %s)
"""
_WAITS = b"SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'"
_NOTE = f"COMMENT ON SCHEMA {SCHEMA} IS '{{reached}}'"


def bring_up(connection: Connection) -> None:
    """Migrate procrastinate's tables to the installed version, in the transaction of `connection` (PostgreSQL).

    The name of the last migration that was run is stored as a comment on their schema.
    """
    reached = connection.scalar(_REACHED, {"name": SCHEMA})
    if reached == NEWEST:
        return
    driver = _driver(connection)
    driver.execute(_MAKE_SCHEMA.encode())
    driver.execute(_SEARCH_HERE.encode())
    for script in _scripts(None if reached is None else str(reached)):
        driver.execute(script)
    driver.execute(_NOTE.format(reached=NEWEST).encode())
    driver.execute(_SEARCH_AS_BEFORE.encode())


def migrations() -> list[str]:
    """Returns the names of the migrations of the installed procrastinate, in order."""
    folder = resources.files("procrastinate.sql").joinpath("migrations")
    return sorted(each.name for each in folder.iterdir() if each.name.endswith(".sql"))


def _scripts(reached: str | None) -> list[bytes]:
    folder = resources.files("procrastinate.sql")
    if reached is None:
        return [folder.joinpath("schema.sql").read_bytes()]
    return [folder.joinpath("migrations", name).read_bytes() for name in migrations() if reached < name <= NEWEST]


class Wakeups:
    """Wakes other workers when this transaction is committed. Without `worker` there are none, and nothing happens."""

    def __init__(self, connection: Connection, worker: int | None) -> None:
        self._connection = connection
        self._silent: set[Queue] | None = set() if worker is not None else None

    def ring(self, queue: Queue) -> None:
        """Announce new work in `queue`; a second call in the same transaction changes nothing."""
        if self._silent is None or queue in self._silent:
            return
        self._silent.add(queue)
        defer(self._connection, LOOK, queue)


def defer(connection: Connection, task: str, queue: str, **given: str) -> None:
    """Defer a task of procrastinate in the transaction of `connection` (PostgreSQL)."""
    defer_each(connection, task, queue, [given])


def defer_each(connection: Connection, task: str, queue: str, given: Iterable[dict[str, Any]]) -> None:
    """Defer a task for each of `given`, as `defer` does, with one statement."""
    driver = _driver(connection)
    driver.execute(_SEARCH_HERE.encode())
    _deferring_app().configure_task(task, queue=queue, connection=driver).batch_defer(*given)
    driver.execute(_SEARCH_AS_BEFORE.encode())


def defer_until(
    connection: Connection, task: str, queue: str, lock: str, at: datetime | None, now: datetime, **given: str
) -> None:
    """Let a task wait for `at`, in the transaction of `connection` (PostgreSQL); None: it is not needed.

    It is the only one that waits with the queueing lock `lock`: one that waits for another time is replaced, and one
    that is to be done at once stays. Two transactions must not do this for the same lock at the same time.
    """
    driver = _driver(connection)
    driver.execute(_SEARCH_HERE.encode())
    driver.execute(_REMOVE, (lock, at, at))
    if at is not None and driver.execute(_WAITS, (lock,)).fetchone() is None:
        then = at if at > now else None  # at once, whatever the clock of the database says
        deferring = _deferring_app().configure_task(
            task, queue=queue, queueing_lock=lock, schedule_at=then, connection=driver
        )
        deferring.defer(**given)
    driver.execute(_SEARCH_AS_BEFORE.encode())


async def search_there(connection: "psycopg.AsyncConnection[Any]") -> None:
    """Let a new connection of procrastinate's find its tables."""
    await connection.execute(f"SET search_path TO {SCHEMA}, public".encode())
    await connection.commit()


_app: "App | None" = None


def _deferring_app() -> "App":
    """Returns the procrastinate app, used only to defer jobs. It is imported only where several workers share a
    PostgreSQL.
    """
    global _app
    if _app is None:
        from procrastinate import App, SyncPsycopgConnector

        _app = App(connector=SyncPsycopgConnector())
    return _app


def _driver(connection: Connection) -> "psycopg.Connection[Any]":
    from storage.engine.postgres import psycopg_connection  # nine megabytes that SQLite does not need

    return psycopg_connection(connection)
