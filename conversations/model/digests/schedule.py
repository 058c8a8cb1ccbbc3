"""When a weekly digest is due."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from conversations.model.digests.periods import DAY, Period, week_of

CAUGHT_UP = 4
"""Weeks that are still sent after the bot could not."""


def due(weekday: int, hour: int, zone: tzinfo, since: datetime, now: datetime) -> list[Period]:
    """The weeks whose digests should have been sent by `now`, to somebody who wants them `since` then; oldest first.

    Each comes in the week after it, on `weekday` (0: Monday) at `hour`. An hour that exists twice is meant the first
    time, one that does not exist is as long after midnight as if it did.
    """
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    found = []
    for week in range(CAUGHT_UP, -1, -1):
        day = monday - week * 7 * DAY + weekday * DAY
        moment = datetime.combine(day, time(hour), zone).astimezone(UTC)
        if since <= moment <= now:
            found.append(week_of(day - 7 * DAY, zone))
    return found[-CAUGHT_UP:]
