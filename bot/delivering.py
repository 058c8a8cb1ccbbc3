"""One message on its way to Telegram, through all that can happen to it there."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from telegram.error import TelegramError

from bot.api import BotApi
from bot.fates import Fate, Verdict, judge
from bot.health import Health
from bot.rendering import without_format
from storage.outbox import OutboxRow

log = structlog.get_logger("meldind.sending")

LOCKED_OUT_SECONDS = 30.0
LONGEST_PAUSE = 60.0


@dataclass(frozen=True, slots=True)
class End:
    """What became of a message; `stopped`: the person wants no more of them."""

    state: Literal["sent", "failed", "uncertain", "stopped", "cancelled"]
    message: int | None = None
    reason: str = ""


class Delivery:
    """Takes messages to Telegram. The pauses that Telegram asks for are shared, for the limits are the token's.

    `put_off` keeps that a row is due again later, for whoever sends it should this process die. `completed` gives the
    parameters of a row's request, `moved` keeps that a chat has another number now.
    """

    def __init__(
        self,
        api: BotApi,
        health: Health,
        put_off: Callable[[OutboxRow, datetime, str], Awaitable[None]],
        clock: Callable[[], datetime],
        completed: Callable[[OutboxRow], Awaitable[Mapping[str, Any]]],
        moved: Callable[[int, int], Awaitable[None]],
    ) -> None:
        self._moved = moved
        self._completed = completed
        self._api = api
        self._health = health
        self._put_off = put_off
        self._clock = clock
        self._paused_until = 0.0
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """Begin no further attempt."""
        self._stopped.set()

    async def deliver(self, row: OutboxRow) -> End | None:
        """Try until there is an end; None when `stop` came first."""
        tries, uncertain = row.attempts, 0
        while await self._may_go():
            try:
                result = await self._api.ask(row.method, await self._completed(row))
            except TelegramError as error:
                verdict = judge(error)
            else:
                self._health.sent()
                return End("sent", result.get("message_id") if isinstance(result, Mapping) else None)
            if verdict.fate is not Fate.AS_SENT:
                log.warning("not sent", row=row.id, method=row.method, fate=verdict.fate.name, reason=verdict.reason)
            if end := _end(verdict, row):
                return end
            if verdict.fate is Fate.MOVED:
                await self._moved(row.chat_id, verdict.chat)
            if changed := _changed(verdict, row):
                row = changed
                continue
            tries += 1
            if verdict.fate is Fate.UNCERTAIN or (verdict.fate is Fate.FAILED_THERE and row.kind != "reply"):
                # A reply that is shown twice does no harm, its buttons belong to a step; but once more is enough.
                uncertain += 1
                if uncertain > 1 or row.kind == "digest":
                    return End("uncertain", reason=verdict.reason)
            await self._wait(row, tries, verdict)
        return None

    async def answer(self, press: str, toast: str | None) -> None:
        """End the waiting shown on a pressed button; where that is too late it is not worth a word."""
        if await self._may_go():
            shown = {"text": toast} if toast else {}
            try:
                await self._api.ask("answerCallbackQuery", {"callback_query_id": press, **shown})
            except TelegramError as error:
                log.debug("press not answered", reason=error.message)

    async def _wait(self, row: OutboxRow, tries: int, verdict: Verdict) -> None:
        seconds = min(0.5 * 2.0 ** min(tries - 1, 8), LONGEST_PAUSE)
        if verdict.fate is Fate.LOCKED_OUT:
            self._health.locked_out()
            seconds = LOCKED_OUT_SECONDS
        elif verdict.fate is Fate.FLOOD:
            seconds = verdict.seconds
        if verdict.fate in (Fate.LOCKED_OUT, Fate.FLOOD):
            self._paused_until = max(self._paused_until, asyncio.get_running_loop().time() + seconds)
        await self._put_off(row, self._clock() + timedelta(seconds=seconds), verdict.reason)
        await self._sleep(seconds)

    async def _may_go(self) -> bool:
        """Wait until no pause is on; False when there is to be no further attempt."""
        while (left := self._paused_until - asyncio.get_running_loop().time()) > 0 and not self._stopped.is_set():
            await self._sleep(left)
        return not self._stopped.is_set()

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopped.wait()
        except TimeoutError:
            pass


def _end(verdict: Verdict, row: OutboxRow) -> End | None:
    """The end, if `verdict` is one."""
    match verdict.fate:
        case Fate.AS_SENT:
            return End("sent", row.payload.get("message_id"))
        case Fate.STOPPED:
            return End("stopped", reason=verdict.reason)
        case Fate.REFUSED:
            return End("failed", reason=verdict.reason)
        case Fate.ANEW if row.method != "editMessageText":
            return End("failed", reason=verdict.reason)
        case Fate.PLAIN if "parse_mode" not in row.payload:
            return End("failed", reason=verdict.reason)
        case _:
            return None


def _changed(verdict: Verdict, row: OutboxRow) -> OutboxRow | None:
    """The same message in the way that can be sent, if there is one."""
    payload: dict[str, Any] = dict(row.payload)
    match verdict.fate:
        case Fate.ANEW:
            del payload["message_id"]
            return replace(row, method="sendMessage", payload=payload)
        case Fate.PLAIN:
            return replace(row, payload=without_format(payload))
        case Fate.MOVED:
            return replace(row, chat_id=verdict.chat)
        case _:
            return None
