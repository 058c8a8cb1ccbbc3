"""The methods of the Bot API, one file for each group; the others return plausible answers."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.botapi.cloud.cloud import Call
from bot.botapi.methods import about, answering, chats, copying, editing, ephemeral, receiving, sending
from bot.botapi.methods.plausible import plausible

Handler = Callable[[Call], Any | Awaitable[Any]]

HANDLERS: Mapping[str, Handler] = {
    **about.HANDLERS,
    **answering.HANDLERS,
    **chats.HANDLERS,
    **copying.HANDLERS,
    **editing.HANDLERS,
    **ephemeral.HANDLERS,
    **receiving.HANDLERS,
    **sending.HANDLERS,
}


def perform(call: Call) -> Any | Awaitable[Any]:
    """Perform `call`; returns its Bot API result or an awaitable of it. Raises ApiError."""
    return HANDLERS.get(call.method.name, plausible)(call)
