"""/subscriptions and /unsubscribe: listing, pausing, changing and ending subscriptions, also from a notice."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant, same
from conversations.flows.subscriptions import editor as subscription_editor
from conversations.flows.subscriptions import editor_chats
from conversations.flows.subscriptions.editor_review import would_have_sent
from conversations.flows.subscriptions.editor_state import STOP
from conversations.flows.subscriptions.screens import SUBSCRIBE, ended_screen, how_often, kept_screen
from conversations.flows.subscriptions.words import VOCABULARIES, button, headline
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import _
from conversations.model.outcomes import SubscriptionKept, SubscriptionsEnded, SubscriptionsRevived
from conversations.model.subscriptions import Subscription, Wishes

UNDO_AT_ONCE = 3
"""Most subscriptions that one button can restore, because its argument is short."""

NONE_YET = _("You have no subscriptions. /subscribe starts one.")


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows all subscriptions, to choose one; without any, begins the first."""
    if not context.find.subscriptions.own():
        return replace(subscription_editor.command(at, "", context), notes=(note(NONE_YET),))
    return Step(InFlow("subscriptions", "list", {"this": None}))


def pressed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the same, from a button."""
    return command(at, "", context)


def unsubscribe(at: Position | None, _words: str, context: Context) -> Step:
    """Ends the only subscription at once, or asks which one; there is no confirmation, because it can be undone."""
    own = context.find.subscriptions.own()
    match list(own):
        case []:
            return Step(at, screen=Screen((note(NONE_YET),)))
        case [only]:
            return Step(at, outcomes=(SubscriptionsEnded((only.id,)),), screen=ended_screen((only,), context))
        case _:
            return Step(InFlow("subscriptions", "end", {"this": None}))


def by_link(at: Position | None, theme: str, context: Context) -> Step | None:
    """Subscribes to a theme in one tap; None if there is no such theme."""
    if not any(choice.key == theme for choice in VOCABULARIES["themes"]):
        return None
    wishes = Wishes(themes=(theme,))
    for each in context.find.subscriptions.own():
        if each.wishes == wishes and not each.chat:
            known = replace(each, paused=False)
            kept = (SubscriptionKept(known),) if each.paused else ()
            return Step(at, outcomes=kept, screen=kept_screen(known, context))
    new = Subscription(context.new_id(), wishes)
    return Step(at, outcomes=(SubscriptionKept(new),), screen=kept_screen(new, context))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who looks at their subscriptions."""
    if isinstance(event, Wrote) and (tapped := meant_in_view(at, event.text, context)):
        event = Pressed(tapped.action, tapped.argument)
    match at.view, event:
        case _, Pressed("subscribe"):
            return subscription_editor.command(at, "", context)
        case "list", Pressed("sub", this) if found := context.find.subscriptions.one(this):
            one = InFlow("subscriptions", "one", {"this": found.id})
            return Step(one, outcomes=editor_chats.asked(found.chat, context))
        case "one", Pressed("back"):
            return command(at, "", context)
        case "one", Pressed("pause" | "go_on" as action):
            return _paused(at, context, paused=action == "pause")
        case "one", Pressed("sub_end" | "sub_change"):
            return OWN_ROUTES[event.action](at, event, context)
        case "end", Pressed("sub_end"):
            return end(None, event, context)
        case "end", Pressed("end_all"):
            ids = tuple(each.id for each in context.find.subscriptions.own())
            return Step(
                InFlow("subscriptions", "ended", {"this": None, "ids": ids}), outcomes=(SubscriptionsEnded(ids),)
            )
        case "ended", Pressed("undo_all"):
            revived = SubscriptionsRevived(tuple(at.held["ids"]))
            return Step(InFlow("subscriptions", "list", {"this": None}), outcomes=(revived,))
        case "list", Wrote(text) if text.strip():
            return subscription_editor.command(at, text, context)
        case _, Pressed("quit"):
            return Step(None)
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def meant_in_view(at: InFlow, text: str, context: Context) -> Button | None:
    """Returns the button whose label was written; the name of a subscription has to be written exactly."""
    screen = shown(at, context)
    return meant(text, screen, context) or same(text, list(chain(*screen.rows)), context)


def _paused(at: InFlow, context: Context, *, paused: bool) -> Step:
    found = context.find.subscriptions.one(str(at.held["this"]))
    if found is None or found.paused == paused:
        return Step(at)
    if hindered := editor_chats.hindered(at, found, context):
        return hindered
    return Step(at, outcomes=(SubscriptionKept(replace(found, paused=paused)),))


# Buttons of notices, and buttons that work from anywhere.


