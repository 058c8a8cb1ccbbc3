"""What is said of a call's deadline."""

from datetime import datetime

from conversations.calls import WholeCall
from conversations.words import Place, _, counted


def left_words(call: WholeCall, now: datetime) -> Place:
    """How many days there are left."""
    days = call.days_left(now)
    if days is None:
        return _("no deadline")
    if call.is_late(now):
        return _("the deadline has passed")
    if days == 0:
        return _("today is the last day")
    return counted("{n} day left", "{n} days left", days)


def deadline_words(call: WholeCall, now: datetime) -> Place:
    """Until when reports are in time, and how many days that is."""
    if call.last_day is None:
        return _("There is no deadline.")
    return _(
        "Deadline: {day}, end of the day ({zone}); {left}",
        day=call.last_day,
        zone=call.timezone,
        left=left_words(call, now),
    )
