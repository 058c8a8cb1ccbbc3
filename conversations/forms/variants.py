"""The form of a report: the full form, or what its call asks instead and in addition."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.forms.expressions import AnswerCondition
from conversations.forms.initiative import ABOUT, CORE, INITIATIVE
from conversations.forms.kinds.base import Answers, QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.dates import Date
from conversations.forms.kinds.numbers import Exactly, Number
from conversations.forms.kinds.text import Text
from conversations.forms.questions import Above, Form, Question, Rule, always
from conversations.language.words import InLanguages, _, own
from conversations.model.calls import OWN_KEYS, OwnQuestion, WholeCall
from conversations.model.reports import Report
from conversations.vocabulary.choices import Choice

CALL_QUESTION = "campaign"
"""The question whose answer is the slug of the report's call."""

SHARING_QUESTION = "sharing"
"""The question who may see a report. The author is asked, unless the call has decided it or leaves it open."""

SHORT = frozenset({"library", "status", "title", "summary", "themes"})
"""The questions of a short call."""

EVIDENCE = frozenset({"outcome", "evidence_types", "evidence_detail", "outcome_areas", "participants"})
"""The questions that a call for evidence requires of every initiative that has begun."""

FIGURE_QUESTION = "evidence_figure"
"""The question that such a call asks among these, and that may be skipped: not every result has a figure."""

LONGEST_OWN_ANSWER = 1000


def form_for(report: Report, context: Context) -> Form:
    """Returns the form of `report`: that of its call, also after the call is closed."""
    slug = report.answers.get(CALL_QUESTION)
    call = context.find.calls.whole(slug) if slug else None
    return INITIATIVE if call is None else form_of(call)


def form_of(call: WholeCall) -> Form:
    """Returns the form of reports to `call`."""
    asked = call.asked()
    if call.variant == "standard" and not asked and call.asks_for_whom:
        return INITIATIVE
    questions = [_in_call(question, call) for question in INITIATIVE.questions]
    core = [question for question in questions if question.module == CORE and question.key != SHARING_QUESTION]
    last = [question for question in questions if question.module == CORE and question.key == SHARING_QUESTION]
    own_ones = own_questions(call)
    return Form((*core, *own_ones, *last, *(question for question in questions if question.module != CORE)))


def relevant_answers(answers: Answers) -> dict[str, Any]:
    """Returns the answers to questions that apply, with all those to a call's own questions, without skipped ones."""
    found = INITIATIVE.relevant_answers(answers)
    if answers.get(CALL_QUESTION) is None:
        return found
    return found | {key: answers[key] for key in OWN_KEYS if answers.get(key) is not None}


def _in_call(question: Question, call: WholeCall) -> Question:
    if question.key == SHARING_QUESTION:
        return question if call.asks_for_whom else replace(question, module=ABOUT, required=False)
    match call.variant:
        case "short" if question.module == CORE and question.key not in SHORT:
            return replace(question, module=ABOUT, required=False)
        case "impact" if question.key in EVIDENCE:
            return replace(question, module=CORE, required=True)
        case "impact" if question.key == FIGURE_QUESTION:
            return replace(question, module=CORE)
        case _:
            return question


def own_questions(call: WholeCall) -> tuple[Question, ...]:
    """Returns the call's own questions that are asked now; a note stands above the question after it."""
    shown = call.shown()
    keys = tuple((each.name or each.key, each.key) for each in shown)
    conditions = tuple((each.key, each.relevant) for each in shown if each.relevant)
    found: list[Question] = []
    above: list[Above] = []
    for each in shown:
        only_if = AnswerCondition(each.relevant, keys, conditions) if each.relevant else always
        if each.kind == "note":
            above.append(Above(own(InLanguages(each.texts, call.language)), only_if))
            continue
        question = own_question(each, call.language)
        if each.constraint:
            why = own(InLanguages(each.messages, call.language)) if each.messages else _NOT_AS_ASKED
            question = replace(question, rule=Rule(AnswerCondition(each.constraint, keys, conditions).holds, why))
        found.append(replace(question, only_if=only_if, above=tuple(above)))
        above.clear()
    return tuple(found)


def own_question(question: OwnQuestion, language: str) -> Question:
    """Returns a call's own question as a question of a form; `language` is the one in which the call was written."""
    words = own(InLanguages(question.texts, language))
    return Question(
        key=question.key,
        label=words,
        prompt=words,
        help=own(InLanguages(question.hints, language)) if question.hints else None,
        kind=_KINDS[question.kind](question, language),
        module=CORE,
        required=question.required,
        copied=False,
    )


_NOT_AS_ASKED = _("That is not possible as an answer here. Check it, and answer again.")


def _choices(question: OwnQuestion, language: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(key, InLanguages(texts, language))
        for key, texts in zip(question.choice_keys, question.choices, strict=False)
    )


_KINDS: dict[str, Callable[[OwnQuestion, str], QuestionKind]] = {
    "text": lambda _question, _language: Text(most=LONGEST_OWN_ANSWER),
    "number": lambda _question, _language: Number(),
    "choice": lambda question, language: OneOf(_choices(question, language)),
    "several": lambda question, language: SomeOf(_choices(question, language), most=len(question.choices)),
    "integer": lambda _question, _language: Exactly(whole=True),
    "decimal": lambda _question, _language: Exactly(),
    "date": lambda _question, _language: Date(),
    "note": lambda _question, _language: Text(most=LONGEST_OWN_ANSWER),
}
