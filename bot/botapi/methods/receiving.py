"""The methods by which a bot gets its updates and files."""

import asyncio
import json
from dataclasses import dataclass

from bot.botapi.cloud.cloud import Call
from bot.botapi.cloud.webhook import is_loopback
from bot.botapi.cloud.world import Json
from bot.botapi.specification import limits
from bot.botapi.specification.errors import ApiError, bad_request

LONGEST_POLL = 50  # seconds, tdlib/telegram-bot-api
CONFLICT_PAUSE = 3.0  # seconds, same source: of two conflicts in a row the second is answered late


@dataclass(frozen=True, slots=True)
class Encoded:
    """A result that is already JSON."""

    text: bytes


async def get_updates(call: Call) -> Encoded:
    """getUpdates."""
    updates = call.cloud.updates
    updates.allow(call.get("allowed_updates"))
    wait = min(max(call.get("timeout", 0), 0), LONGEST_POLL)
    try:
        batch = await updates.poll(call.get("offset", 0), call.get("limit", 100), wait)
    except ApiError:
        now = asyncio.get_running_loop().time()
        if now < updates.next_quick_conflict:
            await asyncio.sleep(CONFLICT_PAUSE)
        else:
            updates.next_quick_conflict = now + CONFLICT_PAUSE
        raise
    return Encoded(b"[" + b",".join(pending.encoded() for pending in batch) + b"]")


async def set_webhook(call: Call) -> bool:
    """setWebhook; an empty url removes it. Only addresses on this machine are reached."""
    url = call.params["url"]
    if url and not is_loopback(url):
        raise bad_request("bad webhook: only addresses on this machine can be reached by the local server")
    if call.get("drop_pending_updates"):
        call.cloud.updates.clear()
    call.cloud.updates.allow(call.get("allowed_updates"))
    await call.cloud.webhook.set(url, call.get("secret_token", ""), call.get("max_connections", 40))
    return True


async def delete_webhook(call: Call) -> bool:
    """deleteWebhook."""
    if call.get("drop_pending_updates"):
        call.cloud.updates.clear()
    await call.cloud.webhook.set("", "", 40)
    return True


def get_webhook_info(call: Call) -> Json:
    """getWebhookInfo."""
    return call.cloud.webhook.info()


def get_file(call: Call) -> Json:
    """getFile; error 400 for a file above 20 MB."""
    stored = call.world.files.get(call.params["file_id"])
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > limits.MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def encoded(result: object) -> bytes:
    """`result` as the JSON value of "result" in the answer."""
    return result.text if isinstance(result, Encoded) else json.dumps(result, separators=(",", ":")).encode()


HANDLERS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "getFile": get_file,
}
