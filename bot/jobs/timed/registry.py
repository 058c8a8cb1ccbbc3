"""The list of all timed messages. The code that plans and sends them knows none of them by name."""

from bot.jobs.timed.absence_greeting import AbsenceGreeting
from bot.jobs.timed.call_closed import CallClosed
from bot.jobs.timed.call_deadline import CallDeadline
from bot.jobs.timed.draft_end import DraftEnd
from bot.jobs.timed.event_day import EventAfter, EventReminder
from bot.jobs.timed.event_invitation import EventInvitation
from bot.jobs.timed.event_news import NewsOfEvents
from bot.jobs.timed.expert_question import ContactPersonQuestion
from bot.jobs.timed.follow_up import FollowUpQuestion
from bot.jobs.timed.left_draft import LeftDraft
from bot.jobs.timed.message import TimedMessage
from bot.jobs.timed.weekly_digest import WeeklyDigest

TIMED_MESSAGES: tuple[TimedMessage, ...] = (
    CallDeadline(),
    CallClosed(),
    LeftDraft(),
    DraftEnd(),
    ContactPersonQuestion(),
    AbsenceGreeting(),
    EventInvitation(),
    NewsOfEvents(),
    EventReminder(),
    EventAfter(),
    FollowUpQuestion(),
    WeeklyDigest(),
)
