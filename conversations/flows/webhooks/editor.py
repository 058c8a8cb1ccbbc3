"""Adding a webhook: its address, what it is told of, and its secret, which is shown once."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.flows.webhooks.words import EVENT_WORDS
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Words, _
from conversations.model.outcomes import WebhookAdded, WebhookChanged, WebhookTested
from conversations.model.webhooks.address import LONGEST, WebhookAddress, WrongAddress, read_address
from conversations.model.webhooks.webhook import EVENTS, Webhook, in_order, proof_of, secret_name

VIEWS = frozenset({"address", "events"})
"""The views that this module shows."""

WRONG: Mapping[WrongAddress, Words] = {
    "no_address": _("That is no web address. Copy all of it, for example https://example.org/hook."),
    "not_https": _("The address has to begin with https://, so that nobody on the way can read along."),
    "has_password": _("An address with a name or password in front of an @ is not used. Leave that part out."),
    "too_long": _("That address is too long. Use one of at most {most} characters.", most=LONGEST),
    "private": _("That address is inside a private network. Use one that can be reached from the internet."),
}


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches an owner who adds a webhook or chooses its events."""
    if isinstance(event, Wrote):
        buttons = tuple(chain(*shown(at, context).rows))
        if button := same(event.text, buttons, context):
            event = Pressed(button.action, button.argument)
    match at.view, event:
        case _, Pressed("stop"):
            return Step(None, (note(_("Nothing was changed.")),))
        case "address", Wrote(text):
            return _addressed(at, text, context)
        case "address", _:
            return Step(at, (note(_("Type or paste the address.")),))
        case _, Pressed("kind", key) if key in EVENTS:
            chosen = [each for each in EVENTS if (each in at.held["events"]) != (each == key)]
            return Step(replace(at, held={**at.held, "events": chosen}))
        case _, Pressed("save"):
            return _saved(at, context)
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _addressed(at: InFlow, text: str, context: Context) -> Step:
    read = read_address(text)
    if not isinstance(read, WebhookAddress):
        return Step(at, (note(WRONG[read]),))
    if any(each.url == read.url for each in context.find.webhooks.all()):
        return Step(at, (note(_("That address has been added already.")),))
    return Step(InFlow("webhooks", "events", {"this": "new", "url": read.url, "events": list(EVENTS)}))


def _saved(at: InFlow, context: Context) -> Step:
    events = in_order(at.held["events"])
    if not events:
        return Step(at, (note(_("Choose at least one.")),))
    if at.held["this"] == "new":
        return _added(str(at.held["url"]), events, context)
    this = str(at.held["this"])
    return Step(
        InFlow("webhooks", "one", {"this": this}),
        (note(_("Saved.")),),
        (WebhookChanged(this, "events", events),),
    )


def _added(url: str, events: list[str], context: Context) -> Step:
    new = Webhook(context.new_id(), url, events)
    secret = context.secret_of(secret_name(new.id, new.secret))
    added = WebhookAdded(new.id, url, events, proof_of(secret))
    screen = _secret_screen(
        new,
        secret,
        _("Added: {host}", host=new.host),
        _("A test message is on its way. I will tell you whether it arrives."),
    )
    return Step(None, outcomes=(added, WebhookTested(new.id)), screen=screen)


def renewed(webhook: Webhook, context: Context) -> Step:
    """Gives a webhook a new secret, and shows it."""
    number = webhook.secret + 1
    secret = context.secret_of(secret_name(webhook.id, number))
    value: dict[str, Any] = {"number": number, "proof": proof_of(secret)}
    screen = _secret_screen(webhook, secret, _("{host} has a new secret.", host=webhook.host))
    return Step(None, outcomes=(WebhookChanged(webhook.id, "secret", value),), screen=screen)


def _secret_screen(webhook: Webhook, secret: str, said: Words, then: Words | None = None) -> Screen:
    lines = (
        note(said),
        Line(_("Its secret: {secret}", secret=secret)),
        Line(
            _("It is shown only now. The other system needs it to check that messages really come from this bot."),
            Style.HELP,
        ),
        *((Line(then, Style.HELP),) if then else ()),
    )
    rows = (
        (Button(_("Copy the secret"), "", copies=secret),),
        (Button(_("Show the webhook"), "webhook", webhook.id),),
    )
    return Screen(lines, rows, revision=0, secret=True)


def shown(at: InFlow, _context: Context) -> Screen:
    """Returns the screen at this position."""
    cancel = (Button(_("Cancel"), "stop"),)
    if at.view == "address":
        lines = (
            heading(_("What is the address?")),
            Line(_("Type or paste it. It begins with https:// and can be reached from the internet."), Style.HELP),
        )
        return Screen(lines, (cancel,))
    webhook = Webhook(str(at.held["this"]), str(at.held["url"]), ())
    toggles = tuple((Button(EVENT_WORDS[each], "kind", each, chosen=each in at.held["events"]),) for each in EVENTS)
    save = Button(_("Add it"), "save", tone="primary") if webhook.id == "new" else Button(_("Save"), "save")
    return Screen((heading(_("What should {host} be told of?", host=webhook.host)),), (*toggles, (save,), cancel))
