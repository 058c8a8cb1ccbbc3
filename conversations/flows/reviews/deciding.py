"""What a coordinator writes about a report: why it is returned or declined, or a question about one answer."""

from collections.abc import Mapping
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.reviews.cards import AWAY, NOBODY
from conversations.flows.reviews.claims import CHANGED, GONE, taken
from conversations.flows.reviews.queue import back_to
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.report_words import REASONS, form_of, label_of, title, value_of
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant
from conversations.forms.questions import Question
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _
from conversations.model.outcomes import Outcome, QuestionAsked, ReportDeclined, ReportReturned
from conversations.model.people.permissions import can
from conversations.model.reviews import UnderReview

LONGEST = 1000
"""Most characters of a reason or a question."""

NOT_NOW = Button(_("‹ Cancel"), "go_back")


def begun(action: str, review: UnderReview, back: Position | None) -> InFlow:
    """Returns the position at the reason or the field that `action` (ask, return, decline) needs; `back` comes
    afterwards.

    A coordinator who declines a report while its author has an open question knows of that question.
    """
    knows = review.status != "submitted"
    held = {"this": review.id, "what": action, "revision": review.revision, "back": before(back), "open": knows}
    return InFlow("review", "field" if action == "ask" else "reason", held)


def before(back: Position | None) -> Mapping[str, Any] | None:
    """Returns the packed position to return to: from another of these views, the one before that view."""
    return back.held["back"] if isinstance(back, InFlow) and back.flow in ("review", "correcting") else pack(back)


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a coordinator who writes about a report."""
    held, back = at.held, unpack(at.held["back"])
    if not can(context.person, "review"):
        return Step(None, (note(NOT_ALLOWED),))
    if isinstance(event, Pressed) and event.action == "go_back":
        return back_to(back, context)
    found = context.find.review.report(held["this"])
    if found is None:
        return back_to(back, context, (note(GONE),))
    if why := taken(found, context, although_open=bool(held.get("open"))):
        return back_to(back, context, (note(why),))
    if found.revision != held["revision"]:
        return back_to(back, context, (note(CHANGED),))
    if found.author is None and held["what"] != "decline":
        return back_to(back, context, (note(NOBODY),))
    match at.view, event:
        case "reason", Pressed("because", key) if key in REASONS[held["what"]]:
            return _decided(found, {"chosen": key}, held["what"], back, context)
        case "reason", Wrote(text) if text:
            return _too_long(at, text) or _decided(found, {"said": text}, held["what"], back, context)
        case "field", Pressed("about", key) if key in {question.key for question in _fields(found, context)}:
            return Step(InFlow("review", "question", {**held, "about": key}))
        case "question", Wrote(text) if text:
            asked = QuestionAsked(found.id, held["about"], text, found.revision)
            said = _sent(_("Your question has been sent."), found)
            return _too_long(at, text) or back_to(back, context, said, found.id, (asked,))
        case "field", Pressed("missing"):
            return Step(InFlow("review", "field", {**held, "missing": True}))
        case "field", Wrote(text) if button := meant(text, _shown_fields(found, context, missing=True), context):
            return take(at, Pressed(button.action, button.argument), context)
        case "field", _:
            return Step(at, (note(_("Tap the answer you want to ask about, or type what it is called.")),))
        case _:
            return Step(at, (note(_("Write it in a message.")),))


def _too_long(at: InFlow, text: str) -> Step | None:
    if len(text) <= LONGEST:
        return None
    too_long = _(
        "That is too long: {length} characters, and there is room for {most}. Send a shorter version.",
        length=len(text),
        most=LONGEST,
    )
    return Step(at, (note(too_long),))


def _sent(said: Words, found: UnderReview) -> tuple[Line, ...]:
    """Returns what the coordinator is told about a message to the author, who may no longer use the bot."""
    if found.author is None:
        return (note(_("Declined.")),)
    return (note(AWAY),) if found.author_away else (note(said),)


def _decided(found: UnderReview, reason: Mapping[str, Any], what: str, back: Position | None, context: Context) -> Step:
    if what == "decline":
        declined: tuple[Outcome, ...] = (ReportDeclined(found.id, found.revision, reason),)
        return back_to(back, context, _sent(_("Declined. The author will see your reason."), found), found.id, declined)
    returned: tuple[Outcome, ...] = (ReportReturned(found.id, found.revision, reason),)
    return back_to(back, context, _sent(_("Sent back. The author will see your reason."), found), found.id, returned)


def _fields(found: UnderReview, context: Context) -> tuple[Question, ...]:
    """Returns the questions that can be asked about: those the form asks of this report, without contacts."""
    relevant = form_of(found, context).relevant(found.answers)
    return tuple(question for question in relevant if not question.personal)


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks the coordinator."""
    found = context.find.review.report(at.held["this"])
    if found is None or not can(context.person, "review"):
        return Screen((note(GONE),), ((NOT_NOW,),))
    match at.view:
        case "field":
            return _shown_fields(found, context, missing=bool(at.held.get("missing")))
        case "question":
            return _shown_question(found, str(at.held["about"]), context)
        case _:
            return _shown_reason(found, str(at.held["what"]))


def _shown_fields(found: UnderReview, context: Context, *, missing: bool) -> Screen:
    """Returns the screen with the answers to ask about: those that are needed or given; with `missing`, all."""
    fields = _fields(found, context)
    first = [each for each in fields if each.key in found.answers or each.required]
    listed = fields if missing else first
    buttons = tuple(Button(question.label, "about", question.key) for question in listed)
    more = ((Button(_("Something that is missing"), "missing"),),) if len(listed) < len(fields) else ()
    return Screen(
        (heading(_("Which answer do you want to ask about? {title}", title=title(found))),),
        (*stacked(buttons, 2), *more, (NOT_NOW,)),
    )


def _shown_question(found: UnderReview, about: str, context: Context) -> Screen:
    form = form_of(found, context)
    value = value_of(form, about, found.answers.get(about))
    lines = (
        heading(_("What would you like to know?")),
        Line(_("{label}: {answer}", label=label_of(form, about), answer=value)),
        Line(_("Write one question. The author will answer by changing this part of the report."), Style.HELP),
    )
    return Screen(lines, ((NOT_NOW,),))


def _shown_reason(found: UnderReview, what: str) -> Screen:
    asks: Words = (
        _("Why are you declining {title}?", title=title(found))
        if what == "decline"
        else _("What should be changed in {title}?", title=title(found))
    )
    lines = (
        heading(asks),
        Line(_("Tap a reason or write your own. The author will see exactly what you write."), Style.HELP),
    )
    ready = tuple(Button(words, "because", key) for key, words in REASONS[what].items())
    return Screen(lines, (*stacked(ready), (NOT_NOW,)))
