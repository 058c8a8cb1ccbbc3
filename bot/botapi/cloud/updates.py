"""The queue of unconfirmed updates behind getUpdates and the webhook."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.botapi.cloud.clock import Clock, Signal
from bot.botapi.cloud.world import Json
from bot.botapi.specification.description import TYPES
from bot.botapi.specification.errors import conflict
from bot.botapi.specification.limits import UPDATE_LIVES

KINDS = frozenset(TYPES["Update"]["fields"]) - {"update_id"}
# Not sent unless requested, https://core.telegram.org/bots/api#getupdates
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class Pending:
    """A waiting update. Updates of one `lane` (a person or chat) are delivered in order."""

    id: int
    body: Json
    lane: int
    dies_at: float
    delivered: int = 0

    def encoded(self) -> bytes:
        """Returns the update as JSON with escapes for non-ASCII characters, so that lone surrogates can be sent."""
        return json.dumps({"update_id": self.id, **self.body}, separators=(",", ":")).encode()


@dataclass(slots=True)
class Delivery:
    """How unreliable delivery is: probabilities from 0 to 1, drawn from `random`; all off by default."""

    random: Random
    redeliver: float = 0.0  # delivered again with the same id after confirmation
    repeat_presses: float = 0.0  # a press comes twice, the second time with a new id
    permute: float = 0.0  # swapped with a waiting neighbour
    hold: bool = False  # nothing is delivered while this is on


@dataclass(slots=True)
class Updates:
    """The queue. Expired updates are dropped at the next access."""

    clock: Clock
    delivery: Delivery
    waiting: "OrderedDict[int, Pending]" = field(default_factory=OrderedDict)
    repeats: list[Pending] = field(default_factory=list)
    allowed: frozenset[str] = KINDS - ON_REQUEST
    webhook_url: str = ""
    arrived: Signal = field(default_factory=Signal)
    next_id: int = 100_000_001
    poller: object | None = None  # the waiting getUpdates call, which a second one ends
    sent_away: str = ""
    next_quick_conflict: float = 0.0  # on the event loop's clock; earlier conflicts are answered late

    def push(self, kind: str, body: Any, lane: int, lives: float = UPDATE_LIVES) -> int | None:
        """Add an update of `kind` that expires after `lives` seconds; returns its id (None: an unwanted kind)."""
        if kind not in self.allowed:
            return None
        return self.push_raw({kind: body}, lane, lives)

    def push_raw(self, body: Json, lane: int, lives: float = UPDATE_LIVES) -> int:
        """Add an update with any body, valid or not; returns its id."""
        pending = Pending(self.next_id, body, lane, self.clock.now() + lives)
        self.next_id += 1
        self.waiting[pending.id] = pending
        if "callback_query" in body and self._happens(self.delivery.repeat_presses):
            again = Pending(self.next_id, body, lane, pending.dies_at)
            self.next_id += 1
            self.waiting[again.id] = again
        self._exchange(pending)
        self.arrived.fire()
        return pending.id

    def confirm(self, before: int) -> None:
        """Drop every update with an id lower than `before`."""
        while self.waiting:
            first = next(iter(self.waiting.values()))
            if first.id >= before:
                return
            self.forget(first)

    def forget(self, pending: Pending) -> None:
        """Drop `pending`, which the bot has; with redelivery on it may be sent again."""
        self.waiting.pop(pending.id, None)
        if pending not in self.repeats and pending.delivered == 1 and self._happens(self.delivery.redeliver):
            self.repeats.append(pending)

    def keep_last(self, count: int) -> None:
        """Drop all but the last `count` updates (getUpdates with a negative offset)."""
        while len(self.waiting) > count:
            self.waiting.popitem(last=False)

    def clear(self) -> None:
        """Drop all waiting updates (drop_pending_updates)."""
        self.waiting.clear()
        self.repeats.clear()

    def ready(self, limit: int) -> list[Pending]:
        """Returns up to `limit` updates to deliver now, ordered by id, after repeated ones."""
        if self.delivery.hold:
            return []
        self.expire()
        repeats, self.repeats = self.repeats[:limit], self.repeats[limit:]
        batch = repeats + [
            pending for pending, _ in zip(self.waiting.values(), range(limit - len(repeats)), strict=False)
        ]
        for pending in batch:
            pending.delivered += 1
        return batch

    def expire(self) -> None:
        """Drop expired updates."""
        now = self.clock.now()
        for pending in [pending for pending in self.waiting.values() if pending.dies_at <= now]:
            del self.waiting[pending.id]

    def pending_count(self) -> int:
        """Returns the number of waiting updates."""
        self.expire()
        return len(self.waiting)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Set which kinds the bot wants: None changes nothing, an empty list is the default."""
        if kinds is not None:
            chosen = frozenset(kinds) & KINDS
            self.allowed = chosen or KINDS - ON_REQUEST

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Pending]:  # noqa: ASYNC109 - getUpdates' own
        """The answer of getUpdates: at once if updates wait, otherwise when one comes or after `timeout` seconds.

        Raises ApiError 409 if a webhook is set, and in the earlier of two waiting calls.
        """
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        if offset < 0:
            self.keep_last(-offset)
        self.confirm(offset)
        batch = self.ready(limit)
        if batch or timeout == 0:
            return batch
        self.send_away("terminated by other getUpdates request; make sure that only one bot instance is running")
        me = self.poller = object()
        loop = asyncio.get_running_loop()
        ends = loop.time() + timeout
        try:
            while not batch and (left := ends - loop.time()) > 0:
                await self.arrived.wait(left)
                if self.poller is not me:
                    raise conflict(self.sent_away)
                batch = self.ready(limit)
        finally:
            if self.poller is me:
                self.poller = None
        return batch

    def send_away(self, why: str) -> None:
        """End the waiting getUpdates call with a conflict with the text `why`."""
        if self.poller is not None:
            self.poller, self.sent_away = None, why
            self.arrived.fire()

    def _exchange(self, pending: Pending) -> None:
        """With permuting on, swap `pending` with an earlier update that still waits."""
        if not self._happens(self.delivery.permute):
            return
        others = [other for other in self.waiting.values() if other.delivered == 0 and other is not pending]
        if others:
            other = self.delivery.random.choice(others)
            pending.body, other.body = other.body, pending.body
            pending.lane, other.lane = other.lane, pending.lane
            pending.dies_at, other.dies_at = other.dies_at, pending.dies_at

    def _happens(self, share: float) -> bool:
        return share > 0 and self.delivery.random.random() < share
