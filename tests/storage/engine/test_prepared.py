"""A prepared statement does what the statement does, on both databases."""

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Executable,
    Insert,
    Integer,
    bindparam,
    event,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from storage.calls import calls
from storage.engine.database import make_engine
from storage.engine.errors import NotKept, Unstorable
from storage.engine.prepared import Prepared
from storage.engine.urls import normalise_url
from storage.messages import inbox, outbox
from storage.messages.inbox import Received
from storage.models import inbox as table
from storage.people import audit, members, people
from storage.privacy import controllers
from storage.reports import attachments, lineages, reports
from storage.reviews import groups, reviews
from storage.search import initiatives, known_words
from storage.session.storage import Storage
from tests.storage.chat import ANA, NOW, arrive

EVERYWHERE = {
    f"{module.__name__}.{name}": statement
    for module in (
        attachments,
        audit,
        calls,
        controllers,
        groups,
        inbox,
        initiatives,
        known_words,
        lineages,
        members,
        outbox,
        people,
        reports,
        reviews,
    )
    for name, statement in vars(module).items()
    if isinstance(statement, Prepared)
}

ADD = Prepared(insert(table).returning(table.c.id, table.c.received_at, table.c.done_at))
FIND = Prepared(
    select(table.c.payload, table.c.received_at, table.c.done_at)
    .where(table.c.state == "pending", table.c.lane == bindparam("lane"))
    .order_by(table.c.id)
    .limit(1)
)
MOVE = Prepared(
    update(table).where(table.c.lane == bindparam("of")).values(lane=table.c.lane + 1, done_at=bindparam("now"))
)


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with make_engine(normalise_url(url)).connect() as connection, connection.begin():
        yield connection


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The statements that SQLAlchemy is asked to run."""
    asked: list[str] = []

    def note(_connection: Connection, statement: Executable, *_more: Any) -> None:
        asked.append(str(statement))

    event.listen(Engine, "before_execute", note)
    yield asked
    event.remove(Engine, "before_execute", note)


def an_update(number: int, **more: Any) -> dict[str, Any]:
    update: dict[str, Any] = {"bot_id": 1, "update_id": number, "lane": ANA, "payload": "{}", "state": "pending"}
    return {**update, "reason": None, "received_at": NOW, "done_at": None, **more}


def test_values_go_in_and_come_out_as_ever(connection: Connection) -> None:
    for number, payload in enumerate(('{"text":"Čaj, æbler"}', "2")):
        [(this, received_at, done_at)] = ADD.rows(connection, an_update(number, payload=payload))
        assert (this, received_at, done_at) == (number + 1, NOW, None)
    [(payload, received_at, done_at)] = FIND.rows(connection, {"lane": ANA})
    assert (payload, received_at, done_at) == ('{"text":"Čaj, æbler"}', NOW, None)
    assert FIND.scalar(connection, {"lane": ANA}) == payload
    assert FIND.scalar(connection, {"lane": ANA + 1}) is None
    assert MOVE.changed(connection, {"of": ANA, "now": NOW}) == 2
    assert MOVE.changed(connection, {"of": ANA, "now": NOW}) == 0
    assert connection.execute(select(table.c.lane, table.c.done_at)).all() == [(ANA + 1, NOW)] * 2


def test_each_time_it_says_the_same(connection: Connection) -> None:
    lanes = Prepared(select(table.c.lane, table.c.reason).where(table.c.lane == bindparam("lane")).order_by(table.c.id))
    for number in range(1, 5):
        ADD.rows(connection, an_update(number, lane=7, reason=f"{number}%"))
        found = [tuple(row) for row in lanes.rows(connection, {"lane": 7})]
        assert found == [(7, f"{each}%") for each in range(1, number + 1)]
        assert MOVE.changed(connection, {"of": 8, "now": NOW}) == 0
    for before in range(3):
        assert MOVE.changed(connection, {"of": 7 + before, "now": NOW}) == 4


def test_the_driver_is_gone_to_without_sqlalchemy(connection: Connection, asked: list[str]) -> None:
    ADD.rows(connection, an_update(1))
    FIND.rows(connection, {"lane": ANA})
    MOVE.run(connection, {"of": ANA, "now": NOW})
    assert asked == []


def test_no_statement_of_a_turn_is_out_of_the_ordinary(connection: Connection, asked: list[str]) -> None:
    for name, statement in EVERYWHERE.items():
        what = statement.statement(connection.dialect.name)
        compiled = what.compile(dialect=connection.dialect)
        values = {each: None for each, value in compiled.params.items() if value is None}
        if isinstance(what, Insert) and "id" in what.table.c and isinstance(what.table.c.id.type, Integer | BigInteger):
            del values["id"]  # given by the database
        prepared = Prepared(what)
        for _time in range(3):  # PostgreSQL runs it by name from the second time on
            # refused or not: it came as far as the database
            with contextlib.suppress(IntegrityError, OperationalError), connection.begin_nested():
                prepared.rows(connection, values)
        assert not [each for each in asked if "SAVEPOINT" not in each], name


def test_what_is_out_of_the_ordinary_goes_the_usual_way(connection: Connection) -> None:
    several = Prepared(select(func.count()).where(table.c.lane.in_(bindparam("lanes", expanding=True))))
    for number in range(3):
        ADD.rows(connection, an_update(number, lane=number))
    assert several.scalar(connection, {"lanes": [0, 2]}) == 2
    assert several.scalar(connection, {"lanes": [1]}) == 1


def test_other_names_than_before_are_not_mistaken(connection: Connection) -> None:
    add = Prepared(insert(table))
    add.run(connection, an_update(1))
    add.run(connection, {**an_update(2), "id": 70})
    assert connection.scalars(select(table.c.id).order_by(table.c.id)).all() == [1, 70]
    with pytest.raises((KeyError, StatementError)):
        FIND.rows(connection, {"lanes": ANA})


def test_a_value_that_is_missing_from_the_first_is_not_taken_for_nothing(connection: Connection) -> None:
    find = Prepared(select(table.c.id).where(table.c.lane == bindparam("lane")))
    with pytest.raises(StatementError):
        find.rows(connection, {})


def test_a_refusal_is_the_one_of_sqlalchemy_and_keeps_quiet(connection: Connection) -> None:
    ADD.rows(connection, an_update(1))
    with pytest.raises(IntegrityError) as caught, connection.begin_nested():
        ADD.rows(connection, an_update(1, payload="what somebody wrote"))
    assert "what somebody wrote" not in str(caught.value)
    assert connection.scalar(select(func.count()).select_from(table)) == 1


def test_what_cannot_be_kept_is_refused_before_the_database(connection: Connection) -> None:
    with pytest.raises(Unstorable):
        ADD.rows(connection, an_update(1, payload="\0"))


def test_without_a_transaction_one_is_begun(url: str) -> None:
    with make_engine(normalise_url(url)).connect() as connection:
        ADD.rows(connection, an_update(1))
        assert connection.in_transaction()
        connection.rollback()
        assert connection.scalar(select(func.count()).select_from(table)) == 0


FIRST = Received(1, 1, ANA, "{}", NOW)


async def test_a_failed_turn_keeps_nothing(storage: Storage) -> None:
    def fails(work: Any) -> None:
        work.inbox.done(FIRST)
        work.inbox._connection.execute(text("no such statement"))

    await storage.write(lambda work: work.inbox.receive_many(1, [(1, ANA, "{}")], NOW))
    with pytest.raises((NotKept, StatementError)):
        await storage.write(fails)
    assert await storage.read(lambda work: work.inbox.waiting_lanes()) == [ANA]


async def test_who_only_reads_cannot_write(storage: Storage) -> None:
    await storage.write(arrive)
    with pytest.raises((NotKept, StatementError)):
        await storage.read(lambda work: work.inbox.done(FIRST))
