"""Subscriptions, subscribed chats, and deliveries to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Named, SmallInteger, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import WAITING, metadata, only


class _Subscriptions(TypedColumns):
    id = Column(SafeText, primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    chat_id: Named[int] = Column(BigInteger)  # a group or channel; 0: the person's own
    wishes: Named[Any] = Column(Json)
    pace: Named[str] = Column(SafeText)  # at_once, daily, weekly
    weekday: Named[int] = Column(SmallInteger)  # 0: Monday
    hour: Named[int] = Column(SmallInteger)
    paused: Named[bool] = Column(Boolean)
    since: Named[datetime] = Column(UtcTime)
    ended_at: Named[datetime | None] = Column(UtcTime)  # ended ones stay for a while, so that the end can be undone


class _SubscriptionHooks(TypedColumns):
    hook = Column(SafeText, primary_key=True)  # see conversations/model/matching.py
    subscription_id = Column(SafeText, ForeignKey("subscriptions.id"), primary_key=True)


class _SubscribedChats(TypedColumns):
    chat_id = Column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))  # who added the bot there
    title: Named[str] = Column(SafeText)
    language: Named[str] = Column(SafeText)
    # asked; open: the person is an administrator there; orphaned: no longer is; muted: the bot may not write there
    state: Named[str] = Column(SafeText)
    added_at: Named[datetime] = Column(UtcTime)
    known_at: Named[datetime | None] = Column(UtcTime)  # when Telegram last confirmed it; None: to be asked


class _Deliveries(TypedColumns):
    chat_id = Column(BigInteger, primary_key=True, autoincrement=False)
    report_id = Column(SafeText, ForeignKey("reports.id"), primary_key=True)
    person_id: Named[int] = Column(Id, ForeignKey("people.id"))
    subscriptions: Named[Any] = Column(Json)  # the subscriptions that match
    pace: Named[str] = Column(SafeText)
    state: Named[str] = Column(SafeText)  # waiting, told, recalled (withdrawn before it was sent), passed
    due_at: Named[datetime] = Column(UtcTime)
    key: Named[str] = Column(SafeText)  # key of the message that told it
    stale: Named[bool] = Column(Boolean)  # that message is out of date


subscriptions = Table("subscriptions", metadata, _Subscriptions)
subscription_hooks = Table("subscription_hooks", metadata, _SubscriptionHooks)
subscribed_chats = Table("subscribed_chats", metadata, _SubscribedChats)
deliveries = Table("deliveries", metadata, _Deliveries)

Index("subscriptions_person", subscriptions.c.person_id)
Index("subscription_hooks_subscription", subscription_hooks.c.subscription_id)
Index("deliveries_report", deliveries.c.report_id)
Index("deliveries_key", deliveries.c.key)
only("deliveries_waiting", deliveries.c.state == WAITING, deliveries.c.due_at, deliveries.c.chat_id)
only("deliveries_stale", deliveries.c.stale.is_(True), deliveries.c.chat_id)
