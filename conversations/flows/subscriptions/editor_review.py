"""Checking a subscription: all its wishes, what it would have sent, and saving it."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import editor_chats
from conversations.flows.subscriptions.editor_state import STOP, with_
from conversations.flows.subscriptions.screens import kept_screen, pace_rows
from conversations.flows.subscriptions.words import PARTS, name_of, part_of
from conversations.language.events import Event, Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Words, _, counted
from conversations.model.matching import Told
from conversations.model.outcomes import SubscriptionKept, SubscriptionsEnded
from conversations.model.subscriptions import Pace, Subscription, Wishes, from_held

MAIN = ("themes", "groups", "places")
"""The parts that are always shown; the others once they are chosen or asked for."""

A_MONTH = timedelta(days=30)


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens to a person who checks the subscription."""
    match event:
        case Pressed("pace", pace) if pace in get_args(Pace):
            return Step(with_(at, pace=pace))
        case Pressed("weekday", day) if day in map(str, range(7)):
            return Step(with_(at, weekday=int(day)))
        case Pressed("hour", hour) if hour in map(str, range(24)):
            return Step(with_(at, hour=int(hour)))
        case Pressed("more"):
            return Step(with_(at, more=True))
        case Pressed("save"):
            return _saved(at, context)
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _saved(at: InFlow, context: Context) -> Step:
    subscription = replace(from_held(at.held), paused=False)
    if hindered := editor_chats.hindered(at, subscription, context):
        return hindered
    kept = SubscriptionKept(subscription)
    # A second subscription with the same wishes replaces the first.
    for twin in context.find.subscriptions.own():
        if (twin.wishes, twin.chat) == (subscription.wishes, subscription.chat) and twin.id != subscription.id:
            ended = SubscriptionsEnded((twin.id,))
            return Step(None, outcomes=(ended, kept), screen=kept_screen(subscription, context))
    return Step(None, outcomes=(kept,), screen=kept_screen(subscription, context))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with what is chosen and everything that can be changed."""
    subscription, said = from_held(at.held), str(at.held.get("said", ""))
    lines = (
        heading(_("You will get notifications about: {what}", what=name_of(subscription.wishes, context))),
        *editor_chats.lines(subscription, context),
        *((Line(_("That is what I read in “{text}”. Is it right?", text=said)),) if said else ()),
        Line(would_have_sent(subscription, context)),
        Line(_("Tap what you want to change."), Style.HELP),
    )
    known = context.find.subscriptions.one(subscription.id)
    save = Button(_("Save the changes") if known else _("Subscribe"), "save", tone="primary")
    rows = (
        (save,),
        *stacked(_parts(subscription.wishes, context, all_of_them=bool(at.held.get("more")))),
        *pace_rows(subscription),
        (editor_chats.CHATS,),
        (STOP,),
    )
    return Screen(lines, rows)


def _parts(wishes: Wishes, context: Context, *, all_of_them: bool) -> tuple[Button, ...]:
    """Returns a button for each part that is chosen or mostly asked for, and one that shows the others."""
    shown = {part: words for part, words in PARTS.items() if all_of_them or part in MAIN or getattr(wishes, part)}
    parts = tuple(
        Button(_("✏️ {what}: {chosen}", what=words, chosen=part_of(wishes, part, context)), "to", part)
        for part, words in shown.items()
    )
    return parts if len(shown) == len(PARTS) else (*parts, Button(_("More filters"), "more"))


def would_have_sent(subscription: Subscription, context: Context) -> Words:
    """Returns how many initiatives of the last thirty days it would have sent, by the rule that notices use."""
    recent = context.find.subscriptions.recent(context.now - A_MONTH)
    told = (
        Told(each, context.registers.spellings) for each in recent if not subscription.chat or each.sharing == "public"
    )
    number = sum(each.matches(subscription.wishes) for each in told)
    if not number:
        return _("In the last 30 days there would have been none.")
    return counted(
        "In the last 30 days there would have been one.",
        "In the last 30 days there would have been {n}.",
        number,
    )
