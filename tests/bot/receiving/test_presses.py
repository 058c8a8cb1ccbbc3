"""Two presses at the same moment, from two devices or by a double tap: one counts, and both are answered."""

import asyncio
import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest

from bot.language.catalogues import Catalogues
from bot.receiving.turns import Turns
from bot.sending.handled import Handled
from conversations.model.reports import Report
from storage.messages.outbox import OutboxRow
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import NOW

RACES = {"sqlite": 1_000, "postgresql": 150}
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def press(update: int, person: int, data: str, message: int) -> tuple[int, int, str]:
    who = {"id": person, "is_bot": False, "first_name": "Ida", "language_code": "en"}
    where = {"message_id": message, "date": 0, "chat": {"id": person, "type": "private"}}
    query = {"id": str(update), "from": who, "message": where, "chat_instance": "1", "data": data}
    return update, person, json.dumps({"update_id": update, "callback_query": query})


def said(update: int, person: int, text: str) -> tuple[int, int, str]:
    who = {"id": person, "is_bot": False, "first_name": "Ida", "language_code": "en"}
    message = {"message_id": update, "date": 0, "from": who, "chat": {"id": person, "type": "private"}, "text": text}
    return update, person, json.dumps({"update_id": update, "message": message})


def buttons(rows: list[OutboxRow]) -> list[str]:
    keyboard = (rows[-1].payload.get("reply_markup") or {}).get("inline_keyboard", [])
    return [button["callback_data"] for line in keyboard for button in line]


def _reports_of(person: int, work: UnitOfWork) -> Sequence[Report]:
    return work.reports.of(person)


@pytest.mark.timeout(400)
async def test_of_two_presses_at_once_one_counts_and_both_are_answered(database_url: str) -> None:
    migrate(database_url)
    # Two workers on PostgreSQL; on SQLite one process serves, with two lanes' worth of turns under way.
    kind = "postgresql" if "postgres" in database_url else "sqlite"
    workers = [Storage.open(database_url) for _ in range(2 if kind == "postgresql" else 1)]
    turns = [Turns(each, Catalogues(), COPENHAGEN, clock=lambda: datetime.now(UTC)) for each in workers] * 2
    numbers = iter(range(1, 10**9))

    async def come(*updates: tuple[int, int, str]) -> None:
        await workers[0].write(lambda work: work.inbox.receive_many(1, updates, NOW))

    async def handle(nth: int, person: int) -> Handled:
        handled = await turns[nth].next(person)
        assert handled is not None
        return handled

    for seed in range(RACES[kind]):
        chance, person = random.Random(seed), 10_000 + seed
        await come(said(next(numbers), person, "/report"), said(next(numbers), person, "Odense"))
        await handle(0, person)
        asked = await handle(0, person)
        shown = [data for data in buttons(asked.rows) if ".is." in data]
        first, second = chance.choice(shown), chance.choice(shown)
        await come(press(next(numbers), person, first, 7), press(next(numbers), person, second, 7))
        both = await asyncio.gather(handle(0, person), handle(1, person))
        assert all(each.press or any(row.press for row in each.rows) for each in both)
        (report,) = await workers[0].read(partial(_reports_of, seed + 1))
        # The second belongs to a question that was answered already: it changes nothing, and the next is on the screen.
        assert report.answers["status"] == first.rpartition(".")[2], seed
        assert "title" not in report.answers
    for each in workers:
        await each.close()
