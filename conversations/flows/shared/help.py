"""/help, and the screen for a person who stands nowhere."""

from collections.abc import Sequence
from itertools import chain

from conversations.context.context import Context
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _
from conversations.model.people.permissions import can

REPORT = Button(_("Report an initiative"), "report")
REPORTS = Button(_("My reports"), "reports")
FIND = Button(_("Find initiatives"), "browse")
HEAR = Button(_("Get notifications"), "subscribe")
QUEUE = Button(_("Review queue"), "queue", "0")
CALLS = Button(_("Calls"), "calls")
DIGEST = Button(_("Weekly digest"), "digest")
ORGANISATION = Button(_("My organisation"), "organisation")

HOW_TO_ANSWER = _("Answer in your own words or tap a button. You can also write “skip”, “back” or “stop”.")
"""The sentence for somebody who asks for help at a question."""


def ways(context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns the main buttons in the order of the role: librarians report, partners search, coordinators review."""
    if can(context.person, "review"):
        return ((QUEUE,), (CALLS, DIGEST), (FIND, HEAR), _reports(context))
    if "partner" in context.person.roles:
        organisation = ((ORGANISATION,),) if context.find.partners.own() else ()
        return ((FIND,), (HEAR,), *organisation, _reports(context))
    report, *mine = _reports(context)
    return ((report,), (*mine, FIND), (HEAR,))


def _reports(context: Context) -> tuple[Button, ...]:
    """Returns the buttons about reports; the list of one's own is of use only to those who have any."""
    return (REPORT, REPORTS) if context.find.reports.own() else (REPORT,)


def help_screen(groups: Sequence[tuple[Words, Sequence[tuple[str, Words]]]], context: Context) -> Screen:
    """Returns all commands, each with its description, under the headings of their groups."""
    lines: tuple[Line, ...] = (
        heading(_("What I can do")),
        *chain.from_iterable(
            (
                heading(group),
                *(Line(_("/{command} – {what}", command=name, what=what)) for name, what in commands),
            )
            for group, commands in groups
        ),
        Line(_("You can type instead of tapping, in any of the languages. Nothing you have sent is lost."), Style.HELP),
    )
    return Screen(lines, ways(context))


def home(context: Context, notes: tuple[Line, ...] = ()) -> Screen:
    """Returns the screen with what the person can do when they stand nowhere."""
    lines = notes or (heading(_("What would you like to do?")),)
    return Screen(lines, ways(context), news=len(notes))


def unknown_command(typed: str, nearest: str | None) -> Line:
    """Returns the sentence for a command that does not exist."""
    if nearest:
        return note(_("I do not know /{typed}. Did you mean /{nearest}?", typed=typed[:32], nearest=nearest))
    return note(_("I do not know /{typed}. /help shows all commands.", typed=typed[:32]))
