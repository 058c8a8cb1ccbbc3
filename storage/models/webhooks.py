"""Webhooks, the events on their way to them, and which calls they were told are open."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, Integer, Named, Table, TypedColumns

from storage.engine.columns import Id, Json, SafeText, UtcTime
from storage.models.base import WAITING, metadata, only


class _Webhooks(TypedColumns):
    id = Column(SafeText, primary_key=True)
    url: Named[str] = Column(SafeText)
    events: Named[Any] = Column(Json)  # the types it is told of
    state: Named[str] = Column(SafeText)  # see conversations/model/webhooks/webhook.py
    secret: Named[int] = Column(Integer)  # the number of its secret, which stands nowhere
    proof: Named[str] = Column(SafeText)  # a hash of the secret, by which another token is noticed
    secret_at: Named[datetime] = Column(UtcTime)
    added_by: Named[int] = Column(Id, ForeignKey("people.id"))
    added_at: Named[datetime] = Column(UtcTime)
    failures: Named[int] = Column(Integer)  # since the last success
    failing_since: Named[datetime | None] = Column(UtcTime)
    resume_at: Named[datetime | None] = Column(UtcTime)  # after a failure nothing is sent before then
    told_at: Named[datetime | None] = Column(UtcTime)  # when owners were told that something was given up


class _WebhookDeliveries(TypedColumns):
    id = Column(Id, primary_key=True)
    webhook_id: Named[str] = Column(SafeText, ForeignKey("webhooks.id"))
    message: Named[str] = Column(SafeText, unique=True)  # the webhook-id, the same at every attempt
    type: Named[str] = Column(SafeText)
    subject: Named[str] = Column(SafeText)  # a report or a call; its content is read when it is sent
    asked_by: Named[int | None] = Column(Id, ForeignKey("people.id"))  # who wanted a test
    happened_at: Named[datetime] = Column(UtcTime)
    due_at: Named[datetime] = Column(UtcTime)
    claimed_until: Named[datetime | None] = Column(UtcTime)  # until then it is the worker's that took it
    state: Named[str] = Column(SafeText)  # waiting, sent, given_up, passed
    attempts: Named[int] = Column(Integer)
    tried_at: Named[datetime | None] = Column(UtcTime)
    status: Named[int | None] = Column(Integer)  # of the last answer
    trouble: Named[str] = Column(SafeText)


class _AnnouncedCalls(TypedColumns):
    slug = Column(SafeText, ForeignKey("calls.slug"), primary_key=True)
    state: Named[str] = Column(SafeText)  # open, closed


webhooks = Table("webhooks", metadata, _Webhooks)
webhook_deliveries = Table("webhook_deliveries", metadata, _WebhookDeliveries)
announced_calls = Table("announced_calls", metadata, _AnnouncedCalls)  # what webhooks were last told of each call

only(
    "webhook_deliveries_waiting",
    webhook_deliveries.c.state == WAITING,
    webhook_deliveries.c.webhook_id,
    webhook_deliveries.c.due_at,
)
Index("webhook_deliveries_webhook", webhook_deliveries.c.webhook_id, webhook_deliveries.c.id)
