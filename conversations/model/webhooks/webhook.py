"""A webhook: the address of another system, what it is told, and how that went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, Protocol, TypeAlias, get_args

EventType: TypeAlias = Literal[
    "report.published", "report.corrected", "report.withdrawn", "call.opened", "call.closed"
]  # fmt: skip
EVENTS: tuple[EventType, ...] = get_args(EventType)

TEST = "webhook.test"
"""The type of the message by which an address is tried."""

WebhookState: TypeAlias = Literal["active", "paused", "failing", "gone", "refused", "unsigned"]
"""`paused` by an owner; `failing`: it took nothing for days; `gone`: it answered that it is not there any more;
`refused`: it leads into a private network; `unsigned`: its secret belongs to another token of the bot.
"""

DeliveryState: TypeAlias = Literal["waiting", "sent", "given_up", "passed"]
"""`passed`: it was no longer true, or no longer wanted, before it was sent."""

Trouble: TypeAlias = Literal["", "status", "redirect", "slow", "unreachable", "unknown_host", "certificate", "private"]
"""Why an attempt failed; "": it did not."""

MOST = 20
"""Most webhooks of one bot."""

SHOWN = 5
"""Deliveries that a webhook's screen shows."""

CHANGEABLE = ("events", "state", "secret")
"""The fields of a webhook that `changed` sets."""


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """One event on its way to an address, or at its end. `at` is the time of the last attempt, or of the event.

    `status` is the HTTP status of the last answer; `next_at` is when it is tried again.
    """

    type: str
    state: DeliveryState
    at: datetime
    attempts: int = 0
    status: int | None = None
    trouble: Trouble = ""
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address and what it is told. `secret` is the number of its secret: 1, and one more with each new one.

    `failing_since` is the first failure after the last success. `waiting` counts what is not delivered yet.
    """

    id: str
    url: str
    events: Sequence[str]
    state: WebhookState = "active"
    secret: int = 1
    failing_since: datetime | None = None
    waiting: int = 0
    deliveries: Sequence[WebhookDelivery] = field(default=())

    @property
    def host(self) -> str:
        """The host of the address, with its port if it has one: what it is called by."""
        return self.url.partition("://")[2].partition("/")[0].partition("?")[0]

    @property
    def is_troubled(self) -> bool:
        """Whether it is in use, and takes nothing."""
        return self.state == "active" and self.failing_since is not None


def secret_name(webhook: str, number: int) -> str:
    """Returns the name under which a webhook's secret is derived."""
    return f"webhook {webhook} {number}"


def proof_of(secret: str) -> str:
    """Returns a text by which the secret is recognised, and from which it cannot be told."""
    return sha256(secret.encode()).hexdigest()


def changed(webhook: Webhook, what: str, value: Any) -> Webhook:
    """Returns `webhook` with its field `what` set to `value`, as JSON; a stopped one has nothing waiting."""
    match what:
        case "events":
            return replace(webhook, events=tuple(value))
        case "state":
            turned = replace(webhook, state=value)
            return turned if value == "active" else _without_waiting(turned)
        case "secret":
            state = "active" if webhook.state == "unsigned" else webhook.state
            return replace(webhook, secret=value["number"], state=state)
        case _:
            raise ValueError(f"a webhook has no field {what}")


def _without_waiting(webhook: Webhook) -> Webhook:
    passed = (
        replace(each, state="passed", next_at=None) if each.state == "waiting" else each for each in webhook.deliveries
    )
    return replace(webhook, waiting=0, deliveries=tuple(passed))


def in_order(events: Mapping[str, Any] | Sequence[str]) -> list[str]:
    """Returns the known ones among `events`, in their order."""
    return [each for each in EVENTS if each in events]


class WebhooksLookup(Protocol):
    """What may be looked up about webhooks. No method changes anything."""

    def all(self) -> Sequence[Webhook]:
        """Returns every webhook, oldest first, with what waits for it but without its deliveries."""
        ...

    def one(self, this: str) -> Webhook | None:
        """Returns the webhook with this id and its last deliveries, the newest first; None if there is none."""
        ...
