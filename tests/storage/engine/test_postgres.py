"""Statements that PostgreSQL runs by name: they are as those of the driver, and fail as those do."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, bindparam, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.engine.database import make_engine
from storage.engine.errors import NotKept
from storage.engine.postgres import begin, commit, psycopg_connection
from storage.engine.prepared import Prepared
from storage.engine.urls import normalise_url
from storage.models import inbox as table
from storage.session.schema import migrate
from tests.storage.engine.test_prepared import an_update

ADD = Prepared(insert(table))
COUNT = Prepared(select(func.count()).select_from(table).where(table.c.lane >= bindparam("lane")))
NAMES = text("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'meldind%'")


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate(postgres_url)
    engine = make_engine(normalise_url(postgres_url))
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def counted(connection: Connection, times: int) -> int:
    """How many there are, asked for so many times."""
    (found,) = {int(COUNT.scalar(connection, {"lane": 0})) for _time in range(times)}
    return found


def test_from_the_second_time_on_a_statement_has_a_name_of_its_own(connection: Connection) -> None:
    with connection.begin():
        begin(connection, reads=False, waits_for_disk=True)
        ADD.run(connection, an_update(1))
        assert counted(connection, 1) == 1
        assert connection.scalars(NAMES).all() == []
        ADD.run(connection, an_update(2))
        assert counted(connection, 2) == 2
        names = connection.scalars(NAMES).all()
        assert sorted(name.split()[0] for name in names) == ["INSERT", "SELECT"]
        commit(connection)
    with connection.begin():
        begin(connection, reads=False, waits_for_disk=False)
        assert counted(connection, 2) == 2
        assert connection.scalars(NAMES).all() == names
        commit(connection)


def test_a_refused_statement_can_be_undone_alone(connection: Connection) -> None:
    with connection.begin():
        begin(connection, reads=False, waits_for_disk=True)
        for number in range(1, 4):
            ADD.run(connection, an_update(number))
        with pytest.raises(IntegrityError) as refused, connection.begin_nested():
            ADD.run(connection, an_update(3, payload="what somebody wrote"))
        assert "what somebody wrote" not in str(refused.value)
        assert counted(connection, 3) == 3
        commit(connection)
    assert connection.scalar(select(func.count()).select_from(table)) == 3


def test_nothing_is_kept_after_a_refusal_that_nobody_undid(connection: Connection) -> None:
    with connection.begin():
        begin(connection, reads=False, waits_for_disk=True)
        ADD.run(connection, an_update(1))
        with pytest.raises(IntegrityError):
            ADD.run(connection, an_update(1))
        with pytest.raises(NotKept):
            commit(connection)
    assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_who_only_reads_cannot_write(connection: Connection) -> None:
    with connection.begin():
        begin(connection, reads=True, waits_for_disk=True)
        with pytest.raises(DBAPIError) as refused:
            ADD.run(connection, an_update(1))
    assert not refused.value.connection_invalidated


@pytest.mark.parametrize("at", ["begin", "statement", "commit"])
def test_a_connection_that_broke_is_known_as_broken(engine: Engine, connection: Connection, at: str) -> None:
    def cut() -> None:
        with engine.connect() as other:
            process = psycopg_connection(connection).info.backend_pid
            other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})

    def uses() -> None:
        with connection.begin():
            if at == "begin":
                cut()
            begin(connection, reads=False, waits_for_disk=True)
            ADD.run(connection, an_update(1))
            ADD.run(connection, an_update(2))
            if at == "statement":
                cut()
            ADD.run(connection, an_update(3))
            if at == "commit":
                cut()
            commit(connection)

    with pytest.raises(DBAPIError) as broke:
        uses()
    assert broke.value.connection_invalidated
    with engine.connect() as other:
        assert other.scalar(select(func.count()).select_from(table)) == 0
