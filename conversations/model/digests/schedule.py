"""When a weekly digest is due."""

from datetime import UTC, datetime, time, timedelta, tzinfo

from conversations.model.digests.periods import DAY, Period, week_of

CAUGHT_UP = 4
"""Most weeks that are sent later, after the bot could not send them in time."""


def due(weekday: int, hour: int, zone: tzinfo, since: datetime, now: datetime) -> list[Period]:
    """Returns the weeks whose digests were due by `now` for somebody who subscribed at `since`; oldest first.

    Each digest is due in the following week, on `weekday` (0: Monday) at `hour`. An hour that exists twice is the first
    of the two; one that does not exist is as long after midnight as if it did.
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
