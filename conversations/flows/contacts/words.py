"""Texts of a note for its recipient, for its sender, and for coordinators if it was reported as abuse."""

from collections.abc import Mapping
from typing import Any

from conversations.context.context import Context
from conversations.flows.shared.organisation_words import side_words
from conversations.flows.shared.roles import named
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Place, Words, _, labelled, quoted
from conversations.model.contacts import OPEN, Note, NoteState, expert_of
from conversations.model.people.members import Member
from conversations.model.people.organisations import Side

INTENTS: Mapping[str, Words] = {
    "take_part": labelled("note", "We would like to take part"),
    "advise": labelled("note", "We can give advice"),
    "hear": labelled("note", "We would like to hear more"),
}
"""The ready-made notes; each exists in every language."""

EXPERT_INTENTS: Mapping[str, Words] = {
    "ask_advice": labelled("note", "We would like your advice"),
    "invite_speaker": labelled("note", "We would like you to speak"),
    "join_project": labelled("note", "Would you join our project?"),
}
"""The ready-made notes to contact persons."""

SETTLED: Mapping[NoteState, Words] = {
    "connected": _("You are in touch."),
    "declined": _("The answer was: no, thank you."),
    "taken_back": _("The message was withdrawn."),
    "lapsed": _("The person who wrote it is no longer here. Nothing was passed on."),
    "reported": _("It was reported, and coordinators will read it."),
    "cleared": _("It was reported, and a coordinator has looked at it."),
}
"""Words for how a note has ended."""


def said(words: Mapping[str, Any]) -> Place:
    """Returns the words of a note: a ready-made text in the reader's language, or the text that was written."""
    chosen = {**INTENTS, **EXPERT_INTENTS}.get(str(words.get("chosen")))
    # Translators: the quotation marks of your language around a title.
    return _("“{title}”", title=chosen) if chosen else quoted(str(words.get("said", "")))


def sender_side(this: Note, context: Context) -> Words:
    """Returns who sent the note, as far as the recipient may know."""
    side = context.find.partners.side(this.sender)
    return side_words(side) if side else _("someone who is no longer a partner")


def to_recipient(this: Note, context: Context) -> Screen:
    """Returns the note for its recipient: with what they can do about it, or how it ended."""
    lines = (
        heading(_about_reader(this, context)),
        Line(sender_side(this, context)),
        *_told(this, asked_by_reader=True),
    )
    if this.state not in OPEN:
        return Screen((*lines, note(SETTLED[this.state])), revision=0)
    waits = (Line(_("Your question has been sent."), Style.HELP),) if this.state == "asked" else ()
    unknown = _("They do not know who you are. Nothing is passed on unless you say yes.")
    listed = _("They know you from the list of contact persons. No address is passed on unless you say yes.")
    secret = Line(listed if expert_of(this.report) else unknown, Style.HELP)
    ask = ((Button(_("Ask a question first"), "note_ask", this.id),),) if this.state == "sent" else ()
    rows = (
        (Button(_("Yes, put us in touch"), "note_yes", this.id),),
        *ask,
        (Button(_("No, thank you"), "note_no", this.id),),
        (Button(_("Report as abuse"), "note_abuse", this.id),),
    )
    return Screen((*lines, *waits, secret), rows, revision=0)


def to_sender(this: Note, context: Context) -> Screen:
    """Returns the note for its sender, who can take it back until both have said yes."""
    subject = context.find.contacts.subject(this.report)
    expert = expert_of(this.report)
    about = _("Your message about {title}", title=quoted(subject.title))
    lines = (
        heading(_("Your message to {name}", name=subject.title) if expert else about),
        *library_lines(subject.library),
        *_told(this, asked_by_reader=False),
    )
    card = to_expert(expert)
    if this.state not in OPEN:
        return Screen((*lines, note(SETTLED[this.state])), card, revision=0)
    back = (Button(_("Withdraw the message"), "note_back", this.id),)
    if this.state == "asked":
        return Screen(lines, ((Button(_("Answer"), "note_answer", this.id),), back, *card), revision=0)
    waits = Line(_("Waiting for an answer. You will get it here."), Style.HELP)
    return Screen((*lines, waits), (back, *card), revision=0)


def to_expert(expert: str) -> tuple[tuple[Button, ...], ...]:
    """Returns the button to the card of a contact person, none if `expert` is "".

    Every screen that names a contact person has their id in a button: that is how an erasure finds it.
    """
    return ((Button(_("About this person"), "expert", expert),),) if expert else ()


def library_lines(library: Side) -> tuple[Line, ...]:
    """Returns the line with the library; none for a contact person without one."""
    return (Line(side_words(library)),) if library.name else ()


def _about_reader(this: Note, context: Context) -> Words:
    """Returns what the note is about, for its recipient."""
    if expert_of(this.report):
        return _("A message to you as a contact person")
    return _("A message about your report: {title}", title=quoted(context.find.contacts.subject(this.report).title))


def in_touch(title: str, other: Side | None, theirs: str, own: str, expert: str = "") -> Screen:
    """Returns what each of the two sees when both have said yes; `title` is that of the report, "" without one.

    `expert` is the id of the contact person, if one was written to; for that person `title` is "".
    """
    lines = (
        heading(_("You are in touch: {title}", title=quoted(title)) if title else _("You are in touch.")),
        *(library_lines(other) if other else ()),
        Line(_("Their contact details: {contact}", contact=theirs)),
        Line(_("They have received yours: {contact}", contact=own), Style.HELP),
    )
    return Screen(lines, to_expert(expert), revision=0)


def to_coordinators(this: Note, context: Context) -> Screen:
    """Returns a note that was reported: everything that was written, and by whom."""
    member = context.find.people.member(this.sender)
    title = context.find.contacts.subject(this.report).title
    about = _("To a contact person") if expert_of(this.report) else _("About: {title}", title=quoted(title))
    lines = (
        heading(_("A message was reported as abuse.")),
        Line(_("Written by: {name}", name=named(member or Member(this.sender, "", frozenset())))),
        Line(sender_side(this, context)),
        Line(about),
        *_told(this, asked_by_reader=True),
    )
    if this.state == "cleared":
        return Screen((*lines, note(_("They can write messages again."))), revision=0)
    stopped = Line(_("They cannot write messages until a coordinator allows it again."), Style.HELP)
    return Screen((*lines, stopped), ((Button(_("Let them write again"), "note_clear", this.id),),), revision=0)


def _told(this: Note, *, asked_by_reader: bool) -> tuple[Line, ...]:
    """Returns what was written so far."""
    question: tuple[Line, ...] = ()
    if this.question:
        asked = quoted(this.question)
        if asked_by_reader:
            question = (Line(_("You asked: {question}", question=asked)),)
        elif expert_of(this.report):
            question = (Line(_("They ask: {question}", question=asked)),)
        else:
            question = (Line(_("The library asks: {question}", question=asked)),)
    answer = (Line(_("The answer: {answer}", answer=quoted(this.answer))),) if this.answer else ()
    return (Line(said(this.words)), *question, *answer)
