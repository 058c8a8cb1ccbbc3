"""Subscriptions to new initiatives."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionKept:
    """The person saved this subscription, new or changed."""

    subscription: Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionsEnded:
    """The person ended these subscriptions."""

    these: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionsRevived:
    """The person restored these subscriptions."""

    these: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdministratorAsked:
    """The person is about to change what comes to a group or channel: are they still an administrator there?"""

    chat: int


AboutSubscriptions: TypeAlias = SubscriptionKept | SubscriptionsEnded | SubscriptionsRevived | AdministratorAsked
