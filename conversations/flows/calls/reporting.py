"""Reporting to a call: from its link, from the list of calls, from a reminder."""

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.reports import disambiguation
from conversations.flows.reports.form_navigation import begin
from conversations.flows.shared.call_words import seen_by_words
from conversations.flows.shared.step import Notes, Step
from conversations.forms.variants import CALL_QUESTION, SHARING_QUESTION
from conversations.language.events import Pressed
from conversations.language.screen import Line, Style, note
from conversations.language.words import InLanguages, Shortened, _
from conversations.model.calls import WholeCall

INTRODUCTION = 800
"""Characters of the introduction that are shown above the first question."""


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens a report to the call that the button names."""
    call = context.find.calls.whole(event.argument)
    if call is None or call.status != "open":
        return Step(at, (note(_("That call is closed. You can still report an initiative: /report")),))
    return begun(at, call, context)


def begun(at: Position | None, call: WholeCall, context: Context) -> Step:
    """Opens the person's draft for the call, or a new one."""
    for draft in context.find.reports.own():
        if draft.status == "draft" and draft.answers.get(CALL_QUESTION) == call.slug:
            if getattr(at, "report", None) == draft.id:
                return Step(at, _about(call, context))
            return Step(begin(draft, context), _about(call, context))
    decided = {SHARING_QUESTION: call.is_for} if call.is_for else {}
    return Step(disambiguation.tell({CALL_QUESTION: call.slug, **decided}), _about(call, context))


def _about(call: WholeCall, context: Context) -> Notes:
    notes = [note(_("This report answers the call “{name}”.", name=call.title))]
    if call.introductions:
        notes.append(Line(Shortened(InLanguages(call.introductions, call.language), INTRODUCTION)))
    if seen_by := seen_by_words(call):
        notes.append(Line(seen_by, Style.HELP))
    if call.is_late(context.now):
        notes.append(Line(_("The deadline has passed. Your report has been accepted and marked as late."), Style.HELP))
    return tuple(notes)
