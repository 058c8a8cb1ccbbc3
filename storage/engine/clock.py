"""What time it is, where a caller has no reason to say."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
