"""Links to the private chat with the bot, for a web page or a poster."""

import re

from conversations.context.context import Context

CALL = "c_"
INVITATION = "i_"
REPORT = "r_"

_CODE = re.compile(r"(?<![\w-])i_([\w-]{22})(?![\w-])", re.ASCII)


def link(payload: str, context: Context) -> str:
    """Returns a link that starts the bot with `payload`; without the bot's name, the command to send instead."""
    return f"https://t.me/{context.bot}?start={payload}" if context.bot else f"/start {payload}"


def invitation_in(text: str) -> str | None:
    """Returns the first invitation code in `text`, in a link or on its own; None if there is none."""
    found = _CODE.search(text)
    return found and found[1]


def chat_with(bot: str) -> str:
    """Returns the link that opens the private chat with the bot of that name."""
    return f"https://t.me/{bot}"
