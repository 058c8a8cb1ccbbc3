"""A draft was left for so long that it is about to be deleted."""

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.calls import reminders
from conversations.language.screen import Screen
from conversations.model.reminders import DraftWarning, Window, next_waking
from conversations.model.retention import DRAFT_WARNING, DRAFTS, WARNED
from storage.calls.reminders import DueReminder


class DraftEnd(Reminder):
    """Warns the author. People who want no reminders are warned too: it tells of a loss."""

    kinds = DraftWarning
    moment = Moment.NIGHT
    told_to_all = True

    def who(self, look: Look, part: Part) -> Found:
        """Returns the authors of drafts that were left for thirty days, and were not warned since then."""
        return Found(
            Due(
                f"{part.kind}:{draft.subject}:{draft.since:%Y-%m-%d}",
                part.kind,
                draft.person,
                draft.subject,
                Window(next_waking(look.now, look.zone_of(draft.timezone)), look.now + DRAFTS),
            )
            for draft in look.work.retention.unwarned(look.now)
        )

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the warning with the day of the end, unless the author has gone on."""
        left_at = look.work.reminders.draft_left_at(row.subject)
        if left_at is None or left_at + DRAFT_WARNING > look.now:
            return None
        end = max(left_at + DRAFTS, look.now + WARNED).astimezone(look.zone_of(row.timezone)).date()
        title = look.work.reports.current_answer(row.subject, "title")
        return reminders.of_drafts_end(row.subject, str(title or ""), end)
