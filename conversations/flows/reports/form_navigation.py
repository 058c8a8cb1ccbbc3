"""Moving through a form: which question comes next or before, and how each is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling
from conversations.flows.reports.finish_answers import finish_answers
from conversations.flows.shared.attached import still_there, with_files
from conversations.flows.shared.step import Step
from conversations.forms.initiative import CORE
from conversations.forms.kinds.base import DONE, SKIP, Asked
from conversations.forms.kinds.text import Text
from conversations.forms.questions import Form, Question
from conversations.forms.variants import CALL_QUESTION, form_for
from conversations.language.screen import Button, Line, Screen, Style
from conversations.language.words import Place, Shortened, _
from conversations.model.outcomes import DraftLeft
from conversations.model.reports import Report

BACK = Button(_("‹ Back"), "back")
TO_SUMMARY = Button(_("‹ To the summary"), "back")
KEEP = Button(_("Keep ›"), "keep")
ADD = Button(_("Add to it"), "add")
REMOVE = Button(_("Remove this answer"), "skip")
LANGUAGES = Button("🌐", "languages")

READ_BACK = 700
"""Characters of an earlier answer that are shown again at its question."""


def begin(report: Report, context: Context) -> Filling | AtSummary:
    """Returns the position in a draft that is opened: where the person left it, or its first open question."""
    form, place = form_for(report, context), report.place
    aside: Mapping[str, Any] = place.get("aside") or {}
    question = form.question(str(place.get("question", "")))
    if question and question.only_if(report.answers):
        return Filling(report.id, question.key, place.get("gathered"), aside, bool(place.get("editing")))
    missing = form.missing(report.answers)
    return go_to(missing, report, aside) if missing else AtSummary(report.id, aside=aside)


def leave(at: Filling | AtSummary) -> DraftLeft:
    """Returns the outcome that keeps position and unfinished answers when the person turns to something else."""
    if isinstance(at, AtSummary):
        return DraftLeft(at.report, {"aside": dict(at.aside)})
    place = {"question": at.question, "gathered": at.gathered, "aside": dict(at.aside), "editing": at.editing}
    return DraftLeft(at.report, place)


def waiting(place: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the unfinished answers, by question, of a place where somebody left a report."""
    aside = dict(place.get("aside") or {})
    return {**aside, str(place["question"]): place["gathered"]} if place.get("gathered") else aside


def go_to(question: Question, report: Report, aside: Mapping[str, Any], editing: bool = False) -> Filling:
    """Returns the position at `question`, with the unfinished answer that was left there."""
    return Filling(report.id, question.key, aside.get(question.key), aside, editing)


def aside_of(at: Filling) -> dict[str, Any]:
    """Returns the unfinished answers, this question's included."""
    rest = {key: gathered for key, gathered in at.aside.items() if key != at.question}
    return {**rest, at.question: at.gathered} if at.gathered else rest


def onwards(at: Filling, report: Report, question: Question, context: Context) -> Step:
    """Goes on from `question`: to the next question without an answer, then to a required one that is left."""
    aside = aside_of(at)
    form = form_for(report, context)
    if at.editing:
        missing = form.missing(report.answers)
        if missing is None or missing == question or (missing.module == CORE and report.status == "draft"):
            return to_summary(report, aside, context)
        # A correction can open another question: a running initiative has a start, and new pictures need consent.
        return Step(go_to(missing, report, aside, editing=True))
    questions = relevant(form, report, question, context)
    ahead = questions[_place(question, questions, -1) + 1 :]
    if following := next((each for each in ahead if _is_open(each, report)), None):
        return Step(go_to(following, report, aside))
    missing = form.missing(report.answers) if question.module == CORE else None
    if missing is None:
        return to_summary(report, aside, context)
    # A required question of another module (consent to a picture) is asked in between, before the summary.
    return Step(go_to(missing, report, aside, editing=missing.module != CORE))


def to_summary(
    report: Report, aside: Mapping[str, Any], context: Context, view: Literal["answers", "modules"] = "answers"
) -> Step:
    """Goes to the summary, which shows unfinished answers as answers."""
    finished = finish_answers(report, aside, context)
    return Step(AtSummary(report.id, view, finished.aside), outcomes=finished.answers)


def _is_open(question: Question, report: Report) -> bool:
    """Returns whether a question is asked on the way: it has no answer, and was not skipped or may not be."""
    if question.required:
        return report.answers.get(question.key) is None
    return question.key not in report.answers


