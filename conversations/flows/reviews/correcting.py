"""A coordinator corrects a report whose author cannot be asked: one answer at a time, read as in the form."""

from dataclasses import replace
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, unpack
from conversations.flows.reviews.claims import CHANGED, GONE, taken
from conversations.flows.reviews.deciding import NOT_NOW, before
from conversations.flows.reviews.queue import back_to
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.report_words import form_of, label_of, title, value_of
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.forms.kinds.base import DONE, Asked, Gathering, NotUnderstood, Understood
from conversations.forms.kinds.calls import OpenCall
from conversations.forms.kinds.files import Files
from conversations.forms.questions import Question
from conversations.language.events import Event, Pressed, SentFile, SharedContact, SharedLocation, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Shortened, Words, _
from conversations.model.outcomes import ReportCorrected
from conversations.model.people.permissions import can
from conversations.model.reviews import UnderReview

ROOM = 700
"""Characters of the present answer that are shown."""


def refused(review: UnderReview, context: Context) -> Words | None:
    """Returns why this person cannot correct the report; None if they can."""
    if review.author is not None:
        return _("Only its author can correct this report. You can ask about it.")
    return None if review.status == "published" else taken(review, context, although_open=True)


def begun(review: UnderReview, back: Position | None) -> InFlow:
    """Returns the position at the choice of an answer, or at the one that was asked about; `back` comes afterwards."""
    held = {"this": review.id, "revision": review.revision, "back": before(back), "gathered": None}
    if review.asked and review.status == "changes_requested":
        return InFlow("correcting", "answer", {**held, "about": review.asked.about})
    return InFlow("correcting", "field", held)


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a coordinator who corrects a report."""
    held, back = at.held, unpack(at.held["back"])
    if not can(context.person, "review"):
        return Step(None, (note(NOT_ALLOWED),))
    if isinstance(event, Pressed) and event.action == "go_back":
        return back_to(back, context)
    found = context.find.review.report(held["this"])
    if found is None:
        return back_to(back, context, (note(GONE),))
    if why := refused(found, context):
        return back_to(back, context, (note(why),))
    if found.revision != held["revision"]:
        return back_to(back, context, (note(CHANGED),))
    about = _about(at, found, context)
    match event:
        case Pressed("about", key) if key in {question.key for question in _fields(found, context)}:
            return Step(InFlow("correcting", "answer", {**held, "about": key, "gathered": None}))
        case Pressed() | Wrote() | SentFile() | SharedLocation() | SharedContact() if about:
            return _answered(at, event, about, found, context)
        case _:
            return Step(at, (note(_("Tap the answer you want to correct.")),))


def _answered(
    at: InFlow,
    event: Pressed | Wrote | SentFile | SharedLocation | SharedContact,
    about: Question,
    found: UnderReview,
    context: Context,
) -> Step:
    """Reads the answer as its author's would be read; the answer before stays in the history."""
    moving = [each for each in chain(*shown(at, context).rows) if each.action in (DONE.action, NOT_NOW.action)]
    if isinstance(event, Wrote) and (tapped := same(event.text, moving, context)):
        return take(at, Pressed(tapped.action), context)
    asked, back = Asked(context, found.answers, found.answers.get(about.key)), unpack(at.held["back"])
    match about.read(event, at.held["gathered"], asked):
        case Understood(value, said) if value != asked.value or found.status == "changes_requested":
            corrected = ReportCorrected(found.id, about.key, value, said, found.revision)
            return back_to(back, context, (note(_("Saved. The earlier version is kept.")),), outcomes=(corrected,))
        case Understood():
            return back_to(back, context, (note(_("The answer stays as it was.")),))
        case Gathering(gathered, why, file=None):
            return Step(_with(at, gathered), (note(why),) if why else ())
        case Gathering():
            return Step(at, (note(_("I can only take text here. Type your answer.")),))
        case NotUnderstood(why, gathered):
            stays = at if gathered is None else _with(at, gathered)
            if isinstance(event, Pressed):
                return Step(stays, toast=why, silent=True)
            return Step(stays, (note(why),))


def _with(at: InFlow, gathered: object) -> InFlow:
    return replace(at, held={**at.held, "gathered": gathered})


def _fields(found: UnderReview, context: Context) -> tuple[Question, ...]:
    """Returns the questions whose answers can be corrected: no contacts (they are their owners'), files or call."""
    relevant = form_of(found, context).relevant(found.answers)
    return tuple(each for each in relevant if not each.personal and not isinstance(each.kind, Files | OpenCall))


def _about(at: InFlow, found: UnderReview, context: Context) -> Question | None:
    """Returns the question whose answer is corrected; None if none is chosen."""
    return next(
        (each for each in _fields(found, context) if at.view == "answer" and each.key == at.held["about"]), None
    )


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the answers to choose from, or with the question in the words of the form."""
    found = context.find.review.report(at.held["this"])
    if found is None or not can(context.person, "review"):
        return Screen((note(GONE),), ((NOT_NOW,),))
    about = _about(at, found, context)
    if about is None:
        buttons = tuple(Button(question.label, "about", question.key) for question in _fields(found, context))
        which = heading(_("Which answer do you want to correct? {title}", title=title(found)))
        return Screen((which,), (*stacked(buttons, 2), (NOT_NOW,)))
    form, asked = form_of(found, context), Asked(context, found.answers, found.answers.get(about.key))
    prompt, help_ = about.asks(asked, at.held["gathered"])
    now = Shortened(value_of(form, about.key, asked.value), ROOM)
    lines = (
        Line(_("{label}: {answer}", label=label_of(form, about.key), answer=now)),
        Line(prompt, Style.QUESTION),
        *((Line(help_, Style.HELP),) if help_ else ()),
        *about.kind.lines(at.held["gathered"], asked),
    )
    return Screen(lines, (*about.kind.rows(at.held["gathered"], asked), (NOT_NOW,)))
