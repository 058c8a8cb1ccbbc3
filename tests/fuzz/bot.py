"""The bot without Telegram: the real intake, turns and database, and in Telegram's place the specification."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast
from unittest import mock
from zoneinfo import ZoneInfo

from sqlalchemy import text
from telegram import InputFile

from bot.botapi.specification.errors import SpecError
from bot.botapi.specification.spec import CURRENT
from bot.botapi.specification.values import Mismatch, Upload
from bot.files.making import made
from bot.language.catalogues import Catalogues
from bot.receiving import surroundings
from bot.receiving.intake import Intake
from bot.receiving.lanes import Lanes
from bot.receiving.turns import Turns
from bot.runtime.ids import LETTERS
from bot.sending.albums import TOLD
from bot.sending.enclosures import completed
from bot.sending.handled import Handled
from conversations.model.people.permissions import Role
from storage.messages.outbox import OutboxRow
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.fuzz.sending import Sender

BOT = 123_456_789
MADE_EACH = 3
"""Files of one kind that are really made, to see that they can be; the others are only counted."""


class Clock:
    """The time of the run: it goes on by a few seconds with every update, and stands still meanwhile."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.now = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self) -> None:
        """Some seconds pass, seldom hours: people are away, claims lapse."""
        hours = self._random.choice((13, 50)) if self._random.random() < 0.0005 else 0
        self.now += timedelta(hours=hours, seconds=self._random.uniform(0.1, 2))


