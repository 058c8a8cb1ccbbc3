"""The summary of a draft or report: every answer with a pencil, more modules, sending, withdrawing."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.overlay import report_after
from conversations.context.session import AtSummary
from conversations.flows.lineage import asking
from conversations.flows.privacy.personal_data import (
    LEAVE,
    TAKE_OUT,
    aside_without,
    noticed_in,
    shown_noticed,
    taken_out,
)
from conversations.flows.reports import contacts_gone
from conversations.flows.reports.answering import add_photo, asked_about, unsupported
from conversations.flows.reports.finish_answers import finish_answers
from conversations.flows.reports.form_navigation import LANGUAGES, READ_MARK, answer_lines, go_to, pencils, waiting
from conversations.flows.reports.sending import send
from conversations.flows.reports.told import told_in
from conversations.flows.shared.report_status import confirmed_words, history, status_words
from conversations.flows.shared.report_words import ask_contact_person, label_of, reason_of
from conversations.flows.shared.step import Step
from conversations.flows.shared.titles import title_of
from conversations.forms.conditions import begun, has_resource_person
from conversations.forms.initiative import ABOUT, CORE, RESULTS, SHOW, TOGETHER
from conversations.forms.questions import Form, Module, Question
from conversations.forms.variants import SHARING_QUESTION, form_for
from conversations.language.events import Event, Pressed, SentFile, SentUnsupported, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, quoted
from conversations.model.followups.questions import LIVING, is_over
from conversations.model.initiatives import sharing_of
from conversations.model.outcomes import (
    Answered,
    DraftDiscarded,
    DraftLeft,
    Outcome,
    ReportConfirmed,
    ReportSentAgain,
    ReportWithdrawn,
)
from conversations.model.reports import Report

ANSWER = Button(_("Answer"), "answer")
"""Opens the question that a coordinator asked."""

TAP = _("Tap a button, or tap ✏️ to change an answer.")

OPEN_LIST = Button(_("My reports"), "reports")

STATUS_BUTTONS = {
    "planned": (
        ("running", _("Mark as running")),
        ("finished", _("Mark as finished")),
        ("stopped", _("Mark as dropped")),
    ),
    "running": (("finished", _("Mark as finished")), ("paused", _("Mark as paused"))),
    "paused": (("running", _("Mark as running again")), ("finished", _("Mark as finished"))),
    "finished": (("running", _("Mark as running again")),),
    "stopped": (("planned", _("Mark as planned again")), ("running", _("Mark as running"))),
}
"""The next states of an initiative, by its present status."""


READ_ONLY = frozenset({"withdrawn", "declined"})
"""The states of reports that can be read and copied, but not changed."""


def take(at: AtSummary, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person at the summary."""
    report = context.find.reports.one(at.report)
    if report is None:
        return Step(None, (note(_("That report is no longer there. /report starts a new one.")),))
    if report.status in READ_ONLY:
        return Step(at, (note(_("This report is closed. You can copy it into a new one.")),))
    form = form_for(report, context)
    match event:
        case Pressed("send") if report.status == "draft":
            return send(at, report, context)
        case Pressed("send") if report.status == "changes_requested":
            return _send_again(at, form, report)
        case Pressed(action, what) if action in (TAKE_OUT, LEAVE) and at.view == "personal":
            return _looked_over(at, form, report, taken_out(report, what) if action == TAKE_OUT else (), context)
        case Pressed(action, other) if at.view == "alike" and report.status == "draft" and action in asking.ACTIONS:
            return _compared(at, report, action, other, context)
        case Wrote(text) if at.view == "alike" and report.status == "draft":
            meant = asking.said(text, report, context)
            return _compared(at, report, *meant, context) if meant else Step(at, (note(asking.WRITE_OR_TAP),))
        case Pressed("edit", key) if (question := form.question(key)) and question.only_if(report.answers):
            return Step(go_to(question, report, at.aside, editing=True))
        case Pressed("go_on") if missing := form.missing(report.answers):
            return Step(go_to(missing, report, at.aside))
        case Pressed("view", view) if view in {"answers", "modules", "withdraw", "discard"}:
            return Step(_view(at, view))
        case Pressed("module", key):
            return _module(at, report, key, context)
        case Pressed("status", status) if status in dict(STATUS_BUTTONS.get(_status(report), ())):
            return _status_changed(at, form, report, status, context)
        case Pressed("confirm") if report.status == "published":
            said = note(_("Thank you. Confirmed today."))
            return Step(at, (said,), (ReportConfirmed(report.id),))
        case Pressed("withdraw") if report.status in {"submitted", "changes_requested", "published"}:
            gone: tuple[Outcome, ...] = (ReportWithdrawn(report.id),)
            return Step(None, (note(_("Withdrawn: {title}", title=report.title)),), gone)
        case Pressed("discard") if report.status == "draft":
            return Step(None, (note(_("The draft has been deleted.")),), (DraftDiscarded(report.id),))
        case SentFile(file) if file.kind == "photo":
            return _photo(at, report, event, context)
        case Wrote():
            # One line, and a button to the report: it is long, and still to be read above.
            return Step(at, screen=Screen((note(TAP),)))
        case SentUnsupported(kind):
            return Step(at, (note(unsupported(kind)),))
        case _:
            return Step(at, (note(TAP),))


