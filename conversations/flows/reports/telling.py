"""Telling an initiative in one's own words: the first screen of /report, and later additions to what was told."""

import re
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling, Offered
from conversations.flows.reports import disambiguation
from conversations.flows.reports.answering import unsupported
from conversations.flows.reports.drafting import LIKE_A_STORY, added, from_text, new_draft
from conversations.flows.reports.form_navigation import LANGUAGES, aside_of, go_to, question_at
from conversations.flows.reports.pictures import hold, with_pictures
from conversations.flows.reports.told import is_known, read_answers, told_in
from conversations.flows.shared.step import Step
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Reading, Understood
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.text import Text, joined, with_part
from conversations.forms.variants import form_for
from conversations.language.events import Event, Pressed, SentFile, SentUnsupported, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.outcomes import LibraryRemembered
from conversations.reading.story.lists import read_offers
from conversations.reading.story.passages import taken_apart
from conversations.reading.text import ends_whole, words_of

MORE = note(_("Write a sentence or two about what you do, or tap “Question by question”."))

SENTENCE = 3
"""Fewest words of a sentence."""

MUCH, VERY_MUCH = 80, 121
"""Characters of a text that is more than an answer to a question that is not answered in free words, and to one that
is.
"""

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
    if not forwarded and not taken_apart(text).body.text:
        return Step(at, (MORE,))  # a greeting is no part of the description
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
            if report is None or question is None or not is_known(question, report.answers, told):
                return None
            return Step(go_to(question, report, aside_of(at), editing=True))
        case Wrote(text, message) if text and not _answers(at, event, context):
            offers = read_offers(text, context.registers) if len(text) >= MUCH else ()
            if len(offers) > 1:
                return Step(disambiguation.several(offers, text, message, at))
            says_more = _says_more(text, context) if told.listed else _is_sentence(text)
            return added(at, text, message, context) if says_more else None
        case _:
            return None


def at_summary(at: AtSummary, event: Wrote, context: Context) -> Step | None:
    """Returns what becomes of a text that is written at the summary; None if it is too short to be kept.

    In a draft, what it says of the initiative is added to what was told. Any other text is held, and the person is
    asked what it is for.
    """
    report = context.find.reports.one(at.report)
    text, message = event.text, event.message
    if not text or report is None or at.view in {"withdraw", "discard", "alike"}:
        return None
    offers = read_offers(text, context.registers) if len(text) >= MUCH else ()
    if len(offers) > 1:
        return Step(disambiguation.several(offers, text, message, at))
    tells = report.status == "draft" and at.view == "answers" and not event.forwarded
    if tells and read_answers(text, report.answers, form_for(report, context), context):
        return added(at, text, message, context)
    if event.forwarded or _says_more(text, context):
        return Step(disambiguation.new_report(text, message, at, forwarded=event.forwarded))
    return None


def held(at: Filling, event: Wrote, context: Context) -> Step | None:
    """Returns the question what a text is for that is more than an answer to the question on the screen.

    A list of several initiatives, a forwarded post and a long text are never refused and lost. None: it may be an
    answer.
    """
    question, report = question_at(at, context), context.find.reports.one(at.report)
    text, message = event.text, event.message
    if question is None or report is None or not text:
        return None
    reading = question.read(event, at.gathered, Asked(context, report.answers, report.answers.get(question.key)))
    takes_text = isinstance(question.kind, Text)
    lists = question.key in {"title", "summary"} or (not takes_text and not _is_whole(reading))
    if lists and _BETWEEN.search(text):
        offers = read_offers(text, context.registers)
        if len(offers) > 1:
            return Step(disambiguation.several(offers, text, message, at))
    if disambiguation.is_a_story(text, at, context):
        return disambiguation.as_description(text, message, at, context)
    tells = isinstance(question.kind, Library) and _tells(text, context)
    if not takes_text and (event.forwarded or tells or (is_much(event) and not _is_whole(reading))):
        return Step(disambiguation.new_report(text, message, at, forwarded=event.forwarded))
    if question.key != "summary" and isinstance(reading, NotUnderstood) and len(text) >= VERY_MUCH:
        return Step(disambiguation.new_report(text, message, at, forwarded=event.forwarded))
    return None


_BETWEEN = re.compile(r"[^\w\s'’-]|\n|\b(?:and|og|samt|in|ter|pa|plus)\b", re.IGNORECASE)
"""What stands between the items of a list: a sign, a new line, or a word like "and"."""


def _tells(text: str, context: Context) -> bool:
    """Returns whether a text that was written for a library tells of an initiative, of which nothing may be lost."""
    if len(words_of(text)) <= AN_ANSWER:
        return False
    told = read_answers(text, {}, INITIATIVE, context).keys() - {"library"}
    return len(told) > 1  # one word of a name may be a theme: "Old Mill Reading Society"


def is_much(event: Wrote) -> bool:
    """Returns whether somebody sent more than people write as an answer: a forwarded post, or a long text."""
    return event.forwarded or len(event.text) >= MUCH


def _is_whole(reading: Reading) -> bool:
    """Returns whether a text was wholly understood as an answer, so that nothing of it is lost."""
    match reading:
        case Understood(value):
            # A date or a number in a long text is only a small part of what it says.
            return isinstance(value, list | dict)
        case Gathering(gathered, why):
            return why is None and "found" not in gathered
        case NotUnderstood(asks=True, gathered={"near": _}):
            return True  # all of it is offered
        case _:
            return False


def _says_more(text: str, context: Context) -> bool:
    """Returns whether a text tells something of an initiative, so that it belongs to the description."""
    if _is_sentence(text) or len(text) >= LIKE_A_STORY:
        return True
    return bool(read_answers(text, {}, INITIATIVE, context))


def _is_sentence(text: str) -> bool:
    return ends_whole(text) and len(words_of(text)) >= SENTENCE


def _answers(at: Filling, event: Wrote, context: Context) -> bool:
    """Returns whether a text is short and answers the question on the screen."""
    report, question = context.find.reports.one(at.report), question_at(at, context)
    if report is None or question is None or len(words_of(event.text)) > AN_ANSWER:
        return False
    asked = Asked(context, report.answers, report.answers.get(question.key))
    match question.read(event, at.gathered, asked):
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
