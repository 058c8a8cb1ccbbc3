"""The digest of a week, at the hour that its reader has chosen."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.jobs.timed.message import Issue, Making, Means
from bot.runtime.ids import new_id
from bot.telegram.rendering import render_enclosed
from bot.telegram.rich import requests
from conversations.context.links import REPORT
from conversations.flows.digests.digest import file_of, screen_of
from conversations.model.calls import zone_of
from conversations.model.digests.digest import Digest
from conversations.model.digests.looking import gather
from conversations.model.digests.periods import Period, due
from conversations.model.people.permissions import can
from conversations.model.people.person import Person
from storage.digests.digest_runs import Subscriber
from storage.digests.digests import Counting
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork


class WeeklyDigest(Issue):
    """The digest with its file, once for every subscription and ISO week."""

    def due(self, work: UnitOfWork, now: datetime) -> Sequence[Making]:
        """Returns the weeks that were not sent yet, of every subscriber."""
        found: list[Making] = []
        for each in work.digest_runs.subscribers():
            weeks = due(each.weekday, each.hour, zone_of(each.timezone), each.since, now)
            issued = work.digest_runs.issued(each.id) if weeks else set()
            found += [
                Making(partial(_put, each, week), partial(_counted, each, week))
                for week in weeks
                if week.week not in issued
            ]
        return found


def _counted(subscriber: Subscriber, week: Period, now: datetime, work: UnitOfWork) -> Digest:
    look = work.lookup(_reader(subscriber), now, Counting.REFRESHED)
    return gather(look, week, zone_of(subscriber.timezone), now)


def _reader(subscriber: Subscriber) -> Person:
    return Person(subscriber.person, subscriber.language, roles=subscriber.roles, tables=subscriber.tables)


def _put(subscriber: Subscriber, week: Period, means: Means, work: UnitOfWork, digest: Digest) -> list[OutboxRow]:
    now = means.now
    if not work.digest_runs.claim(subscriber.id, week.week, now):
        return []
    person = _reader(subscriber)
    chat, language = subscriber.chat, subscriber.language
    if subscriber.group:
        group = work.groups.of(subscriber.group)
        if group is None:
            return []
        chat, language = group.chat, group.language
    if not can(person, "see figures"):
        return []
    this = new_id()
    work.digests(person.id).keep(this, digest)
    work.digest_runs.made(subscriber.id, week.week, this)
    link = f"https://t.me/{means.bot_name}?start={REPORT}" if means.bot_name else ""
    catalogue = means.catalogues[language]
    rich = person.tables and not subscriber.group
    payloads = requests(screen_of(digest, this, link, alone=True, rich=rich), catalogue, chat)
    if not digest.is_empty:
        payloads.append(render_enclosed(file_of(digest, this, "xlsx", language), catalogue))
    return [
        work.outbox.add(
            Outgoing(
                chat_id=chat,
                method=method,
                payload=payload,
                kind="digest",
                due_at=now,
                person_id=None if subscriber.group else person.id,
            )
        )
        for method, payload in payloads
    ]
