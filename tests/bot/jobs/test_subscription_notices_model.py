"""Random lives of subscribers and reports, beside a model that says whom everything should have been told.

The model knows nothing of outbox rows: it has what people wish, what is published for whom, and when who is told.
"""

import random
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta

import pytest

from conversations.model.outcomes import ReportPublished, ReportWithdrawn, SubscriptionsRevived
from conversations.model.subscriptions import Subscription, Wishes, due_at
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.readers import ZONE, Readers

PEOPLE = (101, 102, 103, 50)
"""Subscribers; the last writes reports too, and so is in the network once one is published."""

AUTHORS = (50, 60)
SHARING = ("public", "public", "network", "coordinators")
TOWNS = {"Odense": "DK-0461", "Aarhus": "DK-0751"}
THEMES = ("language_cafe", "homework_help")
STEPS = 70

Pair = tuple[int, str]


@dataclass
class Known:
    """A report, as the model sees it."""

    author: int
    town: str
    theme: str
    sharing: str
    published: bool = False
    version: int = 1


@dataclass
class Model:
    """What should be: who hears of what, and what stands on whose phone."""

    wishes: dict[str, tuple[int, Subscription]] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    reports: dict[str, Known] = field(default_factory=dict)
    roles: set[int] = field(default_factory=set)
    stopped: set[int] = field(default_factory=set)
    told: set[Pair] = field(default_factory=set)
    waiting: dict[Pair, datetime] = field(default_factory=dict)
    unsent: set[Pair] = field(default_factory=set)
    recalled: set[Pair] = field(default_factory=set)
    stale: set[str] = field(default_factory=set)
    heard: dict[Pair, int] = field(default_factory=dict)

    def sees(self, who: int, sharing: str) -> bool:
        of_network = who in self.roles or any(each.author == who and each.published for each in self.reports.values())
        return sharing == "public" or (sharing == "network" and of_network)

    def asking(self, who: int, report: str) -> list[Subscription]:
        """The subscriptions of theirs that match, as anybody would say who reads both."""
        known = self.reports[report]
        return [
            each
            for this, (whose, each) in self.wishes.items()
            if whose == who
            and this not in self.ended
            and not each.paused
            and each.wishes.themes in ((), (known.theme,))
            and each.wishes.places in ((), (TOWNS[known.town],))
            and each.wishes.words in ((), ("neighbour",), (f"{report}x",))
        ]

    def appears(self, report: str, now: datetime, seen_before: set[int]) -> None:
        """It is published, or shown to more people."""
        known = self.reports[report]
        for who in PEOPLE:
            pair = (who, report)
            if who in self.stopped or who == known.author or who in seen_before or not self.sees(who, known.sharing):
                continue
            asking = self.asking(who, report)
            if not asking or pair in self.told or pair in self.waiting:
                continue
            due = min(due_at(each.pace, each.weekday, each.hour, ZONE, now) for each in asking)
            self.recalled.discard(pair)
            if due > now:
                self.waiting[pair] = due
            else:
                self.told.add(pair)
                self.unsent.add(pair)

    def recalls(self, report: str) -> None:
        """What was not yet sent of it is not sent."""
        for pair in [each for each in self.unsent if each[1] == report]:
            self.unsent.discard(pair)
            self.told.discard(pair)
            self.recalled.add(pair)

    def looks(self, now: datetime) -> set[int]:
        """The timer looks; whose messages are changed."""
        for pair, _due in [each for each in self.waiting.items() if each[1] <= now]:
            del self.waiting[pair]
            if pair[0] not in self.stopped and self._still(pair):
                self.told.add(pair)
                self.unsent.add(pair)
        for pair in [each for each in self.recalled if each[1] in self.stale]:
            if pair[0] not in self.stopped and self._still(pair):
                self.recalled.discard(pair)
                self.told.add(pair)
                self.unsent.add(pair)
        changed = {who for who, report in self.heard if report in self.stale and who not in self.stopped}
        self.stale.clear()
        return changed

    def _still(self, pair: Pair) -> bool:
        who, report = pair
        known = self.reports[report]
        return known.published and self.sees(who, known.sharing) and bool(self.asking(who, report))

    def sends(self, blocked: set[int], changed: set[int]) -> None:
        """What waits goes out."""
        for pair in self.unsent:
            if pair[0] not in blocked:
                self.heard[pair] = self.heard.get(pair, 0) + 1
        self.stopped |= blocked & ({who for who, _report in self.unsent} | changed)
        self.unsent.clear()


class KilledError(Exception):
    """The process ended in the middle of a transaction."""


