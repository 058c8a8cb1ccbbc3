"""The bot was away for more than a day: what people wrote to it meanwhile is lost."""

from collections.abc import Iterator
from datetime import timedelta

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.calls import reminders
from conversations.language.screen import Screen
from conversations.model.reminders import Greeting, Window
from storage.calls.reminders import DueReminder

IN_THE_MIDDLE = timedelta(days=7)
"""The author of a draft that was changed so shortly before the absence may have answered during it."""

GREETING_HOLDS = timedelta(days=3)


class AbsenceGreeting(Reminder):
    """Greets, once, everybody who was in the middle of a draft when the bot went away."""

    kinds = Greeting
    moment = Moment.RETURN

    def who(self, look: Look, part: Part) -> Found:
        """Returns the authors of drafts that were changed shortly before the absence, each for their latest one."""
        return Found(_due(look, part.kind))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the greeting, unless the author has gone on since the bot is back."""
        left_at = look.work.reminders.draft_left_at(row.subject)
        gone_on = left_at is None or left_at > row.until - GREETING_HOLDS
        return None if gone_on else reminders.of_absence(row.subject)


def _due(look: Look, kind: str) -> Iterator[Due]:
    gone = look.away_since
    if gone is None:
        return
    met: set[int] = set()
    for draft in look.work.reminders.left_drafts(kind, gone - IN_THE_MIDDLE, gone):
        if draft.person not in met:
            met.add(draft.person)
            window = Window(gone, look.now + GREETING_HOLDS)
            yield Due(f"{kind}:{gone.isoformat()}:{draft.person}", kind, draft.person, draft.subject, window)
