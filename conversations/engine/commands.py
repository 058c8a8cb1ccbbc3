"""The commands: what each one does, its line in the menu, and who sees it. A new command is one entry here."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.engine import start
from conversations.flows.calls import listing as call_listing
from conversations.flows.digests import digest, evidence, statistics
from conversations.flows.people import invite, language, members, settings
from conversations.flows.privacy import forget, my_data, privacy
from conversations.flows.reports import export, my_reports, report
from conversations.flows.reviews import broadcast, review
from conversations.flows.search import search
from conversations.flows.shared import help as help_texts
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import editor as subscription_editor
from conversations.flows.subscriptions import managing as managing_subscriptions
from conversations.language.words import Words, _


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its line in the menu, and the roles whose menu has it (empty: everybody)."""

    name: str
    description: Words
    take: Callable[[Position | None, str, Context], Step]
    roles: frozenset[str] = frozenset()


def _help(at: Position | None, _words: str, context: Context) -> Step:
    listed = [(each.name, each.description) for each in commands_of(context.person.roles)]
    return Step(at, screen=help_texts.help_screen(listed, context))


COORDINATORS = frozenset({"coordinator", "owner"})
"""The roles whose menu has the commands for coordinators."""

COMMANDS = (
    Command("report", _("Report an initiative"), report.command),
    Command("myreports", _("My reports: read, change, withdraw"), my_reports.command),
    Command("again", _("Copy the last report into a new one"), report.again),
    Command("invite", _("Invite partners and coordinators"), invite.command, COORDINATORS),
    Command("people", _("Who has which role"), members.command, COORDINATORS),
    Command("broadcast", _("Write to those who have reported"), broadcast.command, COORDINATORS),
    Command("review", _("Reports that wait to be reviewed"), review.command, COORDINATORS),
    Command("digest", _("What the past week has brought"), digest.command, COORDINATORS),
    Command("stats", _("Figures and pictures of all reports"), statistics.command, COORDINATORS),
    Command("export", _("Every report in a file"), export.command, COORDINATORS),
    Command("evidence", _("What is known to have changed"), evidence.command, COORDINATORS),
    Command("coverage", _("Municipalities that have reported, or not yet"), statistics.coverage, COORDINATORS),
    Command("search", _("Find initiatives by words"), search.command),
    Command("browse", _("All published initiatives"), search.browse),
    Command("calls", _("Open calls, and until when"), call_listing.command),
    Command("subscribe", _("Hear of new initiatives"), subscription_editor.command),
    Command("subscriptions", _("What you hear of: change, pause, end"), managing_subscriptions.command),
    Command("unsubscribe", _("Hear of it no more"), managing_subscriptions.unsubscribe),
    Command("cancel", _("Stop; what is there is kept"), report.cancel),
    Command("language", _("Choose the language"), language.command),
    Command("settings", _("Language and library"), settings.command),
    Command("privacy", _("What is stored, and why"), privacy.command),
    Command("mydata", _("Everything that is kept about me"), my_data.command),
    Command("forget", _("Delete what is kept about me"), forget.command),
    Command("help", _("All commands"), _help),
    Command("start", _("Begin here"), start.command),
)


def commands_of(roles: frozenset[str]) -> tuple[Command, ...]:
    """Returns the commands in the menu of a person with these roles."""
    return tuple(command for command in COMMANDS if not command.roles or command.roles & roles)
