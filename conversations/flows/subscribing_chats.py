"""A subscription for a group or channel: its administrator adds the bot there, and hears when that has worked."""

from dataclasses import replace

from conversations.events import Event, Pressed
from conversations.flows.step import Step
from conversations.flows.subscription_words import chat_name
from conversations.here import Here
from conversations.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.session import InFlow, Position
from conversations.subscriptions import Chat, Subscription, Wishes, as_held
from conversations.words import _

CHATS = Button(_("For a group or channel"), "chats")


def take(at: InFlow, event: Event, here: Here) -> Step | None:
    """What happens to somebody who says where it is to come; None: it is not about that."""
    match at.view, event:
        case "review", Pressed("chats"):
            return Step(replace(at, view="chat"))
        case "chat", Pressed("chat", this) if this == "0" or _chat(this, here):
            return Step(replace(at, view="review", held={**at.held, "chat": int(this)}))
        case "chat", _:
            return Step(at, (note(_("Please tap one of the buttons.")),))
        case _:
            return None


def chosen(at: Position | None, event: Pressed, here: Here) -> Step:
    """A group or channel, from the notice that it is ready: one goes on with the subscription that was begun."""
    chat = _chat(event.argument, here)
    if chat is None:
        return Step(at, (note(_("I am not there any more, or you are not an administrator there.")),))
    if isinstance(at, InFlow) and at.flow == "subscribing":
        return Step(replace(at, view="review", held={**at.held, "chat": chat.id}))
    begun = Subscription(here.new_id(), Wishes(), chat=chat.id)
    return Step(InFlow("subscribing", "start", {"this": begun.id, "walks": False, **as_held(begun)}))


def shown(at: InFlow, here: Here) -> Screen:
    """Where it may come to, and how another group or channel is added."""
    lines = (
        heading(_("Where are the initiatives to come?")),
        Line(_("Add me to a group, or as an administrator to a channel. You have to be an administrator there.")),
        Line(_("Then I write to you here. Only what everybody may see comes to a group or channel."), Style.HELP),
    )
    known = tuple(
        Button(each.title, "chat", str(each.id), chosen=each.id == at.held["chat"])
        for each in here.look.subscriptions.chats()
    )
    mine = Button(_("Only to me"), "chat", "0", chosen=not at.held["chat"])
    add = (
        (
            Button(_("Add me to a group"), "add", link=f"https://t.me/{here.bot}?startgroup=news"),
            Button(_("Add me to a channel"), "add", link=f"https://t.me/{here.bot}?startchannel&admin=post_messages"),
        )
        if here.bot
        else ()
    )
    return Screen(lines, (*stacked(add), *stacked(known), (mine,), (Button(_("‹ Back"), "to", "review"),)))


def lines(subscription: Subscription, here: Here) -> tuple[Line, ...]:
    """Where it comes to, if not to the person."""
    if not subscription.chat:
        return ()
    return (Line(_("It comes to: {chat}", chat=chat_name(subscription.chat, here))),)


def ready(chat: int, title: str) -> Screen:
    """What an administrator is told once the bot is there and may write."""
    lines = (
        heading(_("I am there: {chat}", chat=title)),
        Line(_("Choose what is to come, and it comes there from now on. It ends when you remove me."), Style.HELP),
    )
    return Screen(lines, ((Button(_("Use it"), "sub_chat", str(chat)),),))


def not_administrator(title: str) -> Screen:
    """What somebody is told who added the bot without being an administrator."""
    return Screen((note(_("Only an administrator can have initiatives come there: {chat}", chat=title)),))


def _chat(this: str, here: Here) -> Chat | None:
    return next((each for each in here.look.subscriptions.chats() if str(each.id) == this), None)
