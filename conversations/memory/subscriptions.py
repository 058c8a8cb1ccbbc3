"""The part of a notebook that keeps subscriptions in memory."""

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
    """One person's subscriptions (the protocol `SubscriptionsLookup`), and what there is to hear of."""

    kept: dict[str, Subscription] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    news: list[Initiative] = field(default_factory=list)
    because_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opened: list[Chat] = field(default_factory=list)
    speaks_for: str = ""

    def keep(self, outcome: AboutSubscriptions) -> None:
        """What came of a turn."""
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
        """Those that were not ended, the oldest first."""
        return [each for each in self.kept.values() if each.id not in self.ended]

    def one(self, this: str) -> Subscription | None:
        """The person's own of that id, also one that they have ended."""
        return self.kept.get(this)

    def told(self, report: str) -> Sequence[Subscription]:
        """Those because of which the person was told of that initiative, also such as they have ended since."""
        return [self.kept[this] for this in self.because_of.get(report, ()) if this in self.kept]

    def recent(self, since: datetime) -> Sequence[Initiative]:
        """What was published since then and would have been told to this person if they had asked for it."""
        return [each for each in self.news if each.published_at >= since]

    def chats(self) -> Sequence[Chat]:
        """The groups and channels that this person has opened for initiatives."""
        return self.opened

    def home(self) -> str:
        """The municipality that this person speaks for; "": not known."""
        return self.speaks_for
