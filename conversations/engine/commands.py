"""The commands: what each one does, its line in the menu, and who sees it. A new command is one entry here."""

from collections.abc import Callable
from dataclasses import dataclass

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.engine import start
from conversations.flows.calls import listing as call_listing
from conversations.flows.collections import listing as collection_listing
from conversations.flows.digests import digest, evidence, statistics
from conversations.flows.events import listing as event_listing
from conversations.flows.experts import finding as finding_experts
from conversations.flows.people import invite, language, members, settings
from conversations.flows.privacy import forget, my_data, privacy
from conversations.flows.reports import my_reports, report
from conversations.flows.reports.files import export
from conversations.flows.reviews import broadcast, review
from conversations.flows.search import search
from conversations.flows.shared import help as help_texts
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import editor as subscription_editor
from conversations.flows.subscriptions import managing as managing_subscriptions
from conversations.language.words import Words, _, labelled


@dataclass(frozen=True, slots=True)
class Command:
    """A command, its line in the menu, and the roles whose menu has it (empty: everybody)."""

    name: str
    description: Words
    take: Callable[[Position | None, str, Context], Step]
    roles: frozenset[str] = frozenset()
    group: Words | None = None
    """The heading under which /help lists it; None: it is not listed there."""


def _help(at: Position | None, _words: str, context: Context) -> Step:
    commands = commands_of(context.person.roles)
    groups = [
        (group, [(each.name, each.description) for each in commands if each.group == group])
        for group in GROUPS
        if any(each.group == group for each in commands)
    ]
    return Step(at, screen=help_texts.help_screen(groups, context))


COORDINATORS = frozenset({"coordinator", "owner"})
"""The roles whose menu has the commands for coordinators."""

REPORTING = labelled("group", "Report")
REVIEWING = labelled("group", "Review")
PEOPLE = labelled("group", "People")
FIGURES = labelled("group", "Figures")
FINDING = labelled("group", "Find")
NOTIFICATIONS = labelled("group", "Notifications")
YOU = labelled("group", "You and your data")
GROUPS = (REVIEWING, REPORTING, FINDING, NOTIFICATIONS, FIGURES, PEOPLE, YOU)
"""The headings of /help, in their order."""

COMMANDS = (
    Command("report", _("Report an initiative"), report.command, group=REPORTING),
    Command("myreports", _("My drafts and reports"), my_reports.command, group=REPORTING),
    Command("again", _("Copy my last report"), report.again, group=REPORTING),
    Command("invite", _("Invite people"), invite.command, COORDINATORS, group=PEOPLE),
    Command("people", _("People and their roles"), members.command, COORDINATORS, group=PEOPLE),
    Command("broadcast", _("Message people who have reported"), broadcast.command, COORDINATORS, group=PEOPLE),
    Command("review", _("Review queue"), review.command, COORDINATORS, group=REVIEWING),
    Command("digest", _("Weekly digest"), digest.command, COORDINATORS, group=FIGURES),
    Command("stats", _("Figures and charts"), statistics.command, COORDINATORS, group=FIGURES),
    Command("export", _("Export reports to a file"), export.command, COORDINATORS, group=FIGURES),
    Command("evidence", _("Results and evidence"), evidence.command, COORDINATORS, group=FIGURES),
    Command("coverage", _("Which municipalities have reported"), statistics.coverage, COORDINATORS, group=FIGURES),
    Command("search", _("Search initiatives"), search.command, group=FINDING),
    Command("browse", _("All published initiatives"), search.browse, group=FINDING),
    Command("experts", _("Contact persons whom you can ask"), finding_experts.command, group=FINDING),
    Command("collections", _("Collections of good examples"), collection_listing.command, group=FINDING),
    Command("calls", _("Open calls and deadlines"), call_listing.command, group=REPORTING),
    Command("events", _("Theme days, study visits and more"), event_listing.command, group=FINDING),
    Command("subscribe", _("Get notifications"), subscription_editor.command, group=NOTIFICATIONS),
    Command("subscriptions", _("My subscriptions"), managing_subscriptions.command, group=NOTIFICATIONS),
    Command("unsubscribe", _("Stop a subscription"), managing_subscriptions.unsubscribe, group=NOTIFICATIONS),
    Command("cancel", _("Stop and keep what I have"), report.cancel, group=REPORTING),
    Command("language", _("Change language"), language.command, group=YOU),
    Command("settings", _("Settings"), settings.command, group=YOU),
    Command("privacy", _("Privacy: what we store and why"), privacy.command, group=YOU),
    Command("mydata", _("Download my data"), my_data.command, group=YOU),
    Command("forget", _("Delete my data"), forget.command, group=YOU),
    Command("help", _("All commands"), _help),
    Command("start", _("Start"), start.command),
)


def commands_of(roles: frozenset[str]) -> tuple[Command, ...]:
    """Returns the commands in the menu of a person with these roles."""
    return tuple(command for command in COMMANDS if not command.roles or command.roles & roles)
