"""Answering a note: yes, no, one question, abuse; taking it back. An old button shows the note's present state."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import InFlow, Notice, Position, pack, unpack
from conversations.flows.contacts.words import in_touch, said, to_coordinators, to_recipient, to_sender
from conversations.flows.contacts.writing import misfit
from conversations.flows.reviews.review_notices import How, reviewers
from conversations.flows.shared import reaching
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, quoted
from conversations.model.contacts import OPEN, Note, NoteState, expert_of
from conversations.model.outcomes import NoteMoved
from conversations.model.people.permissions import can

GONE = _("That message is no longer available.")

NOT_NOW = Button(_("‹ Cancel"), "go_back")

VIEWS = {"note_yes": "reach", "note_ask": "ask", "note_abuse": "abuse", "note_answer": "reply"}
"""The view that each button opens; all but the last are for the recipient of the note."""

FITTING: dict[str, frozenset[NoteState]] = {"reach": OPEN, "abuse": OPEN, "ask": frozenset({"sent"})}
"""The states of a note in which a view can be used; in any other the note's state is shown."""


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes a button that needs one more step: how to be reached, a question, an answer, or a confirmation."""
    this, view = context.find.contacts.note(event.argument), VIEWS[event.action]
    if this is None or context.person.id not in (this.sender, this.recipient):
        return Step(at, toast=GONE, silent=True)
    if not _fits(this, view, context):
        return Step(at, screen=standing(this, context))
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "meeting" else pack(at)
    return Step(InFlow("meeting", view, {"this": this.id, "back": back}))


def declined(at: Position | None, event: Pressed, context: Context) -> Step:
    """Declines the note."""
    this = context.find.contacts.note(event.argument)
    if this is None or this.recipient != context.person.id:
        return Step(at, toast=GONE, silent=True)
    if this.state not in OPEN:
        return Step(at, screen=standing(this, context))
    now = replace(this, state="declined")
    notices = (_again(now, context), _to_sender(now, context))
    return Step(at, outcomes=(NoteMoved(now, this.state),), notices=notices, toast=_("They will be told."), silent=True)


def taken_back(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes the note back, which its sender can do until both are in touch."""
    this = context.find.contacts.note(event.argument)
    if this is None or this.sender != context.person.id:
        return Step(at, toast=GONE, silent=True)
    if this.state not in OPEN:
        return Step(at, screen=standing(this, context))
    now = replace(this, state="taken_back")
    return Step(
        at, outcomes=(NoteMoved(now, this.state),), notices=(_again(now, context),), screen=standing(now, context)
    )


