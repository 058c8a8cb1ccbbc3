"""Moving through a form: which question comes next or before, and how each is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling
from conversations.flows.reports.finish_answers import finish_answers
from conversations.flows.reports.told import ToldStory, is_known, told_in, with_told
from conversations.flows.shared.attached import still_there, with_files
from conversations.flows.shared.step import Step
from conversations.forms.expressions import AnswerCondition
from conversations.forms.initiative import CORE
from conversations.forms.kinds.base import DONE, SKIP, Asked
from conversations.forms.kinds.choosing import OneOf
from conversations.forms.kinds.text import Text, joined, shortened
from conversations.forms.questions import Form, Question
from conversations.forms.variants import CALL_QUESTION, form_for
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Place, Shortened, Words, _, counted
from conversations.model.outcomes import DraftLeft
from conversations.model.reports import Report

BACK = Button(_("‹ Back"), "back")
TO_SUMMARY = Button(_("‹ Back to the report"), "back")
LEAVE = Button(TO_SUMMARY.label, "leave")
KEEP = Button(_("Keep this answer ›"), "keep")
ADD = Button(_("Add more text"), "add")
REMOVE = Button(_("Remove this answer"), "skip")
LANGUAGES = Button("🌐", "languages")

OPENING: Mapping[str, Any] = {
    "status": "running",
    "outcome": "",
    "evidence_types": ["statistics"],
    "contribute": ["resource_person"],
    "resource_person": {},
    "photo": [""],
}
"""Answers that open further questions: the number of questions counts these from the beginning."""

READ_MARK = _("📝 Read from your text. Tap ✏️ to change an answer.")

ROOM = 2800
"""Characters for all answers together, so that a screen with all of them is one message with its buttons."""

BRIEF = 70
"""Characters of a text in the list of what was understood: the person has just written it."""

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


def left(report: Report | None) -> Step:
    """Leaves `report`; its answers are kept."""
    kept = (
        _("Saved as a draft. /report brings you back to it.")
        if report is None or report.status == "draft"
        else _("Stopped. Everything so far is saved.")
    )
    return Step(None, (note(kept),))


DOUBTED = "doubted"
"""In what is gathered: a text that may be the answer or say what to do, until the person has said which."""


def without_doubt(gathered: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Returns what is gathered without the text in doubt; None if nothing else is."""
    return {key: value for key, value in (gathered or {}).items() if key != DOUBTED} or None


def _in_doubt(doubt: Mapping[str, str]) -> Screen:
    """Returns the question whether a text is the name that was asked for, or says what to do."""
    typed, action = doubt["text"], "help" if doubt["action"] == "help" else "stop"
    line, label = (
        (_("Do you need help, or is “{typed}” the name?", typed=typed), _("I need help"))
        if action == "help"
        else (_("Stop here, or is “{typed}” the name?", typed=typed), _("Stop here"))
    )
    return Screen(
        (Line(line, Style.QUESTION),), ((Button(_("It is the name"), "is_name"), Button(label, "as_said", action)),)
    )


ROUND = "round"
"""In what is set aside: the keys of a few questions that are asked one after another in a report that was sent."""


def round_of_questions(report: Report, keys: Sequence[str], aside: Mapping[str, Any], context: Context) -> Step | None:
    """Asks those of the questions with these `keys` that have no answer, and no others; None: all have one."""
    first = _next_of_round(report, keys, context)
    return Step(go_to(first, report, {**aside, ROUND: {"keys": list(keys)}})) if first else None


def _next_of_round(report: Report, keys: Sequence[str], context: Context) -> Question | None:
    form, answers = form_for(report, context), report.answers
    asked = (question for question in map(form.question, keys) if question and question.only_if(answers))
    return next(
        (each for each in asked if answers.get(each.key) is None or not each.kind.holds(answers[each.key], answers)),
        None,
    )


