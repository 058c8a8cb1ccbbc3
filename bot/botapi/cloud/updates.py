"""What has happened and the bot has not yet confirmed: the queue behind getUpdates and the webhook."""

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
# not sent unless asked for, https://core.telegram.org/bots/api#getupdates
ON_REQUEST = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass(slots=True)
class Pending:
    """An update that waits. `lane` is whose it is: updates of one lane are delivered in order."""

    id: int
    body: Json
    lane: int
    dies_at: float
    delivered: int = 0

    def encoded(self) -> bytes:
        """The update as JSON; escapes everything beyond ASCII, so that even text without an encoding gets through."""
        return json.dumps({"update_id": self.id, **self.body}, separators=(",", ":")).encode()


@dataclass(slots=True)
class Delivery:
    """How unreliably updates are delivered, each a share from 0 to 1 drawn from `random`; all off by default."""

    random: Random
    redeliver: float = 0.0  # delivered again under the same id after they were confirmed
    repeat_presses: float = 0.0  # a press comes a second time under a new update id
    permute: float = 0.0  # exchanged with a neighbour that waits
    hold: bool = False  # nothing is delivered until this is off again


@dataclass(slots=True)
class Updates:
    """The queue. Expired updates are dropped when somebody looks."""

    clock: Clock
    delivery: Delivery
    waiting: "OrderedDict[int, Pending]" = field(default_factory=OrderedDict)
    repeats: list[Pending] = field(default_factory=list)
    allowed: frozenset[str] = KINDS - ON_REQUEST
    webhook_url: str = ""
    arrived: Signal = field(default_factory=Signal)
    next_id: int = 100_000_001
    poller: object | None = None  # who waits in getUpdates, so that a second one can send it away
    sent_away: str = ""
    next_quick_conflict: float = 0.0  # on the event loop's clock; before it a conflict is answered late

    def push(self, kind: str, body: Any, lane: int, lives: float = UPDATE_LIVES) -> int | None:
        """Add an update of `kind` with `lives` seconds to live; its id, or None when that kind is not wanted."""
        if kind not in self.allowed:
            return None
        return self.push_raw({kind: body}, lane, lives)

    def push_raw(self, body: Json, lane: int, lives: float = UPDATE_LIVES) -> int:
        """Add an update with any body, understood by the bot or not; its id."""
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
        """Forget every update with an id lower than `before`."""
        while self.waiting:
            first = next(iter(self.waiting.values()))
            if first.id >= before:
                return
            self.forget(first)

    def forget(self, pending: Pending) -> None:
        """The bot has `pending`; with redelivery on it may get it once more."""
        self.waiting.pop(pending.id, None)
        if pending not in self.repeats and pending.delivered == 1 and self._happens(self.delivery.redeliver):
            self.repeats.append(pending)

    def keep_last(self, count: int) -> None:
        """Forget all but the last `count` updates (getUpdates with a negative offset)."""
        while len(self.waiting) > count:
            self.waiting.popitem(last=False)

    def clear(self) -> None:
        """Forget everything that waits (drop_pending_updates)."""
        self.waiting.clear()
        self.repeats.clear()

    def ready(self, limit: int) -> list[Pending]:
        """Up to `limit` updates to deliver now, in order of their ids after those that come again."""
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
        """Drop what lived too long."""
        now = self.clock.now()
        for pending in [pending for pending in self.waiting.values() if pending.dies_at <= now]:
            del self.waiting[pending.id]

    def pending_count(self) -> int:
        """How many updates wait."""
        self.expire()
        return len(self.waiting)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds the bot wants: None leaves it as it is, an empty list is the default."""
        if kinds is not None:
            chosen = frozenset(kinds) & KINDS
            self.allowed = chosen or KINDS - ON_REQUEST

    async def poll(self, offset: int, limit: int, timeout: float) -> list[Pending]:  # noqa: ASYNC109 - getUpdates' own
        """What getUpdates answers: at once if something waits, else when something comes or after `timeout` seconds.

        Raises ApiError 409 when a webhook is set, and in the earlier of two calls that wait.
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
        """End the call that waits in getUpdates with a conflict that says `why`."""
        if self.poller is not None:
            self.poller, self.sent_away = None, why
            self.arrived.fire()

    def _exchange(self, pending: Pending) -> None:
        """With permuting on, let what `pending` tells change places with what was pushed before and still waits."""
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
