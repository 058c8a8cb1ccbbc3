"""The webhook: an update is answered with 200 only after it is stored."""

import asyncio
import hmac
import math
import time
from collections.abc import Mapping

import structlog
from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from bot.receiving.intake import Intake
from bot.runtime.counting import count
from bot.runtime.health import Health
from bot.runtime.logs import described
from bot.runtime.timers import longer
from bot.telegram.api import BotApi
from bot.telegram.updates import ASKED_FOR
from storage.engine.errors import StorageError
from storage.engine.jsons import read

log = structlog.get_logger("meldind.webhook")

LARGEST_BODY = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header  # nosec B105
CONNECTIONS = 40
LONGEST_PAUSE = 60.0
STRANGERS_SECONDS = 60.0
"""The shortest time between two log lines about calls without the secret."""

WATCH_SECONDS = 60.0
"""How often Telegram is asked for its webhook info."""


def webhook(intake: Intake, health: Health, path: str, secret: str) -> web.Application:
    """Returns the endpoint at `path`, for calls that carry `secret`."""

    strangers = _Strangers()

    async def receive(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode("utf-8", "surrogateescape"), secret.encode()):
            strangers.came(request.remote)
            return web.Response(status=403)
        if request.content_type != "application/json":
            return web.Response(status=415)
        body = await request.read()  # beyond the limit: 413
        try:
            update = read(body)
        except (ValueError, RecursionError):
            update = None
        if not isinstance(update, Mapping):
            # It came with the secret, so it is from Telegram; after a refusal it would only come again.
            update = {"unreadable": body.decode("utf-8", "replace")}
        try:
            await intake.keep([update])
        except StorageError as error:
            log.warning("cannot keep an update, Telegram will bring it again", **described(error))
            return web.Response(status=503, headers={"Retry-After": "5"})
        health.received()
        return web.Response()

    application = web.Application(client_max_size=LARGEST_BODY)
    application.router.add_post(path, receive)
    return application


class _Strangers:
    """Counts calls without the secret, and logs their number from time to time."""

    def __init__(self) -> None:
        self._untold = 0
        self._told_at = -math.inf

    def came(self, remote: str | None) -> None:
        """Count one more call, from `remote`."""
        count("strangers")
        self._untold += 1
        now = time.monotonic()
        if now - self._told_at >= STRANGERS_SECONDS:
            log.warning("webhook called without the secret", times=self._untold, last=remote)
            self._untold, self._told_at = 0, now


async def be_called(api: BotApi, health: Health, url: str, secret: str) -> None:
    """Set the webhook to `url`, with retries until it succeeds, and keep it set until cancelled.

    Telegram's webhook info is checked regularly, and the webhook is set again if it has another address or none.
    """
    wanted = {
        "url": url,
        "secret_token": secret,
        "allowed_updates": list(ASKED_FOR),
        "max_connections": CONNECTIONS,
        "drop_pending_updates": False,
    }
    pause = 0.0
    while True:
        try:
            await api.ask("setWebhook", wanted)
        except TelegramError as error:
            if isinstance(error, InvalidToken):
                health.locked_out(deaf=True)
            pause = longer(pause, LONGEST_PAUSE, first=1.0)
            log.warning("webhook not set, trying again", seconds=pause, reason=error.message)
            await asyncio.sleep(pause)
        else:
            pause = 0.0
            while await _is_called(api, health, url):  # noqa: ASYNC110 - what Telegram knows cannot be waited for
                await asyncio.sleep(WATCH_SECONDS)
            log.warning("the webhook is gone, setting it again")


async def _is_called(api: BotApi, health: Health, url: str) -> bool:
    """Returns whether Telegram's webhook is still `url`; stores the number of waiting updates."""
    try:
        told = await api.ask("getWebhookInfo", {})
    except TelegramError as error:
        if isinstance(error, InvalidToken):
            health.locked_out(deaf=True)
        log.warning("cannot ask about the webhook", reason=error.message)
        return True
    health.refused = health.deaf = False
    health.pending = int(told.get("pending_update_count") or 0)
    lately = int(told.get("last_error_date") or 0) > time.time() - 2 * max(WATCH_SECONDS, LONGEST_PAUSE)
    health.webhook_error = str(told.get("last_error_message") or "") if lately else ""
    return bool(told.get("url") == url)
