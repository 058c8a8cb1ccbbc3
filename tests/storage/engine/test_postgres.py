"""Statements that PostgreSQL runs by name: they are as those of the driver, and fail as those do."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, bindparam, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.engine.database import make_engine
from storage.engine.errors import CommitUnknown, NotKept
from storage.engine.postgres import prepare, psycopg_connection, transaction
from storage.engine.prepared import Prepared
from storage.engine.urls import normalise_url
from storage.models import inbox as table
from storage.session.schema import migrate
from tests.storage.engine.test_prepared import an_update

ADD = Prepared(insert(table))
EMPTY = Prepared(update(table).where(table.c.update_id == bindparam("this")).values(payload=bindparam("new")))
COUNT = Prepared(select(func.count()).select_from(table).where(table.c.lane >= bindparam("lane")))
PAYLOADS = Prepared(select(table.c.payload).where(table.c.lane >= bindparam("lane")).order_by(table.c.update_id))
NAMES = text("SELECT statement FROM pg_prepared_statements WHERE name LIKE 'meldind%'")
SENT = text("SELECT state FROM pg_stat_activity WHERE pid = :process")


@pytest.fixture
def engine(postgres_url: str) -> Iterator[Engine]:
    migrate(postgres_url)
    engine = make_engine(normalise_url(postgres_url))
    prepare(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def counted(connection: Connection, times: int = 1) -> int:
    """How many there are, asked for so many times."""
    (found,) = {int(COUNT.scalar(connection, {"lane": 0})) for _time in range(times)}
    return found


def stored(engine: Engine) -> int:
    """How many there are for others."""
    with engine.connect() as other:
        return other.scalar(select(func.count()).select_from(table)) or 0


def turn(connection: Connection, *steps: Callable[[], object], reads: bool = False) -> None:
    """All of `steps` in one transaction."""
    with transaction(connection, reads=reads, waits_for_disk=True):
        for step in steps:
            step()


def fails() -> None:
    """What a turn may come to that is not the database's fault."""
    raise ZeroDivisionError


def test_from_the_second_time_on_a_statement_has_a_name_of_its_own(connection: Connection) -> None:
    with transaction(connection, reads=False, waits_for_disk=True):
        ADD.run(connection, an_update(1))
        assert counted(connection) == 1
        assert connection.scalars(NAMES).all() == []
        ADD.run(connection, an_update(2))
        assert counted(connection, 2) == 2
        names = connection.scalars(NAMES).all()
        assert sorted(name.split()[0] for name in names) == ["INSERT", "SELECT"]
    with transaction(connection, reads=False, waits_for_disk=False):
        assert counted(connection, 2) == 2
        assert connection.scalars(NAMES).all() == names


def test_what_needs_no_result_goes_with_what_does_in_the_order_in_which_it_was_asked(
    engine: Engine, connection: Connection
) -> None:
    with transaction(connection, reads=False, waits_for_disk=True):
        for number in range(1, 4):
            ADD.run(connection, an_update(number))
            EMPTY.run(connection, {"this": number, "new": f"first {number}"})
            EMPTY.run(connection, {"this": number, "new": f"then {number}"})
        found = PAYLOADS.rows(connection, {"lane": 0})
        EMPTY.run(connection, {"this": 2, "new": "at last"})
    assert [payload for (payload,) in found] == ["then 1", "then 2", "then 3"]
    with engine.connect() as other:
        payloads = other.scalars(select(table.c.payload).order_by(table.c.update_id)).all()
    assert payloads == ["then 1", "at last", "then 3"]


def test_what_needs_no_result_comes_before_what_sqlalchemy_runs(connection: Connection) -> None:
    with transaction(connection, reads=False, waits_for_disk=True):
        for number in range(1, 4):
            ADD.run(connection, an_update(number))
            assert connection.scalar(select(func.count()).select_from(table)) == number
        ADD.run(connection, an_update(4))
        assert psycopg_connection(connection).execute("SELECT count(*) FROM inbox").fetchone() == (4,)


def test_many_rows_go_together_and_each_has_its_answer(connection: Connection) -> None:
    adding = Prepared(insert(table).returning(table.c.update_id))
    for first in (1, 201, 401):
        with transaction(connection, reads=False, waits_for_disk=True):
            many = [an_update(number, payload="x" * 2000) for number in range(first, first + 200)]
            found = adding.rows_for_each(connection, many)
            assert found == [[(number,)] for number in range(first, first + 200)]
    assert stored(connection.engine) == 600


def test_a_transaction_in_which_nothing_is_asked_does_not_reach_the_server(
    engine: Engine, connection: Connection
) -> None:
    process = {"process": psycopg_connection(connection).info.backend_pid}

    def state() -> str:
        with engine.connect() as other:
            return str(other.scalar(SENT, process))

    with transaction(connection, reads=False, waits_for_disk=True):
        assert state() == "idle"
        counted(connection)
        assert state() == "idle in transaction"
    with transaction(connection, reads=False, waits_for_disk=True):
        assert state() == "idle"


