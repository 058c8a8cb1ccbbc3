"""A call has closed: its coordinators are told, with the button for its report."""

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.calls import results
from conversations.language.screen import Screen
from conversations.model.calls import WholeCall
from conversations.model.people.permissions import MATRIX
from conversations.model.reminders import CLOSED_HOLDS, CallOver, Window
from storage.calls.reminders import DueReminder


class CallClosed(Reminder):
    """Tells every coordinator once that a call has closed. Those who want no reminders are told too: it is no reminder.

    A call whose deadline was moved, and that closes again, is told of again.
    """

    kinds = CallOver
    moment = Moment.QUARTER
    told_to_all = True

    def parts(self, look: Look, /) -> list[Part]:
        """Returns the calls that closed not long ago."""
        return [
            Part(CallOver.CLOSED, call)
            for call in look.work.calls.all()
            if (window := _window(call)) and window.holds(look.now) and not call.takes(look.now)
        ]

    def who(self, look: Look, part: Part) -> Found:
        """Returns the coordinators."""
        call = part.about
        window = _window(call) if isinstance(call, WholeCall) else None
        if window is None or not isinstance(call, WholeCall):
            raise TypeError(call)
        roles = [role for role, allowed in MATRIX.items() if "open calls" in allowed]
        people = {each.id for role in roles for each in look.work.members.with_role(role)}
        return Found(
            Due(f"{part.kind}:{call.slug}:{call.last_day}:{person}", part.kind, person, call.slug, window)
            for person in sorted(people)
        )

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the message, unless the call was opened again meanwhile."""
        call = look.work.calls.whole(row.subject)
        return None if call is None or call.takes(look.now) else results.closed(call)


def _window(call: WholeCall) -> Window | None:
    """Returns when a closed call is told of; None for one that is not opened or has no end."""
    if call.status == "draft":
        return None
    ends = [at for at in (call.deadline_at, call.since if call.status == "closed" else None) if at is not None]
    return Window(min(ends), min(ends) + CLOSED_HOLDS) if ends else None