def _view(at: AtSummary, view: str) -> AtSummary:
    match view:
        case "modules":
            return replace(at, view="modules")
        case "withdraw":
            return replace(at, view="withdraw")
        case "discard":
            return replace(at, view="discard")
        case _:
            return replace(at, view="answers")


def _looked_over(at: AtSummary, form: Form, report: Report, out: tuple[Outcome, ...], context: Context) -> Step:
    """Takes something personal out, or leaves it in; sends the report once there is nothing more to ask about."""
    at = replace(at, aside=aside_without(at.aside, out))
    # What is kept of the place where the draft was left has it too.
    outcomes: tuple[Outcome, ...] = (*out, DraftLeft(report.id, {"aside": dict(at.aside)})) if out else ()
    changed = report_after(report, report.id, outcomes) or report
    if out and noticed_in(changed):
        return Step(at, outcomes=outcomes)
    if report.status == "draft":
        sent = send(at, changed, context, looked_over=True)
    else:
        sent = _send_again(at, form, changed, looked_over=True)
    return replace(sent, outcomes=(*outcomes, *sent.outcomes))


def _compared(at: AtSummary, report: Report, answer: str, other: str, context: Context) -> Step:
    """Sends the draft with what its author said of a report that is like it, or updates their own with it."""
    if answer == asking.DIFFERENT:
        return send(at, report, context, looked_over=True, compared=True)
    if answer == asking.SAME and (old := asking.own_one(other, context)):
        finished = finish_answers(report, at.aside, context)
        outcomes, told = asking.updates(finished.report, old, context)
        return Step(AtSummary(old.id, aside=waiting(old.place)), (note(told),), (*finished.answers, *outcomes))
    if found := context.find.initiatives.initiative(other):
        said = asking.SAME if answer == asking.SAME else asking.INSPIRED
        return send(at, report, context, looked_over=True, compared=True, said=(said, found))
    return Step(at, (note(_("That report has been withdrawn meanwhile.")),))


def _send_again(at: AtSummary, form: Form, report: Report, *, looked_over: bool = False) -> Step:
    """Sends a returned report again; it waits for review."""
    if missing := form.missing(report.answers):
        return Step(go_to(missing, report, at.aside), (note(_("One answer is still missing before it can be sent.")),))
    if not looked_over and noticed_in(report):
        return Step(replace(at, view="personal"))
    lines = (
        heading(_("Thank you. Your report has been sent.")),
        Line(_("A coordinator will read it again."), Style.HELP),
    )
    return Step(None, outcomes=(ReportSentAgain(report.id),), screen=Screen(lines, ((OPEN_LIST,),)))


def _photo(at: AtSummary, report: Report, event: SentFile, context: Context) -> Step:
    """Adds a picture to the report, and asks next whether the people in it have agreed."""
    step = add_photo(at, report, event, context)
    changed = report_after(report, report.id, step.outcomes) or report
    missing = form_for(changed, context).missing(changed.answers)
    if missing is None or missing.module == CORE:
        return step
    return replace(step, at=go_to(missing, changed, at.aside, editing=True))


