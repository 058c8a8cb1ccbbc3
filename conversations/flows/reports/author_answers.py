"""Answers to a coordinator's question: given at the question in the form, or in words that the author sends unasked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import Filling, Offered, Position, pack
from conversations.flows.reports import answering, my_reports
from conversations.flows.shared.report_words import form_of, label_of
from conversations.flows.shared.step import Step
from conversations.flows.shared.titles import title_of
from conversations.forms.kinds.text import Text
from conversations.forms.variants import form_for
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, heading, note
from conversations.language.words import Shortened, Words, _, quoted
from conversations.model.outcomes import ReportSentAgain
from conversations.model.reports import Report
from conversations.model.reviews import AskedQuestion

MOST = 3
"""Most questions that are offered for one text."""


def answered(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens the question that was asked about; if it is answered already, opens the report."""
    report = context.find.reports.one(event.report)
    review = context.find.review.report(event.report) if report else None
    if report is None or review is None or review.asked is None or review.status != "changes_requested":
        return my_reports.opened(at, event.report, context)
    asked = review.asked
    label = label_of(form_of(review, context), asked.about)
    said = _("A coordinator asks about {label}: {question}", label=label, question=quoted(asked.text))
    return Step(Filling(report.id, asked.about, editing=True), (note(said),))


def offered(text: str, message: int, back: Position | None, context: Context, report: str = "") -> Offered | None:
    """Asks whether `text` answers a coordinator's question, about `report` or any other; None: there is none."""
    asked = [each.id for each in context.find.reports.own() if report in ("", each.id) and _asked(each, context)]
    if not asked:
        return None
    held = {"text": text, "parts": [[message, text]], "reports": asked[:MOST], "forwarded": False}
    return Offered("answer", held, pack(back))


def given(held: Mapping[str, Any], message: int, report: str, context: Context) -> Step | None:
    """Saves the held text as the answer to the open question about `report`; None if no question is open."""
    found = context.find.reports.one(report) if report in held["reports"] else None
    asked = _asked(found, context) if found else None
    if found is None or asked is None:
        return None
    at = Filling(found.id, asked.about, editing=True)
    step = answering.take(at, Wrote(held["text"], message), context)
    question = form_for(found, context).question(asked.about)
    gathers = question is not None and isinstance(question.kind, Text) and question.kind.several
    if gathers and isinstance(step.at, Filling) and step.at.gathered:
        return answering.take(step.at, Pressed("done"), context)  # the text is the whole answer
    return step


def shown(at: Offered, context: Context) -> Screen:
    """Returns the screen with what was asked and written, and a button for each question that the text may answer."""
    lines, rows = [], []
    for report in filter(None, map(context.find.reports.one, at.held["reports"])):
        if asked := _asked(report, context):
            label = label_of(form_for(report, context), asked.about)
            said = _("A coordinator asks about {label}: {question}", label=label, question=quoted(asked.text))
            lines += [Line(title_of(report)), Line(said)]
            alone = len(at.held["reports"]) == 1
            answer: Words = _("Answer") if alone else _("Answer: {title}", title=title_of(report, 24))
            rows.append((Button(answer, "answer_with", report.id),))
    wrote = Line(_("You wrote: {text}", text=Shortened(at.held["text"], 300)))
    return Screen((heading(_("Is that your answer to the coordinators?")), *lines, wrote), tuple(rows))


def _asked(report: Report, context: Context) -> AskedQuestion | None:
    """Returns the coordinator's question about the report that is not answered yet."""
    review = context.find.review.report(report.id) if report.status == "changes_requested" else None
    return review.asked if review else None


def thanks(step: Step) -> Step:
    """Returns `step` with thanks for the answer that it sends."""
    if not any(isinstance(outcome, ReportSentAgain) for outcome in step.outcomes):
        return step
    said = note(_("Thank you. Your answer has been sent to the coordinators."))
    return replace(step, notes=(*step.notes, said))
