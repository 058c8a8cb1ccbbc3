"""Sends events to webhooks: each address by itself, so that a slow one holds up neither others nor any reply.

On SQLite a timer looks for what is due. On PostgreSQL each address has a task of procrastinate.
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from random import SystemRandom
from typing import TYPE_CHECKING

import structlog

from bot.heavy.queues import EVERY_MINUTE, done_again_later
from bot.language.catalogues import Catalogues
from bot.runtime.counting import count
from bot.runtime.logs import described
from bot.runtime.timers import Timer
from bot.sending.notices import notify
from bot.webhooks.bodies import body_of
from bot.webhooks.posting import Poster, PostResult
from bot.webhooks.signing import Secrets
from conversations.context.session import Notice
from conversations.flows.webhooks import notices as news
from conversations.language.screen import Screen
from conversations.model.webhooks.retrying import AT_LEAST, FAILING_FOR, next_try
from conversations.model.webhooks.webhook import MOST, TEST, Webhook, WebhookState
from storage.engine.errors import StorageClosed
from storage.engine.jsons import written
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from storage.webhooks.queue import WEBHOOK_QUEUE, WEBHOOK_TASK, ClaimedDelivery

if TYPE_CHECKING:
    from procrastinate import App

log = structlog.get_logger("meldind.webhooks")

LOOK_SECONDS = 5.0

MINUTELY = "webhooks"
"""The name of the periodic task."""

_RANDOM = SystemRandom()


class WebhookSender:
    """Sends what is due; `told` is called when owners have a message waiting. Several workers may do it together."""

    queues: Mapping[str, int] = {WEBHOOK_QUEUE: MOST + 1}

    def __init__(
        self,
        storage: Storage,
        catalogues: Catalogues,
        secrets: Secrets,
        poster: Poster,
        told: Callable[[], None] = lambda: None,
        bot_name: Callable[[], str] = lambda: "",
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = _RANDOM.random,
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._secrets = secrets
        self._poster = poster
        self._told = told
        self._bot_name = bot_name
        self._clock = clock
        self._jitter = jitter
        self._under_way: set[asyncio.Task[None]] = set()
        self.timer = Timer("what webhooks are to be told", LOOK_SECONDS, self.look)

    def use(self, poster: Poster) -> None:
        """Post with `poster` from now on."""
        self._poster = poster

    async def look(self) -> None:
        """Begin to send the oldest due event of every address to which nothing is being sent (SQLite).

        Each that ends looks for the next one.
        """
        skipped = True
        while skipped:  # behind one that is not sent there may be another for the same address
            claimed = await self._storage.write(self._claim)
            skipped = any(body is None for _each, body in claimed)
            for each, body in claimed:
                if body is not None:
                    self._begin(each, body)

    def register(self, app: "App") -> None:
        """Add the task that sends, and one that looks every minute, to `app` (PostgreSQL)."""
        app.task(name=WEBHOOK_TASK)(self.deliver)
        look = app.task(name=MINUTELY, queue=WEBHOOK_QUEUE, queueing_lock=MINUTELY)(self._plan)
        app.periodic(cron=EVERY_MINUTE)(look)

    async def deliver(self, webhook: str) -> None:
        """Send the oldest due event of an address. A task for what comes next is deferred in the same transactions."""
        with done_again_later(WEBHOOK_TASK):
            found = await self._storage.write(partial(self._claim_for, webhook))
            if found is not None:  # it is finished also where another process takes over from this one
                await asyncio.shield(self._begin(*found))

    async def _plan(self, timestamp: int) -> None:  # noqa: ARG002 - procrastinate tells each its time
        """Announce calls whose deadline has passed, and defer tasks that were lost with a restored database."""

        def plan(work: UnitOfWork) -> None:
            now = self._clock()
            work.webhook_queue.announce_closed(now)
            work.webhook_queue.plan_all(now)

        with done_again_later(MINUTELY):
            await self._storage.write(plan)

    async def stop(self, seconds: float) -> None:
        """Let what is under way finish for `seconds`; what is not done then is sent again, under the same id."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def _claim_for(self, webhook: str, work: UnitOfWork) -> tuple[ClaimedDelivery, str] | None:
        """Claim the oldest due event of an address that is still true, and let a task wait in case this one dies."""
        now = self._clock()
        sent = None
        while sent is None and (found := self._claimed(work, now, webhook)):
            sent = next(((each, body) for each, body in found if body is not None), None)
        work.webhook_queue.plan(webhook, now, found_nothing=sent is None)
        return sent

    def _claim(self, work: UnitOfWork) -> list[tuple[ClaimedDelivery, str | None]]:
        now = self._clock()
        work.webhook_queue.announce_closed(now)
        return self._claimed(work, now)

    def _claimed(
        self, work: UnitOfWork, now: datetime, webhook: str | None = None
    ) -> list[tuple[ClaimedDelivery, str | None]]:
        """Claim what is due; returns it with its body, which is None if it is no longer true."""
        found: list[tuple[ClaimedDelivery, str | None]] = []
        for each in work.webhook_queue.claim(now, webhook):
            if not self._secrets.fits(each.webhook, each.secret, each.proof):
                self._end_webhook(work, each.webhook, "unsigned", now)
                continue
            body = body_of(work, each, self._bot_name())
            if body is None:
                work.webhook_queue.passed(each)
            found.append((each, None if body is None else written(body).decode()))
        return found

    def _begin(self, claimed: ClaimedDelivery, body: str) -> asyncio.Task[None]:
        task = asyncio.create_task(self._send(claimed, body))
        self._under_way.add(task)
        task.add_done_callback(self._ended)
        return task

    async def _send(self, claimed: ClaimedDelivery, body: str) -> None:
        now = self._clock()
        headers = {
            "content-type": "application/json",
            "webhook-id": claimed.message,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": self._secrets.signed(
                claimed.webhook, claimed.secret, claimed.secret_at, claimed.message, body, now
            ),
        }
        result = await self._poster.post(claimed.url, headers, body.encode(), claimed.attempts)
        count("webhooks", "taken" if not result.trouble else result.trouble)
        with contextlib.suppress(StorageClosed):
            if await self._storage.write(partial(self._settle, claimed, result)):
                self._told()

    def _settle(self, claimed: ClaimedDelivery, result: PostResult, work: UnitOfWork) -> bool:
        """Store what became of an attempt, and plan the next; returns whether somebody is told."""
        now = self._clock()
        work.webhooks.hold(claimed.webhook)
        told = self._store(claimed, result, work, now)
        work.webhook_queue.plan(claimed.webhook, now)
        return told

    def _store(self, claimed: ClaimedDelivery, result: PostResult, work: UnitOfWork, now: datetime) -> bool:
        if not result.trouble:
            if not work.webhook_queue.sent(claimed, result.status or 0, now):
                return False
            work.webhooks.took(claimed.webhook)
            return self._tell_of_test(work, claimed, result, now)
        if claimed.type == TEST:
            if not work.webhook_queue.given_up(claimed, result.status, result.trouble, now):
                return False
            if result.trouble == "private":
                work.webhooks.set_state(claimed.webhook, "refused")
            return self._tell_of_test(work, claimed, result, now)
        then = next_try(claimed.attempts + 1, claimed.happened_at, now, self._jitter(), result.asked)
        if then is None or result.is_gone:
            stored = work.webhook_queue.given_up(claimed, result.status, result.trouble, now)
        else:
            stored = work.webhook_queue.again(claimed, then, result.status, result.trouble, now)
        if not stored:
            return False
        failures, for_how_long = work.webhooks.failed(claimed.webhook, now, result.asked)
        if result.is_gone:
            return self._end_webhook(work, claimed.webhook, "gone", now)
        if for_how_long >= FAILING_FOR and failures >= AT_LEAST:
            return self._end_webhook(work, claimed.webhook, "failing", now)
        if then is None and work.webhooks.tell(claimed.webhook, now):
            return self._tell_owners(work, claimed.webhook, news.given_up, now)
        return False

    def _end_webhook(self, work: UnitOfWork, webhook: str, state: WebhookState, now: datetime) -> bool:
        """Send nothing more to an address, and tell owners why."""
        work.webhooks.set_state(webhook, state)
        return self._tell_owners(work, webhook, news.stopped, now)

    def _tell_owners(self, work: UnitOfWork, webhook: str, screen: Callable[[Webhook], Screen], now: datetime) -> bool:
        if found := work.webhooks.one(webhook):
            owners = work.members.with_role("owner")
            told = [Notice(each.id, screen(found), f"webhook:{webhook}", "anew") for each in owners]
            return bool(notify(work, told, self._catalogues, now))
        return False

    def _tell_of_test(self, work: UnitOfWork, claimed: ClaimedDelivery, result: PostResult, now: datetime) -> bool:
        if claimed.asked_by is None or (found := work.webhooks.one(claimed.webhook)) is None:
            return False
        screen = news.tested(found, result.status, result.trouble)
        told = Notice(claimed.asked_by, screen, f"webhook test:{claimed.webhook}", "anew")
        return bool(notify(work, [told], self._catalogues, now))

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # The database may be away; its claim ends by itself, and then it is sent again under the same id.
            log.warning("cannot keep what became of a message to a webhook", **described(error))
            return
        self.timer.look_now()
