"""Telling an initiative in one's own words: the first screen of /report, and later additions to what was told."""

from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling, Offered
from conversations.flows.reports import disambiguation
from conversations.flows.reports.answering import unsupported
from conversations.flows.reports.drafting import LIKE_A_STORY, added, from_text, new_draft
from conversations.flows.reports.form_navigation import LANGUAGES, aside_of, go_to, question_at
from conversations.flows.reports.pictures import hold, with_pictures
from conversations.flows.reports.told import read_answers, told_in
from conversations.flows.shared.step import Step
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import Asked, Gathering, Understood
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.text import joined, with_part
from conversations.forms.variants import form_for
from conversations.language.events import Event, Pressed, SentFile, SentUnsupported, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.outcomes import LibraryRemembered
from conversations.reading.story.lists import read_offers
from conversations.reading.text import ends_whole, words_of

MORE = note(_("Write a sentence or two about what you do, or tap “Question by question”."))

SENTENCE = 3
"""Fewest words of a sentence."""

AN_ANSWER = 4
"""Words of a text that is still read as the answer to the question on the screen, even if it also says more."""


def take(at: Offered, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who was asked to tell of an initiative."""
    match event:
        case Wrote(""):
            return Step(at, (MORE,))
        case Wrote(text, message, forwarded):
            return _told(at, text, message, context, forwarded=forwarded)
        case SentFile(file, caption, message=message, forwarded=forwarded) if file.kind == "photo":
            step = hold(at, event)
            if not caption or not isinstance(step.at, Offered) or not step.at.held.get("pictures"):
                return step
            return _told(step.at, caption, message, context, forwarded=forwarded)
        case Pressed("questions"):
            return with_pictures(new_draft(context, at.held["answers"]), at.held, context)
        case SentUnsupported(kind):
            return Step(at, (note(unsupported(kind)),))
        case _:
            return Step(at, (MORE,))


def _told(at: Offered, text: str, message: int, context: Context, *, forwarded: bool) -> Step:
    """Makes a draft of what was told so far; a list of several initiatives is asked about first."""
    parts = with_part(at.held["parts"], message, text)
    whole = joined(parts)
    offers = read_offers(whole, context.registers)
    if len(offers) > 1:
        return Step(disambiguation.several(offers, whole, message, at))
    if library := _library_alone(at, text, context):
        step = new_draft(context, {**at.held["answers"], "library": library})
        return with_pictures(replace(step, outcomes=(*step.outcomes, LibraryRemembered(library))), at.held, context)
    held = {**at.held, "parts": parts, "text": whole, "forwarded": forwarded}
    if len(whole) < LIKE_A_STORY and not read_answers(whole, {}, INITIATIVE, context):
        return Step(Offered(at.kind, held), (MORE,))
    told = tuple((number, said) for number, said in parts)
    step = from_text(context, told, forwarded=forwarded, answers=at.held["answers"])
    return with_pictures(step, held, context)


def _library_alone(at: Offered, text: str, context: Context) -> dict[str, Any] | None:
    """Returns the library if that is all that a person wrote: they begin with the answer to the first question."""
    if at.held["parts"] or len(words_of(text)) > AN_ANSWER:
        return None
    exact = context.registers.libraries(text).exact
    return {"key": exact.key, "name": exact.name} if exact else None


def at_question(at: Filling, event: Event, context: Context) -> Step | None:
    """Returns what an event changes in what was told, at the question below it; None if it answers the question."""
    told = told_in(at.aside)
    if told.at != at.question or at.editing:
        return None
    match event:
        case Pressed("edit", key) if told.listed:
            report = context.find.reports.one(at.report)
            question = form_for(report, context).question(key) if report else None
            if report is None or question is None or not question.only_if(report.answers):
                return None
            return Step(go_to(question, report, aside_of(at), editing=True))
        case Wrote(text, message) if text and not _answers(at, event, context):
            return added(at, text, message, context) if _says_more(text, context) else None
        case _:
            return None


def at_summary(at: AtSummary, event: Wrote, context: Context) -> Step | None:
    """Returns what a text changes that is written at the summary of a draft; None if it says nothing to add."""
    report = context.find.reports.one(at.report)
    if report is None or report.status != "draft" or not _says_more(event.text, context):
        return None
    return added(at, event.text, event.message, context)


def _says_more(text: str, context: Context) -> bool:
    """Returns whether a text tells something of an initiative, so that it belongs to the description."""
    is_sentence = ends_whole(text) and len(words_of(text)) >= SENTENCE
    return is_sentence or len(text) >= LIKE_A_STORY or bool(read_answers(text, {}, INITIATIVE, context))


def _answers(at: Filling, event: Wrote, context: Context) -> bool:
    """Returns whether a text is short and answers the question on the screen."""
    report, question = context.find.reports.one(at.report), question_at(at, context)
    if report is None or question is None or len(words_of(event.text)) > AN_ANSWER:
        return False
    asked = Asked(context, report.answers, report.answers.get(question.key))
    match question.kind.read(event, at.gathered, asked):
        case Understood():
            return True
        case Gathering(note=None):
            return not isinstance(question.kind, Library)  # a library that is only near may be any other word
        case _:
            return False


def shown(_at: Offered, _context: Context) -> Screen:
    """Returns the screen that asks for the initiative in the person's own words."""
    lines = (
        heading(_("Tell about it in your own words, or forward what you have.")),
        Line(
            _(
                "What you do, who it is for, where, since when, and who you do it with. I read the answers from "
                "your text and ask only for what is missing. Do not name people who take part."
            ),
            Style.HELP,
        ),
    )
    return Screen(lines, ((Button(_("Question by question"), "questions"),), (LANGUAGES,)))
