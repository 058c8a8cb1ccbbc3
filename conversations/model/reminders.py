"""When somebody is reminded: of a call before its deadline, of a draft that was left. Pure rules; times come in."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from conversations.model.calls import WholeCall

WAKES, RESTS = time(9), time(18)
"""Nobody is written to of the bot's own accord outside these hours of their day."""

CALL_STAGES = {"call-7": 7, "call-1": 1}
"""How many days before the last day of a call its reminders come, the first first."""

DRAFT_STAGES = {"draft-2": timedelta(hours=48), "draft-7": timedelta(days=7)}
"""How long a draft was left when one is nudged, the first first; after the last, never again."""

LAST_NUDGE_HOLDS = timedelta(days=7)

PUT_OFF = timedelta(hours=20)
"""“Not now” is the next morning."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when something is to be said, and from when on it is too late for it."""

    due: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Whether now is the time."""
        return self.due <= now < self.until


def next_waking(moment: datetime, zone: tzinfo) -> datetime:
    """`moment`, or the first waking hour after it, where `zone` is."""
    local = moment.astimezone(zone)
    if WAKES <= local.time() < RESTS:
        return moment
    day = local.date() if local.time() < WAKES else local.date() + timedelta(days=1)
    return morning(day, zone)


def morning(day: date, zone: tzinfo) -> datetime:
    """When a day's waking hours begin, whatever its clocks do."""
    return datetime.combine(day, WAKES, zone).astimezone(UTC)


def call_window(call: WholeCall, stage: str, zone: tzinfo) -> Window | None:
    """When a reminder of the call is due where `zone` is; None: it has no deadline.

    A reminder that was missed is made up for until the next one is due, and never after the deadline.
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
    """When a draft that was left then is to be nudged."""
    stages = list(DRAFT_STAGES)
    later = stages[stages.index(stage) + 1 :]
    due = left_at + DRAFT_STAGES[stage]
    until = left_at + DRAFT_STAGES[later[0]] if later else due + LAST_NUDGE_HOLDS
    return Window(next_waking(due, zone), until)
