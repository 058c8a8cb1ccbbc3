"""The webhooks in /settings: the list, one webhook with its last messages, and what can be done with it."""

from collections.abc import Sequence

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant
from conversations.flows.webhooks import editor
from conversations.flows.webhooks.words import EVENT_WORDS, delivery_words, needs_a_look, state_words
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Listed, Shortened, _, counted
from conversations.model.outcomes import WebhookChanged, WebhookRemoved, WebhookTested
from conversations.model.people.permissions import can
from conversations.model.webhooks.webhook import MOST, Webhook, in_order

GONE = _("That webhook is no longer there.")
TAP = _("Tap one of the buttons.")


def pressed(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows all webhooks."""
    if not can(context.person, "manage webhooks"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    return Step(InFlow("webhooks", "list", {"this": None}))


def opened(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one webhook, from a notice."""
    if not can(context.person, "manage webhooks"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    if context.find.webhooks.one(event.argument) is None:
        return Step(at, screen=Screen((note(GONE),)))
    return Step(_one(event.argument))


def settings_lines(context: Context) -> tuple[Line, ...]:
    """Returns what /settings says about webhooks to those who manage them."""
    if not can(context.person, "manage webhooks"):
        return ()
    found = context.find.webhooks.all()
    wanting = [each for each in found if needs_a_look(each)]
    count = (Line(counted("Webhooks: one", "Webhooks: {n}", len(found))),) if found else ()
    look = counted("One webhook needs a look.", "{n} webhooks need a look.", len(wanting))
    return (*count, Line(look, Style.HELP)) if wanting else count


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches an owner who is at the webhooks."""
    if not can(context.person, "manage webhooks"):
        return Step(None, (note(NOT_ALLOWED),))
    if at.view in editor.VIEWS:
        return editor.take(at, event, context)
    if isinstance(event, Wrote) and (button := meant(event.text, shown(at, context), context)):
        event = Pressed(button.action, button.argument)
    match at.view, event:
        case _, Pressed("list"):
            return Step(InFlow("webhooks", "list", {"this": None}))
        case "list", Pressed("new") if len(context.find.webhooks.all()) < MOST:
            return Step(InFlow("webhooks", "address", {"this": "new"}))
        case "list", Pressed("one", this):
            return Step(_one(this)) if context.find.webhooks.one(this) else Step(at, (note(GONE),))
        case "one" | "remove" | "secret", Pressed():
            found = context.find.webhooks.one(str(at.held["this"]))
            if found is None:
                return Step(InFlow("webhooks", "list", {"this": None}), (note(GONE),))
            return _acted(at, found, event, context)
        case _:
            return Step(at, (note(TAP),))


def _acted(at: InFlow, webhook: Webhook, event: Pressed, context: Context) -> Step:
    there = _one(webhook.id)
    match at.view, event.action:
        case "one", "test" if webhook.state == "active":
            said = note(_("A test message is on its way. I will tell you whether it arrives."))
            return Step(there, (said,), (WebhookTested(webhook.id),))
        case "one", "pause" if webhook.state == "active":
            return _turned(webhook, "paused")
        case "one", "resume" if webhook.state not in ("active", "unsigned", "refused"):
            return _turned(webhook, "active")
        case "one", "kinds":
            held = {"this": webhook.id, "url": webhook.url, "events": in_order(webhook.events)}
            return Step(InFlow("webhooks", "events", held))
        case "one", "remove" | "secret":
            return Step(InFlow("webhooks", event.action, {"this": webhook.id}))
        case "remove", "yes":
            said = note(_("{host} is removed. Nothing more is sent there.", host=webhook.host))
            return Step(InFlow("webhooks", "list", {"this": None}), (said,), (WebhookRemoved(webhook.id),))
        case "secret", "yes":
            return editor.renewed(webhook, context)
        case "remove" | "secret", "no":
            return Step(there)
        case _:
            return Step(at, (note(TAP),))


def _turned(webhook: Webhook, state: str) -> Step:
    said = (
        _("{host} is paused.", host=webhook.host)
        if state == "paused"
        else _("{host} is in use again. What happened meanwhile is not sent.", host=webhook.host)
    )
    return Step(_one(webhook.id), (note(said),), (WebhookChanged(webhook.id, "state", state),))


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen at this position."""
    if not can(context.person, "manage webhooks"):
        return Screen((note(NOT_ALLOWED),))
    if at.view in editor.VIEWS:
        return editor.shown(at, context)
    found = context.find.webhooks.one(str(at.held["this"])) if at.view != "list" else None
    if found is None:
        return _list(context.find.webhooks.all())
    match at.view:
        case "remove":
            yes, no = Button(_("Yes, remove it"), "yes", tone="danger"), Button(_("No, keep it"), "no")
            lines = (
                heading(_("Remove {host}?", host=found.host)),
                Line(_("What waits for it is not sent any more."), Style.HELP),
            )
            return Screen(lines, ((yes,), (no,)))
        case "secret":
            yes, no = Button(_("Yes, a new secret"), "yes"), Button(_("No, keep it"), "no")
            lines = (
                heading(_("Make a new secret for {host}?", host=found.host)),
                Line(_("For one day messages are signed with both secrets."), Style.HELP),
            )
            return Screen(lines, ((yes,), (no,)))
        case _:
            return _card(found)


def _list(found: Sequence[Webhook]) -> Screen:
    lines = [
        heading(_("Webhooks")),
        Line(
            _(
                "Other systems are told when something public happens: a report is published, corrected or "
                "withdrawn, a call opens or closes. Messages are signed, and tried for a day."
            ),
            Style.HELP,
        ),
        *(Line(_("{host}: {state}", host=each.host, state=state_words(each))) for each in found),
    ]
    hosts = tuple((Button(Shortened(each.host, 34), "one", each.id),) for each in found)
    new = ((Button(_("Add an address"), "new", tone="" if found else "primary"),),) if len(found) < MOST else ()
    return Screen(tuple(lines), (*hosts, *new))


def _card(webhook: Webhook) -> Screen:
    told = Listed(tuple(EVENT_WORDS[each] for each in in_order(webhook.events)))
    waiting = counted("One message is waiting.", "{n} messages are waiting.", webhook.waiting)
    lines = (
        heading(_("Webhook: {host}", host=webhook.host)),
        Line(_("Address: {address}", address=webhook.url.partition("?")[0])),
        Line(state_words(webhook)),
        Line(_("Told of: {events}", events=told)),
        *((Line(waiting),) if webhook.waiting else ()),
        *(Line(delivery_words(each), Style.HELP) for each in webhook.deliveries),
    )
    first: list[Button] = []
    if webhook.state == "active":
        first = [Button(_("Send a test"), "test"), Button(_("Pause"), "pause")]
    elif webhook.state not in ("unsigned", "refused"):
        first = [Button(_("Use it again"), "resume")]
    rows = (
        tuple(first),
        (Button(_("Choose events"), "kinds"), Button(_("New secret"), "secret")),
        (Button(_("Remove"), "remove", tone="danger"),),
        (Button(_("‹ Back"), "list"),),
    )
    return Screen(lines, tuple(row for row in rows if row))


def _one(this: str) -> InFlow:
    return InFlow("webhooks", "one", {"this": this})
