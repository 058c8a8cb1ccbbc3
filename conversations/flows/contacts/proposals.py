"""Proposals: two people who look for each other are told of each other. A no, or no answer, is never passed on."""

from collections.abc import Mapping

from conversations.context.context import Context
from conversations.context.session import InFlow, Notice, Position, pack, unpack
from conversations.flows.contacts.words import in_touch
from conversations.flows.shared import reaching
from conversations.flows.shared.organisation_words import side_words
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, labelled, quoted
from conversations.model.contacts import Subject
from conversations.model.matchmaking import Pairing, Reason
from conversations.model.outcomes import PairingAnswered, ProposalsChosen
from conversations.model.people.organisations import Side

GONE = _("That suggestion is out of date.")

NOT_NOW = Button(_("‹ Cancel"), "go_back")

REASON_WORDS: Mapping[Reason, Words] = {
    "partners": _("The library is looking for partners, and the organisation is in the same municipality."),
    "volunteers": _("The library is looking for volunteers, and the organisation is in the same municipality."),
    "funding": _("The library is looking for funding, and the organisation is in the same municipality."),
    "sister_library": _("Both are looking for a sister library."),
    "joint_application": _("Both would like to apply for funding together, and work on the same theme."),
    "visit": _("One can receive a study visit, and the other would like to make one."),
    "study_visit": _("One is planning what the other already does, and both are open to a study visit."),
    "sparring": _("One would like to hear how others do it, and the other is happy to share."),
}


def proposed(
    pairing: Pairing, reader: int, own: Subject | None, other: Subject, common: tuple[Line, ...] = ()
) -> Screen:
    """Returns the proposal for `reader`. `own` and `other` are the two sides; a side without a title has no report.

    `common` is what both have said.
    """
    theirs = pairing.report_of(pairing.other(reader))
    lines = (
        heading(_("You may be looking for each other.")),
        Line(REASON_WORDS[pairing.reason]),
        Line(side_words(other.library)),
        *common,
        *((Line(_("Their initiative: {title}", title=quoted(other.title))),) if theirs else ()),
        *((Line(_("Your report: {title}", title=quoted(own.title))),) if own else ()),
        Line(
            _("Neither of you learns more until you have both said yes. If you do not answer, nothing happens."),
            Style.HELP,
        ),
    )
    read = ((Button(_("Read more"), "initiative", theirs),),) if theirs else ()
    this = str(pairing.id)
    rows = (
        *read,
        (Button(_("Yes, put us in touch"), "pair_yes", this),),
        (Button(_("No, thank you"), "pair_no", this), Button(_("Stop suggestions"), "pair_never")),
    )
    return Screen(lines, rows, revision=0)


def accepted(at: Position | None, event: Pressed, context: Context) -> Step:
    """Accepts: asks how the person can be reached, or shows the present state if they have said so already."""
    found = _found(event.argument, context)
    if found is None:
        return Step(at, toast=GONE, silent=True)
    if found.said_by(context.person.id) == "yes":
        return Step(at, screen=_standing(found, context))
    if context.now >= found.until:
        return Step(at, toast=GONE, silent=True)
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "pairing" else pack(at)
    return Step(InFlow("pairing", "reach", {"this": found.id, "back": back}))


def declined(at: Position | None, event: Pressed, context: Context) -> Step:
    """Declines, also after a yes that the other has not answered; the other person is not told."""
    found = _found(event.argument, context)
    if found is None:
        return Step(at, toast=GONE, silent=True)
    if found.is_connected:
        return Step(at, screen=_standing(found, context))
    outcomes = () if found.said_by(context.person.id) == "no" else (PairingAnswered(found.id, "no"),)
    return Step(at, outcomes=outcomes, screen=Screen((note(_("OK. Nobody will be told.")),), revision=0))


def never(at: Position | None, _event: Pressed, _context: Context) -> Step:
    """Stops all proposals; /settings turns them on again."""
    lines = (note(_("You will get no more suggestions. Turn them on again in /settings.")),)
    return Step(at, outcomes=(ProposalsChosen(False),), screen=Screen(lines))


def again(at: Position | None, _event: Pressed, _context: Context) -> Step:
    """Turns proposals on again."""
    lines = (note(_("You will get suggested contacts at most once a week.")),)
    return Step(at, outcomes=(ProposalsChosen(True),), screen=Screen(lines))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who has accepted and is asked how they can be reached."""
    found, back = _found(str(at.held["this"]), context), unpack(at.held["back"])
    if isinstance(event, Pressed) and event.action == "go_back":
        return Step(back)
    if found is None or context.now >= found.until:
        return Step(back, (note(GONE),))
    contact = reaching.read(event, _contacts(found, context))
    return Step(at, (note(contact),)) if isinstance(contact, Words) else _said_yes(found, contact, back, context)


def _said_yes(found: Pairing, contact: str, back: Position | None, context: Context) -> Step:
    me = context.person.id
    now = found.answered(me, "yes")
    outcomes = (PairingAnswered(found.id, "yes", contact),)
    if not now.is_connected:
        return Step(back, outcomes=outcomes, screen=_waiting(now))
    other = found.other(me)
    theirs = context.find.contacts.given(found.about, other)
    told = Notice(other, in_touch(_title(now, context), _side(now, me, context), contact, theirs), found.about, "anew")
    return Step(back, outcomes=outcomes, notices=(told,), screen=_in_touch(now, theirs, contact, context))


def _standing(found: Pairing, context: Context) -> Screen:
    if not found.is_connected:
        return _waiting(found)
    given, me = context.find.contacts.given, context.person.id
    return _in_touch(found, given(found.about, found.other(me)), given(found.about, me), context)


def _in_touch(found: Pairing, theirs: str, own: str, context: Context) -> Screen:
    return in_touch(_title(found, context), _side(found, found.other(context.person.id), context), theirs, own)


def _waiting(found: Pairing) -> Screen:
    lines = (
        note(_("Thank you. If they say yes too, you will both be told here. If not, nobody will learn your answer.")),
        Line(_("Until then you can withdraw your yes."), Style.HELP),
    )
    return Screen(lines, ((Button(labelled("proposal", "Withdraw my yes"), "pair_no", str(found.id)),),), revision=0)


def _found(this: str, context: Context) -> Pairing | None:
    """Returns the pairing with this number, if this person is one of the two."""
    found = context.find.contacts.pairing(int(this)) if this.isdecimal() and len(this) < 16 else None
    return found if found and context.person.id in (found.first, found.second) else None


def _side(found: Pairing, person: int, context: Context) -> Side | None:
    report = found.report_of(person)
    return context.find.contacts.subject(report).library if report else context.find.partners.side(person)


def _title(found: Pairing, context: Context) -> str:
    """Returns the title of the report in the pairing; if there are two, of the first."""
    report = found.first_report or found.second_report
    return context.find.contacts.subject(report).title if report else ""


def _contacts(found: Pairing, context: Context) -> tuple[str, ...]:
    return tuple(context.find.contacts.contacts_of(found.report_of(context.person.id)))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks how the person can be reached."""
    found = _found(str(at.held["this"]), context)
    return reaching.asked(_contacts(found, context) if found else (), NOT_NOW)
