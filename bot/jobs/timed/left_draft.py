"""A draft was left for two days, or for seven."""

from collections.abc import Iterator
from datetime import timedelta

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.calls import reminders
from conversations.language.screen import Screen
from conversations.model.reminders import DRAFT_STAGES, LAST_NUDGE_HOLDS, DraftNudge, draft_window
from storage.calls.reminders import DueReminder

A_DAY = timedelta(days=1)


class LeftDraft(Reminder):
    """Nudges the author of a draft. Of many drafts that were left together, one is spoken of."""

    kinds = DraftNudge
    moment = Moment.MINUTE

    def who(self, look: Look, part: Part) -> Found:
        """Returns the authors of drafts that were left for as long as the stage says."""
        return Found(_due(look, part.kind))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the nudge, unless the author has gone on or was nudged within a day."""
        left_at = look.work.reminders.draft_left_at(row.subject)
        still_left = left_at is not None and left_at + DRAFT_STAGES[row.kind] <= look.now
        if not still_left or look.work.reminders.was_nudged(row.person, look.now - A_DAY):
            return None
        title = look.work.reports.current_answer(row.subject, "title")
        return reminders.of_draft(row.subject, str(title or ""), row.id)


def _due(look: Look, stage: str) -> Iterator[Due]:
    span = DRAFT_STAGES[stage]
    for draft in look.work.reminders.left_drafts(stage, look.now - span - LAST_NUDGE_HOLDS, look.now - span):
        window = draft_window(draft.since, stage, look.zone_of(draft.timezone))
        if window.holds(look.now):
            yield Due(f"{stage}:{draft.subject}", stage, draft.person, draft.subject, window)
