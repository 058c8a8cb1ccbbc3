"""`/healthz`: whether the bot hears, handles and sends. `/metrics`: the same in figures."""

import asyncio
from datetime import UTC, datetime
from importlib.metadata import version

from aiohttp import web

from bot.runtime.health import Health
from bot.runtime.logs import described
from bot.runtime.metrics import CONTENT_TYPE, metrics
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

OLDEST_WAITING = 60.0
"""Seconds after which an update that is not handled, or a message that is not sent, is a sign of trouble."""

ANSWER_SECONDS = 2.0
"""How long the database is waited for: who watches the bot wants an answer while it is locked, too."""


def health_page(health: Health, storage: Storage, mode: str) -> web.Application:
    """Pages of a bot that runs in `mode`, polling or webhook: /healthz answers 200 or 503, /metrics with figures."""

    async def looked() -> tuple[str, dict[str, float | None]]:
        """What is wrong, and the ages that tell why."""
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
        body = metrics(health, ages, mode, version("meldind"), trouble=trouble)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.router.add_get("/healthz", healthz)
    application.router.add_get("/metrics", figures)
    return application


def _waiting(work: UnitOfWork) -> dict[str, float | None]:
    now = datetime.now(UTC)
    # Of messages only replies: thousands of notices may well wait for minutes, at the pace that Telegram permits.
    since = {"oldest_inbox_seconds": work.inbox.oldest_pending(), "oldest_due_seconds": work.outbox.oldest_reply()}
    return {name: None if then is None else max((now - then).total_seconds(), 0.0) for name, then in since.items()}
