"""When reminders are due: of a call before its deadline, of a draft that was left. Pure rules: times are passed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from conversations.model.calls import WholeCall

WAKES, RESTS = time(9), time(18)
"""The bot sends reminders only between these hours of the person's day."""


class CallReminder(StrEnum):
    """The kinds of reminders of a call; a coordinator asks for NOW."""

    WEEK = "call-7"
    DAY = "call-1"
    NOW = "call-now"


class CallOver(StrEnum):
    """The kind of message that tells coordinators that a call has closed."""

    CLOSED = "call-closed"


class DraftNudge(StrEnum):
    """The kinds of nudges about a draft that was left."""

    TWO_DAYS = "draft-2"
    WEEK = "draft-7"


class DraftWarning(StrEnum):
    """The kind of message that warns before a draft is deleted."""

    MONTH = "draft-30"


class Greeting(StrEnum):
    """The kind of message that greets people after the bot was away."""

    AWAY = "away"


class ExpertQuestion(StrEnum):
    """The kinds of messages to contact persons: whether it still holds, and that nobody finds them any more."""

    STILL = "expert-still"
    HIDDEN = "expert-hidden"


class EventInvited(StrEnum):
    """The kind of message to those who offered to take part in such an event."""

    NEW = "event-new"


class EventNews(StrEnum):
    """The kinds of messages to those who signed up: a place became free, the event changed, or is cancelled."""

    PLACE = "event-place"
    CHANGED = "event-changed"
    CANCELLED = "event-off"


class EventDay(StrEnum):
    """The kind of reminder of the day before."""

    BEFORE = "event-1"


class EventOver(StrEnum):
    """The kind of message that asks the organiser what came of it."""

    AFTER = "event-after"


CALL_STAGES: Mapping[str, int] = {CallReminder.WEEK: 7, CallReminder.DAY: 1}
"""Days before the last day of a call when its reminders are sent, the first reminder first."""

DRAFT_STAGES: Mapping[str, timedelta] = {DraftNudge.TWO_DAYS: timedelta(hours=48), DraftNudge.WEEK: timedelta(days=7)}
"""Times after which a left draft is reminded of, the first first; there is no reminder after the last."""

LAST_NUDGE_HOLDS = timedelta(days=7)

CLOSED_HOLDS = timedelta(days=7)
"""How long after a call has closed its coordinators are still told."""

PUT_OFF = timedelta(hours=20)
"""How long “Not now” postpones a reminder: to the next morning."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time span in which something may be sent."""

    due: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Returns whether `now` is in the span."""
        return self.due <= now < self.until


def next_waking(moment: datetime, zone: tzinfo) -> datetime:
    """Returns `moment`, or the next hour in which reminders may be sent in `zone`."""
    local = moment.astimezone(zone)
    if WAKES <= local.time() < RESTS:
        return moment
    day = local.date() if local.time() < WAKES else local.date() + timedelta(days=1)
    return morning(day, zone)


def morning(day: date, zone: tzinfo) -> datetime:
    """Returns when the hours of reminders begin on `day`, also if its clocks change."""
    return datetime.combine(day, WAKES, zone).astimezone(UTC)


def call_window(call: WholeCall, stage: str, zone: tzinfo) -> Window | None:
    """Returns when a reminder of the call is due in `zone`; None without a deadline.

    A missed reminder is sent late until the next one is due, and never after the deadline.
    """
    last_day = call.last_day
    if last_day is None or call.deadline_at is None:
        return None
    stages = list(CALL_STAGES)
    later = stages[stages.index(stage) + 1 :]
    due = morning(last_day - timedelta(days=CALL_STAGES[stage]), zone)
    until = morning(last_day - timedelta(days=CALL_STAGES[later[0]]), zone) if later else call.deadline_at
    return Window(due, min(until, call.deadline_at))


def draft_window(left_at: datetime, stage: str, zone: tzinfo) -> Window:
    """Returns when a reminder of a draft that was left at `left_at` is due."""
    stages = list(DRAFT_STAGES)
    later = stages[stages.index(stage) + 1 :]
    due = left_at + DRAFT_STAGES[stage]
    until = left_at + DRAFT_STAGES[later[0]] if later else due + LAST_NUDGE_HOLDS
    return Window(next_waking(due, zone), until)
