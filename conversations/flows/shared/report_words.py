"""How reports, their questions and their answers are named, wherever they are shown."""

from collections.abc import Mapping
from typing import Any

from conversations.context.context import Context
from conversations.flows.shared.roles import named
from conversations.forms.kinds.text import Text
from conversations.forms.questions import Form
from conversations.forms.variants import form_for
from conversations.language.screen import Button
from conversations.language.words import Place, Words, _, labelled, quoted
from conversations.model.people.members import Member
from conversations.model.reports import Report
from conversations.model.reviews import UnderReview

REASONS: Mapping[str, Mapping[str, Words]] = {
    "return": {
        "more": labelled("reason", "Explain a little more."),
        "names": labelled("reason", "It names people who take part."),
        "consent": labelled("reason", "Picture: consent is unclear."),
    },
    "decline": {
        "topic": labelled("reason", "It is not about inclusion."),
        "twice": labelled("reason", "It has been reported already."),
        "test": labelled("reason", "It looks like a test."),
    },
}
"""Ready-made reasons to return or decline a report, in every language."""


ASKS_ITSELF = frozenset({"resource_person", "resource_person_knows"})
"""Answers about a person who is asked by themselves: nobody but the author of the report reads them."""


def ask_contact_person(report: Report) -> Button:
    """Returns the button with which the author of a report names somebody whom others may ask."""
    return Button(_("Name a contact person"), "naming", report.id)


def title(review: UnderReview) -> Place:
    """Returns the report's title in quotation marks, or words for a report without one."""
    return quoted(review.title) if review.title else labelled("title", "a report without a name")


def name_of(person: int | None, context: Context) -> Place:
    """Returns the name of a coordinator, also of one who no longer uses the bot."""
    member = None if person is None else context.find.people.member(person)
    return named(member or Member(person or 0, "", frozenset()))


def reason_of(reason: Mapping[str, Any] | None) -> Place:
    """Returns a reason: a ready-made one in the reader's language, or the text that was written."""
    for reasons in REASONS.values():
        if reason and reason.get("chosen") in reasons:
            return reasons[str(reason["chosen"])]
    return str((reason or {}).get("said") or "–")


def form_of(review: UnderReview, context: Context) -> Form:
    """Returns the form of the report, which its call determines."""
    return form_for(Report(review.id, review.status, review.answers), context)


def label_of(form: Form, question: str) -> Place:
    """Returns the short name of a question."""
    found = form.question(question)
    return found.label if found else question


def value_of(form: Form, question: str, value: Any) -> Place:
    """Returns an answer in words, or words for a question without one."""
    found = form.question(question)
    if value is None:
        return labelled("answer", "none")
    if found is None or (isinstance(found.kind, Text) and isinstance(value, str)):
        return str(value)  # shown whole, while its kind would shorten it
    return found.kind.show(value)
