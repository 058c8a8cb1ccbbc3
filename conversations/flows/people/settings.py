"""/settings: shows what is remembered about the person, and changes it."""

from conversations.context.context import Context
from conversations.context.session import Offered, Position
from conversations.flows.calls.editor_deadline import ZONES
from conversations.flows.reports import disambiguation
from conversations.flows.shared.organisation_words import STATE_WORDS, organisation_words
from conversations.flows.shared.step import Step, being_written
from conversations.flows.webhooks.listing import settings_lines
from conversations.language.events import Pressed
from conversations.language.languages import NAMES
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import _
from conversations.model.outcomes import TablesChosen, TimezoneChosen
from conversations.model.people.permissions import can


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the settings. A text that the person is writing is continued afterwards; a list or card is not."""
    library = context.person.library
    lines = (
        heading(_("Settings")),
        Line(_("Language: {name}", name=NAMES.get(context.person.language, context.person.language))),
        Line(_("Library: {name}", name=str(library["name"])) if library else _("Library: not chosen yet")),
        *_organisation(context),
        Line(_("Time zone: {zone}", zone=str(context.timezone))),
        Line(_("Suggested contacts: on") if context.person.proposals else _("Suggested contacts: off")),
        Line(_("Reminders: on") if context.person.reminders else _("Reminders: off")),
        *(() if context.person.tables else (Line(_("Figures: as plain text")),)),
        *settings_lines(context),
    )
    reminders = (
        Button(_("Stop reminders"), "remind_never")
        if context.person.reminders
        else Button(_("Turn reminders on"), "remind_again")
    )
    proposals = (
        Button(_("Stop suggestions"), "pair_never")
        if context.person.proposals
        else Button(_("Turn suggestions on"), "pair_again")
    )
    buttons = (
        (Button(_("Change language"), "languages"),),
        (Button(_("Change library"), "library"),),
        (Button(_("My organisation"), "organisation"),),
        (proposals,),
        (Button(_("Change time zone"), "live_in"), reminders),
        *(() if context.person.tables else ((Button(_("Figures in tables"), "tables_again"),),)),
        (Button(_("What we store"), "privacy"),),
        *(((Button(_("Data controller"), "controller"),),) if can(context.person, "name the controller") else ()),
        *(((Button(_("Webhooks"), "webhooks"),),) if can(context.person, "manage webhooks") else ()),
    )
    return Step(being_written(at), screen=Screen(lines, buttons))


def _organisation(context: Context) -> tuple[Line, ...]:
    own = context.find.partners.own()
    return (Line(organisation_words(own, context)), Line(STATE_WORDS[own.state], Style.HELP)) if own else ()


def choose_zone(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sets the time zone that the button names, or shows the time zones to choose from."""
    if event.argument in ZONES:
        said = note(_("Time zone: {zone}", zone=event.argument))
        return Step(at, outcomes=(TimezoneChosen(event.argument),), screen=Screen((said,)))
    zones = tuple(Button(zone, "live_in", zone, chosen=zone == str(context.timezone)) for zone in ZONES)
    return Step(at, screen=Screen((heading(_("What is your time zone?")),), stacked(zones, 2)))


def tables_again(at: Position | None, _event: Pressed, _context: Context) -> Step:
    """Shows figures in tables again."""
    said = note(_("Digests and figures come with tables again."))
    return Step(at, outcomes=(TablesChosen(True),), screen=Screen((said,)))


def change_library(at: Position | None, _context: Context) -> Step:
    """Asks for the library; afterwards the person returns to where they stood."""
    back = None if isinstance(at, Offered) else at
    return Step(disambiguation.library(back))
