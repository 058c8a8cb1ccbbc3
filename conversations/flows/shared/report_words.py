"""How a report, its questions and its answers are named, wherever they are read."""

from collections.abc import Mapping
from typing import Any

from conversations.context.context import Context
from conversations.flows.shared.roles import named
from conversations.forms.kinds.text import Text
from conversations.forms.questions import Form
from conversations.forms.variants import form_for
from conversations.language.words import Place, Words, labelled, quoted
from conversations.model.people.members import Member
from conversations.model.reports import Report
from conversations.model.reviews import UnderReview

REASONS: Mapping[str, Mapping[str, Words]] = {
    "return": {
        "more": labelled("reason", "Please explain a little more."),
        "names": labelled("reason", "It names people who take part."),
        "consent": labelled("reason", "Picture: consent is unclear."),
    },
    "decline": {
        "topic": labelled("reason", "It is not about inclusion."),
        "twice": labelled("reason", "It is reported already."),
        "test": labelled("reason", "It looks like a test."),
    },
}
"""Reasons to return or decline that are ready in every language."""


def title(review: UnderReview) -> Place:
    """The report's title in quotation marks, or words for one that has none."""
    return quoted(review.title) if review.title else labelled("title", "a report without a name")


def name_of(person: int | None, context: Context) -> Place:
    """What to call a coordinator, also one who is no longer there."""
    member = None if person is None else context.find.people.member(person)
    return named(member or Member(person or 0, "", frozenset()))


def reason_of(reason: Mapping[str, Any] | None) -> Place:
    """A reason as it was given: chosen, in the reader's language, or as it was written."""
    for reasons in REASONS.values():
        if reason and reason.get("chosen") in reasons:
            return reasons[str(reason["chosen"])]
    return str((reason or {}).get("said") or "–")


def form_of(review: UnderReview, context: Context) -> Form:
    """The form the report fills: that of its call."""
    return form_for(Report(review.id, review.status, review.answers), context)


def label_of(form: Form, question: str) -> Place:
    """The short name of a question."""
    found = form.question(question)
    return found.label if found else question


def value_of(form: Form, question: str, value: Any) -> Place:
    """An answer as it is read; words for one that was not given."""
    found = form.question(question)
    if value is None:
        return labelled("answer", "none")
    if found is None or (isinstance(found.kind, Text) and isinstance(value, str)):
        return str(value)  # a text is read whole here; its kind shortens it
    return found.kind.show(value)
