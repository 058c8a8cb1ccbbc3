"""A coordinator gives a report to another librarian of its library: people change jobs. Both are told."""

from conversations.context.context import Context
from conversations.context.session import Notice, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.report_words import title
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Place, Words, _, counted, quoted
from conversations.model.followups.looking import HANDED_OVER, Colleague
from conversations.model.outcomes import ReportHandedOver
from conversations.model.people.permissions import can
from conversations.model.reviews import UnderReview

SHOWN = 8
"""People of a library that are offered; those with most reports."""

# Translators: a button: let a colleague answer the questions on an initiative later.
HAND_OVER = Button(_("Hand over"), "hand_over")
"""Opens the choice of the librarian who takes a report over."""


def offered(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the other people of the report's library."""
    review = _seen(event.argument or event.report, at, context)
    if isinstance(review, Step):
        return review
    found = context.find.followups.colleagues(review.id)[:SHOWN]
    if not found:
        nobody = _("Nobody else of this library has started the bot and chosen the library. /invite makes a link.")
        return Step(at, screen=Screen((heading(_asked(review)), Line(nobody)), ((_back(review),),)))
    lines = (
        heading(_asked(review)),
        *(Line(_described(number, each)) for number, each in enumerate(found, 1)),
        Line(_("People of the same library. Who takes it over is its author from then on."), Style.HELP),
    )
    buttons = tuple(
        (Button(_("{n}. {title}", n=number, title=_name(each)), "hand_to", f"{review.id}.{each.person}"),)
        for number, each in enumerate(found, 1)
    )
    return Step(at, screen=Screen(lines, (*buttons, (_back(review),))))


def chosen(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks whether the report is to be handed over to the person that the button names."""
    found = _found(event, at, context)
    if isinstance(found, Step):
        return found
    review, colleague = found
    lines = (
        heading(_("Hand over {title} to {name}?", title=title(review), name=_name(colleague))),
        Line(_("Its reference, its history and its links stay the same. Everybody concerned is told.")),
    )
    yes = Button(_("Yes, hand it over"), "hand_over_yes", f"{review.id}.{colleague.person}")
    return Step(at, screen=Screen(lines, ((yes,), (Button(_("No, keep it"), "hand_over", review.id),))))


def confirmed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Hands the report over, and tells both."""
    found = _found(event, at, context)
    if isinstance(found, Step):
        return found
    review, colleague = found
    what = title(review)
    whom = {"title": what, "name": _name(colleague)}
    done = (
        _("{title} is handed over to {name}. Both are told.", **whom)
        if review.author is not None
        else _("{title} is handed over to {name}, who is told.", **whom)
    )
    new = Screen(
        (
            heading(_("You look after this report now: {title}", title=what)),
            Line(_("A coordinator has handed it over to you. You are asked from now on how it goes.")),
            Line(_("Check whether the contact details in it are still right."), Style.HELP),
        ),
        ((Button(_("Open the report"), "open", review.id),),),
    )
    before = Screen(
        (
            heading(_("A colleague looks after your report now: {title}", title=what)),
            Line(_("A coordinator has handed it over. You do not need to do anything. Thank you for it.")),
        )
    )
    key = f"handed:{review.id}:{int(context.now.timestamp())}"
    notices: tuple[Notice, ...] = (Notice(colleague.person, new, key, "anew"),)
    if review.author is not None:
        notices = (*notices, Notice(review.author, before, key, "anew"))
    outcome = ReportHandedOver(review.id, colleague.person)
    return Step(at, outcomes=(outcome,), notices=notices, screen=Screen((note(done),), ((_back(review),),)))


def _found(event: Pressed, at: Position | None, context: Context) -> tuple[UnderReview, Colleague] | Step:
    """Returns the report and the person that a button names, or a step that says why they are not offered."""
    report, _dot, person = event.argument.partition(".")
    review = _seen(report, at, context)
    if isinstance(review, Step):
        return review
    if person == str(review.author):
        return Step(at, screen=Screen((note(_("It has been handed over already.")),), ((_back(review),),)))
    colleagues = context.find.followups.colleagues(review.id)
    colleague = next((each for each in colleagues if str(each.person) == person), None)
    if colleague is None:
        return Step(at, screen=Screen((note(_("That person can no longer take it over.")),), ((_back(review),),)))
    return review, colleague


def _seen(report: str, at: Position | None, context: Context) -> UnderReview | Step:
    """Returns the report if this person may hand it over; else a step that says why not."""
    if not can(context.person, "hand over"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    found = context.find.review.report(report)
    if found is None or found.status not in HANDED_OVER:
        return Step(at, toast=_("This report cannot be handed over any more."), silent=True)
    return found


def _asked(review: UnderReview) -> Words:
    return _("Who takes over {title}?", title=title(review))


def _name(colleague: Colleague) -> Place:
    return colleague.name or _("Person {number}", number=str(colleague.person))


def _described(number: int, colleague: Colleague) -> Words:
    """Returns who it is, by the reports of theirs that everybody knows: librarians have no names here."""
    if not colleague.reports:
        return _("{n}. {name}: no published report yet", n=number, name=_name(colleague))
    reports = counted("one report", "{n} reports", colleague.reports)
    return _(
        "{n}. {name}: {reports}, the latest {title}",
        n=number,
        name=_name(colleague),
        reports=reports,
        title=quoted(colleague.latest, 60),
    )


def _back(review: UnderReview) -> Button:
    return Button(_("Open the report"), "card", review.id)
