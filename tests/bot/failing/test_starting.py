"""A start in the middle of trouble: what cannot be done at once is done as soon as it can be."""

from pathlib import Path

import pytest

from storage.engine.errors import NotKept
from storage.search.initiatives import Initiatives
from tests.bot.stage import on_stage, until


async def test_catching_up_after_the_start_is_tried_again_until_it_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bool] = []

    def catch_up(_initiatives: Initiatives) -> bool:
        tries.append(True)
        if len(tries) == 1:
            raise NotKept("The database refused: database or disk is full")
        return len(tries) == 3

    async def caught_up() -> bool:
        return len(tries) == 3

    monkeypatch.setattr(Initiatives, "catch_up", catch_up)
    monkeypatch.setattr("bot.app.LEFT_BEHIND_SECONDS", 0.01)
    async with on_stage(tmp_path):
        await until(caught_up)
