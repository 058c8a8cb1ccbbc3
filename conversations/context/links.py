"""Links into the chat with the bot, to be put on a page or a poster."""

import re

from conversations.context.context import Context

CALL = "c_"
INVITATION = "i_"
REPORT = "r_"

_CODE = re.compile(r"(?<![\w-])i_([\w-]{22})(?![\w-])", re.ASCII)


def link(payload: str, context: Context) -> str:
    """What leads to the bot with `payload`: a link, or what to write to it where the bot's name is not known."""
    return f"https://t.me/{context.bot}?start={payload}" if context.bot else f"/start {payload}"


def invitation_in(text: str) -> str | None:
    """The first code of an invitation that stands in `text`, as a link or otherwise; None: there is none."""
    found = _CODE.search(text)
    return found and found[1]


def chat_with(bot: str) -> str:
    """What opens the private chat with the bot of that name."""
    return f"https://t.me/{bot}"
