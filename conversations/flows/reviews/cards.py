"""A report as coordinators see it: its card, with the state of the review, and the whole report."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from conversations.context.context import Context
from conversations.flows.followups.handing_over import HAND_OVER
from conversations.flows.lineage import reviewed
from conversations.flows.shared.attached import file_name, those_of, with_files
from conversations.flows.shared.report_status import SEEN_BY
from conversations.flows.shared.report_words import (
    ASKS_ITSELF,
    form_of,
    label_of,
    name_of,
    reason_of,
    title,
    value_of,
)
from conversations.forms.questions import Form
from conversations.language.screen import Button, Line, Screen, Style, description, heading, note, stacked
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, labelled, own, quoted
from conversations.model.experts import Sought
from conversations.model.followups.looking import HANDED_OVER
from conversations.model.initiatives import sharing_of
from conversations.model.reviews import UnderReview
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import label_of as choice_label

ROOM = 300
"""Characters of an answer that is shown before and after a change."""

SUMMARY_ROOM = 600
"""Characters of the description on a card."""

NAME_ROOM = 38
"""Characters of a name that fit on a button."""

OPEN = "open"
"""The argument of buttons that decide on a report although its author has an open question."""

NOBODY = _("Nobody can be asked about this report: it has no author here. You can correct it yourself.")
AWAY = _("Its author has stopped the bot, and will only be told when they come back.")

ON_CARD = ("library", "status", "themes", "target_groups", "period_start", "partners")


def card(review: UnderReview, context: Context) -> Screen:
    """Returns the report in short, the state of its review, and the buttons to act on it."""
    alike, to_alike = reviewed.lines_and_buttons(review, context)
    head = (heading(_headline(review)), *_standing(review, context), *alike)
    lines = (*head, *_in_short(review, context), _number(review))
    rows = (*_ways(review), *_to_files(review, context), *stacked(to_alike))
    return Screen(lines, rows, report=review.id, revision=review.revision)


def whole(review: UnderReview, context: Context) -> Screen:
    """Returns every answer of the report, without names and addresses."""
    form = form_of(review, context)
    answers = form.relevant_answers(review.answers)
    read = tuple(_answer(form, key, value, review, context) for key, value in answers.items())
    lines = (heading(_headline(review)), *_standing(review, context), *read, _number(review))
    contacts = (Button(_("Contact details"), "contacts"),)
    decide = tuple(row for row in _ways(review) if row != READ)
    hand_over = ((HAND_OVER,),) if review.status in HANDED_OVER else ()
    rows = (*decide, *_to_files(review, context), contacts, *hand_over)
    return Screen(lines, rows, report=review.id, revision=review.revision)


def contact_details(review: UnderReview, contacts: Mapping[str, Any], context: Context) -> Screen:
    """Returns the names and addresses in the report."""
    form = form_of(review, context)
    told = {key: value for key, value in contacts.items() if value is not None and key not in ASKS_ITSELF}
    agreed = context.find.experts.found(Sought(report=review.id))
    found = (
        *(_answer(form, key, value, review, context) for key, value in told.items()),
        *(Line(_("Contact person: {name}", name=each.name)) for each in agreed),
    )
    lines = (
        heading(_("Contact details: {title}", title=title(review))),
        *((*found, Line(_("Your reading is recorded."), Style.HELP)) if found else (Line(_("There are none.")),)),
    )
    people = tuple(Button(own(Shortened(each.name, NAME_ROOM)), "expert", each.id) for each in agreed)
    return Screen(lines, (*stacked(people), READ), report=review.id, revision=review.revision)


def _answer(form: Form, key: str, value: Any, review: UnderReview, context: Context) -> Line:
    answer = with_files(value_of(form, key, value), form.question(key), review, context)
    return Line(_("{label}: {answer}", label=label_of(form, key), answer=answer))


def _to_files(review: UnderReview, context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns the button that opens the files of a report, if it has any and is not withdrawn."""
    number = len(those_of(review, context)) if review.status not in ("draft", "withdrawn") else 0
    return ((Button(counted("Open the file", "Open the {n} files", number), "files"),),) if number else ()


READ = (Button(_("Read full report"), "whole"),)


def _headline(review: UnderReview) -> Words:
    match review.status:
        case "published" if sharing_of(review.answers) == "public":
            return _("Published: {title}", title=title(review))
        case "published":
            return _("Accepted: {title}", title=title(review))
        case "declined":
            return _("Declined: {title}", title=title(review))
        case "withdrawn":
            return _("Withdrawn by its author: {title}", title=title(review))
        case "changes_requested" if review.asked:
            return _("Waiting for an answer: {title}", title=title(review))
        case "changes_requested":
            return _("Sent back to its author: {title}", title=title(review))
        case "submitted" | "draft":
            return _("For review: {title}", title=title(review))


def _standing(review: UnderReview, context: Context) -> tuple[Line, ...]:
    """Returns who reads the report or how it was decided, and whether its author can be asked."""
    return (*_stands(review, context), *_askable(review))


def _askable(review: UnderReview) -> tuple[Line, ...]:
    """Returns the line that says that nobody can be asked about the report, or only later."""
    if review.status not in ("submitted", "changes_requested"):
        return ()
    if review.author is None:
        return (Line(NOBODY, Style.HELP),)
    return (Line(AWAY, Style.HELP),) if review.author_away else ()


