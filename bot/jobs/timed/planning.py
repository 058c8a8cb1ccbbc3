"""Planning of timed messages: rows that can be there only once."""

from collections.abc import Iterator, Sequence

from bot.jobs.timed.message import Look, Moment, Part, Reminder, TimedMessage
from bot.jobs.timed.registry import TIMED_MESSAGES


def reminders_of(messages: Sequence[TimedMessage]) -> Iterator[Reminder]:
    """Yields the messages that are planned as rows."""
    return (message for message in messages if isinstance(message, Reminder))


def plan_portion(look: Look, message: Reminder, part: Part) -> tuple[int, Part | None]:
    """Store rows for the people one query finds. Returns how many are new, and the part to continue with, if any."""
    found = message.who(look, part)
    new = sum(
        look.work.reminders.add(each.key, each.kind, each.person, each.subject, each.window.due, each.window.until)
        for each in found.due
    )
    return new, found.rest


def plan_at_once(look: Look, moment: Moment, messages: Sequence[TimedMessage] = TIMED_MESSAGES) -> int:
    """Store, in this transaction, rows for all messages that are looked for at `moment`. Returns how many are new."""
    number = 0
    for message in reminders_of(messages):
        for part in message.parts(look) if message.moment is moment else ():
            rest: Part | None = part
            while rest is not None:
                new, rest = plan_portion(look, message, rest)
                number += new
    return number
