"""Invitations from outside the chat: the first owner's code, and `meldind invite`."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

from telegram.error import TelegramError

from bot.runtime.databases import must_be_current, open_storage
from bot.runtime.errors import Unusable
from bot.runtime.ids import new_code, new_id
from bot.runtime.settings import Settings
from bot.telegram.api import BotApi
from bot.telegram.http import run_requests
from conversations.context.links import INVITATION
from conversations.model.outcomes import InvitationMade
from storage.people.keeper import RolesKeeper
from storage.session.unit_of_work import Work

ROLES = ("coordinator", "partner", "librarian")

LASTS = timedelta(days=3)
"""How long an invitation lasts where nobody says otherwise: a weekend, for it reaches people through others."""

LONGEST = timedelta(days=365)
MOST_USES = 1000

_SPAN = re.compile(r"(\d{1,4})\s*([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 168}

ASKING_SECONDS = 5.0


def invited(work: Work, role: str, uses: int, lasts: timedelta) -> str:
    """Make an invitation, and return its code."""
    now = datetime.now(UTC)
    made = InvitationMade(new_id(), new_code(), role, uses, now + lasts)
    RolesKeeper(work.members, work.invitations, work.organisations, work.audit, None, now).keep(made)
    return made.code


def first_owner(work: Work) -> str | None:
    """A code for the first owner, in place of any made before; None where there is an owner."""
    if work.members.has_owner():
        return None
    work.invitations.revoke_first(datetime.now(UTC))
    return invited(work, "owner", 1, LASTS)


def first_owner_line(code: str) -> str:
    """What is printed when the bot starts and belongs to nobody yet."""
    return (
        f"Nobody owns this bot yet. Whoever sends it this within three days becomes its first owner, "
        f"unless a later start prints another line:\n"
        f"  /start {INVITATION}{code}"
    )


def invite(settings: Settings, role: str, uses: int, lasts: timedelta) -> list[str]:
    """Make an invitation in the database of `settings`; the lines that tell of it."""
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
    """How long `written` (7d, 12h, 2w) is. Raises Unusable where it says nothing that is possible."""
    found = _SPAN.fullmatch(written.strip().lower())
    lasts = timedelta(hours=int(found[1]) * _HOURS[found[2]]) if found else timedelta(0)
    if not timedelta(0) < lasts <= LONGEST:
        raise Unusable(f"“{written}” is no time an invitation can last; write hours, days or weeks as 12h, 7d or 2w.")
    return lasts


async def bot_name(settings: Settings) -> str:
    """The bot's name in links; "" where Telegram does not tell."""
    if settings.token is None:
        return ""
    api = BotApi(settings.token, settings.api_url, settings.way_out)
    await api.connect()
    try:
        async with asyncio.timeout(ASKING_SECONDS):
            found = await api.ask("getMe", {})
    except (TelegramError, TimeoutError):
        return ""
    finally:
        await api.disconnect()
    return str(found.get("username") or "")
