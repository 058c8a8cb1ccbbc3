"""How long data is stored. Pure rules: what /privacy says is what happens every night."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from conversations.reading.dates.edtf import date_bounds, is_edtf

INBOX = timedelta(days=7)
"""How long updates are remembered, with their text; Telegram repeats none after a day."""

QUARANTINE = timedelta(days=30)
OUTBOX = timedelta(days=90)
DRAFTS = timedelta(days=60)
DRAFT_WARNING = timedelta(days=30)
WARNED = timedelta(days=7)
"""A draft is not deleted within this time of its warning, however late the warning was."""

THROWN_AWAY = timedelta(days=7)
CONTACTS = timedelta(days=365)
TRIES = timedelta(days=1)
SIGN_UPS = timedelta(days=90)
"""How long after an event it is remembered who signed up."""

AT_NIGHT = time(3)
"""When the nightly deletion is due, in the bot's time zone."""

OVER = frozenset({"withdrawn", "declined"})


def last_night(now: datetime, zone: tzinfo) -> datetime:
    """Returns when it was last due."""
    local = now.astimezone(zone)
    day = local.date() if local.time() >= AT_NIGHT else local.date() - timedelta(days=1)
    return datetime.combine(day, AT_NIGHT, zone).astimezone(UTC)


def ended_on(
    status: str, answers: Mapping[str, Any], finished_at: datetime | None, changed_at: datetime
) -> date | None:
    """Returns when the initiative of a report ended; None if it goes on.

    It is the end that was reported, or else when it was reported as finished or dropped; a report that is over ended
    when it last changed.
    """
    if status in OVER:
        return changed_at.date()
    end = answers.get("period_end")
    if isinstance(end, str) and is_edtf(end):
        return date_bounds(end)[1]
    over = answers.get("status") in ("finished", "stopped")
    return finished_at.date() if over and finished_at else None
