"""The delivery of one message to Telegram, with all its errors and retries."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import structlog
from telegram.error import TelegramError

from bot.runtime.counting import count
from bot.runtime.errors import Flood
from bot.runtime.health import Health
from bot.runtime.timers import told_within
from bot.sending.error_policy import ANSWERED, IN_DOUBT, NOT_TAKEN, Fate, Verdict, judge
from bot.sending.notices import ASKER, TOPIC
from bot.sending.rate_limits import RateLimits
from bot.telegram.api import BotApi
from bot.telegram.rendering import has_moments, without_format, without_moments
from bot.telegram.rich import RICH
from storage.messages.outbox import PLAIN, OutboxRow

log = structlog.get_logger("meldind.sending")

LOCKED_OUT_SECONDS = 30.0
LONGEST_PAUSE = 60.0

LONGEST_SILENCE = 10.0
"""Seconds between two checks whether Telegram answers again."""

AGAIN_SECONDS, DOUBTED_SECONDS, LONGEST_DOUBTED = 0.5, 15.0, 900.0
"""Seconds before a message that may have arrived is sent again. If Telegram answers everything else, each attempt may
show it once more, so attempts are rare: the pause doubles.
"""


@dataclass(frozen=True, slots=True)
class End:
    """The final state of a message; `stopped`: the person has stopped the bot, or the bot is `muted` in that group.

    `instead`: a cancelled message of which Telegram takes only these, the same as text.
    """

    state: Literal["sent", "failed", "stopped", "cancelled"]
    message: int | None = None
    reason: str = ""
    muted: bool = False
    instead: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Again:
    """The message, in the form that can be sent, is to be tried again in `seconds`.

    `doubtful`: it may have arrived; what follows depends on its kind.
    """

    row: OutboxRow
    seconds: float
    reason: str
    doubtful: bool


class Delivery:
    """Delivers messages to Telegram. Pauses that Telegram demands apply to all, because the limits are the token's.

    `paused` stores a pause for other workers and after a restart. `completed` returns the parameters of a row's
    request, `moved` stores the new id of a chat.
    """

    def __init__(
        self,
        api: BotApi,
        health: Health,
        limits: RateLimits,
        paused: Callable[[float], Awaitable[None]],
        completed: Callable[[OutboxRow], Awaitable[Mapping[str, Any]]],
        moved: Callable[[int, int], Awaitable[None]],
    ) -> None:
        self._api = api
        self._health = health
        self._limits = limits
        self._paused = paused
        self._completed = completed
        self._moved = moved
        self._stopped = asyncio.Event()
        self._knows_moments = True
        """False once the server has refused one, which an older one does: from then on none are sent."""
        self._knows_rich = True
        """False once the server has known no rich messages."""
        self._all_may_see: set[int] = set()
        """The groups in which a message to one person was refused, so that answers there are for all."""

    def stop(self) -> None:
        """Start no further attempts."""
        self._stopped.set()

    async def deliver(self, row: OutboxRow, put_off: Callable[[Again], Awaitable[None]]) -> End | None:
        """Send a reply with retries until it has ended; None: `stop` came first.

        `put_off` stores when it is due again, and in doubt, so that another process can send it if this one dies.
        """
        while await self._may_go(row.chat_id):
            self._limits.sent(row.chat_id, _now(), notice=False)
            outcome = await self.attempt(row)
            if isinstance(outcome, End):
                return outcome
            row = outcome.row
            await put_off(outcome)
            await self.sleep(outcome.seconds)
        return None

    async def attempt(self, row: OutboxRow) -> End | Again:
        """Try to send `row` once; if Telegram refuses only its form, at once in another form.

        A message that may have arrived is not sent again before Telegram answers another request: so after an hour
        without network it is shown twice at most. It must be sent again, because it is unknown whether it arrived.
        """
        if row.doubts and _shows_more(row) and (silence := await self._silence(row)):
            return silence
        row = self._fit(row)
        while self._knows_rich or PLAIN not in row.payload:
            try:
                result = await self._api.ask(row.method, await self._completed(row))
            except TelegramError as error:
                verdict = judge(error)
            else:
                self._health.sent()
                count("sends", "sent")
                # A message that only one person can see has the number 0, which no later request can name.
                return End("sent", (result.get("message_id") or None) if isinstance(result, Mapping) else None)
            count("sends", verdict.fate.name.lower())
            if verdict.fate is not Fate.AS_SENT:
                log.warning("not sent", row=row.id, method=row.method, fate=verdict.fate.name, reason=verdict.reason)
            if PLAIN in row.payload and verdict.fate in NOT_TAKEN:
                self._knows_rich = verdict.fate is not Fate.OLDER
                break
            if end := _end(verdict, row):
                return end
            if verdict.fate is Fate.MOVED:
                await self._moved(row.chat_id, verdict.chat)
            changed = _changed(verdict, row)
            if changed is None:
                return await self._again(row, verdict)
            self._remember(verdict, row)
            row = changed
        return End("cancelled", instead=row.payload[PLAIN])

    def _fit(self, row: OutboxRow) -> OutboxRow:
        """Returns `row` without what the server or the chat has refused before."""
        if not self._knows_moments and has_moments(row.payload):
            row = replace(row, payload=without_moments(dict(row.payload)))
        if row.chat_id in self._all_may_see and ASKER in row.payload:
            row = replace(row, payload=_without(row.payload, ASKER))
        return row

    def _remember(self, verdict: Verdict, row: OutboxRow) -> None:
        if verdict.fate is Fate.OLDER:
            self._knows_moments = False
        elif verdict.fate in (Fate.REFUSED, Fate.MUTED):
            self._all_may_see.add(row.chat_id)

    async def ask(self, method: str, chat: int, parameters: Mapping[str, Any]) -> Any:
        """Send a request that is not in the outbox; returns the result. It waits for pauses, and stores new ones.

        Raises TelegramError.
        """
        await self._may_go(chat)
        self._limits.sent(chat, _now(), notice=False)
        try:
            return await self._api.ask(method, {"chat_id": chat, **parameters})
        except Flood as error:
            await self._flooded(error.seconds)
            raise

    async def answer(self, press: str, toast: str | None) -> None:
        """Answer a callback query, with `toast` if given; it is ignored if that is too late."""
        while (pause := self._limits.paused(_now())) > 0 and not self._stopped.is_set():
            await self.sleep(pause)
        if self._stopped.is_set():
            return
        shown = {"text": toast} if toast else {}
        try:
            await self._api.ask("answerCallbackQuery", {"callback_query_id": press, **shown})
        except TelegramError as error:
            log.debug("press not answered", reason=error.message)

    async def sleep(self, seconds: float) -> None:
        """Wait for `seconds`, or until `stop`."""
        await told_within(seconds, self._stopped)

    async def _silence(self, row: OutboxRow) -> Again | None:
        """Send a harmless request to the same chat; None: Telegram answered, with any result."""
        try:
            await self._api.ask("sendChatAction", {"chat_id": row.chat_id, "action": "typing"})
        except TelegramError as error:
            verdict = judge(error)
            if verdict.fate in ANSWERED:
                return None
            again = await self._again(row, verdict)
            seconds = min(again.seconds, LONGEST_SILENCE) if verdict.fate in IN_DOUBT else again.seconds
            return replace(again, row=replace(again.row, doubts=row.doubts), seconds=seconds, doubtful=False)
        return None

    async def _again(self, row: OutboxRow, verdict: Verdict) -> Again:
        seconds = min(0.5 * 2.0 ** min(row.attempts, 8), LONGEST_PAUSE)
        if verdict.fate is Fate.LOCKED_OUT:
            self._health.locked_out()
            count("pauses", "locked_out")
            seconds = LOCKED_OUT_SECONDS
            self._limits.pause(_now() + seconds)
        elif verdict.fate is Fate.FLOOD:
            seconds = verdict.seconds
            count("pauses", "flood")
            await self._flooded(seconds)
        doubtful = verdict.fate in IN_DOUBT and _shows_more(row)
        if doubtful:
            often = DOUBTED_SECONDS * 2.0 ** min(row.doubts - 1, 8)
            seconds = min(often, LONGEST_DOUBTED) if row.doubts else AGAIN_SECONDS
        tried = replace(row, attempts=row.attempts + 1, doubts=row.doubts + doubtful)
        return Again(tried, seconds, verdict.reason, doubtful)

    async def _flooded(self, seconds: float) -> None:
        self._limits.refused(_now(), seconds)
        self._health.asked_to_wait(seconds)
        await self._paused(seconds)

    async def _may_go(self, chat: int) -> bool:
        """Wait until a reply to `chat` may be sent; False: no further attempts."""
        while (wait := self._limits.reply_wait(chat, _now())) > 0 and not self._stopped.is_set():
            await self.sleep(wait)
        return not self._stopped.is_set()


def _now() -> float:
    return asyncio.get_running_loop().time()


def _shows_more(row: OutboxRow) -> bool:
    """Returns whether each request that Telegram accepts adds a message; a repeated edit does not."""
    return row.method.startswith("send")


def _end(verdict: Verdict, row: OutboxRow) -> End | None:
    """Returns the end state for `verdict`; None: it is not final."""
    match verdict.fate:
        case Fate.REFUSED | Fate.MUTED if ASKER in row.payload:
            return None
        case Fate.AS_SENT:
            return End("sent", row.payload.get("message_id"))
        case Fate.STOPPED:
            return End("stopped", reason=verdict.reason)
        case Fate.MUTED if row.chat_id < 0:
            return End("stopped", reason=verdict.reason, muted=True)
        case Fate.REFUSED | Fate.MUTED:
            return End("failed", reason=verdict.reason)
        case Fate.OLDER if not has_moments(row.payload):
            return End("failed", reason=verdict.reason)
        case Fate.NO_TOPIC if TOPIC not in row.payload:
            return End("failed", reason=verdict.reason)
        case Fate.ANEW if row.method != "editMessageText":
            return End("failed", reason=verdict.reason)
        case Fate.PLAIN if "parse_mode" not in row.payload:
            return End("failed", reason=verdict.reason)
        case _:
            return None


def _changed(verdict: Verdict, row: OutboxRow) -> OutboxRow | None:
    """Returns the same message in a form that Telegram accepts; None: there is none."""
    payload: dict[str, Any] = dict(row.payload)
    match verdict.fate:
        case Fate.ANEW:
            del payload["message_id"]
            method = "sendRichMessage" if RICH in payload else "sendMessage"
            return replace(row, method=method, payload=payload)
        case Fate.OLDER:
            return replace(row, payload=without_moments(payload))
        case Fate.PLAIN:
            return replace(row, payload=without_format(payload))
        case Fate.NO_TOPIC:
            return replace(row, payload=_without(payload, TOPIC))
        case Fate.REFUSED | Fate.MUTED if ASKER in payload:
            return replace(row, payload=_without(payload, ASKER))
        case Fate.MOVED:
            return replace(row, chat_id=verdict.chat)
        case _:
            return None


def _without(payload: Mapping[str, Any], parameter: str) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if name != parameter}