class FuzzedBot:
    """Takes updates one at a time, so that the same seed gives the same run, and looks at all that comes of each."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self.storage = storage
        self._clock = clock
        catalogues = Catalogues()
        self._turns = Turns(storage, catalogues, ZoneInfo("Europe/Copenhagen"), clock=clock)
        self._turns.bot_name = "MeldindBot"
        self._woken: list[int] = []
        self._lanes = Lanes(self._turns.next, lambda _handled: None, lambda: None, self._turns.take_in)
        self._lanes.wake = lambda lane, updates=1: self._woken.append(lane)  # type: ignore[method-assign]
        self._intake = Intake(storage, self._lanes, BOT, clock)
        self._made: dict[str, int] = {}

    async def take(self, update: object) -> tuple[list[Handled], float, float]:
        """Let `update` come in and be handled; what came of it, and the seconds it took by the clock and of the CPU."""
        self._clock.goes_on()
        began, worked = time.perf_counter(), time.process_time()
        await self._intake.keep([update])
        handled = []
        while self._woken:
            lane = self._woken.pop()
            while (one := await self._turns.next(lane)) is not None:
                handled.append(one)
        return handled, time.perf_counter() - began, time.process_time() - worked

    async def wrong_with(self, row: OutboxRow) -> str | None:
        """What the specification, or a limit of Telegram, has against the request that is kept in `row`."""
        parameters: dict[str, Any] = {name: value for name, value in row.payload.items() if name != TOLD}
        if "enclosed" in parameters:
            parameters = await self._with_file(row)
        elif row.method not in ("setMyCommands", "deleteMyCommands"):
            parameters = {"chat_id": row.chat_id, **parameters}
        if row.method == "editMessageText" and "message_id" not in parameters:
            parameters["message_id"] = 1  # a notice learns it when it is sent
        asked = CURRENT.method(row.method)
        if asked is None:
            return f"{row.method} is no method"
        try:
            _, remarks = asked.read(parameters, {})
        except SpecError as error:
            return f"{row.method}: {error.description}"
        return f"{row.method}: {remarks[0]}" if remarks else None

    async def _with_file(self, row: OutboxRow) -> dict[str, Any]:
        kind = row.payload["enclosed"]["kind"]
        self._made[kind] = self._made.get(kind, 0) + 1
        if self._made[kind] > MADE_EACH:
            payload = {name: value for name, value in row.payload.items() if name not in ("enclosed", TOLD)}
            carrier = "photo" if row.method == "sendPhoto" else "document"
            return {"chat_id": row.chat_id, **payload, carrier: "attach://file"}
        whole = await completed(
            row.method, row.chat_id, row.payload, self._enclosure, Path()
        )  # no file is fetched here
        return {
            name: Upload(value.filename, value.mimetype, bytes(cast("bytes", value.input_file_content)))
            if isinstance(value, InputFile)
            else value
            for name, value in whole.items()
        }

    async def _enclosure(self, kind: str, data: str) -> bytes:
        await self.storage.write(lambda work: work.summaries.refresh())
        return await asyncio.to_thread(made, kind, data, self.storage)

    async def sent(self, row: OutboxRow, message: int | None) -> None:
        """Telegram took what is in `row`."""
        await self.storage.write(lambda work: work.outbox.sent(row.id, message, self._clock.now))

    async def waiting(self) -> list[int]:
        """The lanes in which something still waits."""
        return await self.storage.read(lambda work: list(work.inbox.waiting_lanes()))


@contextlib.asynccontextmanager
async def fuzzed_bot(folder: Path, random: Random) -> AsyncIterator[FuzzedBot]:
    """A bot over a fresh SQLite file in `folder`, whose ids and codes come from `random`."""
    url = f"sqlite:///{folder / 'fuzz.db'}"
    migrate(url)
    storage = Storage.open(url, spellings=Catalogues().spellings)
    ids = mock.patch.object(surroundings, "new_id", side_effect=lambda: "".join(random.choices(LETTERS, k=10)))
    codes = mock.patch.object(surroundings, "new_code", side_effect=lambda: f"{random.getrandbits(128):032x}"[:22])
    with ids, codes:
        try:
            yield FuzzedBot(storage, Clock(random))
        finally:
            await storage.close()


async def becomes(storage: Storage, sender: Sender, role: Role) -> None:
    """Somebody has a role from the beginning."""

    def change(work: UnitOfWork) -> None:
        standing = work.people.arrive(sender.id, sender.id, "en", datetime.now(UTC), sender.name)
        work.members.become(standing.person.id, frozenset({role}))

    await storage.write(change)


def quarantined(work: UnitOfWork, after: int = 0) -> list[tuple[int, str]]:
    """The updates set aside since the one with the number `after` in the inbox, and why."""
    found = work.inbox._connection.execute(
        text("SELECT id, reason FROM inbox WHERE state = 'quarantined' AND id > :after ORDER BY id"), {"after": after}
    )
    return [(number, str(reason)) for number, reason in found]


def departs(update: object) -> str | None:
    """How `update` departs from the specification; None: it does not."""
    try:
        if beyond := _never_sent(update):
            return beyond
        CURRENT.check_for(("Update",))(_encodable(update), [])
    except (Mismatch, SpecError) as error:
        return str(error) or type(error).__name__
    except RecursionError:
        return "nested too deeply"
    return None


def _never_sent(value: Any) -> str | None:
    """What Telegram sends nowhere: null, numbers beyond the 52 bits it promises, identifiers of odd characters."""
    match value:
        case None:
            return "null"
        case int() if abs(value) >= 2**53:
            return "more than 52 bits"
        case {"latitude": int() | float() as north, "longitude": int() | float() as east} if not (
            -90 <= north <= 90 and -180 <= east <= 180
        ):
            return "a place outside the world"
        case {"message_id": int(number)} if number < 0:
            return "a message with a negative number"
        case dict() if any(key == "id" or key.endswith("_id") for key in _odd_texts(value)):
            return "an identifier with other than plain characters"
        case list() | dict():
            inner = value.values() if isinstance(value, dict) else value
            return next((found for each in inner if (found := _never_sent(each))), None)
        case _:
            return None


def _odd_texts(fields: dict[str, Any]) -> list[str]:
    texts = ((key, value) for key, value in fields.items() if isinstance(value, str))
    return [key for key, value in texts if not (value.isascii() and value.isprintable())]


def _encodable(value: Any) -> Any:
    # Half a character is something Telegram has let through; the rest of the update may be sound.
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case list():
            return [_encodable(each) for each in value]
        case dict():
            return {key: _encodable(each) for key, each in value.items()}
        case _:
            return value
