"""Links into the chat with the bot, to be put on a page or a poster."""

from conversations.here import Here

CALL = "c_"
INVITATION = "i_"
REPORT = "r_"


def link(payload: str, here: Here) -> str:
    """What leads to the bot with `payload`: a link, or what to write to it where the bot's name is not known."""
    return f"https://t.me/{here.bot}?start={payload}" if here.bot else f"/start {payload}"


def chat_with(bot: str) -> str:
    """What opens the private chat with the bot of that name."""
    return f"https://t.me/{bot}"
