"""Links to the private chat with the bot, for a web page or a poster."""

import re

from conversations.context.context import Context

CALL = "c_"
COLLECTION = "k_"
INVITATION = "i_"
REPORT = "r_"
EVENT = "e_"
EXPERT = "x_"

_SECRET = re.compile(r"(?<![\w-])([ix]_[\w-]{22})(?![\w-])", re.ASCII)


def link(payload: str, context: Context) -> str:
    """Returns a link that starts the bot with `payload`; without the bot's name, the command to send instead."""
    return start_link(payload, context.bot)


def start_link(payload: str, bot: str) -> str:
    """Returns the same for the bot of that name; "" if it is not known."""
    return f"https://t.me/{bot}?start={payload}" if bot else f"/start {payload}"


def secret_in(text: str) -> str | None:
    """Returns the first payload in `text` that holds a secret, in a link or on its own; None if there is none.

    It invites somebody to a role, or asks a contact person.
    """
    found = _SECRET.search(text)
    return found and found[1]


def chat_with(bot: str) -> str:
    """Returns the link that opens the private chat with the bot of that name."""
    return f"https://t.me/{bot}"
