"""A call's deadline and readers in words."""

from datetime import datetime

from conversations.language.words import Place, Words, _, counted, labelled
from conversations.model.calls import WholeCall
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import label_of


def left_words(call: WholeCall, now: datetime) -> Place:
    """Returns how many days are left."""
    days = call.days_left(now)
    if days is None:
        return _("no deadline")
    if call.is_late(now):
        return _("the deadline has passed")
    if days == 0:
        return _("today is the last day")
    return counted("{n} day left", "{n} days left", days)


def for_whom_words(call: WholeCall) -> Place:
    """Returns who may see the reports to the call, in words for its coordinators."""
    if call.asks_for_whom:
        return labelled("sharing", "Each author decides")
    if call.is_for is None:
        return _("not decided yet; until then coordinators only")
    return label_of(vocabulary.SHARING, call.is_for)


def seen_by_words(call: WholeCall) -> Words | None:
    """Returns who may see a report to the call, in words for its author; None if the author decides."""
    if call.asks_for_whom:
        return None
    whom = label_of(vocabulary.SHARING, call.is_for or "coordinators")
    return _("Reports to this call may be seen by: {whom}", whom=whom)


def deadline_words(call: WholeCall, now: datetime) -> Place:
    """Returns until when reports are in time, and how many days are left."""
    if call.last_day is None:
        return _("There is no deadline.")
    return _(
        "Deadline: {day}, end of the day ({zone}); {left}",
        day=call.last_day,
        zone=call.timezone,
        left=left_words(call, now),
    )