def _status_changed(at: AtSummary, form: Form, report: Report, status: str, context: Context) -> Step:
    """Changes the status (planned, running, finished) and asks next for results."""
    answers = {**report.answers, "status": status}
    saved = Answered(report.id, "status", status)
    label = next(label for key, label in STATUS_BUTTONS[_status(report)] if key == status)
    missing = form.missing(answers)
    results = form.relevant(answers, RESULTS)
    if missing:
        # A plan may leave a question open that a running initiative has to answer.
        return Step(go_to(missing, report, at.aside, editing=True), (note(_("Saved: {what}", what=label)),), (saved,))
    unanswered = [each for each in results if each.key not in answers]
    end = form.question("period_end")
    if status == "running" and end and is_over(answers.get("period_end"), context.today):
        # What runs again has another end than the one that was reported.
        return Step(go_to(end, report, at.aside, editing=True), (note(_("Saved: {what}", what=label)),), (saved,))
    if status == "paused" or not unanswered:
        return Step(at, (note(_("Saved: {what}", what=label)),), (saved,))
    notes = (
        note(_("Saved: {what}", what=label)),
        note(_("Now you can add results, or go back to stop here.")),
    )
    return Step(go_to(unanswered[0], report, at.aside), notes, (saved,))


def _module(at: AtSummary, report: Report, key: str, context: Context) -> Step:
    for module, questions in _modules(report, context):
        if module.key == key:
            first = next((each for each in questions if each.key not in report.answers), questions[0])
            return Step(go_to(first, report, at.aside))
    return Step(at)


def _modules(report: Report, context: Context) -> list[tuple[Module, tuple[Question, ...]]]:
    calls = bool(context.find.calls.open())
    offered = (RESULTS, ABOUT, TOGETHER, SHOW) if begun(report.answers) else (ABOUT, TOGETHER, SHOW)
    form = form_for(report, context)
    found = [(module, form.relevant(report.answers, module, calls)) for module in offered]
    return [(module, questions) for module, questions in found if questions]


def _status(report: Report) -> str:
    return str(report.answers.get("status"))


def shown(at: AtSummary, context: Context) -> Screen:
    """Returns the summary, the modules, or the last question before something is given up."""
    report = context.find.reports.one(at.report)
    if report is None:
        return Screen((Line(_("That report is no longer there. /report starts a new one.")),))
    match at.view:
        case "modules":
            return _shown_modules(report, context)
        case "withdraw":
            lines = (
                heading(_("Withdraw {title}?", title=quoted(report.title))),
                Line(_("It will no longer be shown to anyone.")),
            )
            return Screen(lines, _sure("withdraw", _("Yes, withdraw it")))
        case "discard":
            lines = (heading(_("Delete the draft {title}?", title=title_of(report))), Line(_("This cannot be undone.")))
            return Screen(lines, _sure("discard", _("Yes, delete it")))
        case "personal" if noticed_in(report):
            return shown_noticed(report)
        case "alike" if alike := asking.shown(report, context):
            return alike
        case "answers" | "personal" | "alike":
            return _shown_answers(at, report, context)


def _sure(action: str, yes: Words) -> tuple[tuple[Button, ...], ...]:
    return ((Button(yes, action, tone="danger"),), (Button(_("No, keep it"), "view", "answers"),))


def _shown_modules(report: Report, context: Context) -> Screen:
    lines = (
        heading(_("What would you like to add?")),
        Line(_("You can stop at any point. Everything so far is saved."), Style.HELP),
    )
    buttons = [
        Button(
            _(
                "{module} ({answered} of {total})",
                module=module.title,
                answered=sum(report.answers.get(each.key) is not None for each in questions),
                total=len(questions),
            ),
            "module",
            module.key,
        )
        for module, questions in _modules(report, context)
    ]
    back = Button(_("‹ Back to the report"), "view", "answers")
    return Screen(lines, (*stacked(tuple(buttons)), (back, LANGUAGES)))


