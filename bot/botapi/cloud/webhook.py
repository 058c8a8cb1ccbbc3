"""Delivers updates to the bot's webhook like Telegram: in order for each person, repeated until the answer is 2xx.

A call in the answer is carried out.

The pauses are those of `WebhookActor` in tdlib/telegram-bot-api: one immediate retry, then doubling from 2 seconds up
to between 60 and 120; a Retry-After of up to an hour is used instead. After 23 hours of only 410 the webhook ends.
"""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.botapi.cloud.clock import Clock
from bot.botapi.cloud.updates import Pending, Updates
from bot.botapi.cloud.world import Json
from bot.botapi.specification.errors import SpecError
from bot.botapi.specification.incoming import answered
from bot.botapi.specification.values import Upload

MAX_RETRY_AFTER = 3600
MAX_PAUSE = 60
GONE_FOR = 23 * 3600
ANSWER_WITHIN = 60  # seconds of real time
CarryOut = Callable[[Json, dict[str, Upload]], Coroutine[Any, Any, None]]
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def is_loopback(url: str) -> bool:
    """Returns whether `url` leads to this machine; requests go to no other machine."""
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and parts.hostname in LOOPBACK


@dataclass(slots=True)
class Webhook:
    """The webhook's settings, its delivery state, and one delivery task for each lane with updates."""

    updates: Updates
    clock: Clock
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: float = 0.0
    gone_since: float | None = None
    carry_out: CarryOut | None = None
    """Carries out the call that came as the answer to an update."""
    _replies: "set[asyncio.Task[None]]" = field(default_factory=set)
    _loading: "asyncio.Task[None] | None" = None
    _lanes: dict[int, "asyncio.Task[None]"] = field(default_factory=dict)
    _session: aiohttp.ClientSession | None = None

    async def set(self, url: str, secret: str, max_connections: int) -> None:
        """Deliver to `url` from now on; an empty `url` ends delivery."""
        await self.stop()
        self.secret, self.max_connections = secret, max_connections
        self.last_error, self.last_error_at, self.gone_since = "", 0.0, None
        self.updates.webhook_url = url
        if url:
            self.updates.send_away("terminated by setWebhook request")
            connections = aiohttp.TCPConnector(limit=max_connections, force_close=False)
            timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN)
            self._session = aiohttp.ClientSession(connector=connections, timeout=timeout)
            self._loading = asyncio.create_task(self._load())

    async def stop(self) -> None:
        """End all deliveries; unconfirmed updates stay in the queue."""
        tasks = [task for task in (self._loading, *self._lanes.values()) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._loading, self._lanes = None, {}
        if self._session is not None:
            await self._session.close()
            self._session = None

    def info(self) -> Json:
        """Returns the Bot API's WebhookInfo."""
        info: Json = {
            "url": self.updates.webhook_url,
            "has_custom_certificate": False,
            "pending_update_count": self.updates.pending_count(),
        }
        if self.updates.webhook_url:
            info |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
            if self.last_error:
                info |= {"last_error_date": int(self.last_error_at), "last_error_message": self.last_error}
        return info | {"allowed_updates": sorted(self.updates.allowed)}

    async def _load(self) -> None:
        """Start a task for every lane with waiting updates."""
        while True:
            if self._delivering():
                self.updates.expire()
                for pending in [*self.updates.repeats, *self.updates.waiting.values()]:
                    if pending.lane not in self._lanes:
                        self._lanes[pending.lane] = asyncio.create_task(self._deliver_lane(pending.lane))
            await self.updates.arrived.wait(1)

    async def _deliver_lane(self, lane: int) -> None:
        """Deliver the waiting updates of `lane` one after another."""
        try:
            while self._delivering() and (pending := self._next_of(lane)) is not None:
                await self._deliver(pending)
        finally:
            del self._lanes[lane]

    def _delivering(self) -> bool:
        """Returns whether there is a webhook and delivery is not on hold."""
        return bool(self.updates.webhook_url) and not self.updates.delivery.hold

    def _next_of(self, lane: int) -> Pending | None:
        for pending in self.updates.repeats:
            if pending.lane == lane:
                self.updates.repeats.remove(pending)
                return pending
        return next((pending for pending in self.updates.waiting.values() if pending.lane == lane), None)

    async def _deliver(self, pending: Pending) -> None:
        """Send `pending` until it is accepted or expired, or the webhook has ended."""
        pause, failures = 1, 0
        pending.delivered += 1
        while pending.dies_at > self.clock.now():
            retry_after = await self._send(pending)
            if retry_after is None:
                break
            if not self.updates.webhook_url:
                return  # the webhook has ended: the update waits for the next getUpdates or webhook
            if retry_after == 0 and failures > 0:
                pause = min(self.updates.delivery.random.randint(MAX_PAUSE, MAX_PAUSE * 2), pause * 2)
            wait = retry_after or (pause if failures > 0 else 0)
            failures += 1
            if self.clock.now() + wait > pending.dies_at:
                break
            if wait:
                await self.clock.sleep(wait)
        self.updates.forget(pending)

    async def _send(self, pending: Pending) -> int | None:
        """Post `pending` once. Returns None if it was accepted, otherwise the seconds of Retry-After (0: none)."""
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        session = self._session
        if session is None:
            raise RuntimeError("the webhook delivers only between set and stop")
        try:
            async with session.post(
                self.updates.webhook_url, data=pending.encoded(), headers=headers, allow_redirects=False
            ) as response:
                if response.status // 100 == HTTPStatus.OK // 100:
                    await self._replied(response)
                else:
                    await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return self._failed(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
        if response.status // 100 == HTTPStatus.OK // 100:
            self.gone_since = None
            return None
        self._note_gone(gone=response.status == HTTPStatus.GONE)
        self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
        after = 0
        with contextlib.suppress(ValueError):
            after = int(response.headers.get("Retry-After", "0"))
        return min(max(after, 0), MAX_RETRY_AFTER)

    async def _replied(self, response: aiohttp.ClientResponse) -> None:
        """Carry out the call in the answer, if there is one; the bot does not learn what came of it."""
        try:
            given, uploads = await answered(response)
        except SpecError as error:
            self._failed(error.description)
            return
        if given and self.carry_out is not None:
            # A task of its own, because deleteWebhook ends the one that delivers.
            reply = asyncio.create_task(self.carry_out(given, uploads))
            self._replies.add(reply)
            reply.add_done_callback(self._replies.discard)

    def _failed(self, why: str) -> int:
        self.last_error, self.last_error_at = why, self.clock.now()
        return 0

    def _note_gone(self, *, gone: bool) -> None:
        """Store since when the webhook answers 410; after 23 hours Telegram removes it."""
        if not gone:
            self.gone_since = None
        elif self.gone_since is None:
            self.gone_since = self.clock.now()
        elif self.clock.now() > self.gone_since + GONE_FOR:
            self.updates.webhook_url = ""
            if self._loading is not None:
                self._loading.cancel()