def cleared(at: Position | None, event: Pressed, context: Context) -> Step:
    """Lets a coordinator allow a person to write notes again."""
    if not can(context.person, "judge notes"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    this = context.find.contacts.note(event.argument)
    if this is None or this.state not in ("reported", "cleared"):
        return Step(at, toast=GONE, silent=True)
    now = replace(this, state="cleared")
    cards = _to_coordinators(now, context, "update")
    if this.state == "cleared":
        return Step(at, notices=cards, toast=_("They can write messages again."), silent=True)
    told = Screen((note(_("A coordinator has looked at your message. You can write messages again.")),))
    notices = (*cards, Notice(this.sender, told, f"noted:{this.id}", "anew"))
    moved = NoteMoved(now, this.state)
    return Step(at, outcomes=(moved,), notices=notices, toast=_("They can write messages again."), silent=True)


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who answers a note."""
    back, this = unpack(at.held["back"]), context.find.contacts.note(at.held["this"])
    if isinstance(event, Pressed) and event.action == "go_back":
        return Step(back)
    if this is None:
        return Step(back, (note(GONE),))
    if not _fits(this, at.view, context):
        return Step(back, screen=standing(this, context))
    match at.view, event:
        case "reach", _:
            contact = reaching.read(event, context.find.contacts.contacts_of(this.report))
            return Step(at, (note(contact),)) if isinstance(contact, Words) else _accepted(this, contact, back, context)
        case "ask", Wrote(text) if text:
            why = misfit(text)
            return Step(at, (note(why),)) if why else _asked(this, text, back, context)
        case "reply", Wrote(text) if text:
            why = misfit(text)
            return Step(at, (note(why),)) if why else _replied(this, text, back, context)
        case "abuse", Pressed("is_abuse"):
            return _reported(this, back, context)
        case "abuse", _:
            return Step(at, (note(_("Tap one of the buttons.")),))
        case _:
            return Step(at, (note(_("Write it in a message.")),))


def standing(this: Note, context: Context) -> Screen:
    """Returns the present state of the note, for its sender or its recipient."""
    contacts = context.find.contacts
    other = this.sender if context.person.id == this.recipient else this.recipient
    if this.state == "connected":
        subject = contacts.subject(this.report)
        side = subject.library if other == this.recipient else context.find.partners.side(other)
        given, expert = contacts.given, expert_of(this.report)
        title = "" if expert and context.person.id == this.recipient else subject.title
        return in_touch(title, side, given(this.id, other), given(this.id, context.person.id), expert)
    return to_recipient(this, context) if context.person.id == this.recipient else to_sender(this, context)


def _fits(this: Note, view: str, context: Context) -> bool:
    """Returns whether this person can use that view of the note now."""
    if view == "reply":
        return context.person.id == this.sender and this.state == "asked"
    return context.person.id == this.recipient and this.state in FITTING[view]


def _accepted(this: Note, contact: str, back: Position | None, context: Context) -> Step:
    """Puts both in touch, if the sender still uses the bot: each gets the contact details of the other."""
    contacts, side = context.find.contacts, context.find.partners.side(this.sender)
    if side is None or not contacts.reaches(this.sender):
        lapsed = replace(this, state="lapsed")
        moved = (NoteMoved(lapsed, this.state),)
        return Step(back, outcomes=moved, notices=(_again(lapsed, context),), screen=to_recipient(lapsed, context))
    now = replace(this, state="connected")
    subject, theirs = contacts.subject(this.report), contacts.given(this.id, this.sender)
    expert = expert_of(this.report)
    reached = in_touch(subject.title, subject.library, contact, theirs, expert)
    told = Notice(this.sender, reached, f"noted:{this.id}", "anew")
    return Step(
        back,
        outcomes=(NoteMoved(now, this.state, contact),),
        notices=(_again(now, context), told),
        screen=in_touch("" if expert else subject.title, side, theirs, contact, expert),
    )


def _asked(this: Note, text: str, back: Position | None, context: Context) -> Step:
    now = replace(this, state="asked", question=text)
    notices = (_again(now, context), _to_sender(now, context))
    return Step(back, (note(_("Your question has been sent.")),), (NoteMoved(now, this.state),), notices)


def _replied(this: Note, text: str, back: Position | None, context: Context) -> Step:
    now = replace(this, state="answered", answer=text)
    told = Notice(this.recipient, to_recipient(now, context), f"note:{this.id}", "anew")
    return Step(back, (note(_("Your answer has been sent.")),), (NoteMoved(now, this.state),), (told,))


def _reported(this: Note, back: Position | None, context: Context) -> Step:
    now = replace(this, state="reported")
    notices = (_again(now, context), *_to_coordinators(now, context, "anew"))
    thanks = note(
        _("Thank you. Coordinators will read it. Until then, the person who wrote it cannot write any more messages.")
    )
    return Step(back, (thanks,), (NoteMoved(now, this.state),), notices)


def _again(this: Note, context: Context) -> Notice:
    """Returns a notice that renews the note in the chat of its recipient."""
    return Notice(this.recipient, to_recipient(this, context), f"note:{this.id}", "update")


def _to_sender(this: Note, context: Context) -> Notice:
    return Notice(this.sender, to_sender(this, context), f"noted:{this.id}", "anew")


def _to_coordinators(this: Note, context: Context, how: How) -> tuple[Notice, ...]:
    screen = to_coordinators(this, context)
    return tuple(Notice(member.id, screen, f"abuse:{this.id}", how) for member in reviewers(context))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks this person something about a note."""
    this = context.find.contacts.note(at.held["this"])
    if this is None:
        return Screen((note(GONE),), ((NOT_NOW,),))
    match at.view:
        case "reach":
            return reaching.asked(context.find.contacts.contacts_of(this.report), NOT_NOW)
        case "ask":
            lines = (heading(_("What would you like to know?")), Line(said(this.words)), ONE_ROUND)
            return Screen(lines, ((NOT_NOW,),))
        case "reply":
            asks = _("The library asks: {question}", question=quoted(this.question))
            if expert_of(this.report):
                asks = _("They ask: {question}", question=quoted(this.question))
            return Screen((heading(asks), Line(_("Write your answer."), Style.HELP)), ((NOT_NOW,),))
        case _:
            lines = (
                heading(_("Do you want to report this message as abuse?")),
                Line(said(this.words)),
                Line(
                    _("Coordinators will read it, together with everything the two of you have written here."),
                    Style.HELP,
                ),
            )
            return Screen(lines, ((Button(_("Yes, report it"), "is_abuse"),), (NOT_NOW,)))


ONE_ROUND = Line(_("Write one question. They will not learn who is asking."), Style.HELP)
