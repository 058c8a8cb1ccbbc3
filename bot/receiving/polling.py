"""Polling: fetches updates from Telegram by long requests; errors are logged and do not end it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.receiving.intake import Intake, update_number
from bot.runtime.errors import Flood, ServerTrouble, Unusable
from bot.runtime.health import Health
from bot.runtime.logs import described
from bot.runtime.timers import longer
from bot.telegram.api import BotApi
from bot.telegram.updates import ASKED_FOR
from storage.engine.errors import StorageClosed

log = structlog.get_logger("meldind.polling")

POLL_SECONDS = 25
MOST_UPDATES = 100
LONGEST_PAUSE = 30.0
CONFLICTS = 8
"""How many conflicts with another poller are accepted before the bot gives up."""
CONFLICT_PAUSE = 3.0
"""Seconds; Telegram does not report conflicts more often."""
QUIET_SECONDS = 120.0
"""Seconds without a conflict after which earlier ones no longer count."""
ANOTHER_WORKER = (
    "Another process is already polling for this bot. Stop it, or use MELDIND_MODE=webhook, which allows several."
)


async def poll(api: BotApi, intake: Intake, health: Health, ours: Callable[[], Awaitable[bool]]) -> None:
    """Fetch updates until cancelled. The next offset is sent only after all updates before it are stored.

    `ours` returns whether this process may still fetch. Raises Unusable if only a person can help: another program
    polls with the token. bot/receiving/watching.py handles polls that hang.
    """
    offset: int | None = None
    pause = last_conflict = 0.0
    conflicts = 0
    while True:
        if not await ours():
            raise Unusable(ANOTHER_WORKER)
        try:
            async with asyncio.timeout(2 * POLL_SECONDS):
                updates = await _fetch(api, offset)
            health.heard()
            await intake.keep(updates, waits=True)
        except TimeoutError:
            log.warning("poll hangs, connecting anew")
            await api.reconnect_polling()
            continue
        except Conflict as error:
            health.heard()
            if "webhook" in error.message.casefold():
                log.warning("a webhook is set, removing it", reason=error.message)
                await _remove_webhook(api)
                continue
            now = asyncio.get_running_loop().time()
            # Two pollers succeed in turn, so what counts is that conflicts do not end.
            conflicts = conflicts + 1 if now - last_conflict < QUIET_SECONDS else 1
            last_conflict = now
            if conflicts == CONFLICTS:
                raise Unusable(
                    "Another program fetches updates with this token; stop it, or get a new token from @BotFather."
                ) from None
            pause = min(longer(pause, LONGEST_PAUSE), CONFLICT_PAUSE)
            log.warning("another program fetches updates with this token", times=conflicts)
        except Flood as error:
            pause = error.seconds
            health.heard(quiet=pause)
            health.asked_to_wait(pause)
            log.warning("polling too fast", seconds=pause)
        except InvalidToken as error:
            health.heard()
            health.locked_out(deaf=True)
            pause = longer(pause, LONGEST_PAUSE)
            log.warning("Telegram refuses the token, trying again", seconds=pause, reason=error.message)
        except TelegramError as error:
            if isinstance(error, BadRequest | ServerTrouble) or not isinstance(error, NetworkError):
                health.heard()
            elif not isinstance(error, TimedOut):
                health.unreached()
            pause = longer(pause, LONGEST_PAUSE)
            log.warning("cannot fetch updates, trying again", seconds=pause, reason=error.message)
        except StorageClosed:
            return
        except Exception as error:  # noqa: BLE001 - an unforeseen one must not make the bot deaf either
            pause = longer(pause, LONGEST_PAUSE)
            log.warning("cannot keep updates, trying again", seconds=pause, **described(error))
        else:
            health.received()
            pause = 0.0
            offset = max(
                (number + 1 for update in updates if (number := update_number(update)) is not None), default=offset
            )
            continue
        await asyncio.sleep(pause)


async def _fetch(api: BotApi, offset: int | None) -> list[object]:
    asked: dict[str, Any] = {"timeout": POLL_SECONDS, "limit": MOST_UPDATES, "allowed_updates": list(ASKED_FOR)}
    if offset is not None:
        asked["offset"] = offset
    updates = await api.ask("getUpdates", asked, read_timeout=POLL_SECONDS + 10)
    if not isinstance(updates, list):
        raise TelegramError("The answer to getUpdates is not a list.")
    return updates


async def _remove_webhook(api: BotApi) -> None:
    try:
        await api.ask("deleteWebhook", {"drop_pending_updates": False})
    except TelegramError as error:
        log.warning("cannot remove the webhook", reason=error.message)
        await asyncio.sleep(1)
