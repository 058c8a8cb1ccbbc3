"""One turn of the conversation: from where a person stands and what reached the bot to all that follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import get_close_matches
from itertools import chain
from typing import Protocol

from conversations.drafts import Afterwards
from conversations.events import (
    Commanded,
    Edited,
    Event,
    Pressed,
    SentFile,
    SentUnsupported,
    SharedContact,
    SharedLocation,
    Wrote,
)
from conversations.flows import (
    answering,
    audit,
    broadcast,
    call_standing,
    calling,
    calls,
    changing,
    deciding,
    digest,
    evidence,
    examples,
    export,
    figures,
    filling,
    invite,
    language,
    my_reports,
    offers,
    people,
    privacy,
    reminders,
    report,
    review,
    settings,
    start,
    summary,
    telling,
    to_call,
    walking,
)
from conversations.flows import (
    help as helping,
)
from conversations.flows.drafting import LIKE_A_STORY, from_text, new_draft
from conversations.flows.step import Step
from conversations.flows.typed import meant, same
from conversations.forms.kinds.files import refusal
from conversations.forms.kinds.text import Text
from conversations.here import Here, Report
from conversations.outcomes import (
    DraftDiscarded,
    DraftLeft,
    LanguageChosen,
    Outcome,
    ReportSentAgain,
    ReportSubmitted,
    ReportWithdrawn,
)
from conversations.reading.lists import read_offers
from conversations.screen import Button, Line, Screen, note
from conversations.session import AtSummary, Filling, InFlow, Offered, Position, Session, Turn
from conversations.words import Words, _

AWAY = timedelta(hours=12)
"""After so long, a message is first answered with where one stood."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, the line that describes it in the menu, and who sees it there (empty: everybody)."""

    name: str
    description: Words
    take: Callable[[Position | None, str, Here], Step]
    roles: frozenset[str] = frozenset()


def _help(at: Position | None, _words: str, here: Here) -> Step:
    return Step(
        at, screen=helping.help_screen([(each.name, each.description) for each in commands_of(here.person.roles)])
    )


COORDINATORS = frozenset({"coordinator", "owner"})
"""The roles whose menu has the commands of coordinators."""

COMMANDS = (
    Command("report", _("Report an initiative"), report.command),
    Command("myreports", _("My reports: read, change, withdraw"), my_reports.command),
    Command("again", _("Copy the last report into a new one"), report.again),
    Command("invite", _("Invite partners and coordinators"), invite.command, COORDINATORS),
    Command("people", _("Who has which role"), people.command, COORDINATORS),
    Command("broadcast", _("Write to those who have reported"), broadcast.command, COORDINATORS),
    Command("review", _("Reports that wait to be reviewed"), review.command, COORDINATORS),
    Command("digest", _("What the past week has brought"), digest.command, COORDINATORS),
    Command("stats", _("Figures and pictures of all reports"), figures.command, COORDINATORS),
    Command("export", _("Every report in a file"), export.command, COORDINATORS),
    Command("evidence", _("What is known to have changed"), evidence.command, COORDINATORS),
    Command("coverage", _("Municipalities that have reported, or not yet"), figures.coverage, COORDINATORS),
    Command("calls", _("Open calls, and until when"), calls.command),
    Command("cancel", _("Stop; what is there is kept"), report.cancel),
    Command("language", _("Choose the language"), language.command),
    Command("settings", _("Language and library"), settings.command),
    Command("privacy", _("What is stored, and why"), privacy.command),
    Command("help", _("All commands"), _help),
    Command("start", _("Begin here"), start.command),
)


def commands_of(roles: frozenset[str]) -> tuple[Command, ...]:
    """The commands in the menu of somebody with these roles."""
    return tuple(command for command in COMMANDS if not command.roles or command.roles & roles)


GO_ON = Button(_("Go on ›"), "redraw")


class Flow(Protocol):
    """A conversation of its own: a module in flows/ that a person can be in (session.InFlow)."""

    def take(self, at: InFlow, event: Event, here: Here) -> Step:
        """What happens when `event` reaches somebody who is in it."""
        ...

    def shown(self, at: InFlow, here: Here) -> Screen:
        """What is on the screen there."""
        ...


