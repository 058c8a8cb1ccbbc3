"""A subscription for a group or channel: its administrator adds the bot there, and is told when that has worked."""

from dataclasses import replace
from datetime import timedelta

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions.words import chat_name
from conversations.language.events import Event, Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import _
from conversations.model.outcomes import AdministratorAsked
from conversations.model.subscriptions import Chat, Subscription, Wishes, as_held

CHATS = Button(_("For a group or channel"), "chats")

SURE_FOR = timedelta(minutes=10)
"""How long Telegram's word that a person is an administrator is enough to change what comes to the chat."""

NOT_THERE = _("I am no longer there, or you are not an administrator there.")


def take(at: InFlow, event: Event, context: Context) -> Step | None:
    """Returns what happens to a person who chooses the chat; None if the event is about something else."""
    match at.view, event:
        case "review", Pressed("chats"):
            return Step(replace(at, view="chat"))
        case "chat", Pressed("chat", this) if this == "0" or _chat(this, context):
            return Step(
                replace(at, view="review", held={**at.held, "chat": int(this)}), outcomes=asked(int(this), context)
            )
        case "chat", _:
            return Step(at, (note(_("Tap one of the buttons.")),))
        case _:
            return None


def chosen(at: Position | None, event: Pressed, context: Context) -> Step:
    """Takes the group or channel from the notice that it is ready, and goes on with the subscription that was begun."""
    chat = _chat(event.argument, context)
    if chat is None:
        return Step(at, (note(NOT_THERE),))
    sure = asked(chat.id, context)
    if isinstance(at, InFlow) and at.flow == "subscribing":
        return Step(replace(at, view="review", held={**at.held, "chat": chat.id}), outcomes=sure)
    begun = Subscription(context.new_id(), Wishes(), chat=chat.id)
    return Step(InFlow("subscribing", "start", {"this": begun.id, "walks": False, **as_held(begun)}), outcomes=sure)


def asked(chat: int, context: Context) -> tuple[AdministratorAsked, ...]:
    """Returns the outcome that asks Telegram whether the person is an administrator there; none if that is known.

    It is asked when the change begins, so that the answer has come when the change is saved.
    """
    found = _chat(str(chat), context)
    return () if found is None or _is_sure(found, context) else (AdministratorAsked(chat),)


def hindered(at: Position, subscription: Subscription, context: Context) -> Step | None:
    """Returns what a person is told who may not change this subscription now; None if they may.

    A subscription for a group or channel can be changed only by its present administrators. Its owner can always end
    it, and an administrator can begin a new one.
    """
    if not subscription.chat:
        return None
    found = _chat(str(subscription.chat), context)
    if found is None:
        return Step(at, (note(NOT_THERE),))
    if _is_sure(found, context):
        return None
    waits = _("I am asking Telegram whether you are still an administrator there. Tap again in a moment.")
    return Step(at, (note(waits),), outcomes=(AdministratorAsked(found.id),))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the chats to choose from, and how to add another."""
    lines = (
        heading(_("Where should the initiatives be sent?")),
        Line(_("Add me to a group, or to a channel as an administrator. You must be an administrator there.")),
        Line(_("I will then write to you here. Only what everyone can see is sent to a group or channel."), Style.HELP),
    )
    known = tuple(
        Button(each.title, "chat", str(each.id), chosen=each.id == at.held["chat"])
        for each in context.find.subscriptions.chats()
        if not each.orphaned
    )
    mine = Button(_("Only to me"), "chat", "0", chosen=not at.held["chat"])
    add = (
        (
            Button(_("Add me to a group"), "add", link=f"https://t.me/{context.bot}?startgroup=news"),
            Button(
                _("Add me to a channel"), "add", link=f"https://t.me/{context.bot}?startchannel&admin=post_messages"
            ),
        )
        if context.bot
        else ()
    )
    return Screen(lines, (*stacked(add), *stacked(known), (mine,), (Button(_("‹ Back"), "to", "review"),)))


def lines(subscription: Subscription, context: Context) -> tuple[Line, ...]:
    """Returns where the subscription is sent, if not to the person."""
    if not subscription.chat:
        return ()
    return (Line(_("Sent to: {chat}", chat=chat_name(subscription.chat, context))),)


def ready(chat: int, title: str) -> Screen:
    """Returns what an administrator is told when the bot has been added and may write."""
    lines = (
        heading(_("I have been added: {chat}", chat=title)),
        Line(
            _("Choose what should be sent, and it will be sent there from now on. It stops when you remove me."),
            Style.HELP,
        ),
    )
    return Screen(lines, ((Button(_("Use it"), "sub_chat", str(chat)),),))


def not_administrator(title: str) -> Screen:
    """Returns what a person is told who added the bot without being an administrator."""
    return Screen((note(_("Only an administrator can have initiatives sent there: {chat}", chat=title)),))


def no_longer(title: str) -> Screen:
    """Returns what a person is told who is no longer an administrator."""
    lines = (
        note(_("You are no longer an administrator there: {chat}", chat=title)),
        Line(
            _(
                "Initiatives will still be sent there. An administrator can change this by removing me there "
                "and adding me again."
            ),
            Style.HELP,
        ),
    )
    return Screen(lines)


def muted(title: str) -> Screen:
    """Returns what a person is told when the bot may no longer write in the chat."""
    lines = (
        note(_("I can no longer write there: {chat}", chat=title)),
        Line(
            _("What comes in the meantime will not be sent later. Make me an administrator there to continue."),
            Style.HELP,
        ),
    )
    return Screen(lines)


def unmuted(title: str) -> Screen:
    """Returns what they are told when the bot may write there again."""
    lines = (
        note(_("I can write there again: {chat}", chat=title)),
        Line(_("New initiatives will be sent there from now on. What came in the meantime was not sent."), Style.HELP),
    )
    return Screen(lines)


def _is_sure(chat: Chat, context: Context) -> bool:
    return chat.known_at is not None and context.now - chat.known_at <= SURE_FOR


def _chat(this: str, context: Context) -> Chat | None:
    """Returns the chat with this number, if the person is known to be an administrator of it."""
    chats = context.find.subscriptions.chats()
    return next((each for each in chats if str(each.id) == this and not each.orphaned), None)
