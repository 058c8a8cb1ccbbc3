"""Planning of timed messages: rows that can be there only once."""

from collections.abc import Iterator, Sequence

from bot.jobs.timed.message import Look, Moment, Part, Reminder, TimedMessage
from bot.jobs.timed.registry import TIMED_MESSAGES


def reminders_of(messages: Sequence[TimedMessage]) -> Iterator[Reminder]:
    """Those of the messages that are planned as rows."""
    return (message for message in messages if isinstance(message, Reminder))


def plan_portion(look: Look, message: Reminder, part: Part) -> tuple[int, Part | None]:
    """Enter whom one query finds; how many are new, and the part to go on with, None: that was all of it."""
    found = message.who(look, part)
    new = sum(
        look.work.reminders.add(each.key, each.kind, each.person, each.subject, each.window.due, each.window.until)
        for each in found.due
    )
    return new, found.rest


def plan_at_once(look: Look, moment: Moment, messages: Sequence[TimedMessage] = TIMED_MESSAGES) -> int:
    """Enter within this transaction all that is looked for at `moment`; how many are new."""
    number = 0
    for message in reminders_of(messages):
        for part in message.parts(look) if message.moment is moment else ():
            rest: Part | None = part
            while rest is not None:
                new, rest = plan_portion(look, message, rest)
                number += new
    return number
