"""Finishing answers: parts of an answer that were left without Done or Next become an answer all the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.context.context import Context
from conversations.context.overlay import report_after
from conversations.flows.shared.attached import still_there
from conversations.forms.conditions import with_people_of_status
from conversations.forms.kinds.base import DONE, SKIP, Asked, Gathered, Gathering, NotUnderstood, Understood
from conversations.forms.questions import Question
from conversations.forms.variants import form_for
from conversations.language.events import Pressed
from conversations.model.outcomes import Answered
from conversations.model.reports import Report


@dataclass(frozen=True, slots=True)
class FinishedAnswers:
    """The answers made of unfinished ones, the report with them, and the parts that are not enough for an answer."""

    answers: tuple[Answered, ...]
    report: Report
    aside: Mapping[str, Mapping[str, Any]]


def finish_answers(report: Report, aside: Mapping[str, Mapping[str, Any]], context: Context) -> FinishedAnswers:
    """Finishes every answer in `aside`, question by question."""
    answers: tuple[Answered, ...] = ()
    rest: dict[str, Mapping[str, Any]] = {}
    for key, left in aside.items():
        gathered = still_there(left, report.id, context)
        question = form_for(report, context).question(key)
        finished = _finished(question, gathered, report, context) if question else None
        if question is None or finished is None:
            rest[key] = left
        elif finished.value != report.answers.get(key):
            answered = answers_with(report, _as_answer(question, finished, report))
            answers = (*answers, *answered)
            report = report_after(report, report.id, answered) or report
    return FinishedAnswers(answers, report, rest)


def answers_with(report: Report, saved: Answered) -> tuple[Answered, ...]:
    """Returns `saved` and the answers it changes: consent to the earlier pictures is no consent to new ones.

    In a draft, the number of participants moves with the status: those of a plan are the ones expected.
    """
    if saved.question == "status" and report.status == "draft":
        answers = {**report.answers, "status": saved.value}
        moved = {key: value for key, value in with_people_of_status(answers).items() if value != answers.get(key)}
        return (saved, *(Answered(report.id, key, value) for key, value in moved.items()))
    if saved.question != "photo" or report.answers.get("photo_consent") is None:
        return (saved,)
    if saved.value == report.answers.get("photo"):
        return (saved,)
    return (saved, Answered(report.id, "photo_consent", None))


def _as_answer(question: Question, finished: Understood, report: Report) -> Answered:
    return Answered(
        report.id,
        question.key,
        finished.value,
        finished.said,
        finished.message,
        personal=question.personal,
        parts=finished.parts,
    )


def _finished(question: Question, gathered: Gathered, report: Report, context: Context) -> Understood | None:
    if not question.only_if(report.answers):
        return None
    asked = Asked(context, report.answers, report.answers.get(question.key))
    for button in (DONE, SKIP):  # SKIP leaves out a second part that was not answered
        match question.read(Pressed(button.action), gathered, asked):
            case Understood() as finished:
                return finished
            case Gathering(more):
                gathered = more
            case NotUnderstood():
                pass
    return None