def round_keys(at: Filling) -> tuple[str, ...]:
    """Returns the keys of the questions that are asked one after another; empty: the form is asked as a whole."""
    found = tuple(at.aside.get(ROUND, {}).get("keys", ())) if not at.editing else ()
    return found if at.question in found else ()


def _without_round(aside: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in aside.items() if key != ROUND}


def waiting(place: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the unfinished answers, by question, of a place where somebody left a report."""
    aside = _without_round(place.get("aside") or {})
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
    if keys := round_keys(at):
        following = _next_of_round(report, keys[keys.index(at.question) + 1 :], context)
        if following:
            return Step(go_to(following, report, aside))
        step = to_summary(report, aside, context)
        return replace(step, notes=(note(_("Thank you. That was all.")), *step.notes))
    if at.editing:
        missing = form.missing(report.answers)
        if missing and missing != question and report.status == "draft" and told_in(aside).listed:
            return to_missing(report, aside, context)
        if missing is None or missing == question or (missing.module == CORE and report.status == "draft"):
            return to_summary(report, aside, context)
        # A correction can open another question: a running initiative has a start, and new pictures need consent.
        return Step(go_to(missing, report, aside, editing=True))
    questions = relevant(form, report, question, context)
    ahead = questions[_place(question, questions, -1) + 1 :]
    if following := next((each for each in ahead if _is_open(each, report)), None):
        return Step(go_to(following, report, aside))
    if question.module != CORE:
        return to_summary(report, aside, context, view="modules")  # the other parts are offered again
    missing = form.missing(report.answers)
    if missing is None:
        return to_summary(report, aside, context)
    # A required question of another module (consent to a picture) is asked in between, before the summary.
    return Step(go_to(missing, report, aside, editing=missing.module != CORE))


def to_summary(
    report: Report, aside: Mapping[str, Any], context: Context, view: Literal["answers", "modules"] = "answers"
) -> Step:
    """Goes to the summary, which shows unfinished answers as answers."""
    finished = finish_answers(report, _without_round(aside), context)
    return Step(AtSummary(report.id, view, finished.aside), outcomes=finished.answers)


def to_missing(report: Report, aside: Mapping[str, Any], context: Context) -> Step:
    """Goes to an answer that is missing, with all that was told above it; to the summary if nothing is missing.

    Questions with few choices come first, because everything that was understood stands above them, and those that are
    answered in free words last: a text that is written below what was understood is an addition, and no name.
    """
    form = form_for(report, context)
    missing = missing_of(form, report)
    if not missing:
        return to_summary(report, aside, context)
    first = min(missing, key=lambda each: 0 if isinstance(each.kind, OneOf) else 1 + isinstance(each.kind, Text))
    listed = replace(told_in(aside), at=first.key, listed=True)
    return Step(go_to(first, report, with_told(aside, listed)))


def missing_of(form: Form, report: Report) -> tuple[Question, ...]:
    """Returns the required questions without an answer, in order."""
    return tuple(
        each
        for each in form.relevant(report.answers)
        if each.required
        and (report.answers.get(each.key) is None or not each.kind.holds(report.answers[each.key], report.answers))
    )


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
    if doubt := (at.gathered or {}).get(DOUBTED):
        return _in_doubt(doubt)
    asked = Asked(context, report.answers, report.answers.get(question.key))
    prompt, help_ = question.asks(asked, at.gathered)
    told = told_in(at.aside)
    listed = told.listed and told.at == question.key and not at.editing
    answered = tuple(each for each in form.questions if is_known(each, report.answers, told)) if listed else ()
    lines = (
        [*_understood_lines(answered, form, report, at, context)]
        if listed
        else [Line(_progress(question, form, report, at, context), Style.HELP)]
    )
    lines.extend(Line(each.words) for each in question.above if each.only_if(report.answers))
    lines.append(Line(prompt, Style.QUESTION))
    if help_:
        lines.append(Line(help_, Style.HELP))
    lines.extend(question.kind.lines(at.gathered, asked))
    if at.gathered is None and asked.value is not None:
        value = _read_back(question, asked.value)
        answer = with_files(value and Shortened(value, READ_BACK), question, report, context)
        lines.append(Line(_("Your answer: {answer}", answer=answer)))
    rows = (*question.kind.rows(at.gathered, asked), *_ways_on(at, form, question, asked))
    return Screen(tuple(lines), (*rows[:-1], *pencils(answered), rows[-1]) if listed else rows)


def _progress(question: Question, form: Form, report: Report, at: Filling, context: Context) -> Words:
    """Returns how far the person is: the place among the questions, or how many are missing if the rest was told."""
    told = told_in(at.aside)
    if keys := round_keys(at):
        return _("{place} of {total}", place=keys.index(question.key) + 1, total=len(keys))
    if question.module == CORE and told.listed and report.status == "draft":
        return counted("One answer is missing.", "{n} answers are missing.", len(missing_of(form, report)) or 1)
    # A total that grows with the answers would run away from the person.
    promised = replace(report, answers={**OPENING, **report.answers})
    asked = {each.key for each in relevant(form, promised, question, context)}
    questions = [
        each
        for each in form.questions
        if each.key in asked or (each.module == question.module and isinstance(each.only_if, AnswerCondition))
    ]
    place, total = _place(question, questions, 0) + 1, len(questions)
    if question.module == CORE:
        return _("{place} of {total}", place=place, total=total)
    return _("{module} · {place} of {total}", module=question.module.title, place=place, total=total)


def _understood_lines(
    answered: Sequence[Question], form: Form, report: Report, at: Filling, context: Context
) -> tuple[Line, ...]:
    """Returns what is missing, and below it every answer, with a mark on those that were read from the text."""
    told = told_in(at.aside)
    short = joined((at.aside.get("summary") or {}).get("parts", ()))
    missing = Listed(tuple(each.label for each in missing_of(form, report)))
    return (
        heading(_("📝 This is what I understood from your text.")),
        Line(_("Still missing: {labels}", labels=missing), Style.HELP),
        *answer_lines(answered, report, told, context, longest_text=BRIEF),
        *((Line(_("Your text, which is short for a description: {text}", text=short)),) if short else ()),
    )


def answer_lines(
    answered: Sequence[Question], report: Report, told: ToldStory, context: Context, longest_text: int = ROOM
) -> tuple[Line, ...]:
    """Returns a line for every answer, as long as there is room; those read from the told text have a mark.

    A text has at most `longest_text` characters.
    """
    room = max(40, ROOM // max(1, len(answered)))
    lines = []
    for question in answered:
        said = answer_of(question, report, context)
        if isinstance(question.kind, Text) and isinstance(said, str):
            said = shortened(" ".join(said.split()), longest_text)
        answer = with_files(said and Shortened(said, room), question, report, context)
        words = (
            _("📝 {label}: {answer}", label=question.label, answer=answer)
            if question.key in told.read
            else _("{label}: {answer}", label=question.label, answer=answer)
        )
        lines.append(Line(words))
    return tuple(lines)


def pencils(answered: Sequence[Question]) -> tuple[tuple[Button, ...], ...]:
    """Returns a button for each answer that changes it."""
    return stacked(tuple(Button(_("✏️ {label}", label=each.label), "edit", each.key) for each in answered), 2)


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
    told = told_in(at.aside)
    first = not at.editing and (question == form.questions[0] or (told.listed and told.at == question.key))
    remove = ((REMOVE,),) if at.editing and asked.value is not None and not question.required and not halfway else ()
    leave = ((LEAVE,),) if question.module != CORE and not at.editing else ()
    on = (KEEP,) if answered and not at.editing else ()
    if asked.value is None and not question.required and not halfway and not is_given(question, at, asked):
        on = (SKIP,)
    return (*add, *remove, *leave, (*(() if first else (back,)), *on, LANGUAGES))
