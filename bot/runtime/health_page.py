"""`/healthz`: whether the bot receives, handles and sends. `/metrics`: the same in figures."""

import asyncio
import contextlib
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version

from aiohttp import web

from bot.runtime.health import Health
from bot.runtime.logs import described
from bot.runtime.metrics import CONTENT_TYPE, metrics
from conversations.model.webhooks.webhook import Webhook
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

OLDEST_WAITING = 60.0
"""Seconds after which an unhandled update or an unsent reply counts as a problem."""

SHOWN = ("waiting", "running", "failed")
"""The states of jobs that are shown."""

ANSWER_SECONDS = 2.0
"""How long to wait for the database, because monitoring needs an answer also while it is locked."""


def health_page(health: Health, storage: Storage, mode: str, heavy: Collection[str] = ()) -> web.Application:
    """Returns the pages of a bot in `mode`, polling or webhook: /healthz answers 200 or 503, /metrics with figures.

    `heavy` are the names of its jobs.
    """

    async def looked() -> tuple[str, dict[str, float | None]]:
        """Returns the current problem, and the ages that explain it."""
        trouble = health.trouble(polling=mode == "polling")
        ages: dict[str, float | None] = dict(health.ages())
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                waiting = await storage.read(_waiting)
        except Exception as error:  # noqa: BLE001 - whatever it is, the database does not answer
            trouble = trouble or f"the database does not answer ({described(error)['error']})"
        else:
            ages |= waiting
            if max((age for age in waiting.values() if age is not None), default=0.0) > OLDEST_WAITING:
                trouble = trouble or "updates or messages wait for too long"
        return trouble, ages

    async def healthz(_request: web.Request) -> web.Response:
        trouble, ages = await looked()
        told = {"status": "failing" if trouble else "ok", "trouble": trouble, **ages}
        return web.json_response(told, status=503 if trouble else 200)

    async def figures(_request: web.Request) -> web.Response:
        trouble, ages = await looked()
        webhooks: Sequence[Webhook] = ()
        jobs: Mapping[tuple[str, str], int] = {}
        with contextlib.suppress(Exception):  # the trouble says that the database does not answer
            async with asyncio.timeout(ANSWER_SECONDS):
                webhooks = await storage.read(lambda work: work.webhooks.all())
                jobs = await storage.read(partial(_heavy_jobs, heavy))
        body = metrics(health, ages, mode, version("meldind"), trouble=trouble, webhooks=webhooks, jobs=jobs)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/metrics", figures)
    return application


def _heavy_jobs(names: Collection[str], work: UnitOfWork) -> Mapping[tuple[str, str], int]:
    """Returns the numbers of the jobs that wait, run and failed today; 0 is said too, so that it can be watched."""
    since = datetime.now(UTC) - timedelta(days=1)
    found = {**work.heavy_jobs.counts(since), **work.webhook_queue.counts(since)}
    return {(name, state): found.get((name, state), 0) for name in names for state in SHOWN}


def _waiting(work: UnitOfWork) -> dict[str, float | None]:
    now = datetime.now(UTC)
    # Only replies count: thousands of notices may wait for minutes because of Telegram's rate limits.
    since = {"oldest_inbox_seconds": work.inbox.oldest_pending(), "oldest_due_seconds": work.outbox.oldest_reply()}
    return {name: None if then is None else max((now - then).total_seconds(), 0.0) for name, then in since.items()}