FLOWS: Mapping[str, Flow] = {
    "calling": calling,
    "standing": call_standing,
    "invite": invite,
    "people": people,
    "review": deciding,
    "broadcast": broadcast,
}
"""The flows people can be in, by the name that positions carry."""

LEADS: Mapping[str, Callable[[Position | None, Pressed, Here], Step]] = {
    "audit": audit.listed,
    "calls": calls.listed,
    "call": calls.about,
    "call_report": to_call.pressed,
    "call_share": calls.share,
    "call_new": calling.new,
    "call_change": calling.change,
    "call_examples": examples.listed,
    "call_example": examples.chosen,
    "call_standing": call_standing.pressed,
    "remind_later": reminders.later,
    "remind_never": reminders.never,
    "remind_again": reminders.again,
    "live_in": settings.choose_zone,
    "audit_file": audit.as_file,
    "invite": lambda at, _event, here: invite.command(at, "", here),
    "people": lambda at, _event, here: people.command(at, "", here),
    "digest": digest.shown,
    "digest_at": digest.choose,
    "digest_cards": digest.cards,
    "digest_file": digest.as_file,
    "digest_offers": digest.offers,
    "digest_stop": digest.stop,
    "digest_weekly": digest.weekly,
    "stats": lambda at, _event, here: figures.command(at, "", here),
    "chart": figures.drawn,
    "coverage": figures.covered,
    "map": figures.covered,
    "places": figures.covered,
    "evidence": evidence.shown,
    "evidence_file": evidence.as_file,
    "sheet": evidence.sheet,
    "export": export.pressed,
    "export_stop": export.stop,
    "queue": review.listed,
    "card": review.shown_card,
    "publish": review.pressed,
    "ask": review.pressed,
    "return": review.pressed,
    "decline": review.pressed,
    "whole": review.read,
    "contacts": review.contacts,
    "answer": answering.answered,
}
"""What buttons do that lead somewhere from any screen, also from that of a notice."""

STALE = _("That button is from earlier. This is where you are now.")


def take_turn(session: Session, event: Event, here: Here) -> Turn:
    """What happens when `event` reaches the person who stands at `session`."""
    here = replace(here, look=Afterwards(here.look))
    step = _decide(session, event, here)
    step = replace(step, outcomes=(*_left(session.at, step), *step.outcomes))
    step = answering.thanks(replace(step, outcomes=(*step.outcomes, *telling.followed_up(step.outcomes, here))))
    chosen = [outcome.language for outcome in step.outcomes if isinstance(outcome, LanguageChosen)]
    speaks = chosen[-1] if chosen else here.person.language
    after = Afterwards(here.look).then(step.outcomes)
    there = replace(here, look=after, person=replace(here.person, language=speaks))
    moved = _place(step.at) != _place(session.at)
    stands = Session(session.step + moved, step.at, here.now)
    screens = () if step.silent else _screens(step, stands, there)
    notices = (*step.notices, *telling.told(step.outcomes, here))
    return Turn(stands, screens, step.outcomes, notices, speaks, step.toast)


def redraw(session: Session, here: Here) -> tuple[Screen, ...]:
    """The screen where the person stands, for somebody who may have missed it."""
    here = replace(here, look=Afterwards(here.look))
    return _screens(Step(session.at), session, here)


def _decide(session: Session, event: Event, here: Here) -> Step:
    at = session.at
    match event:
        case Commanded(name, words):
            if command := next((each for each in COMMANDS if each.name == name), None):
                if command.roles and not command.roles & here.person.roles:
                    return Step(
                        at, screen=helping.home((note(_("That command is for coordinators. /help shows yours.")),))
                    )
                return command.take(at, words, here)
            return _unknown_command(event, session, here)
        case Pressed():
            return _pressed(event, session, here)
        case Edited():
            return changing.take(at, event, here)
        case Wrote(text, message, forwarded=False) if button := _tapped_in_words(text, at, here):
            press = Pressed(button.action, button.argument, belongs_to(at), session.step, message)
            return _pressed(press, session, here)
        case Wrote(text, message, forwarded=False) if text and (draft := _returns_to(session, here)):
            return Step(offers.unfinished(draft, text, message))
        case _:
            return _at(at, event, here)


