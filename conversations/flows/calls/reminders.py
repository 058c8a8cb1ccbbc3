"""Texts and buttons of reminders: "not now" and "never again"."""

from datetime import date, datetime

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.call_words import left_words
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _, quoted
from conversations.model.calls import WholeCall
from conversations.model.outcomes import ReminderPutOff, RemindersChosen

NEVER = Button(_("Stop reminders"), "remind_never")


def of_call(call: WholeCall, occasion: int, now: datetime) -> Screen:
    """Returns a reminder of a call, for a person who has not answered it."""
    lines = (
        heading(_("Your library’s answer is welcome.")),
        Line(_("{title}: {left}", title=call.title, left=left_words(call, now))),
        Line(_("A report takes less than four minutes."), Style.HELP),
    )
    later = Button(_("Not now"), "remind_later", str(occasion))
    return Screen(lines, ((Button(_("Answer this call"), "call_report", call.slug),), (later, NEVER)))


def of_draft(report: str, title: str, occasion: int) -> Screen:
    """Returns a reminder of a draft that was left."""
    what = (
        _("Your draft {title} has not been sent yet.", title=quoted(title))
        if title
        else _("You started a report that has not been sent yet.")
    )
    lines = (heading(what), Line(_("Everything so far is saved. You can continue where you stopped."), Style.HELP))
    later = Button(_("Not now"), "remind_later", str(occasion))
    return Screen(lines, ((Button(_("Continue ›"), "open", report),), (later, NEVER)))


def of_absence(report: str) -> Screen:
    """Returns a greeting after the bot was down for so long that Telegram no longer has what was sent to it."""
    lines = (
        heading(_("Sorry, I was offline for more than a day.")),
        Line(_("Anything you sent during that time did not reach me. Send your last answer again.")),
        Line(_("Everything so far is saved. You can continue where you stopped."), Style.HELP),
    )
    return Screen(lines, ((Button(_("Continue ›"), "open", report),),))


def of_drafts_end(report: str, title: str, end: date) -> Screen:
    """Returns a warning that an old draft will be deleted."""
    what = (
        _("Your draft {title} will be deleted on {date}.", title=quoted(title), date=end)
        if title
        else _("The report you started will be deleted on {date}.", date=end)
    )
    lines = (heading(what), Line(_("If you continue it, it stays."), Style.HELP))
    return Screen(lines, ((Button(_("Continue ›"), "open", report),),))


def later(at: Position | None, event: Pressed, _context: Context) -> Step:
    """Postpones the reminder to the next day, if there is still time then."""
    number = event.argument
    known = number.isdecimal() and len(number) < 16
    put_off = (ReminderPutOff(int(number)),) if known else ()
    return Step(at, outcomes=put_off, toast=_("OK, I will ask again another day."), silent=True)


def never(at: Position | None, _event: Pressed, _context: Context) -> Step:
    """Stops all reminders; /settings turns them on again."""
    lines = (note(_("You will get no more reminders. Turn them on again in /settings.")),)
    return Step(at, outcomes=(RemindersChosen(False),), screen=Screen(lines))


def again(at: Position | None, _event: Pressed, _context: Context) -> Step:
    """Turns reminders on again."""
    return Step(at, outcomes=(RemindersChosen(True),), screen=Screen((note(_("You will get reminders again.")),)))