def test_a_refused_statement_can_be_undone_alone(engine: Engine, connection: Connection) -> None:
    with transaction(connection, reads=False, waits_for_disk=True):
        for number in range(1, 4):
            ADD.run(connection, an_update(number))
        with pytest.raises(IntegrityError) as refused, connection.begin_nested():
            ADD.changed(connection, an_update(3, payload="what somebody wrote"))
        assert "what somebody wrote" not in str(refused.value)
        assert counted(connection, 3) == 3
    assert stored(engine) == 3


def test_nothing_is_kept_after_a_refusal_that_nobody_undid(engine: Engine, connection: Connection) -> None:
    def goes_on_after_a_refusal() -> None:
        with pytest.raises(IntegrityError):
            ADD.changed(connection, an_update(1))

    with pytest.raises(NotKept):
        turn(connection, lambda: ADD.run(connection, an_update(1)), goes_on_after_a_refusal)
    assert stored(engine) == 0


def test_a_refusal_of_what_went_with_the_commit_undoes_all_of_it(engine: Engine, connection: Connection) -> None:
    for _time in range(2):
        with pytest.raises(IntegrityError):
            turn(connection, *(partial(ADD.run, connection, an_update(number)) for number in (1, 2, 2, 3)))
        assert stored(engine) == 0
    with transaction(connection, reads=False, waits_for_disk=True):
        ADD.run(connection, an_update(1))
    assert stored(engine) == 1


def test_a_name_that_the_server_did_not_get_is_given_again(engine: Engine, connection: Connection) -> None:
    with transaction(connection, reads=False, waits_for_disk=True):
        ADD.run(connection, an_update(1))
        EMPTY.run(connection, {"this": 1, "new": ""})
    with pytest.raises(IntegrityError):  # the first is refused, and the other does not even get its name
        turn(
            connection,
            lambda: ADD.run(connection, an_update(1)),
            lambda: EMPTY.run(connection, {"this": 1, "new": "lost"}),
        )
    with pytest.raises(ZeroDivisionError):
        turn(connection, lambda: EMPTY.run(connection, {"this": 1, "new": "never sent"}), fails)
    with transaction(connection, reads=False, waits_for_disk=True):
        ADD.run(connection, an_update(2))
        EMPTY.run(connection, {"this": 2, "new": "kept"})
        assert PAYLOADS.rows(connection, {"lane": 0})[1] == ("kept",)
    assert stored(engine) == 2


def test_names_outlive_a_turn_that_failed_however_often_other_statements_ran(connection: Connection) -> None:
    for _time in range(10):  # from the sixth time on psycopg would prepare it by itself
        turn(
            connection,
            lambda: connection.scalar(select(func.count()).select_from(table)),
            lambda: counted(connection),
        )
    with pytest.raises(ZeroDivisionError):
        turn(connection, lambda: counted(connection), fails)
    turn(connection, lambda: connection.scalar(select(func.count()).select_from(table)))
    turn(connection, lambda: counted(connection))


def test_nothing_of_a_turn_that_failed_goes_into_the_next(engine: Engine, connection: Connection) -> None:
    for number in (1, 2):
        with transaction(connection, reads=False, waits_for_disk=True):
            ADD.run(connection, an_update(number))
    with pytest.raises(ZeroDivisionError):
        turn(connection, lambda: ADD.run(connection, an_update(3)), fails)
    with transaction(connection, reads=False, waits_for_disk=True):
        assert counted(connection) == 2
    assert stored(engine) == 2


def test_who_only_reads_cannot_write(connection: Connection) -> None:
    with pytest.raises(DBAPIError) as refused:
        turn(connection, lambda: ADD.run(connection, an_update(1)), reads=True)
    assert not refused.value.connection_invalidated


@pytest.mark.parametrize("at", ["begin", "statement", "commit"])
def test_a_connection_that_broke_is_known_as_broken(engine: Engine, connection: Connection, at: str) -> None:
    def cut() -> None:
        with engine.connect() as other:
            process = psycopg_connection(connection).info.backend_pid
            other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})

    def uses() -> None:
        if at == "begin":
            cut()
        with transaction(connection, reads=False, waits_for_disk=True):
            ADD.changed(connection, an_update(1))
            ADD.changed(connection, an_update(2))
            if at == "statement":
                cut()
            ADD.changed(connection, an_update(3))
            if at == "commit":
                cut()

    with pytest.raises(CommitUnknown if at == "commit" else DBAPIError) as broke:
        uses()
    assert at == "commit" or getattr(broke.value, "connection_invalidated", False)
    assert connection.invalidated
    assert stored(engine) == 0


def test_a_connection_that_broke_while_it_was_idle_has_surely_kept_nothing(
    engine: Engine, connection: Connection
) -> None:
    for number in (1, 2):
        turn(connection, partial(ADD.run, connection, an_update(number)))
    process = {"process": psycopg_connection(connection).info.backend_pid}
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), process)
    with pytest.raises(DBAPIError) as broke:  # not CommitUnknown, after which nobody may try again
        turn(connection, partial(ADD.run, connection, an_update(3)))
    assert broke.value.connection_invalidated
    assert stored(engine) == 2
