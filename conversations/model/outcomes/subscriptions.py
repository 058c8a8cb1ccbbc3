"""What people want to hear of."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionKept:
    """The person has this subscription from now on, new or changed."""

    subscription: Subscription


@dataclass(frozen=True, slots=True)
class SubscriptionsEnded:
    """The person ended these of their subscriptions."""

    these: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionsRevived:
    """The person took back that they had ended these."""

    these: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdministratorAsked:
    """The person is about to change what comes to a group or channel: are they still an administrator there?"""

    chat: int


AboutSubscriptions: TypeAlias = SubscriptionKept | SubscriptionsEnded | SubscriptionsRevived | AdministratorAsked
