"""What became of a published initiative: its author is asked when it was to begin, after its end, and once a year."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.followups.asking import question_screen
from conversations.language.screen import Screen
from conversations.model.followups.questions import HOLDS, OFFERED, FollowUp, before, next_question
from conversations.model.reminders import Window
from storage.calls.reminders import DueReminder
from storage.followups.followups import AuthorFollowed

LOOKED_THROUGH = 250
"""Reports looked through in one transaction: few enough not to delay turns."""


class FollowUpQuestion(Reminder):
    """Asks the author of a report one question at a time, the longest due first; the next one a week later."""

    kinds = FollowUp
    moment = Moment.MINUTE  # by an index: few reports are due at a time

    def parts(self, _look: Look, /) -> Sequence[Part]:
        """Returns one part for all kinds, because a person is asked about one thing at a time."""
        return [Part("")]

    def who(self, look: Look, part: Part) -> Found:
        """Returns the authors to ask, out of LOOKED_THROUGH reports about which something may be asked."""
        found, then = look.work.followups.to_ask(look.now, part.after, LOOKED_THROUGH)
        return Found(list(_due(look, found)), None if then is None else replace(part, after=then))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the question and stores that it was asked; None if it has lost its reason meanwhile."""
        still = look.work.followups.still(row)
        if still is None:
            return None
        followed, key, others = still
        question = next_question(followed, look.zone_of(row.timezone), look.now, others)
        offered = (row.kind, str(followed.answers.get("status"))) in OFFERED
        if question is None or question.key != key or question.due > look.now or not offered:
            return None
        return question_screen(question.kind, followed.answers, look.work.followups.ask(row, key, look.now))


def _due(look: Look, found: Sequence[AuthorFollowed]) -> Iterator[Due]:
    """Yields for each author the question that has been due longest; of reports without one, stores when it will be."""
    due: dict[int, list[Due]] = defaultdict(list)
    for each in found:
        report = each.followed.report
        question = next_question(each.followed, look.zone_of(each.timezone), look.now, each.asked)
        if question is None or before(question) > look.now:
            look.work.followups.ask_later(report, question)
        elif question.due <= look.now:
            window = Window(question.due, look.now + HOLDS)
            due[each.person].append(Due(question.key, question.kind, each.person, report, window))
    for questions in due.values():
        yield min(questions, key=lambda each: (each.window.due, each.key))
