"""A contact person is asked once a year whether it still holds, and told when nobody finds them any more."""

from collections.abc import Iterator

from sqlalchemy import bindparam, select

from bot.jobs.timed.message import Due, Found, Look, Moment, Part, Reminder
from conversations.flows.experts import yearly
from conversations.language.screen import Screen
from conversations.model.experts import A_YEAR, ANSWER_WITHIN
from conversations.model.reminders import ExpertQuestion, Window
from storage.calls.reminders import DueReminder
from storage.models import experts, people

_STILL = (
    select(experts.c.id, people.c.id, experts.c.confirmed_at, people.c.timezone)
    .join(people, people.c.id == experts.c.person_id)
    .where(experts.c.asked_at.is_(None), experts.c.confirmed_at <= bindparam("before"))
    .order_by(experts.c.confirmed_at, experts.c.id)
)

_HIDDEN = (
    select(experts.c.id, people.c.id, experts.c.asked_at, people.c.timezone)
    .join(people, people.c.id == experts.c.person_id)
    .where(experts.c.asked_at <= bindparam("before"))
    .order_by(experts.c.asked_at, experts.c.id)
)

HOLDS = A_YEAR
"""How long the question may be asked late, if the bot was away."""


class ContactPersonQuestion(Reminder):
    """Asks contact persons; people who want no reminders too, because they agreed to be asked."""

    kinds = ExpertQuestion
    moment = Moment.QUARTER
    told_to_all = True

    def who(self, look: Look, part: Part) -> Found:
        """Returns those whose yes is a year old, or those who have left the question open for too long."""
        return Found(_due(look, part.kind))

    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the question, or that nobody finds them; None if they have answered meanwhile, or left."""
        found = look.work.experts.of(row.subject)
        if found is None or found.person != row.person:
            return None
        if row.kind == ExpertQuestion.HIDDEN:
            return None if found.is_found(look.now) else yearly.hidden(found)
        if found.asked_at is not None:
            return None
        look.work.experts.asked_again(found.id, look.now)
        return yearly.question(found)


def _due(look: Look, kind: str) -> Iterator[Due]:
    query, span = (_STILL, A_YEAR) if kind == ExpertQuestion.STILL else (_HIDDEN, ANSWER_WITHIN)
    for each in look.work.reminders.candidates(query, before=look.now - span):
        due = each.since + span
        key = f"{kind}:{each.subject}:{each.since:%Y-%m-%d}"
        yield Due(key, kind, each.person, each.subject, Window(due, due + HOLDS))
