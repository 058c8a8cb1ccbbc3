"""The days of a period that has begun, as people write it: "uge 47", "prejšnji mesec", "1.10-15.10"."""

from datetime import date

from conversations.reading.dates.dates import date_bounds, read_date


def read_days(text: str, today: date, language: str) -> tuple[date, date] | None:  # noqa: ARG001
    """Returns the first and the last day of the period in `text` for a reader of `language`; None if it is no period.

    Without a year it is the latest such period that has begun.
    """
    found = read_date(text, today)
    if found is None:
        return None
    first, last = date_bounds(found)
    return first, last or today