def _shown_answers(at: AtSummary, report: Report, context: Context) -> Screen:
    answered = [
        question
        for question in form_for(report, context).questions
        if report.answers.get(question.key) is not None and question.only_if(report.answers)
    ]
    told = told_in(at.aside)
    lines = [
        heading(_headline(report, context)),
        *_how_it_went(report, context),
        *_what_coordinators_say(report, context),
    ]
    form = form_for(report, context)
    unsaid = form.question(SHARING_QUESTION) if _is_silent_about_readers(report, context) else None
    lines.extend(answer_lines(answered, report, told, context))
    if any(question.key in told.read for question in answered):
        lines.append(Line(READ_MARK, Style.HELP))
    lines.extend(
        note(_("Started, not finished: {label}. Tap ✏️ to continue it.", label=question.label))
        for question in answered
        if at.aside.get(question.key, {}).get("parts")
    )
    if unsaid:
        whom = unsaid.kind.show(sharing_of(report.answers))
        lines.append(Line(_("{label}: {answer}", label=unsaid.label, answer=whom)))
        answered.append(unsaid)
    changeable = () if report.status in READ_ONLY else answered
    gone = ((contacts_gone.button(report),),) if contacts_gone.has_contacts(report) else ()
    ask = ((ask_contact_person(report),),) if _may_name(report) else ()
    return Screen(tuple(lines), (*_ways(report, context), *ask, *pencils(changeable), *gone, (LANGUAGES,)))


def _may_name(report: Report) -> bool:
    """Returns whether the author may name a contact person: in a sent report, or where a draft offers one."""
    if report.status in READ_ONLY:
        return False
    return report.status != "draft" or has_resource_person(report.answers)


def _is_silent_about_readers(report: Report, context: Context) -> bool:
    """Returns whether the author is never asked who may see the report, so that it is for coordinators only."""
    question = form_for(report, context).question(SHARING_QUESTION)
    return question is not None and not question.required and report.answers.get(SHARING_QUESTION) is None


def _what_coordinators_say(report: Report, context: Context) -> tuple[Line, ...]:
    """Returns what a coordinator asked about the report, or why it was returned or declined."""
    review = context.find.review.report(report.id) if report.status in ("changes_requested", "declined") else None
    if review is None:
        return ()
    if review.status == "changes_requested" and review.asked:
        asked = review.asked
        label = label_of(form_for(report, context), asked.about)
        return (note(_("A coordinator asks about {label}: {question}", label=label, question=quoted(asked.text))),)
    return (note(_("Reason: {reason}", reason=reason_of(review.reason))),) if review.reason else ()


def _how_it_went(report: Report, context: Context) -> tuple[Line, ...]:
    """Returns when its author last said how a published initiative is, and the stages it has had if there are more."""
    said_at = context.find.followups.confirmed().get(report.id) if report.status == "published" else None
    if said_at is None:
        return ()
    words = confirmed_words(report.answers.get("status"), said_at, context)
    return (Line(words, Style.HELP), *history(context.find.followups.stages(report.id), context))


def _headline(report: Report, context: Context) -> Words:
    if report.status == "draft" and form_for(report, context).missing(report.answers):
        return _("Check your report. Some answers are still missing.")
    if report.status == "draft":
        return _("Check your report before you send it.")
    status = status_words(report.status, report.answers)
    return _("{title} · {status} · {number}", title=report.title, status=status, number=report.id)


def _ways(report: Report, context: Context) -> tuple[tuple[Button, ...], ...]:
    more = Button(_("Add more"), "view", "modules")
    if report.status == "draft":
        discard = Button(_("Delete draft"), "view", "discard", tone="danger")
        if form_for(report, context).missing(report.answers):
            return ((Button(_("Continue ›"), "go_on", tone="primary"),), (more, discard))
        return ((Button(_("Send report"), "send", tone="primary"),), (more, discard))
    if report.status in READ_ONLY:
        return ((Button(_("Copy into a new report"), "again", report.id),),)
    right = ((Button(_("Confirm: still right"), "confirm"),),) if _may_be_confirmed(report) else ()
    progress = tuple(Button(label, "status", status) for status, label in STATUS_BUTTONS.get(_status(report), ()))
    again: tuple[tuple[Button, ...], ...] = ()
    if report.status == "changes_requested":
        send_again = Button(_("Send again"), "send", tone="primary")
        again = ((ANSWER, send_again) if asked_about(report, context) else (send_again,),)
    return (*again, (more, Button(_("Withdraw"), "view", "withdraw", tone="danger")), *right, *stacked(progress, 2))


def _may_be_confirmed(report: Report) -> bool:
    return report.status == "published" and _status(report) in LIVING