def _stands(review: UnderReview, context: Context) -> tuple[Line, ...]:
    if review.status == "submitted":
        reader = review.held_by(context.now)
        if reader is None or review.claim is None:
            return _answered(review, context)
        # Translators: {name} is a coordinator, {when} a date with the time.
        being_read = note(
            _("{name} has been reviewing this since {when}.", name=name_of(reader, context), when=review.claim.at)
        )
        return (being_read, *_answered(review, context))
    if review.status == "changes_requested" and review.asked:
        asked, label = review.asked, label_of(form_of(review, context), review.asked.about)
        return (
            note(_("Asked by {name} about {label}:", name=name_of(asked.by, context), label=label)),
            Line(quoted(asked.text)),
        )
    if review.status not in ("published", "declined", "changes_requested"):
        return ()
    decided = note(_("By {name}.", name=name_of(review.decided_by, context)))
    if review.status == "published":
        return (decided, note(SEEN_BY[sharing_of(review.answers)]))
    return (decided, Line(_("Reason: {reason}", reason=reason_of(review.reason))))


def changes(
    review: UnderReview, since: datetime, context: Context, corrected: Collection[str] = ()
) -> Mapping[str, Line]:
    """Returns, by question, what changed since the report was as in `since`; names and addresses are not shown.

    `corrected` are the questions that are answered in this turn.
    """
    before, form = context.find.review.earlier(review.id, since), form_of(review, context)
    others = {*before.answers, *review.answers} if before.answers else set(corrected)
    told: dict[str, Line] = {}
    for question in form.questions:
        key, label = question.key, question.label
        if question.personal and (key in before.contacts_since or key in corrected):
            told[key] = Line(_("{label}: changed", label=label))
        elif key in others and before.answers.get(key) != review.answers.get(key):
            was, now = (value_of(form, key, answers.get(key)) for answers in (before.answers, review.answers))
            old, new = Shortened(was, ROOM), Shortened(now, ROOM)
            told[key] = Line(_("{label}: before {old}, now {new}", label=label, old=old, new=new))
    return told


def _answered(review: UnderReview, context: Context) -> tuple[Line, ...]:
    """Returns what was asked about a report that waits again, and what changed since."""
    if review.sent_back is None:
        return ()
    different = changes(review, review.sent_back, context)
    if review.asked is None:
        return tuple(different.values()) or (Line(_("Nothing has been changed since it was sent back."), Style.HELP),)
    form, about = form_of(review, context), review.asked.about
    answer = with_files(_short(value_of(form, about, review.answers.get(about))), form.question(about), review, context)
    same = () if about in different else (note(_("{label} now: {answer}", label=label_of(form, about), answer=answer)),)
    return (Line(_("Asked: {question}", question=quoted(review.asked.text)), Style.HELP), *same, *different.values())


def _in_short(review: UnderReview, context: Context) -> tuple[Line, ...]:
    if review.status != "submitted":
        return ()
    form = form_of(review, context)
    short = [
        _answer(form, key, review.answers[key], review, context)
        for key in ON_CARD
        if review.answers.get(key) is not None
    ]
    if review.call and (call := context.find.calls.whole(review.call)):
        short.insert(0, Line(_("Call: {title}", title=call.title)))
    whom = choice_label(vocabulary.SHARING, sharing_of(review.answers))
    short.append(Line(_("Can be seen by: {whom}", whom=whom)))
    if found := those_of(review, context):
        short.append(Line(_("Files: {files}", files=Listed(tuple(file_name(each) for each in found)))))
    summary = review.answers.get("summary")
    return (*short, *((description(summary, SUMMARY_ROOM),) if isinstance(summary, str) else ()))


def _short(value: Place) -> Place:
    """Returns a value, cut if it is long; "" stays ""."""
    return value and Shortened(value, SUMMARY_ROOM)


def _number(review: UnderReview) -> Line:
    if review.status == "submitted" and review.since:
        return Line(_("Reference {number}, waiting since {when}", number=review.id, when=review.since), Style.HELP)
    return Line(review.id, Style.HELP)


def _ways(review: UnderReview) -> tuple[tuple[Button, ...], ...]:
    correct = Button(_("Correct it"), "correct")
    match review.status:
        case "submitted":
            # Translators: a button: stop reviewing, so that another coordinator can.
            leave = ((Button(_("Release"), "release"),),) if review.claim else ()
            publish, decline = (
                Button(_("Publish"), "publish", tone="primary"),
                Button(_("Decline"), "decline", tone="danger"),
            )
            if review.author is None:
                return ((publish, correct), (decline,), *leave, READ)
            # Translators: buttons under a report; “Send back”: its author is to change it.
            back = (Button(_("Ask a question"), "ask"), Button(_("Send back"), "return"))
            return ((publish,), back, (decline,), *leave, READ)
        case "changes_requested":
            return (
                (
                    Button(labelled("review", "Withdraw"), "take_back"),
                    *((correct,) if review.author is None else ()),
                ),
                (
                    Button(_("Publish"), "publish", OPEN, tone="primary"),
                    Button(_("Decline"), "decline", OPEN, tone="danger"),
                ),
                READ,
            )
        case "published" if review.author is None:
            return ((correct,), READ)
        case "withdrawn" | "draft":
            return ()
        case _:
            return (READ,)