def _pressed(event: Pressed, session: Session, here: Here) -> Step:
    """Buttons that lead somewhere work from any screen; those that answer belong to the step they were shown at."""
    at = session.at
    if lead := LEADS.get(event.action):
        return lead(at, event, here)
    match event:
        case Pressed("language", chosen) if chosen:
            return language.choose(at, chosen, here)
        case Pressed("languages" | "language"):
            return language.command(at, "", here)
        case Pressed("open", report_id):
            return my_reports.opened(at, report_id, here)
        case Pressed("reports", page):
            return my_reports.listed(at, page or "0", here)
        case Pressed("report"):
            return report.command(at, "", here)
        case Pressed("library"):
            return settings.change_library(at, here)
        case Pressed("redraw"):
            return Step(at)
        case Pressed() if event.revision is not None or event.step != session.step or event.report != belongs_to(at):
            return Step(at, toast=STALE)
        case Pressed("again", report_id):
            return report.copy(at, report_id, here)
        case _:
            return _at(at, event, here)


def _at(at: Position | None, event: Event, here: Here) -> Step:
    match at:
        case Filling():
            return _while_filling(at, event, here)
        case AtSummary():
            if isinstance(event, Wrote) and event.forwarded:
                return Step(offers.out_of_the_blue(event.text, event.message, at, forwarded=True))
            return summary.take(at, event, here)
        case Offered():
            return offers.take(at, event, here)
        case InFlow(flow):
            return FLOWS[flow].take(at, event, here) if flow in FLOWS else Step(None)
        case None:
            return _idle(event, here)


def _while_filling(at: Filling, event: Event, here: Here) -> Step:
    question = walking.question_at(at, here)
    takes_text = question is not None and isinstance(question.kind, Text)
    match event:
        case Wrote(text, message) if takes_text and at.question in {"title", "summary"}:
            found = read_offers(text)
            if len(found) > 1:
                return Step(offers.several(found, text, message, at))
            if offers.is_a_story(text, at, here):
                return offers.as_description(text, message, at, here)
        case Wrote(text, message, forwarded=True) if text and not takes_text:
            return Step(offers.out_of_the_blue(text, message, at, forwarded=True))
        case _:
            pass
    return filling.take(at, event, here)


def _idle(event: Event, here: Here) -> Step:
    """Nothing is going on: a story starts a report, anything else shows what one can do."""
    match event:
        case Wrote(text, message, forwarded) if text:
            found = read_offers(text)
            if len(found) > 1:
                return Step(offers.several(found, text, message, None))
            if forwarded:
                return report.with_privacy(from_text(here, text, message, forwarded=True), here)
            draft = next((each for each in here.look.reports() if each.status == "draft"), None)
            if draft:
                return Step(offers.unfinished(draft, text))
            if len(text) >= LIKE_A_STORY:
                return Step(offers.out_of_the_blue(text, message, None, forwarded=False))
            return Step(None)
        case SentFile(file) if file.kind == "photo":
            return _from_photo(event, here)
        case SentUnsupported(kind):
            return Step(None, screen=helping.home((note(filling.unsupported(kind)),)))
        case SentFile() | SharedLocation() | SharedContact():
            line = note(_("Please start a report first, and send that where it is asked for."))
            return Step(None, screen=helping.home((line,)))
        case Pressed():
            return Step(None, toast=STALE)
        case _:
            return Step(None)


