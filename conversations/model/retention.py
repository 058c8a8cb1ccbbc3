"""How long things are kept. Pure rules: what is told under /privacy is what is done every night."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from conversations.reading.dates.edtf import date_bounds, is_edtf

INBOX = timedelta(days=7)
"""For so long it is known which updates came, and what they said; Telegram brings none again after a day."""

QUARANTINE = timedelta(days=30)
OUTBOX = timedelta(days=90)
DRAFTS = timedelta(days=60)
DRAFT_WARNING = timedelta(days=30)
WARNED = timedelta(days=7)
"""Nobody's draft goes earlier after they were warned, however late that was."""

THROWN_AWAY = timedelta(days=7)
CONTACTS = timedelta(days=365)
TRIES = timedelta(days=1)

AT_NIGHT = time(3)
"""When the day's clearing away is due, where the bot is."""

OVER = frozenset({"withdrawn", "declined"})


def last_night(now: datetime, zone: tzinfo) -> datetime:
    """When it was due last."""
    local = now.astimezone(zone)
    day = local.date() if local.time() >= AT_NIGHT else local.date() - timedelta(days=1)
    return datetime.combine(day, AT_NIGHT, zone).astimezone(UTC)


def ended_on(
    status: str, answers: Mapping[str, Any], finished_at: datetime | None, changed_at: datetime
) -> date | None:
    """When the initiative of a report ended; None: it goes on.

    Its end as it was reported; else when it was said to be finished; a report that is over ended when it changed last.
    """
    if status in OVER:
        return changed_at.date()
    end = answers.get("period_end")
    if isinstance(end, str) and is_edtf(end):
        return date_bounds(end)[1]
    return finished_at.date() if answers.get("status") == "finished" and finished_at else None
