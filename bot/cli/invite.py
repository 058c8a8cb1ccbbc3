"""`meldind invite`: makes an invitation outside of the chat."""

import re
from datetime import timedelta

from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.errors import Unusable
from bot.runtime.invitations import invited
from bot.runtime.settings import Settings
from bot.telegram.http import run_requests
from bot.telegram.identity import bot_name
from conversations.context.links import INVITATION

ROLES = ("coordinator", "partner", "librarian")


LONGEST = timedelta(days=365)


MOST_USES = 1000


_SPAN = re.compile(r"(\d{1,4})\s*([hdw])")


_HOURS = {"h": 1, "d": 24, "w": 168}


def invite(settings: Settings, role: str, uses: int, lasts: timedelta) -> list[str]:
    """Make an invitation in the database of `settings`; returns the lines to print."""
    must_be_current(settings.database)
    storage = open_storage(settings.database)
    try:
        code = storage.write_now(lambda work: invited(work, role, uses, lasts))
    finally:
        storage.close_now()
    name = run_requests(bot_name(settings))
    link = [f"https://t.me/{name}?start={INVITATION}{code}"] if name else []
    return [*link, f"/start {INVITATION}{code}"]


def span(written: str) -> timedelta:
    """Returns the duration `written` (7d, 12h, 2w). Raises Unusable if it is not valid."""
    found = _SPAN.fullmatch(written.strip().lower())
    lasts = timedelta(hours=int(found[1]) * _HOURS[found[2]]) if found else timedelta(0)
    if not timedelta(0) < lasts <= LONGEST:
        raise Unusable(f"“{written}” is not a valid duration. Use hours, days or weeks, such as 12h, 7d or 2w.")
    return lasts
