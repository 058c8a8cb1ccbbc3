"""The promise of `write`: kept together or not at all, and on disk when it returns."""

import asyncio
import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import IntegrityError, InternalError

from bot.receiving.intake import Intake
from bot.receiving.lanes import Lanes, Store
from bot.sending.handled import Handled, TakenIn
from storage.engine.database import sqlite_journal
from storage.engine.errors import CommitUnknown, DatabaseAway, NotKept, StorageClosed
from storage.messages.outbox import Outgoing
from storage.models import people
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.databases import opened
from tests.storage.chat import ANA, NOW, arrive, later


def receive(work: UnitOfWork, update: int) -> bool:
    return bool(work.inbox.receive_many(1, [(update, ANA, "{}")], NOW))


def connection_of(work: UnitOfWork) -> Connection:
    """The bare connection, for what no repository offers."""
    return work._connection


async def received(storage: Storage) -> set[int]:
    rows = await storage.read(lambda work: connection_of(work).scalars(text("SELECT update_id FROM inbox")).all())
    return set(rows)


class Slip(Exception):  # noqa: N818 - what a turn may raise
    pass


def fail(work: UnitOfWork, update: int) -> None:
    receive(work, update)
    raise Slip(update)


async def test_of_many_turns_only_those_that_fail_are_undone(storage: Storage) -> None:
    ended = await asyncio.gather(
        *(storage.write(partial(fail if update % 7 == 3 else receive, update=update)) for update in range(300)),
        return_exceptions=True,
    )
    for update, end in enumerate(ended):
        if update % 7 == 3:
            assert isinstance(end, Slip)
            assert end.args == (update,)
        else:
            assert end is True
    assert await received(storage) == {update for update in range(300) if update % 7 != 3}


async def test_a_turn_the_database_refuses_takes_nobody_with_it(storage: Storage) -> None:
    def same_id_twice(work: UnitOfWork) -> None:
        arrive(work)
        connection_of(work).execute(people.insert().from_select(list(people.c.keys()), people.select()))

    ended = await asyncio.gather(
        storage.write(partial(receive, update=1)),
        storage.write(same_id_twice),
        storage.write(partial(receive, update=2)),
        return_exceptions=True,
    )
    assert ended[0] is ended[2] is True
    assert isinstance(ended[1], IntegrityError)
    assert await received(storage) == {1, 2}
    assert await storage.read(lambda work: connection_of(work).scalar(text("SELECT count(*) FROM people"))) == 0


async def test_a_turn_that_hides_a_refusal_is_not_taken_for_kept(storage: Storage) -> None:
    """Only PostgreSQL gives the whole transaction up; on SQLite what went well is kept, as the turn wished."""

    def hiding(work: UnitOfWork) -> None:
        receive(work, 1)
        with contextlib.suppress(Exception):  # that is what it does wrong
            connection_of(work).execute(text("SELECT nothing FROM nowhere"))

    try:
        await storage.write(hiding)
    except NotKept:
        assert await received(storage) == set()
    else:
        assert await received(storage) == {1}


async def test_what_a_turn_says_is_trouble_is_put_in_words_without_values(storage: Storage) -> None:
    def asking(work: UnitOfWork) -> None:
        connection_of(work).execute(text("SELECT :secret FROM nowhere"), {"secret": "hemmelig"})

    with pytest.raises(Exception, match="nowhere") as refused:
        await storage.write(asking)
    assert "hemmelig" not in f"{refused.value} {refused.value.__cause__}"
    # A statement the database cannot read is no passing trouble: whoever takes it for such tries for ever.
    assert not isinstance(refused.value, NotKept)


async def test_even_an_end_of_iteration_reaches_its_caller(storage: Storage) -> None:
    with pytest.raises(RuntimeError):
        await storage.write(lambda _: next(iter(())))
    assert await storage.write(partial(receive, update=1))


async def test_reading_sees_all_that_was_written_and_writes_nothing(storage: Storage) -> None:
    await storage.write(partial(receive, update=1))
    assert await received(storage) == {1}
    with pytest.raises((NotKept, InternalError), match=r"no writes|read"):  # as the one and the other database says
        await storage.read(partial(receive, update=2))
    assert await received(storage) == {1}


