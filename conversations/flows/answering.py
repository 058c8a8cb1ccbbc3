"""Answering what a coordinator asked: at the question itself, as in the form, wherever the author stood."""

from dataclasses import replace

from conversations.events import Pressed
from conversations.flows import my_reports
from conversations.flows.cards import form_of, label_of
from conversations.flows.step import Step
from conversations.here import Here
from conversations.outcomes import ReportSentAgain
from conversations.screen import note
from conversations.session import Filling, Position
from conversations.words import _, quoted


def answered(at: Position | None, event: Pressed, here: Here) -> Step:
    """To the question that was asked about; where it has been answered already, the report."""
    report = here.look.report(event.report)
    review = here.look.review.report(event.report) if report else None
    if report is None or review is None or review.asked is None or review.status != "changes_requested":
        return my_reports.opened(at, event.report, here)
    asked = review.asked
    label = label_of(form_of(review, here), asked.about)
    said = _("A coordinator asks about {label}: {question}", label=label, question=quoted(asked.text))
    return Step(Filling(report.id, asked.about, editing=True), (note(said),))


def thanks(step: Step) -> Step:
    """`step`, with a word for the answer that it sends."""
    if not any(isinstance(outcome, ReportSentAgain) for outcome in step.outcomes):
        return step
    said = note(_("Thank you! Your answer is with the coordinators."))
    return replace(step, notes=(*step.notes, said))
