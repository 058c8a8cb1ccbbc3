"""One turn of the conversation: takes the session and an event, and returns everything that follows."""

from dataclasses import replace
from datetime import timedelta
from difflib import get_close_matches
from itertools import chain

from conversations.context.context import Context
from conversations.context.links import secret_in
from conversations.context.overlay import known_after
from conversations.context.session import AtSummary, Filling, InFlow, Offered, Position, Session, Turn
from conversations.engine import controls, start
from conversations.engine.commands import COMMANDS
from conversations.engine.continued import continued, cut_of, is_settled
from conversations.engine.routes import FLOWS, ROUTES
from conversations.flows.calls import editor_sheet
from conversations.flows.collections import leaving
from conversations.flows.followups import answers as followup_answers
from conversations.flows.people import language, settings
from conversations.flows.reports import (
    answering,
    author_answers,
    changing,
    disambiguation,
    form_navigation,
    idle,
    my_reports,
    pictures,
    report,
    summary,
    telling,
)
from conversations.flows.reports.drafting import LONGEST_STORY, cut, more_told
from conversations.flows.reviews import review_notices
from conversations.flows.shared import help as help_texts
from conversations.flows.shared.step import STALE, Step
from conversations.flows.shared.typed import meant, same
from conversations.forms.kinds.text import Text
from conversations.language.events import (
    Commanded,
    Edited,
    Event,
    Pressed,
    SentFile,
    SentUnsupported,
    Wrote,
)
from conversations.language.screen import Button, Line, Screen, note
from conversations.language.words import _, counted
from conversations.model.outcomes import (
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    LanguageChosen,
    Outcome,
    PersonForgotten,
    PrivacyShown,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.model.privacy import VERSION, notice
from conversations.model.reports import Report
from conversations.vocabulary.controls import actions_in

AWAY = timedelta(hours=12)
"""After an absence this long, the bot first shows the person where they stood."""


MOST_DRAFTS = 100
"""Most drafts that one person may have."""

WITHOUT_TEXT = frozenset({"standing", "invite", "people", "forget", "pairing", "subscriptions"})
"""The flows in which nothing is written, so that a long text there is meant for something else."""

GO_ON = Button(_("Continue ›"), "redraw")


def take_turn(session: Session, event: Event, context: Context) -> Turn:
    """Returns everything that follows when `event` reaches the person with this `session`."""
    context = replace(context, find=known_after(context.find))
    settled = is_settled(session, event)
    origin, event = continued(session, event)
    decided = _more_told(session, event, context) if settled else _decide(origin, event, context)
    step = pictures.after_leaving(origin.at, _within_drafts(origin.at, decided, context))
    if not isinstance(event, Pressed):
        step = _toast_as_line(step)
    if isinstance(event, SentFile | SentUnsupported):
        step = replace(step, album=event.album)  # an album is answered once, after its last item
    step = replace(step, outcomes=(*_place_kept(origin.at, step), *step.outcomes))
    step = informed(step, context)
    step = author_answers.thanks(
        replace(step, outcomes=(*step.outcomes, *review_notices.followed_up(step.outcomes, context)))
    )
    chosen = [outcome.language for outcome in step.outcomes if isinstance(outcome, LanguageChosen)]
    reads = chosen[-1] if chosen else context.person.language
    after = known_after(context.find, step.outcomes)
    there = replace(context, find=after, person=replace(context.person, language=reads))
    moved = _place(step.at) != _place(session.at)
    unfinished = cut_of(origin, event, step.outcomes, settled=settled)
    new_session = Session(session.step + moved, step.at, context.now, unfinished)
    screens = () if step.silent else _screens(step, new_session, there)
    left = leaving.told(step.outcomes, context)
    notices = (*step.notices, *review_notices.told(step.outcomes, context), *left)
    return Turn(new_session, screens, step.outcomes, notices, reads, step.toast)


def informed(step: Step, context: Context) -> Step:
    """Returns `step` with the privacy notice above its screen, if the person has not seen this version of it."""
    seen = context.person.privacy_seen
    told = any(isinstance(outcome, PrivacyShown | PersonForgotten) for outcome in step.outcomes)
    if seen == VERSION or step.silent or told:
        return step
    lines = notice(context.find.privacy.controller(), seen)
    screen = step.screen and replace(
        step.screen, lines=(*lines, *step.screen.lines), news=len(lines) + step.screen.news
    )
    notes = step.notes if screen else (*lines, *step.notes)
    return replace(step, screen=screen, notes=notes, outcomes=(*step.outcomes, PrivacyShown(VERSION)))


def redraw(session: Session, context: Context) -> tuple[Screen, ...]:
    """Returns the screen where the person stands, for someone who may have missed it."""
    context = replace(context, find=known_after(context.find))
    return _screens(Step(session.at), session, context)


def _decide(session: Session, event: Event, context: Context) -> Step:
    at = session.at
    match event:
        case Commanded(name, words):
            if command := next((each for each in COMMANDS if each.name == name), None):
                if command.roles and not command.roles & context.person.roles:
                    return Step(
                        at,
                        screen=help_texts.home(
                            context, (note(_("That command is for coordinators. /help shows yours.")),)
                        ),
                    )
                return command.take(at, words, context)
            return _unknown_command(event, session, context)
        case Pressed():
            return _pressed(event, session, context)
        case Wrote(text) | Edited(text) if payload := secret_in(text):
            return start.command(
                at, payload, context
            )  # pasted as an answer it would be stored, and others could use it
        case Edited():
            return changing.take(at, event, context)
        case Wrote(text, message, forwarded=False) if button := _typed_button(text, at, context):
            press = Pressed(button.action, button.argument, belongs_to(at), session.step, message)
            return _pressed(press, session, context)
        case Wrote(text, message, forwarded=False) if said := _said(text, at, context):
            if isinstance(said, Step):
                return said
            press = Pressed(said.action, said.argument, belongs_to(at), session.step, message)
            return _pressed(press, session, context)
        case Wrote(text, message, forwarded=False) if text and (draft := _returns_to(session, context)):
            return Step(disambiguation.unfinished(draft, text, message))
        case _:
            return _at(at, event, context)


def _more_told(session: Session, event: Event, context: Context) -> Step:
    """Reads the rest of a long text of which a report was already made, together with its beginning."""
    at, text = session.at, event.text if isinstance(event, Wrote) else ""
    read = more_told(at, text, context) if isinstance(at, Filling | AtSummary) else None
    return read or Step(at, cut(text, LONGEST_STORY))


def _pressed(event: Pressed, session: Session, context: Context) -> Step:
    """Takes a press. Routes work from any screen; buttons that answer work only at the step that showed them."""
    at = session.at
    if route := ROUTES.get(event.action):
        return route(at, event, context)
    match event:
        case Pressed("language", chosen) if chosen:
            return language.choose(at, chosen, context)
        case Pressed("languages" | "language"):
            return language.command(at, "", context)
        case Pressed("open", report_id):
            return my_reports.opened(at, report_id, context)
        case Pressed("reports", page):
            return my_reports.listed(at, page or "0", context)
        case Pressed("report"):
            return report.command(at, "", context)
        case Pressed("library"):
            return settings.change_library(at, context)
        case Pressed("redraw"):
            return Step(at)
        case Pressed() if event.revision is not None or event.step != session.step or event.report != belongs_to(at):
            return Step(at, toast=STALE)
        case Pressed("again", report_id):
            return report.copy(at, report_id, context)
        case _:
            return _at(at, event, context)


def _at(at: Position | None, event: Event, context: Context) -> Step:
    match at:
        case Filling():
            return _while_filling(at, event, context)
        case AtSummary():
            text, message = (event.text, event.message) if isinstance(event, Wrote) else ("", 0)
            if text and (answer := author_answers.offered(text, message, at, context, at.report)):
                return Step(answer)
            more = telling.at_summary(at, event, context) if isinstance(event, Wrote) else None
            return more or summary.take(at, event, context)
        case Offered("tell"):
            return telling.take(at, event, context)
        case Offered():
            return disambiguation.take(at, event, context)
        case InFlow(flow) if flow in WITHOUT_TEXT and isinstance(event, Wrote) and telling.is_much(event):
            return Step(disambiguation.new_report(event.text, event.message, at, forwarded=event.forwarded))
        case InFlow(flow):
            return FLOWS[flow].take(at, event, context) if flow in FLOWS else Step(None)
        case None if isinstance(event, SentFile) and (sheet := editor_sheet.sent(at, event, context)):
            return sheet
        case None:
            return followup_answers.typed(event, context) or idle.take(event, context)


def _while_filling(at: Filling, event: Event, context: Context) -> Step:
    if told := telling.at_question(at, event, context):
        return told
    if isinstance(event, Wrote) and (held := telling.held(at, event, context)):
        return held
    return answering.take(at, event, context)


def _unknown_command(event: Commanded, session: Session, context: Context) -> Step:
    """Corrects a mistyped command; at a text question anything else with a slash in front is an answer (//Nethood)."""
    near = get_close_matches(event.name, [command.name for command in COMMANDS], n=1, cutoff=0.7)
    at = session.at
    question = form_navigation.question_at(at, context) if isinstance(at, Filling) else None
    text = event.words if event.words.startswith("/") else f"{event.name} {event.words}"
    if at and actions_in(text, context.person.language):
        return _decide(session, Wrote(text.removeprefix("/").strip(), event.message), context)  # "/stop" is "stop"
    if question and isinstance(question.kind, Text) and (not near or event.words.strip().count(" ") > 0):
        return _at(at, Wrote(event.words, event.message), context)
    line = help_texts.unknown_command(event.name, near[0] if near else None)
    return Step(at, (line,)) if at else Step(None, screen=help_texts.home(context, (line,)))


def _typed_button(text: str, at: Position | None, context: Context) -> Button | None:
    """Returns the button whose label the person wrote, at screens that take no other text."""
    match at:
        case Filling() | InFlow():
            return None
        case Offered("library"):
            return same(text, list(chain(*disambiguation.shown(at, context).rows)), context)
        case _:
            return meant(text, _screen_at(at, (), context), context)


def _said(text: str, at: Position | None, context: Context) -> Step | Button | None:
    """Returns what follows from `text` if it says what to do, at screens other than the questions of the form."""
    if at is None or isinstance(at, Filling):
        return None
    return controls.as_said(text, at, _screen_at(at, (), context), context)


def _returns_to(session: Session, context: Context) -> Report | None:
    """Returns the draft in which the person stands, if they have been away long enough to have forgotten it."""
    at, since = session.at, session.active_at
    if since is None or context.now - since <= AWAY or not isinstance(at, Filling | AtSummary):
        return None
    found = context.find.reports.one(at.report)
    return found if found and (found.status == "draft" or isinstance(at, Filling)) else None


def _within_drafts(at: Position | None, step: Step, context: Context) -> Step:
    """Returns `step`, or a step that refuses it if the person would then have more than MOST_DRAFTS drafts."""
    begun = sum(isinstance(outcome, DraftStarted) for outcome in step.outcomes)
    if not begun:
        return step
    drafts = sum(report.status == "draft" for report in context.find.reports.own())
    if drafts + begun <= MOST_DRAFTS:
        return step
    full = counted(
        "You have one draft that has not been sent. Send or delete it first: /myreports",
        "You have {n} drafts that have not been sent. Send or delete one of them first: /myreports",
        drafts,
    )
    return Step(at, (note(full),))


def _toast_as_line(step: Step) -> Step:
    """Turns the toast into a line, because only a press can show a toast and here the label was written."""
    if step.toast is None:
        return step
    line = note(step.toast)
    if step.screen:
        lines = step.screen.lines if line in step.screen.lines else (line, *step.screen.lines)
        return replace(step, screen=replace(step.screen, lines=lines), toast=None)
    return replace(step, notes=(line, *step.notes), toast=None, silent=False)


def _place_kept(at: Position | None, step: Step) -> tuple[Outcome, ...]:
    """Returns the outcome that keeps the place and the unfinished answers in the report that this step leaves."""
    if not isinstance(at, Filling | AtSummary) or belongs_to(step.at) == at.report:
        return ()
    ended = (DraftLeft, DraftDiscarded, ReportSubmitted, ReportWithdrawn, ReportSentAgain)
    if any(isinstance(outcome, ended) and outcome.report == at.report for outcome in step.outcomes):
        return ()
    return (form_navigation.leave(at),)


def _screens(step: Step, session: Session, context: Context) -> tuple[Screen, ...]:
    screen = _with_way_back(step.screen, step.at, context) if step.screen else _screen_at(step.at, step.notes, context)
    if screen.revision is not None:
        return (screen,)
    return (replace(screen, report=belongs_to(session.at), step=session.step, album=step.album),)


def _with_way_back(screen: Screen, at: Position | None, context: Context) -> Screen:
    """Adds the way back to `screen` for a person who stands elsewhere, or the ways on for one who stands nowhere."""
    rows = (*screen.rows, (_way_back(at),)) if at else screen.rows or help_texts.home(context).rows
    return replace(screen, rows=rows)


def _way_back(at: Position) -> Button:
    """Returns the button that shows again where the person stands."""
    match at:
        case InFlow(flow="search"):
            return replace(GO_ON, label=_("‹ Results"))
        case Filling() | AtSummary():
            return replace(GO_ON, label=_("Back to my report ›"))
        case _:
            return GO_ON


def _screen_at(at: Position | None, notes: tuple[Line, ...], context: Context) -> Screen:
    if at is None:
        return help_texts.home(context, notes)
    screen = _screen_of(at, context)
    return replace(screen, lines=(*notes, *screen.lines), news=len(notes))


def _screen_of(at: Position, context: Context) -> Screen:
    match at:
        case Filling():
            return form_navigation.shown(at, context)
        case AtSummary():
            return summary.shown(at, context)
        case Offered("tell"):
            return telling.shown(at, context)
        case Offered():
            return disambiguation.shown(at, context)
        case InFlow(flow):
            return FLOWS[flow].shown(at, context) if flow in FLOWS else help_texts.home(context)


def belongs_to(at: Position | None) -> str:
    """Returns the id of the report that the buttons at this position belong to, or ""."""
    return at.report if isinstance(at, Filling | AtSummary) else ""


def _place(at: Position | None) -> tuple[object, ...]:
    """Returns what identifies a step: buttons work as long as it stays the same, also while choices or pages change."""
    match at:
        case Filling(report_id, question, gathered):
            return ("filling", report_id, question, gathered is not None and "first" in gathered)
        case AtSummary(report_id, view):
            return ("summary", report_id, view)
        case Offered(kind, held):
            return ("offered", kind, str(held))
        case InFlow(flow, view, held):
            return ("flow", flow, view, held.get("this"))
        case None:
            return ("home",)
