"""procrastinate's part of a PostgreSQL: set up with ours, brought up with ours, and asked in the turn's transaction."""

from importlib import resources
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.messages import wakeups as carrier
from storage.messages.outbox import Outgoing
from storage.messages.wakeups import NEWEST, SCHEMA, bring_up, migrations
from storage.models import metadata
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, NOW

FUNCTIONS = text(
    "SELECT proname || pg_get_function_identity_arguments(oid) FROM pg_proc WHERE pronamespace = :this::regnamespace"
    " ORDER BY 1".replace(":this::regnamespace", f"'{SCHEMA}'::regnamespace")
)


def notice(**more: Any) -> Outgoing:
    return Outgoing(ANA, "sendMessage", {"text": "Hej"}, "notice", NOW, **more)


def jobs(work: UnitOfWork) -> list[tuple[str, str, Any]]:
    query = text(f"SELECT queue_name, task_name, args FROM {SCHEMA}.procrastinate_jobs ORDER BY id")
    return [(queue, task, args) for queue, task, args in work.outbox._connection.execute(query)]


def made_of(connection: Connection) -> tuple[Any, ...]:
    """What is in procrastinate's schema, as far as it can be told."""
    look = inspect(connection)
    tables = sorted(look.get_table_names(SCHEMA))
    columns = [(table, sorted(column["name"] for column in look.get_columns(table, schema=SCHEMA))) for table in tables]
    return columns, list(connection.scalars(FUNCTIONS))


async def worker(storage: Storage) -> None:
    storage.work_as(await storage.write(lambda work: work.workers.join("this")))


def test_the_version_that_is_written_down_is_the_one_that_is_installed() -> None:
    assert migrations()[-1] == NEWEST, "a new procrastinate: see docs/notes/0015, and add a migration of our own"


async def test_whoever_adds_a_notice_asks_once_and_says_nothing_more(postgres_storage: Storage) -> None:
    await worker(postgres_storage)
    await postgres_storage.write(lambda work: [work.outbox.add(notice(key=str(number))) for number in range(3)])
    assert await postgres_storage.read(jobs) == [("sending", "look", {})]
    await postgres_storage.write(lambda work: work.outbox.add_many([notice(key="4"), notice(key="5")]))
    assert len(await postgres_storage.read(jobs)) == 2


async def test_replies_ask_nobody_and_neither_does_what_is_not_kept(postgres_storage: Storage) -> None:
    await worker(postgres_storage)
    await postgres_storage.write(lambda work: work.outbox.add(Outgoing(ANA, "sendMessage", {}, "reply", NOW)))

    def fail(work: UnitOfWork) -> None:
        work.outbox.add(notice())
        raise LookupError

    with pytest.raises(LookupError):
        await postgres_storage.write(fail)
    assert await postgres_storage.read(jobs) == []


async def test_who_is_no_worker_has_nobody_to_ask(storage: Storage) -> None:
    await storage.write(lambda work: work.outbox.add(notice()))


def test_an_earlier_version_is_brought_up(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = make_engine(normalise_url(postgres_url))
    with engine.begin() as connection:
        bring_up(connection)
        new = made_of(connection)
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    earlier = next(name for name in migrations() if name.startswith("03.02"))
    with engine.begin() as connection:
        driver = carrier._driver(connection)
        driver.execute(f"CREATE SCHEMA {SCHEMA}; SET LOCAL search_path TO {SCHEMA}, public".encode())
        for script in [name for name in migrations() if name <= earlier]:
            driver.execute(resources.files("procrastinate.sql").joinpath("migrations", script).read_bytes())
        driver.execute(f"COMMENT ON SCHEMA {SCHEMA} IS '{earlier}'; SET LOCAL search_path TO DEFAULT".encode())
        assert made_of(connection) != new
    for _ in range(2):
        with engine.begin() as connection:
            bring_up(connection)
            assert made_of(connection) == new


def test_our_own_tables_are_apart_from_its(postgres_url: str) -> None:
    migrate(postgres_url)
    with make_engine(normalise_url(postgres_url)).connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert "procrastinate_jobs" in inspect(connection).get_table_names(SCHEMA)
