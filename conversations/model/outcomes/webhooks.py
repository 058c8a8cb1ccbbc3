"""What owners do with webhooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class WebhookAdded:
    """An owner added an address, which is told of `events`. `proof` says which secret is its, but not what it is."""

    webhook: str
    url: str
    events: Sequence[str]
    proof: str


@dataclass(frozen=True, slots=True)
class WebhookChanged:
    """The field `what` of a webhook now has `value`, as JSON (`CHANGEABLE` in the model)."""

    webhook: str
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class WebhookTested:
    """An owner wants a test message sent to a webhook."""

    webhook: str


@dataclass(frozen=True, slots=True)
class WebhookRemoved:
    """An owner removed a webhook, with what waits for it."""

    webhook: str


AboutWebhooks: TypeAlias = WebhookAdded | WebhookChanged | WebhookTested | WebhookRemoved
