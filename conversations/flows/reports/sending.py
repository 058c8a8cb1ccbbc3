"""Sending a draft: finishes its answers and shows the receipt."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import AtSummary
from conversations.flows.lineage import asking
from conversations.flows.privacy.personal_data import noticed_in
from conversations.flows.reports.finish_answers import finish_answers
from conversations.flows.reports.form_navigation import go_to
from conversations.flows.reports.told import TOLD
from conversations.flows.shared.call_words import seen_by_words
from conversations.flows.shared.report_words import ask_contact_person
from conversations.flows.shared.step import Step
from conversations.forms.conditions import has_resource_person
from conversations.forms.variants import CALL_QUESTION, SHARING_QUESTION, form_for
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import InLanguages, _, quoted
from conversations.model.calls import WholeCall
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import Answered, DraftLeft, LibraryRemembered, LineageTold, Outcome, ReportSubmitted
from conversations.model.reports import Report


def send(
    at: AtSummary,
    report: Report,
    context: Context,
    *,
    looked_over: bool = False,
    compared: bool = False,
    said: tuple[asking.Answer, Initiative] | None = None,
) -> Step:
    """Sends the report and shows the receipt; if its call was closed meanwhile, the report goes without the call.

    What looks like somebody's number, address or name in it is asked about first, unless it was `looked_over`; then
    reports that are like it, unless they were `compared`. `said` is what its author answered about one of these.
    """
    form = form_for(report, context)
    finished = finish_answers(report, at.aside, context)
    if missing := form.missing(finished.report.answers):
        return Step(go_to(missing, report, at.aside), (note(_("One answer is still missing before it can be sent.")),))
    slug = report.answers.get(CALL_QUESTION)
    call = context.find.calls.whole(slug) if slug else None
    if call and call.is_for and report.answers.get(SHARING_QUESTION) is None:
        # The call changed who may see the report since the draft was begun: the author reads that before sending.
        told = seen_by_words(call)
        notes = (note(told),) if told else ()
        return Step(at, notes, (Answered(report.id, SHARING_QUESTION, call.is_for),))
    if not looked_over and noticed_in(finished.report):
        return Step(replace(at, view="personal", aside=finished.aside), outcomes=finished.answers)
    if not compared and asking.alike_to(finished.report, context):
        return Step(replace(at, view="alike", aside=finished.aside), outcomes=finished.answers)
    closed = slug is not None and (call is None or call.status != "open")
    lines = (
        heading(_("Thank you. Your report has been sent.")),
        *_about_call(call, context),
        Line(quoted(report.title)),
        Line(_("Reference: {number}", number=report.id)),
        *((Line(asking.receipt(*said)),) if said else ()),
        Line(
            _(
                "A coordinator will read it before anyone else sees it, and you will get a message here. "
                "You can edit it or add to it at any time: /myreports."
            ),
            Style.HELP,
        ),
    )
    more = (Button(_("Add more"), "open", report.id), Button(_("New report"), "report"))
    code = (Button(_("Copy the reference"), "", copies=report.id),)
    without: tuple[Outcome, ...] = (Answered(report.id, CALL_QUESTION, None),) if closed else ()
    aside = {key: parts for key, parts in finished.aside.items() if key != TOLD}
    left = DraftLeft(report.id, {"aside": aside} if aside else {})
    library = finished.report.answers.get("library")
    remembered: tuple[Outcome, ...] = (LibraryRemembered(library),) if library and not context.person.library else ()
    lineage = (LineageTold(report.id, said[1].id, "same" if said[0] == asking.SAME else "inspired"),) if said else ()
    outcomes = (*finished.answers, *without, *remembered, left, ReportSubmitted(report.id), *lineage)
    named = ((ask_contact_person(report),),) if has_resource_person(report.answers) else ()
    return Step(None, outcomes=outcomes, screen=Screen(lines, (*named, more, code)))


def _about_call(call: WholeCall | None, context: Context) -> tuple[Line, ...]:
    if call is None:
        return ()
    if call.status != "open":
        why = _("The call “{name}” has closed. Your report still counts, but not as an answer to it.", name=call.title)
        return (Line(why),)
    thanks = (Line(InLanguages(call.thanks, call.language)),) if call.thanks else ()
    if call.is_late(context.now):
        return (
            *thanks,
            Line(_("The deadline has passed. Your report has been accepted and marked as late."), Style.HELP),
        )
    return thanks