def previous(report: Report, question: Question, context: Context) -> Question | None:
    """Returns the question before `question` in its module, answered or not."""
    questions = relevant(form_for(report, context), report, question, context)
    place = _place(question, questions, 0)
    return questions[place - 1] if place > 0 else None


def _place(question: Question, questions: Sequence[Question], otherwise: int) -> int:
    """Returns the index of `question` among `questions`, by its key; `otherwise` if it is not there."""
    return next((place for place, each in enumerate(questions) if each.key == question.key), otherwise)


def relevant(form: Form, report: Report, question: Question, context: Context) -> tuple[Question, ...]:
    """Returns the questions of `question`'s module that apply to this report, in order."""
    return form.relevant(report.answers, question.module, calls=question.in_call or _calls(form, question, context))


def _calls(form: Form, question: Question, context: Context) -> bool:
    """Returns whether a call is open; looks it up only if the module asks about calls."""
    asks = any(each.in_call and each.module.key == question.module.key for each in form.questions)
    return asks and bool(context.find.calls.open())


def question_at(at: Filling, context: Context) -> Question | None:
    """Returns the question at this position; None if its report is gone or no longer asks it."""
    report = context.find.reports.one(at.report)
    return form_for(report, context).question(at.question) if report else None


def shown(at: Filling, context: Context) -> Screen:
    """Returns the screen with the question, what is gathered so far, and the ways on."""
    report = context.find.reports.one(at.report)
    form = form_for(report, context) if report else None
    question = form.question(at.question) if form else None
    if report is None or form is None or question is None:
        return Screen((Line(_("That report is no longer there. /report starts a new one.")),))
    at = replace(at, gathered=still_there(at.gathered, report.id, context))
    asked = Asked(context, report.answers, report.answers.get(question.key))
    prompt, help_ = question.asks(asked, at.gathered)
    questions = relevant(form, report, question, context)
    place, total = _place(question, questions, 0) + 1, len(questions)
    progress = (
        _("{place} of {total}", place=place, total=total)
        if question.module == CORE
        else _("{module} · {place} of {total}", module=question.module.title, place=place, total=total)
    )
    lines = [Line(progress, Style.HELP), Line(prompt, Style.QUESTION)]
    if help_:
        lines.append(Line(help_, Style.HELP))
    lines.extend(question.kind.lines(at.gathered, asked))
    if at.gathered is None and asked.value is not None:
        value = _read_back(question, asked.value)
        answer = with_files(value and Shortened(value, READ_BACK), question, report, context)
        lines.append(Line(_("Your answer: {answer}", answer=answer)))
    return Screen(tuple(lines), (*question.kind.rows(at.gathered, asked), *_ways_on(at, form, question, asked)))


def _read_back(question: Question, value: Any) -> Any:
    # A text is shown whole, so that it can be copied; the summary shortens it.
    return value if isinstance(question.kind, Text) else question.kind.show(value)


def answer_of(question: Question, report: Report, context: Context) -> Place:
    """Returns the present answer in short; a call by its title."""
    value = report.answers[question.key]
    call = context.find.calls.whole(value) if question.key == CALL_QUESTION else None
    return call.title if call else question.kind.show(value)


def is_given(question: Question, at: Filling, asked: Asked) -> bool:
    """Returns whether there is an answer that only has to be finished: a slip must not skip it."""
    return at.gathered is not None and any(
        button.action == DONE.action for row in question.kind.rows(at.gathered, asked) for button in row
    )


def _ways_on(at: Filling, form: Form, question: Question, asked: Asked) -> tuple[tuple[Button, ...], ...]:
    answered = at.gathered is None and asked.value is not None
    halfway = at.gathered is not None and "first" in at.gathered
    add = ((ADD,),) if answered and isinstance(question.kind, Text) and question.kind.several else ()
    back = TO_SUMMARY if at.editing and not halfway else BACK
    first = question == form.questions[0] and not at.editing
    remove = ((REMOVE,),) if at.editing and asked.value is not None and not question.required and not halfway else ()
    on = (KEEP,) if answered and not at.editing else ()
    if asked.value is None and not question.required and not halfway and not is_given(question, at, asked):
        on = (SKIP,)
    return (*add, *remove, (*(() if first else (back,)), *on, LANGUAGES))
