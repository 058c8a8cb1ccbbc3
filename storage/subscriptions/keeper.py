"""Stores the outcomes about subscriptions."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutSubscriptions,
    AdministratorAsked,
    SubscriptionKept,
    SubscriptionsEnded,
    SubscriptionsRevived,
)
from storage.subscriptions.subscribed_chats import SubscribedChats
from storage.subscriptions.subscriptions import Subscriptions


class SubscriptionsKeeper:
    """Stores what `person` did about their subscriptions in one turn."""

    def __init__(self, subscriptions: Subscriptions, chats: SubscribedChats, person: int, now: datetime) -> None:
        self._subscriptions = subscriptions
        self._chats = chats
        self._person = person
        self._now = now

    def keep(self, outcome: AboutSubscriptions) -> None:
        """Store `outcome`."""
        match outcome:
            case SubscriptionKept(subscription):
                self._subscriptions.keep(self._person, subscription, self._now)
            case SubscriptionsEnded(these):
                self._subscriptions.end(self._person, these, self._now)
            case SubscriptionsRevived(these):
                self._subscriptions.revive(self._person, these)
            case AdministratorAsked(chat):
                self._chats.doubt(chat, self._person)
            case _:
                assert_never(outcome)