async def test_increments_from_many_threads_and_tasks_lose_none(storage: Storage, url: str) -> None:
    await storage.write(arrive)
    other = Storage.open(url)

    def one_more(work: UnitOfWork) -> None:
        work.people.arrive(ANA, ANA, "da", NOW)  # locks the person
        connection = connection_of(work)
        chat = connection.scalar(text("SELECT step FROM sessions")) or 0
        connection.execute(text("UPDATE sessions SET step = :step"), {"step": chat + 1})

    def in_a_thread(opened: Storage) -> None:
        for _ in range(25):
            opened.write_now(one_more)

    async def in_a_task() -> None:
        for _ in range(25):
            await storage.write(one_more)

    threads = [threading.Thread(target=in_a_thread, args=(opened,)) for opened in (storage, other) for _ in range(4)]
    for thread in threads:
        thread.start()
    await asyncio.gather(*(in_a_task() for _ in range(8)))
    for thread in threads:
        await asyncio.to_thread(thread.join)
    await other.close()
    assert (await storage.write(lambda work: work.people.arrive(ANA, ANA, "da", NOW))).session.step == 16 * 25


async def test_a_caller_that_gives_up_does_not_stop_the_others(storage: Storage) -> None:
    waiting = [storage.write(partial(receive, update=update)) for update in range(20)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert await received(storage) >= set(range(1, 20, 2))


async def test_closing_finishes_what_waits(url: str) -> None:
    storage = Storage.open(url)
    waiting = [storage.write(partial(receive, update=update)) for update in range(200)]
    await asyncio.sleep(0)
    await storage.close()
    assert await asyncio.gather(*waiting) == [True] * 200
    with pytest.raises(StorageClosed):
        await storage.read(receive_nothing)
    await storage.close()


def receive_nothing(_work: UnitOfWork) -> None:
    pass


def test_an_event_loop_that_is_gone_harms_nobody(url: str) -> None:
    storage = Storage.open(url)
    begun, go_on = threading.Event(), threading.Event()

    def slow(work: UnitOfWork) -> None:
        receive(work, 1)
        begun.set()
        go_on.wait()

    async def leaving() -> None:
        task = storage.write(slow)
        await asyncio.to_thread(begun.wait)
        task.cancel()

    asyncio.run(leaving())
    go_on.set()
    assert storage.write_now(partial(receive, update=2))
    assert not storage.write_now(partial(receive, update=1))
    storage.close_now()


def test_what_cannot_be_opened_is_told_of_at_once(tmp_path: object) -> None:
    with pytest.raises(DatabaseAway, match=r"^[^\n]+$"):
        Storage.open(f"sqlite:///{tmp_path}/no/folder/meldind.sqlite3")
    with pytest.raises(DatabaseAway, match=r"^[^\n]+$"):
        Storage.open("postgresql://nobody@127.0.0.1:9/none")


# What only happens on one of the databases.


@contextlib.contextmanager
def commits_counted() -> Iterator[list[int]]:
    """As many items as there were commits."""
    commits: list[int] = []

    def count(_connection: Connection) -> None:
        commits.append(1)

    event.listen(Engine, "commit", count)
    try:
        yield commits
    finally:
        event.remove(Engine, "commit", count)


async def test_sqlite_commits_what_waits_together(sqlite_storage: Storage) -> None:
    with commits_counted() as commits:
        await asyncio.gather(*(sqlite_storage.write(partial(receive, update=update)) for update in range(100)))
    assert len(commits) < 20


async def test_sqlite_keeps_an_update_and_the_turn_it_wakes_in_one_commit(sqlite_storage: Storage) -> None:
    turns: list[object] = []

    async def turn(lane: int) -> Handled | None:
        turns.append(received := await sqlite_storage.write(lambda work: work.inbox.next_for(lane)))
        return None if received is None else Handled()

    async def at_once(lane: int, store: Store) -> TakenIn:
        raise AssertionError((lane, store))

    lanes = Lanes(turn, lambda _handled: None, lambda: None, at_once)
    intake = Intake(sqlite_storage, lanes, 1)
    with commits_counted() as commits:
        await intake.keep(
            [{"update_id": 1, "message": {"chat": {"id": ANA, "type": "private"}, "from": {"id": ANA}}}], waits=True
        )
        await lanes.stop(1)
    assert len(turns) == len(commits) == 1
    assert turns[0] is not None


async def test_sqlite_waits_for_the_disk_only_where_something_would_be_lost(sqlite_storage: Storage) -> None:
    """Of the rollback journals a commit without waiting could tear the file, so there is none."""

    def level(work: UnitOfWork) -> object:
        return connection_of(work).scalar(text("PRAGMA synchronous"))

    full, normal = 2, 1 if sqlite_journal().mode == "wal" else 2
    assert await sqlite_storage.note(level) == normal
    assert await sqlite_storage.write(level) == full
    together = sqlite_storage.note(level), sqlite_storage.write(level)
    assert {await each for each in together} == {full}
    assert await sqlite_storage.note(level) == normal


async def test_postgresql_waits_for_the_disk_only_where_something_would_be_lost(postgres_url: str) -> None:
    def waits(work: UnitOfWork) -> object:
        return connection_of(work).scalar(text("SHOW synchronous_commit"))

    migrate(postgres_url)
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:  # the server of the tests never waits
        connection.execute(text(f'ALTER DATABASE "{engine.url.database}" SET synchronous_commit = on'))
    engine.dispose()
    async with opened(postgres_url) as storage:
        assert {await storage.note(waits) for _time in range(20)} == {"off"}
        assert {await storage.write(waits) for _time in range(20)} == {"on"}


def test_what_is_noted_outlives_the_process(url: str) -> None:
    command = (sys.executable, "-m", "tests.storage.writes_until_killed", url, "note")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        heard = [writer.stdout.readline() for _ in range(100)]
        writer.kill()
        heard += writer.stdout.read().splitlines(keepends=True)
    storage = Storage.open(url)
    there = storage.read_now(lambda work: connection_of(work).scalars(text("SELECT update_id FROM inbox")).all())
    storage.close_now()
    assert {int(line) for line in heard if line.endswith("\n")} <= set(there)


async def test_what_was_begun_in_a_loop_that_ended_stops_nobody(url: str) -> None:
    def begins_and_ends(storage: Storage) -> None:
        async def begin() -> None:
            storage.write(partial(receive, update=1))

        asyncio.run(begin())

    storage = Storage.open(url)
    await asyncio.to_thread(begins_and_ends, storage)
    assert await storage.write(partial(receive, update=2))
    await storage.close()


def break_once(how: Callable[[Connection], None]) -> Callable[[UnitOfWork], int]:
    """A turn that meets with `how` the first time it runs, and counts its runs."""
    runs = []

    def turn(work: UnitOfWork) -> int:
        runs.append(1)
        receive(work, 1)
        if len(runs) == 1:
            how(connection_of(work))
        receive(work, 2)
        return len(runs)

    return turn


def hang_up(connection: Connection) -> None:
    """The server ends the connection, as it does when it is restarted."""
    connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


def conflict(connection: Connection) -> None:
    connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'serialization_failure'; END $$"))


@pytest.mark.parametrize("how", [hang_up, conflict])
async def test_postgresql_tries_again_what_was_not_the_turns_fault(
    postgres_storage: Storage, how: Callable[[Connection], None]
) -> None:
    assert await postgres_storage.write(break_once(how)) == 2
    assert await received(postgres_storage) == {1, 2}


async def test_postgresql_gives_up_in_the_end(postgres_storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.engine.threads.pool.PAUSES", (0.0, 0.0))
    with pytest.raises(DatabaseAway):
        await postgres_storage.write(lambda work: hang_up(connection_of(work)))
    with pytest.raises(NotKept):
        await postgres_storage.write(lambda work: conflict(connection_of(work)))
    assert await postgres_storage.write(partial(receive, update=1))


async def test_a_connection_lost_while_committing_is_said_to_be_unknown(postgres_storage: Storage) -> None:
    runs = []

    def with_a_bad_end(work: UnitOfWork) -> None:
        runs.append(1)
        receive(work, 1)
        # a deferred trigger runs at the commit, and there ends the connection
        for statement in (
            """CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$""",
            """CREATE CONSTRAINT TRIGGER bad_end AFTER INSERT ON inbox DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION hang_up()""",
        ):
            connection_of(work).execute(text(statement))
        receive(work, 2)

    with pytest.raises(CommitUnknown):
        await postgres_storage.write(with_a_bad_end)
    assert runs == [1]
    assert await postgres_storage.write(partial(receive, update=3))


@pytest.mark.parametrize("code", ["25006", "0A000", "42501"])
async def test_a_postgres_that_takes_no_writes_as_in_a_failover_is_no_fault_of_the_turn(
    postgres_storage: Storage, code: str
) -> None:
    def on_a_standby(work: UnitOfWork) -> None:
        connection_of(work).execute(text(f"DO $$ BEGIN RAISE EXCEPTION 'read-only' USING ERRCODE = '{code}'; END $$"))

    with pytest.raises(NotKept, match="takes no writes"):
        await postgres_storage.write(on_a_standby)
    assert await postgres_storage.write(partial(receive, update=1))


async def test_where_sqlite_gives_up_a_whole_commit_every_turn_of_it_is_told_why(sqlite_storage: Storage) -> None:
    def too_much(work: UnitOfWork) -> None:
        receive(work, 2)
        connection_of(work).execute(text("INSERT OR ROLLBACK INTO inbox SELECT * FROM inbox"))

    one, other = await asyncio.gather(
        sqlite_storage.write(too_much), sqlite_storage.write(too_much), return_exceptions=True
    )
    for ended in (one, other):
        assert isinstance(ended, NotKept)
        assert str(ended) == "The database refused: UNIQUE constraint failed: inbox.id"
    assert one is not other
    await sqlite_storage.write(partial(receive, update=3))
    assert await received(sqlite_storage) == {3}


async def test_a_full_disk_fails_all_turns_of_the_commit_and_the_next_is_kept(sqlite_storage: Storage) -> None:
    def limit(work: UnitOfWork, pages: str) -> None:
        connection_of(work).execute(text(f"PRAGMA max_page_count = {pages}"))

    def too_much(work: UnitOfWork) -> None:
        for number in range(40):
            work.outbox.add(Outgoing(ANA, "sendMessage", {"text": "x" * 4000}, "reply", later(seconds=number)))

    await sqlite_storage.write(partial(limit, pages="60"))
    ended = await asyncio.gather(
        sqlite_storage.write(partial(receive, update=1)),
        sqlite_storage.write(too_much),
        return_exceptions=True,
    )
    assert isinstance(ended[1], NotKept)
    await sqlite_storage.write(partial(limit, pages="100000"))
    await sqlite_storage.write(partial(receive, update=2))
    assert await received(sqlite_storage) == ({1, 2} if ended[0] is True else {2})


async def test_what_is_read_beside_holds_up_nobody_and_must_not_write(storage: Storage) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def counts(work: UnitOfWork) -> int:
        begun.set()
        assert may_go_on.wait(20)
        return len(connection_of(work).scalars(text("SELECT update_id FROM inbox")).all())

    await storage.write(partial(receive, update=1))
    counted = storage.read_beside(counts)
    assert await asyncio.to_thread(begun.wait, 20)
    assert await storage.write(partial(receive, update=2))
    may_go_on.set()
    assert await counted in (1, 2)  # what it sees is of the moment of its first statement
    with pytest.raises((NotKept, InternalError)):
        await storage.read_beside(partial(receive, update=3))
    assert await received(storage) == {1, 2}


async def test_what_is_read_beside_does_not_wait_for_what_is_being_written(storage: Storage) -> None:
    begun, may_go_on = threading.Event(), threading.Event()

    def writes(work: UnitOfWork) -> bool:
        receive(work, 1)
        begun.set()
        return may_go_on.wait(60)

    writing = storage.write(writes)
    assert await asyncio.to_thread(begun.wait, 20)
    async with asyncio.timeout(60):
        seen = await storage.read_beside(
            lambda work: connection_of(work).scalars(text("SELECT update_id FROM inbox")).all()
        )
    may_go_on.set()
    assert (list(seen), await writing) == ([], True)


async def test_with_a_rollback_journal_nothing_is_read_beside_because_commits_would_wait(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engine.database.sqlite_journal", partial(sqlite_journal, (3, 40, 1)))
    async with opened(sqlite_url) as storage:
        assert await storage.read_beside(lambda _work: threading.current_thread().name) == "storage"
