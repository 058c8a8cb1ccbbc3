"""Subscriptions in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from conversations.model.initiatives import Initiative
from conversations.model.outcomes import (
    AboutSubscriptions,
    AdministratorAsked,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
)
from conversations.model.subscriptions import Chat, Subscription


@dataclass(slots=True)
class SubscriptionsInMemory:
    """One person's subscriptions (the protocol `SubscriptionsLookup`), and the initiatives they may be told of."""

    kept: dict[str, Subscription] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    news: list[Initiative] = field(default_factory=list)
    because_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opened: list[Chat] = field(default_factory=list)
    speaks_for: str = ""

    def keep(self, outcome: AboutSubscriptions) -> None:
        """Stores the outcome of a turn."""
        match outcome:
            case SubscriptionKept(subscription):
                self.kept[subscription.id] = subscription
                self.ended.discard(subscription.id)
            case SubscriptionsEnded(these):
                self.ended.update(these)
            case SubscriptionsRevived(these):
                self.ended.difference_update(these)
            case AdministratorAsked(chat):
                self.opened = [replace(each, known_at=None) if each.id == chat else each for each in self.opened]

    def own(self) -> Sequence[Subscription]:
        """Returns the person's subscriptions that have not ended, oldest first."""
        return [each for each in self.kept.values() if each.id not in self.ended]

    def one(self, this: str) -> Subscription | None:
        """Returns the person's own subscription with this id, also one that has ended."""
        return self.kept.get(this)

    def told(self, report: str) -> Sequence[Subscription]:
        """Returns the subscriptions that were the reason for a notice of that initiative, also those ended since."""
        return [self.kept[this] for this in self.because_of.get(report, ()) if this in self.kept]

    def recent(self, since: datetime) -> Sequence[Initiative]:
        """Returns the initiatives published since then of which the person may be told."""
        return [each for each in self.news if each.published_at >= since]

    def chats(self) -> Sequence[Chat]:
        """Returns the groups and channels to which this person has added the bot."""
        return self.opened

    def home(self) -> str:
        """Returns the municipality of this person's organisation or library; "" if it is not known."""
        return self.speaks_for