class Life:
    """What happens, at random, to the bot and to the model alike."""

    def __init__(self, readers: Readers, url: str, seed: int) -> None:
        self.readers, self.url = readers, url
        self.model = Model()
        self.dice = random.Random(seed)
        self.story: list[str] = []
        self.withdrawn: set[str] = set()
        self.ever_blocked: set[int] = set()
        self._numbers = iter(range(1, 1000))

    async def lives(self) -> None:
        """One thing after another, and in the end everything is sent."""
        steps = (
            (self.subscribes, 5),
            (self.pauses, 2),
            (self.ends, 2),
            (self.reports, 5),
            (self.corrects, 3),
            (self.opens_or_closes, 3),
            (self.withdraws, 2),
            (self.publishes_again, 1),
            (self.changes_role, 2),
            (self.blocks, 2),
            (self.sends, 3),
            (self.waits, 4),
            (self.is_killed, 2),
            (self.restarts, 1),
        )
        for step in self.dice.choices([each for each, _ in steps], [weight for _, weight in steps], k=STEPS):
            await step()
            self.check()
        await self.waits(hours=24 * 8)
        self.check()
        self.check_phones()

    def check(self) -> None:
        heard = {
            (who, report): number
            for who in PEOPLE
            for report in self.model.reports
            if (number := sum(chat == who and f"{report}x" in text for chat, text in self.readers.arrived))
        }
        assert heard == self.model.heard, "\n".join(self.story)

    def check_phones(self) -> None:
        """What stands on the phones of those who never blocked the bot is what is so now."""
        for who, report in self.model.heard:
            known = self.model.reports[report]
            if who in self.ever_blocked or (known.published and known.sharing == "network"):
                continue  # somebody who left the network keeps what they were told in it
            shown = "\n".join(self.readers.shown[who].values())
            story = "\n".join((f"{who} {report}", shown, *self.story))
            if known.published and known.sharing == "public":
                assert f"{report}x v{known.version}." in shown, story
            else:
                assert f"{report}x" not in shown, story

    def says(self, *what: object) -> None:
        self.story.append(f"{self.readers.now:%a %H:%M} " + " ".join(map(str, what)))

    def acts(self, who: int) -> None:
        """Whoever does something has come back."""
        self.readers.blocked.discard(who)
        self.model.stopped.discard(who)

    # subscribers

    async def subscribes(self) -> None:
        who, this = self.dice.choice(PEOPLE), f"s{next(self._numbers)}"
        wishes = Wishes(
            themes=self.dice.choice([(), (), *((theme,) for theme in THEMES)]),
            places=self.dice.choice([(), (), *((town,) for town in TOWNS.values())]),
            words=self.dice.choice([(), (), (), ("neighbour",), ("elephants",)]),
        )
        pace = self.dice.choice(["at_once", "at_once", "daily", "weekly"])
        self.says(who, "subscribes", this, pace, wishes.as_json())
        self.acts(who)
        new = await self.readers.subscribes(who, this, pace, **asdict(wishes))
        self.model.wishes[this] = (who, new)

    async def pauses(self) -> None:
        active = [(this, *held) for this, held in self.model.wishes.items() if this not in self.model.ended]
        if active:
            this, who, subscription = self.dice.choice(active)
            self.says(who, "pauses or goes on with", this)
            self.acts(who)
            changed = await self.readers.pauses(who, subscription, paused=not subscription.paused)
            self.model.wishes[this] = (who, changed)

    async def ends(self) -> None:
        if not self.model.wishes:
            return
        this, (who, _subscription) = self.dice.choice(list(self.model.wishes.items()))
        self.acts(who)
        if this in self.model.ended:
            self.says(who, "has again", this)
            await self.readers.turn(who, SubscriptionsRevived((this,)))
            self.model.ended.discard(this)
        else:
            self.says(who, "ends", this)
            await self.readers.ends(who, this)
            self.model.ended.add(this)

    async def changes_role(self) -> None:
        who = self.dice.choice(PEOPLE)
        self.says(who, "changes role")
        self.acts(who)
        self.model.roles ^= {who}
        await self.readers.becomes(who, *(("partner",) if who in self.model.roles else ()))

    async def blocks(self) -> None:
        who = self.dice.choice(PEOPLE)
        self.says(who, "blocks the bot")
        self.readers.blocked.add(who)
        self.ever_blocked.add(who)

    # reports

    async def reports(self) -> None:
        known = Known(
            self.dice.choice(AUTHORS),
            self.dice.choice(list(TOWNS)),
            self.dice.choice(THEMES),
            self.dice.choice(SHARING),
        )
        self.acts(known.author)
        report = await self.readers.reports(
            known.author,
            publish=False,
            town=known.town,
            themes=[known.theme],
            sharing=known.sharing,
            title=f"Café r{len(self.model.reports) + 1}x v1.",
        )
        self.says(known.author, "reports", report, known)
        self.model.reports[report] = known
        await self.sends()
        self.check()
        if self.dice.random() < 0.8:
            await self._published(report)

    async def _published(self, report: str) -> None:
        if self.dice.random() < 0.2:
            await self.is_killed(report)
        self.says("published", report)
        self.model.reports[report].published = True
        await self.readers.publishes(report)
        self.model.appears(report, self.readers.now, set())
        self.model.stale.add(report)

    def _some(self, *, published: bool) -> str | None:
        found = [this for this, known in self.model.reports.items() if known.published == published]
        return self.dice.choice(found) if found else None

    async def corrects(self) -> None:
        if report := self._some(published=True):
            known = self.model.reports[report]
            known.version += 1
            self.says("corrected", report, known.version)
            self.acts(known.author)
            await self.readers.corrects(report, known.author, title=f"Café {report}x v{known.version}.")
            self.model.stale.add(report)

    async def opens_or_closes(self) -> None:
        if report := self._some(published=True):
            known = self.model.reports[report]
            before, order = known.sharing, ("coordinators", "network", "public")
            known.sharing = self.dice.choice([each for each in order if each != before])
            self.says(report, before, "->", known.sharing)
            self.acts(known.author)
            seen = {who for who in PEOPLE if self.model.sees(who, before)}
            await self.readers.corrects(report, known.author, sharing=known.sharing)
            self.model.stale.add(report)
            if order.index(known.sharing) > order.index(before):
                self.model.appears(report, self.readers.now, seen)
            else:
                self.model.recalls(report)

    async def withdraws(self) -> None:
        if report := self._some(published=True):
            known = self.model.reports[report]
            self.says("withdrawn", report)
            self.acts(known.author)
            await self.readers.withdraws(report, known.author)
            known.published = False
            self.withdrawn.add(report)
            self.model.recalls(report)
            self.model.stale.add(report)

    async def publishes_again(self) -> None:
        if self.withdrawn:
            report = self.dice.choice(sorted(self.withdrawn))
            self.withdrawn.discard(report)
            self.says("published again", report)
            self.model.reports[report].published = True
            await self.readers.publishes_again(report)
            self.model.appears(report, self.readers.now, set())
            self.model.stale.add(report)

    # time, and what goes wrong

    async def sends(self) -> None:
        """What waits goes out before the timer looks."""
        self.says("sends")
        await self.readers.send()
        self.model.sends(self.readers.blocked, set())

    async def waits(self, hours: float = 0) -> None:
        hours = hours or self.dice.choice([0, 0.1, 3, 9, 20, 60])
        await self.sends()
        self.readers.now += timedelta(hours=hours)
        self.says("looks")
        await self.readers.look()
        changed = self.model.looks(self.readers.now)
        self.model.sends(self.readers.blocked, changed)

    async def is_killed(self, report: str | None = None) -> None:
        """The process dies before a turn, or what the timer does, is committed."""
        self.says("killed")
        sends = report or self._some(published=False)

        def turn(work: UnitOfWork) -> None:
            if sends and sends not in self.withdrawn:
                self.readers.turn_in(work, 1, ReportPublished(sends, 1))
            elif there := self._some(published=True):
                self.readers.turn_in(work, self.model.reports[there].author, ReportWithdrawn(there))
            raise KilledError

        def timer(work: UnitOfWork) -> None:
            for chat in sorted({*work.deliveries.chats_due(self.readers.now, 20), *work.deliveries.chats_stale(20)}):
                self.readers.spreading._tell(work, chat, self.readers.now)
                self.readers.spreading._say_anew(work, chat, self.readers.now)
            raise KilledError

        for dying in (turn, timer):
            with pytest.raises(KilledError):
                await self.readers.storage.write(dying)
        await self.restarts()

    async def restarts(self) -> None:
        self.says("restarts")
        await self.readers.restarts(self.url)


@pytest.mark.parametrize("seed", range(4))
async def test_everybody_is_told_what_they_should_be_and_once(database_url: str, seed: int) -> None:
    migrate(database_url)
    life = Life(Readers(Storage.open(database_url)), database_url, seed)
    try:
        await life.lives()
    finally:
        await life.readers.storage.close()
