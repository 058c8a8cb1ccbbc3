"""Digests and figures are counted beside the turns of others, and lose nothing by it."""

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.receiving.turns import Turns
from storage.engine.errors import NotKept, StorageClosed
from storage.session.unit_of_work import UnitOfWork
from tests.bot.reviewing import coordinator, gives, reports
from tests.bot.stage import Talk, on_stage, until


class Counting:
    """The counting of a turn, which waits until it may go on."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_go_on = threading.Event()

    async def has_begun(self) -> None:
        assert await asyncio.to_thread(self.begun.wait, 20)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    held = Counting()
    decide = Turns._decide_beside

    def waits(turns: Turns, begun: Any, work: UnitOfWork) -> Any:
        held.begun.set()
        assert held.may_go_on.wait(20)
        return decide(turns, begun, work)

    monkeypatch.setattr(Turns, "_decide_beside", waits)
    yield held
    held.may_go_on.set()


def said(talk: Talk) -> int:
    """How many messages of the bot there are in the chat."""
    return sum(message.by_bot for message in talk.phone.messages)


@pytest.mark.parametrize("command", ["/digest", "/stats", "/coverage", "/evidence"])
async def test_others_are_answered_meanwhile_and_it_comes_as_one_message(
    tmp_path: Path, database_url: str, counting: Counting, command: str
) -> None:
    async with on_stage(tmp_path, database_url=database_url) as stage:
        ann = await coordinator(stage)
        await reports(stage.talk())
        await stage.settles()  # she is told of the report
        await ann.phone.looks()
        before = said(ann)
        await ann.phone.types(command)
        await counting.has_begun()
        assert await stage.finds(lambda work: work.inbox.oldest_pending()) is not None  # so that no crash loses it
        emily = stage.talk()
        await emily.starts()
        await ann.phone.looks()
        assert said(ann) == before
        counting.may_go_on.set()
        await stage.settles()
        await ann.phone.looks()
        assert said(ann) == before + 1


async def test_what_was_not_counted_before_a_stop_comes_once_after_the_next_start(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: list[int] = []
    decide = Turns._decide_beside

    def stops(turns: Turns, begun: Any, work: UnitOfWork) -> Any:
        stopped.append(begun.update)
        if len(stopped) == 1:
            raise StorageClosed("The bot stops.")
        return decide(turns, begun, work)

    monkeypatch.setattr(Turns, "_decide_beside", stops)
    async with on_stage(tmp_path, database_url=database_url) as stage:
        ann = await coordinator(stage)
        await reports(stage.talk())
        await stage.settles()  # she is told of the report
        await ann.phone.looks()
        before = said(ann)
        await ann.phone.types("/digest")
        await until(lambda: _at_least_one(stopped))
        await stage.restart()
        await stage.settles()
        await ann.phone.looks()
        assert said(ann) == before + 1
        assert stopped[0] == stopped[1]


async def test_who_lost_the_role_meanwhile_is_shown_nothing(
    tmp_path: Path, database_url: str, counting: Counting
) -> None:
    async with on_stage(tmp_path, database_url=database_url) as stage:
        ann = await coordinator(stage)
        await reports(stage.talk())
        await ann.phone.types("/stats")
        await counting.has_begun()
        await gives(stage, ann)
        counting.may_go_on.set()
        await stage.settles()
        await ann.phone.sees("That command is for coordinators.")


async def test_what_cannot_be_counted_beside_is_counted_in_the_turn(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_turns: Turns, _begun: Any, _work: UnitOfWork) -> Any:
        raise NotKept("It is broken.")

    monkeypatch.setattr(Turns, "_decide_beside", fails)
    async with on_stage(tmp_path, database_url=database_url) as stage:
        ann = await coordinator(stage)
        await reports(stage.talk())
        await ann.writes("/stats")
        await ann.phone.sees("One report, from one library")


async def _at_least_one(these: list[int]) -> bool:
    return bool(these)
