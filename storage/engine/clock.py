"""The current time, for callers that are not given one."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Returns the current time, in UTC."""
    return datetime.now(UTC)
