"""On PostgreSQL an update that comes alone is stored and handled in one transaction, and in two where that fails."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, Engine, event

from bot.language.catalogues import Catalogues
from bot.receiving import turns as module
from bot.receiving.intake import Intake
from bot.receiving.lanes import Lanes
from bot.receiving.turns import Turns
from bot.sending.handled import Handled
from storage.engine.errors import CommitUnknown
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.databases import opened

ANA, IDA = 7, 8
BOT = 42


@dataclass
class Receiving:
    """The receiving half of a bot, and what it hands on to be sent."""

    storage: Storage
    handled: list[Handled] = field(default_factory=list)
    looks_for_unsent: int = 0

    def __post_init__(self) -> None:
        self.turns = Turns(self.storage, Catalogues(), ZoneInfo("Europe/Copenhagen"), bot=BOT)
        self.lanes = Lanes(self.turns.next, self.handled.append, self._look, self.turns.take_in)
        self.intake = Intake(self.storage, self.lanes, BOT)

    async def ended(self) -> None:
        """Wait until all lanes are at rest."""
        async with asyncio.timeout(30):
            while self.lanes.busy(ANA) or self.lanes.busy(IDA):  # noqa: ASYNC110 - lanes have no event for it
                await asyncio.sleep(0.01)

    async def states(self) -> list[str]:
        """The states of the updates in the inbox, in their order."""
        return await self.storage.read(_states)

    def _look(self) -> None:
        self.looks_for_unsent += 1


def _states(work: UnitOfWork) -> list[str]:
    found = work.inbox._connection.exec_driver_sql("SELECT state FROM inbox ORDER BY update_id")
    return [state for (state,) in found]


def writes(number: int, person: int = ANA, text: str = "/start") -> dict[str, object]:
    """An update: `person` writes `text`."""
    who = {"id": person, "is_bot": False, "first_name": "Ana", "language_code": "en"}
    chat = {"id": person, "type": "private", "first_name": "Ana"}
    return {
        "update_id": number,
        "message": {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": who, "text": text},
    }


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


@pytest.fixture
async def receiving(postgres_url: str) -> AsyncIterator[Receiving]:
    """It, on PostgreSQL."""
    migrate(postgres_url)
    async with opened(postgres_url) as storage:
        yield Receiving(storage)


async def test_a_single_update_is_stored_and_handled_in_one_commit(receiving: Receiving) -> None:
    with commits_counted() as commits:
        await receiving.intake.keep([writes(1)], waits=True)
        assert len(commits) == 1
        assert len(receiving.handled) == 1
        await receiving.ended()
    assert await receiving.states() == ["done"]


async def test_several_are_stored_first(receiving: Receiving) -> None:
    await receiving.intake.keep([writes(1), writes(2, IDA)], waits=True)
    await receiving.ended()
    assert len(receiving.handled) == 2
    assert await receiving.states() == ["done", "done"]


async def test_a_known_one_is_not_handled_again(receiving: Receiving) -> None:
    await receiving.intake.keep([writes(1)], waits=True)
    await receiving.intake.keep([writes(1)], waits=True)
    await receiving.ended()
    assert len(receiving.handled) == 1


async def test_an_older_one_of_the_person_comes_first(receiving: Receiving) -> None:
    await receiving.storage.write(lambda work: work.inbox.receive_many(BOT, [(1, ANA, "{}")], receiving.turns._clock()))
    await receiving.intake.keep([writes(2)], waits=True)
    await receiving.ended()
    assert [bool(each.rows) for each in receiving.handled] == [False, True]
    assert await receiving.states() == ["done", "done"]


async def test_one_whose_turn_fails_is_stored_all_the_same(
    receiving: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_anything: object) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(module, "take_turn", fail)
    await receiving.intake.keep([writes(1)], waits=True)
    await receiving.ended()
    assert await receiving.states() == ["quarantined"]
    assert receiving.handled[0].rows, "its sender is told"


async def test_after_a_commit_of_which_nothing_is_known_its_reply_is_looked_for(
    receiving: Receiving, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = receiving.turns.take_in

    async def taken(*anything: object) -> None:
        await whole(*anything)  # type: ignore[arg-type]
        raise CommitUnknown("The connection broke.")

    monkeypatch.setattr(receiving.lanes, "_take_in", taken)
    await receiving.intake.keep([writes(1)], waits=True)
    await receiving.ended()
    assert receiving.looks_for_unsent == 1
    assert await receiving.states() == ["done"]
