"""Writing a note to the reporter of an initiative: its text, how the sender can be reached, and a preview."""

from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Notice, Position, pack, unpack
from conversations.flows.contacts.words import (
    EXPERT_INTENTS,
    INTENTS,
    library_lines,
    said,
    to_recipient,
    to_sender,
)
from conversations.flows.search import card as initiative_card
from conversations.flows.shared import reaching
from conversations.flows.shared.organisation_words import side_words
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _, quoted
from conversations.model.contacts import A_DAY, A_DAYS_NOTES, LONGEST, SHORTEST, Note, expert_of
from conversations.model.outcomes import NoteSent

NOT_NOW = Button(_("‹ Cancel"), "go_back")

NOT_LISTED = _("That person is not listed any more.")


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Begins a note about the initiative that the button names, or says why this is not possible."""
    report = event.argument
    if gone := _gone(report, context):
        return Step(at, screen=gone)
    if found := context.find.contacts.open_note(report):
        return Step(at, screen=to_sender(found, context))
    if refused := refusal(report, context):
        return Step(at, screen=refused)
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "contact" else pack(at)
    return Step(InFlow("contact", "words", {"this": report, "back": back}))


def _gone(about: str, context: Context) -> Screen | None:
    """Returns what is said if the initiative or the contact person cannot be seen any more; None if it can."""
    if expert := expert_of(about):
        return None if context.find.experts.one(expert) else Screen((note(NOT_LISTED),))
    return None if context.find.initiatives.initiative(about) else initiative_card.gone()


def refusal(report: str, context: Context) -> Screen | None:
    """Returns why this person cannot write about that report now; None if they can."""
    if context.find.partners.side(context.person.id) is None:
        return _unknown(context)
    why = _hindrance(report, context)
    return Screen((note(why),)) if why else None


def _hindrance(report: str, context: Context) -> Words | None:
    contacts = context.find.contacts
    reporter = contacts.reporter(report)
    if reporter is None:
        return _("This report was imported, so there is nobody here to contact.")
    if reporter == context.person.id:
        return _("That is you.") if expert_of(report) else _("That is your own report.")
    if contacts.is_stopped():
        return _("You cannot write messages at the moment: one was reported, and a coordinator will look at it.")
    if contacts.sent_since(context.now - A_DAY) >= A_DAYS_NOTES:
        return _("That was your last message for today. You can write again tomorrow.")
    if not contacts.reaches(reporter):
        if expert_of(report):
            return _("You cannot contact that person here at the moment.")
        return _("You cannot contact that library here at the moment.")
    return None


def _unknown(context: Context) -> Screen:
    own = context.find.partners.own()
    if own and own.state == "waiting":
        return Screen((note(_("A coordinator must confirm your organisation first. Then you can write.")),))
    lines = (
        note(_("Partners can write to libraries, and libraries to each other once one of their reports is published.")),
        Line(_("First choose your organisation."), Style.HELP),
    )
    return Screen(lines, ((Button(_("Choose organisation"), "organisation"),),))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who writes a note."""
    report, back = str(at.held["this"]), unpack(at.held["back"])
    if isinstance(event, Pressed) and event.action == "go_back":
        return Step(back)
    match at.view, event:
        case "words", Pressed("intent", key) if key in {**INTENTS, **EXPERT_INTENTS}:
            return Step(_next(at, words={"chosen": key}))
        case "words", Wrote(text) if text:
            why = misfit(text)
            return Step(at, (note(why),)) if why else Step(_next(at, words={"said": text}))
        case "reach", _:
            contact = reaching.read(event, context.find.contacts.contacts_of(report))
            return Step(at, (note(contact),)) if isinstance(contact, Words) else Step(_next(at, contact=contact))
        case "preview", Pressed("words" | "reach" as view):
            return Step(replace(at, view=view))
        case "preview", Pressed("send"):
            return _sent(at, context)
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def misfit(text: str) -> Words | None:
    """Returns why a text cannot be a note, a question or an answer; None if it can."""
    if len(text) < SHORTEST:
        return _("Write a little more, at least a sentence.")
    if len(text) > LONGEST:
        return _(
            "That is too long: {length} characters, and there is room for {most}. Send a shorter version.",
            length=len(text),
            most=LONGEST,
        )
    return None


def _next(at: InFlow, **held: Any) -> InFlow:
    """Returns the position at the next thing that is still missing."""
    gathered = {**at.held, **held}
    missing = "reach" if "contact" not in gathered else "preview"
    return replace(at, view=missing, held=gathered)


def _sent(at: InFlow, context: Context) -> Step:
    report, back = str(at.held["this"]), unpack(at.held["back"])
    if gone := _gone(report, context):
        return Step(back, screen=gone)
    if found := context.find.contacts.open_note(report):
        return Step(back, screen=to_sender(found, context))
    refused, recipient = refusal(report, context), context.find.contacts.reporter(report)
    if refused or recipient is None:
        return Step(back, screen=refused)
    this = Note(context.new_id(), report, context.person.id, recipient, at.held["words"])
    told = Notice(recipient, to_recipient(this, context), f"note:{this.id}", "anew")
    return Step(back, outcomes=(NoteSent(this, at.held["contact"]),), notices=(told,), screen=to_sender(this, context))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen that asks for it, or the preview of what the recipient will see."""
    about = str(at.held["this"])
    subject, expert = context.find.contacts.subject(about), expert_of(about)
    match at.view:
        case "words":
            if expert:
                told = _("Tap what fits, or write your own message. They decide whether to get in touch.")
                title = _("Message to {name}", name=subject.title)
            else:
                told = _("Tap what fits, or write your own message. The library decides whether to get in touch.")
                title = _("Message about {title}", title=quoted(subject.title))
            lines = (heading(title), *library_lines(subject.library), Line(told))
            known = EXPERT_INTENTS if expert else INTENTS
            intents = tuple((Button(words, "intent", key),) for key, words in known.items())
            return Screen(lines, (*intents, (replace(NOT_NOW, argument=expert),)))
        case "reach":
            return reaching.asked(context.find.contacts.contacts_of(str(at.held["this"])), NOT_NOW)
        case _:
            return _preview(at, context)


def _preview(at: InFlow, context: Context) -> Screen:
    side = context.find.partners.side(context.person.id)
    lines = (
        heading(_("This is what they will see:")),
        *((Line(side_words(side)),) if side else ()),
        Line(said(at.held["words"])),
        note(_("Your name and Telegram account are not shown.")),
        Line(
            _(
                "By sending this you agree to be put in touch. If they say yes too, they will get: {contact}",
                contact=at.held["contact"],
            )
        ),
        Line(_("Until then you can withdraw your yes."), Style.HELP),
    )
    rows = (
        (Button(_("Send"), "send", tone="primary"),),
        (Button(_("Edit the message"), "words"), Button(_("Edit my contact details"), "reach")),
        (NOT_NOW,),
    )
    return Screen(lines, rows)
