"""A call is open for seven days more, or for one, and somebody has not answered it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder, Telling
from conversations.flows.calls import reminders
from conversations.language.screen import Screen
from conversations.model.calls import WholeCall
from conversations.model.reminders import CALL_STAGES, CallReminder, call_window
from storage.calls.call_reports import Reachable
from storage.calls.reminders import DueReminder

LOOKED_THROUGH = 250
"""People checked in one transaction: few enough not to delay turns."""


class CallDeadline(Reminder):
    """Reminds those who have not answered a call. What a coordinator asks for now is planned by the repository."""

    kinds = CallReminder
    moment = Moment.QUARTER  # for a time zone where its day has come, for people who are new

    def parts(self, look: Look, /) -> Sequence[Part]:
        """Returns the calls, and stages of them, that may be due somewhere."""
        return [
            Part(stage, call)
            for call in look.work.calls.all()
            if call.takes(look.now) and call.deadline_at is not None
            for stage, days in CALL_STAGES.items()
            if look.now >= call.deadline_at - timedelta(days=days + 2)  # wherever somebody lives, it is not due earlier
        ]

    def who(self, look: Look, part: Part) -> Found:
        """Returns those who have not answered the call, out of LOOKED_THROUGH people."""
        call = part.about
        if not isinstance(call, WholeCall):
            raise TypeError(call)
        prefix = f"{part.kind}:{call.slug}:{call.last_day}:"
        found, then = look.work.call_reports.to_plan(call, prefix, part.after, LOOKED_THROUGH)
        due = _due(look, call, part.kind, prefix, found)
        return Found(due, None if then is None else replace(part, after=then))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the reminder, unless the call is over or the person has answered it meanwhile."""
        return self.telling(look, [row])(row)

    def telling(self, look: Look, rows: Sequence[DueReminder], /) -> Telling:
        """Looks up once for every call who of all these people is still to be reminded."""
        about: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            about[row.subject].add(row.person)
        calls = [call for slug in about if (call := look.work.calls.whole(slug)) and call.takes(look.now)]
        wanted = {
            call.slug: (call, {each.person for each in look.work.call_reports.to_remind(call, about[call.slug])})
            for call in calls
        }

        def screen(row: DueReminder) -> Screen | None:
            call, people = wanted.get(row.subject) or (None, set())
            return reminders.of_call(call, row.id, look.now) if call and row.person in people else None

        return screen


def _due(look: Look, call: WholeCall, stage: str, prefix: str, found: Sequence[Reachable]) -> Iterator[Due]:
    for each in found:
        window = call_window(call, stage, look.zone_of(each.timezone))
        if window and window.holds(look.now) and (call.since is None or window.due >= call.since):
            yield Due(f"{prefix}{each.person}", stage, each.person, call.slug, window)