def _from_photo(event: SentFile, here: Here) -> Step:
    """A picture starts a report of which it is a part; its caption is the description."""
    if why := refusal(event.file):
        return Step(None, screen=helping.home((note(why),)))
    begun = (
        from_text(here, event.caption, event.message, forwarded=event.forwarded) if event.caption else new_draft(here)
    )
    there = replace(here, look=Afterwards(here.look).then(begun.outcomes))
    if not isinstance(begun.at, Filling):
        return begun
    photo = filling.take(begun.at, replace(event, caption=""), there)
    step = replace(
        begun,
        notes=(*begun.notes, *photo.notes),
        outcomes=(*begun.outcomes, *photo.outcomes),
        album=event.album,
    )
    return replace(report.with_privacy(step, here), album=event.album)


def _unknown_command(event: Commanded, session: Session, here: Here) -> Step:
    """A slip of the thumb is corrected; anything else that begins with a slash may be a title, as in //Nethood."""
    near = get_close_matches(event.name, [command.name for command in COMMANDS], n=1, cutoff=0.7)
    at = session.at
    question = walking.question_at(at, here) if isinstance(at, Filling) else None
    if question and isinstance(question.kind, Text) and (not near or event.words.strip().count(" ") > 0):
        return _at(at, Wrote(event.words, event.message), here)
    line = helping.unknown_command(event.name, near[0] if near else None)
    return Step(at, (line,)) if at else Step(None, screen=helping.home((line,)))


def _tapped_in_words(text: str, at: Position | None, here: Here) -> Button | None:
    """The button whose words somebody wrote, where nothing else is to be written."""
    match at:
        case Filling() | InFlow():
            return None
        case Offered("library"):
            return same(text, list(chain(*offers.shown(at, here).rows)), here)
        case _:
            return meant(text, _standing(at, (), here), here)


def _returns_to(session: Session, here: Here) -> Report | None:
    """The draft in which somebody stands who has been away for so long that they may have forgotten."""
    at, since = session.at, session.active_at
    if since is None or here.now - since <= AWAY or not isinstance(at, Filling | AtSummary):
        return None
    found = here.look.report(at.report)
    return found if found and (found.status == "draft" or isinstance(at, Filling)) else None


def _left(at: Position | None, step: Step) -> tuple[Outcome, ...]:
    """What keeps the place in the report that this step leads away from, with all that was gathered there."""
    if not isinstance(at, Filling | AtSummary) or belongs_to(step.at) == at.report:
        return ()
    ended = (DraftLeft, DraftDiscarded, ReportSubmitted, ReportWithdrawn, ReportSentAgain)
    if any(isinstance(outcome, ended) and outcome.report == at.report for outcome in step.outcomes):
        return ()
    return (walking.leave(at),)


def _screens(step: Step, session: Session, here: Here) -> tuple[Screen, ...]:
    screen = _aside(step.screen, step.at) if step.screen else _standing(step.at, step.notes, here)
    if screen.revision is not None:
        return (screen,)
    return (replace(screen, report=belongs_to(session.at), step=session.step, album=step.album),)


def _aside(screen: Screen, at: Position | None) -> Screen:
    """`screen`, shown to somebody who stands elsewhere, with a way back to there, or on where they stand nowhere."""
    rows = (*screen.rows, (GO_ON,)) if at else screen.rows or helping.home().rows
    return replace(screen, rows=rows)


def _standing(at: Position | None, notes: tuple[Line, ...], here: Here) -> Screen:
    if at is None:
        return helping.home(notes)
    screen = _screen_of(at, here)
    return replace(screen, lines=(*notes, *screen.lines))


def _screen_of(at: Position, here: Here) -> Screen:
    match at:
        case Filling():
            return walking.shown(at, here)
        case AtSummary():
            return summary.shown(at, here)
        case Offered():
            return offers.shown(at, here)
        case InFlow(flow):
            return FLOWS[flow].shown(at, here) if flow in FLOWS else helping.home()


def belongs_to(at: Position | None) -> str:
    """The report that the buttons of a position belong to, or ""."""
    return at.report if isinstance(at, Filling | AtSummary) else ""


def _place(at: Position | None) -> tuple[object, ...]:
    """What must be the same for a button to be of this step: toggles and pages stay within one."""
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
