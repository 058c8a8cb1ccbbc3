"""Weekly digests that come by themselves: looked for often, each made and kept in one transaction with its claim."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from bot.language.catalogues import Catalogues
from bot.runtime.ids import new_id
from bot.runtime.timers import look_every
from bot.telegram.rendering import render, render_enclosed
from conversations.context.links import REPORT
from conversations.flows.digests.digest import file_of, screen_of
from conversations.model.calls import zone_of
from conversations.model.digests.looking import gather
from conversations.model.digests.periods import Period
from conversations.model.digests.schedule import due
from conversations.model.people.permissions import can
from conversations.model.people.person import Person
from storage.digests.digest_runs import Subscriber
from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

LOOK_SECONDS = 20.0


class WeeklyDigests:
    """Makes the digests that are due. Any number of workers may: the claim on an issue decides who does."""

    def __init__(
        self,
        storage: Storage,
        catalogues: Catalogues,
        hand_on: Callable[[list[OutboxRow]], None],
        bot_name: Callable[[], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._storage = storage
        self._catalogues = catalogues
        self._hand_on = hand_on
        self._bot_name = bot_name
        self._clock = clock

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        await look_every(LOOK_SECONDS, self.look, "digests")

    async def look(self) -> None:
        """Make what is due, and read reports that have changed, so that no digest has to read many at once."""
        while not await self._storage.write(lambda work: work.summaries.refresh(batches=1)):
            pass  # in small parts, between which others have their turn
        now = self._clock()
        for subscriber, week in await self._storage.read(partial(_due, now)):
            self._hand_on(await self._storage.write(partial(self._issue, subscriber, week, now)))

    def _issue(self, subscriber: Subscriber, week: Period, now: datetime, work: UnitOfWork) -> list[OutboxRow]:
        if not work.digest_runs.claim(subscriber.id, week.week, now):
            return []
        person = Person(subscriber.person, subscriber.language, roles=subscriber.roles)
        chat, language = subscriber.chat, subscriber.language
        if subscriber.group:
            group = work.groups.of(subscriber.group)
            if group is None:
                return []
            chat, language = group.chat, group.language
        if not can(person, "see figures"):
            return []
        digest = gather(work.lookup(person, now), week, zone_of(subscriber.timezone), now)
        this = new_id()
        work.digests(person.id).keep(this, digest)
        work.digest_runs.made(subscriber.id, week.week, this)
        name = self._bot_name()
        link = f"https://t.me/{name}?start={REPORT}" if name else ""
        catalogue = self._catalogues[language]
        payloads = [("sendMessage", each) for each in render(screen_of(digest, this, link, alone=True), catalogue)]
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


def _due(now: datetime, work: UnitOfWork) -> list[tuple[Subscriber, Period]]:
    found = []
    for each in work.digest_runs.subscribers():
        weeks = due(each.weekday, each.hour, zone_of(each.timezone), each.since, now)
        issued = work.digest_runs.issued(each.id) if weeks else set()
        found += [(each, week) for week in weeks if week.week not in issued]
    return found
