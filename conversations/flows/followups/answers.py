"""Answers to follow-ups: a tap, or words from somebody who stands nowhere. They change the published report."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from conversations.context.context import Context
from conversations.context.overlay import known_after, report_after
from conversations.context.session import AtSummary, Filling, Notice, Position
from conversations.flows.followups.asking import LABELS, label_of, question_screen
from conversations.flows.reports import answering
from conversations.flows.reports.form_navigation import go_to, round_of_questions, waiting
from conversations.flows.shared.report_status import progress_words
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.forms.variants import form_for
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, heading, note
from conversations.language.words import PartialDate, Words, _
from conversations.model.followups.looking import AskedFollowUp
from conversations.model.followups.questions import (
    OFFERED,
    RESULTS,
    STAGE_AFTER,
    TYPED_WITHIN,
    FollowUp,
    FollowUpAnswer,
    is_over,
    is_to_come,
)
from conversations.model.outcomes import Answered, FollowUpAnswered, FollowUpPutOff, Outcome
from conversations.model.reports import Report
from conversations.vocabulary.controls import control
from conversations.vocabulary.meaning import meaning

THANKS: Mapping[FollowUpAnswer, Words] = {
    "started": _("Good to hear. The report now says that it is running."),
    "dropped": _("Thank you for saying so. The report stays, and says that the plan was dropped."),
    "running": _("Thank you. The report now says that it is running, confirmed today."),
    "paused": _("Thank you. The report says that it is paused. You can mark it as running again at any time."),
    "nothing": _("Thank you. You will not be asked about it again."),
    "changed": _("What has changed? Tap ✏️ at the answer."),
}
"""What is said after an answer that asks nothing more."""

LONGEST = 200
"""Characters of a text that can be an answer in words; a longer one tells something."""

A_RESULT = 20
"""Characters of a text that can tell what changed."""

_YES: Mapping[tuple[str, str], FollowUpAnswer] = {
    (FollowUp.START, "planned"): "started",
    (FollowUp.RESULT, "running"): "ended",
    (FollowUp.RESULT, "paused"): "ended",
    (FollowUp.RESULT, "finished"): "told",
    (FollowUp.YEARLY, "running"): "running",
    (FollowUp.YEARLY, "paused"): "paused",
}
_NO: Mapping[tuple[str, str], FollowUpAnswer] = {
    (FollowUp.RESULT, "running"): "goes_on",
    (FollowUp.RESULT, "paused"): "goes_on",
    (FollowUp.RESULT, "finished"): "nothing",
    (FollowUp.YEARLY, "paused"): "running",
}
"""What yes and no mean; where no can mean two things, the question is asked again."""


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes a tap on an answer, wherever the person stands."""
    answer, _dot, number = event.argument.partition(".")
    asked, report, why = _still_asked(number, context)
    if asked is None or report is None:
        return Step(at, screen=Screen((note(why or GONE),)))
    offered = OFFERED.get((asked.kind, _stage(report)), ())
    if why or answer not in offered:
        return Step(at, screen=_closed(asked, report, why))
    return _answered(at, asked, report, next(each for each in offered if each == answer), context)