def why(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows which subscriptions were the reason for a notice."""
    found = context.find.subscriptions.told(event.argument)
    if not found:
        return Step(at, screen=Screen((note(_("That subscription is no longer available.")),)))
    lines = (
        heading(_("You got this notification because you subscribe to:")),
        *(Line(headline(each, context)) for each in found),
    )
    stop = Button(_("Stop these notifications"), "stop_news", event.argument)
    return Step(at, screen=Screen(lines, ((*_change(found), stop), (Button(_("My subscriptions"), "subscriptions"),))))


def stop(at: Position | None, event: Pressed, context: Context) -> Step:
    """Ends the subscription a notice came from; if there were several, asks which."""
    told = context.find.subscriptions.told(event.argument)
    active = {each.id for each in context.find.subscriptions.own()}
    found = tuple(each for each in told if each.id in active)
    match found:
        case ():
            return Step(at, screen=ended_screen(tuple(told), context) if told else Screen((note(NONE_YET),)))
        case (only,):
            return Step(at, outcomes=(SubscriptionsEnded((only.id,)),), screen=ended_screen(found, context))
        case _:
            lines = (heading(_("Several of your subscriptions match it. Which one do you want to stop?")),)
            each_one = tuple(button(each, "sub_end", context) for each in found)
            together = ".".join(each.id for each in found)
            both = ((Button(_("All of these"), "sub_end", together),),) if len(found) <= UNDO_AT_ONCE else ()
            return Step(at, screen=Screen(lines, (*stacked(each_one), *both)))


def end(at: Position | None, event: Pressed, context: Context) -> Step:
    """Ends the subscriptions that the button names."""
    found = _named(event, context)
    if not found:
        return Step(at, silent=True)
    back = None if isinstance(at, InFlow) and at.flow == "subscriptions" else at
    ended = SubscriptionsEnded(tuple(each.id for each in found))
    return Step(back, outcomes=(ended,), screen=ended_screen(found, context), toast=_("Stopped."))


def undo(at: Position | None, event: Pressed, context: Context) -> Step:
    """Restores what was ended."""
    found = _named(event, context)
    if not found:
        return Step(at, silent=True)
    lines = tuple(line for each in found for line in kept_screen(each, context).lines[:1])
    revived = SubscriptionsRevived(tuple(each.id for each in found))
    rows = (_change(found), (Button(_("My subscriptions"), "subscriptions"),))
    return Step(at, outcomes=(revived,), screen=Screen(lines, tuple(row for row in rows if row)))


OWN_ROUTES = {"sub_end": end, "sub_change": subscription_editor.change}


def _named(event: Pressed, context: Context) -> tuple[Subscription, ...]:
    found = (context.find.subscriptions.one(this) for this in event.argument.split("."))
    return tuple(each for each in found if each)


def _change(found: Sequence[Subscription]) -> tuple[Button, ...]:
    return (Button(_("Edit this subscription"), "sub_change", found[0].id),) if len(found) == 1 else ()


def _first() -> Button:
    return Button(_("Subscribe"), "subscribe")


# The screens.


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the list, with one subscription, or with the question which one to end."""
    own = context.find.subscriptions.own()
    match at.view:
        case "one":
            return _one(at, context)
        case "ended":
            told = note(_("All your subscriptions have been stopped."))
            return Screen((told,), ((Button(_("Undo"), "undo_all"), _first()),))
        case "end":
            each_one = tuple(button(each, "sub_end", context) for each in own)
            rows = (*stacked(each_one), (Button(_("All of them"), "end_all"),), (STOP,))
            return Screen((heading(_("Which subscription do you want to stop?")),), rows)
        case _:
            lines = (
                heading(_("Your subscriptions")),
                Line(_("Tap one to edit, pause or stop it."), Style.HELP),
            )
            return Screen(lines, (*stacked(tuple(button(each, "sub", context) for each in own)), (SUBSCRIBE,)))


def _one(at: InFlow, context: Context) -> Screen:
    found = context.find.subscriptions.one(str(at.held["this"]))
    if found is None:
        return Screen((note(NONE_YET),), ((_first(),),))
    lines = (
        Line(headline(found, context), Style.QUESTION),
        Line(how_often(found)),
        Line(would_have_sent(found, context), Style.HELP),
    )
    # Translators: buttons: get the notifications of a subscription again, or stop them for a while.
    pause = Button(_("Resume"), "go_on") if found.paused else Button(_("Pause"), "pause")
    rows = (
        (pause, Button(_("Edit this subscription"), "sub_change", found.id)),
        (Button(_("Stop this subscription"), "sub_end", found.id), Button(_("‹ Back"), "back")),
    )
    return Screen(lines, rows)
