"""Deletes only the contact details of one report: the people named in it have a right to that."""

from conversations.context.context import Context
from conversations.context.session import Filling, Position
from conversations.flows.shared.step import Step
from conversations.flows.shared.titles import title_of
from conversations.forms.initiative import INITIATIVE
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.outcomes import ContactsErased
from conversations.model.reports import Report

PERSONAL = tuple(question.key for question in INITIATIVE.questions if question.personal)
"""The questions whose answers name people."""


def has_contacts(report: Report) -> bool:
    """Returns whether the report names anybody."""
    return any(report.answers.get(key) is not None for key in PERSONAL)


def button(report: Report) -> Button:
    """Returns the button in a report that opens this question."""
    return Button(_("Delete contact details"), "contacts_gone", report.id)


def asked(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks whether the contact details should be deleted."""
    report = context.find.reports.one(event.argument)
    if report is None or not has_contacts(report):
        return Step(at, (note(_("There are no contact details in it.")),))
    lines = (
        heading(_("Delete the contact details in {title}?", title=title_of(report))),
        Line(_("Names, addresses and numbers will be deleted, earlier ones too. The rest of the report stays.")),
        Line(_("Your messages of the last 48 hours with them will be deleted from this chat."), Style.HELP),
    )
    yes = Button(_("Yes, delete them"), "contacts_erased", report.id)
    return Step(at, screen=Screen(lines, ((yes,), (Button(_("No, keep them"), "open", report.id),))))


def confirmed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Deletes them. A person who stood at one of these questions goes back to the report."""
    report = context.find.reports.one(event.argument)
    if report is None or not has_contacts(report):
        return Step(at, (note(_("There are no contact details in it.")),))
    stands = None if isinstance(at, Filling) and at.report == report.id and at.question in PERSONAL else at
    back = ((Button(_("Open the report"), "open", report.id),),)
    done = Screen((note(_("The contact details have been deleted.")),), back)
    return Step(stands, outcomes=(ContactsErased(report.id, PERSONAL),), screen=done)