def later(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks the same again in a week."""
    asked, report, why = _still_asked(event.argument, context)
    if asked is None or report is None or why:
        return Step(at, toast=why or GONE, silent=True)
    return Step(at, outcomes=(FollowUpPutOff(asked.id),), toast=_("OK, I will ask again in a week."), silent=True)


def typed(event: Event, context: Context) -> Step | None:
    """Takes the words of a person who stands nowhere as the answer to what they were asked last; None: they are not."""
    if not isinstance(event, Wrote) or event.forwarded or not 0 < len(event.text) <= LONGEST:
        return None
    for asked in context.find.followups.open(context.now - TYPED_WITHIN)[:1]:
        report = context.find.reports.one(asked.report)
        if report is not None and report.status == "published":
            return _in_words(asked, report, event, context)
    return None


GONE = _("That question is no longer open.")
NOT_YOURS = _("That report now belongs to a colleague, or it is gone. You do not need to answer.")
WITHDRAWN = _("This report is closed, so you do not need to answer.")


def _still_asked(number: str, context: Context) -> tuple[AskedFollowUp | None, Report | None, Words | None]:
    """Returns the question with this number, its report, and why it can no longer be answered (None: it can)."""
    known = number.isdecimal() and len(number) < 16
    asked = context.find.followups.asked(int(number)) if known else None
    report = context.find.reports.one(asked.report) if asked else None
    if asked is None:
        return None, None, GONE
    if report is None:
        return asked, None, NOT_YOURS
    if report.status in ("withdrawn", "declined"):
        return asked, report, WITHDRAWN
    if not asked.is_open and asked.answer is not None:
        return asked, report, _("You have answered this already: {answer}", answer=LABELS[asked.answer])
    return asked, report, None


def _closed(asked: AskedFollowUp, report: Report, why: Words | None) -> Screen:
    """Returns why nothing follows from an answer, with the way to the report."""
    stage = progress_words(_stage(report))
    said = why or _("Nothing was changed: the report says “{stage}” by now.", stage=stage)
    return Screen((note(said),), ((_open(asked.report),),))


def _open(report: str) -> Button:
    return Button(_("Open the report"), "open", report)


def _stage(report: Report) -> str:
    return str(report.answers.get("status"))


def _answered(
    at: Position | None, asked: AskedFollowUp, report: Report, answer: FollowUpAnswer, context: Context
) -> Step:
    """Returns what follows from an answer: what the report says now, and what is asked next."""
    outcomes: tuple[Outcome, ...] = (FollowUpAnswered(asked.id, report.id, answer),)
    stage = STAGE_AFTER.get(answer)
    if stage is not None and stage != _stage(report):
        outcomes = (*outcomes, Answered(report.id, "status", stage))
    start, end = report.answers.get("period_start"), report.answers.get("period_end")
    if answer == "moved" and is_edtf_text(end):
        # The end of the plan moves with it: the new start must not be measured by the old end.
        outcomes = (*outcomes, Answered(report.id, "period_end", None))
    changed = report_after(report, report.id, outcomes) or report
    form = form_for(changed, context)
    aside = waiting(report.place)
    match answer:
        case "moved":
            return _to_question("period_start", changed, outcomes, context)
        case "goes_on":
            return _to_question("period_end", changed, outcomes, context)
        case "started" if is_to_come(start, context.today) or form.missing(changed.answers):
            wrong = (_("The report says that it starts later: {start}", start=PartialDate(str(start))),)
            notes = tuple(note(each) for each in wrong if is_to_come(start, context.today))
            return _to_question("period_start", changed, outcomes, context, notes)
        case "ended" | "told":
            dated = is_over(end, context.today) or answer == "told"
            keys = RESULTS if dated else ("period_end", *RESULTS)
            if step := round_of_questions(changed, keys, aside, context):
                return replace(step, outcomes=(*outcomes, *step.outcomes))
            said = _("Thank you. The report now says that it is finished.")
            return Step(at, outcomes=outcomes, screen=_thanks(said, report))
        case "changed":
            return Step(AtSummary(report.id, aside=aside), (note(THANKS["changed"]),), outcomes)
        case _:
            return Step(at, outcomes=outcomes, screen=_thanks(THANKS[answer], report))


def is_edtf_text(value: object) -> bool:
    """Returns whether an answer to a question for a date is one, and not "permanent"."""
    return isinstance(value, str) and value[:1].isdigit()


def _thanks(said: Words, report: Report) -> Screen:
    return Screen((heading(said), Line(report.title)), ((_open(report.id),),))


def _to_question(
    key: str, report: Report, outcomes: tuple[Outcome, ...], context: Context, notes: tuple[Line, ...] = ()
) -> Step:
    question = form_for(report, context).question(key)
    assert question is not None  # noqa: S101 - every form asks for its dates
    return Step(go_to(question, report, waiting(report.place), editing=True), notes, outcomes)


def _in_words(asked: AskedFollowUp, report: Report, event: Wrote, context: Context) -> Step | None:
    """Returns what follows from words: the answer they say, or the question again if they say yes or no to two."""
    about = (asked.kind, _stage(report))
    offered = OFFERED.get(about, ())
    if not offered:
        return None
    text, language = event.text, context.person.language
    buttons = {each: Button(label_of(each, *about), "followup", each) for each in offered}
    said = same(text, tuple(buttons.values()), context)
    action = None if said else control(text, language, ready=True)
    answer = next((each for each in offered if said and each == said.argument), None) or _meant(text, offered, context)
    if answer is None and action == "no" and about not in _NO:
        which = note(_("Which of these is it?"))
        return Step(None, screen=question_screen(asked.kind, report.answers, asked.id, which))
    if answer is None and action in ("yes", "no"):
        answer = (_YES if action == "yes" else _NO)[about]
    if answer is None and asked.kind is FollowUp.RESULT and "told" in offered and len(text) >= A_RESULT:
        return _with_text(_answered(None, asked, report, "told", context), event)
    if answer is None:
        return None
    step = _answered(None, asked, report, answer, context)
    if answer == "moved":
        step = _with_date(step, event, context)
    done = Screen((note(_("{answer}: {title}", answer=buttons[answer].label, title=report.title)),))
    return replace(
        step, notices=(*step.notices, Notice(context.person.id, done, f"occasion:{asked.occasion}", "update"))
    )


def _meant(text: str, offered: tuple[FollowUpAnswer, ...], context: Context) -> FollowUpAnswer | None:
    """Returns the one answer that the words say; None: none, or more than one."""
    labels: dict[str, Sequence[str]] = {each: context.registers.spellings(LABELS[each]) for each in offered}
    for part in (text, text.partition(",")[2]):  # after the comma: "no, it goes on"
        meant = meaning(part, "followup", context.person.language, labels)
        if len(meant.keys) == 1 and not meant.among and not meant.turned:
            return next(each for each in offered if each == meant.keys[0])
    return None


def _with_date(step: Step, event: Wrote, context: Context) -> Step:
    """Takes the text for the new start too, if a date is in it: "moved to April"."""
    if not isinstance(step.at, Filling):
        return step
    there = replace(context, find=known_after(context.find, step.outcomes))
    read = answering.take(step.at, event, there)
    if not any(isinstance(each, Answered) and is_edtf_text(each.value) for each in read.outcomes):
        return step
    return replace(read, notes=(*step.notes, *read.notes), outcomes=(*step.outcomes, *read.outcomes))


def _with_text(step: Step, event: Wrote) -> Step:
    """Shows the text as the beginning of what changed; it is saved once the person says that this is it."""
    if not isinstance(step.at, Filling):
        return step
    return replace(step, at=replace(step.at, gathered={"parts": [[event.message, event.text]]}))
