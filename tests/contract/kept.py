"""The same turns of the same people, kept in memory or in a database, and what each of them may look up then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol, TypeVar

from conversations.context.context import Lookup
from conversations.context.session import Session, Turn
from conversations.language.events import File
from conversations.memory.memory import Memory
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    FileReceived,
    Outcome,
    ReportPublished,
    ReportSubmitted,
)
from conversations.model.people.person import Person
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.contract.differences import GIVEN, LESS

Answer = TypeVar("Answer")

NOW = datetime(2026, 11, 22, 9, 30, 15, 123456, tzinfo=UTC)
ANA, BO, CY = 1, 2, 3
"""Three people who have written to the bot, in this order; they read Danish."""

ODENSE = {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"}


def later(**time: float) -> datetime:
    """Some time after `NOW`."""
    return NOW + timedelta(**time)


class Kept(Protocol):
    """Where outcomes are kept."""

    async def keep(self, *outcomes: Outcome, who: int = ANA, now: datetime = NOW) -> None:
        """Keep a turn of that person."""
        ...

    async def ask(self, question: Callable[[Lookup], Answer], who: int = ANA, now: datetime = NOW) -> Answer:
        """The answer to a question of that person."""
        ...

    async def given(
        self,
        look_up: str,
        memory: Callable[[Memory], object],
        stored: Callable[[UnitOfWork], object] = lambda work: None,
        who: int = ANA,
    ) -> None:
        """Give to that person's memory what it is given by design, or to the database what no outcome brings about."""
        ...

    def is_less(self, look_up: str) -> bool:
        """Whether that look-up knows less here, by design."""
        ...


class KeptInMemory:
    """Three memories that share what people share."""

    def __init__(self) -> None:
        first = Memory(Person(ANA, "da"))
        self._memories = {ANA: first}
        first.contacts.reader = first.experts.reader = first.partners.reader = first.people.reader = ANA
        first.events.reader = ANA
        first.followups.reader = ANA
        for who in (BO, CY):
            self._memories[who] = Memory(
                Person(who, "da"),
                calls=first.calls,
                collections=replace(first.collections, reader=who),
                contacts=replace(first.contacts, reader=who),
                followups=replace(first.followups, reader=who, said={}),
                digests=replace(first.digests, comes=[], ended=set()),
                events=replace(first.events, reader=who),
                experts=replace(first.experts, reader=who),
                initiatives=replace(first.initiatives),
                partners=replace(first.partners, reader=who),
                people=replace(first.people, reader=who),
                review=first.review,
                privacy=first.privacy,
            )
        for memory in self._memories.values():
            memory.people.met(memory.person)

    async def keep(self, *outcomes: Outcome, who: int = ANA, now: datetime = NOW) -> None:
        memory = self._memories[who]
        memory.keep(Turn(Session(1), (), outcomes, language=memory.person.language), now)

    async def ask(self, question: Callable[[Lookup], Answer], who: int = ANA, now: datetime = NOW) -> Answer:
        memory = self._memories[who]
        memory.calls.now = memory.events.now = memory.experts.now = memory.people.now = now
        return question(memory)

    async def given(
        self,
        look_up: str,
        memory: Callable[[Memory], object],
        stored: Callable[[UnitOfWork], object] = lambda work: None,
        who: int = ANA,
    ) -> None:
        assert look_up in GIVEN
        memory(self._memories[who])

    def is_less(self, look_up: str) -> bool:
        assert look_up in LESS
        return True


class KeptInDatabase:
    """A database of either kind."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def come(self) -> None:
        """All three write for the first time, in their order."""
        for who in (ANA, BO, CY):
            assert (await self._storage.write(partial(_arrive, who=who))).id == who

    async def keep(self, *outcomes: Outcome, who: int = ANA, now: datetime = NOW) -> None:
        def kept(work: UnitOfWork) -> None:
            person = _arrive(work, who)
            work.keep(person, Turn(Session(1), (), outcomes, language=person.language), now)

        await self._storage.write(kept)

    async def ask(self, question: Callable[[Lookup], Answer], who: int = ANA, now: datetime = NOW) -> Answer:
        return await self._storage.write(lambda work: question(work.lookup(_arrive(work, who), now)))

    async def given(
        self,
        look_up: str,
        memory: Callable[[Memory], object],
        stored: Callable[[UnitOfWork], object] = lambda work: None,
        who: int = ANA,
    ) -> None:
        assert look_up in GIVEN
        await self._storage.write(stored)

    def is_less(self, look_up: str) -> bool:
        assert look_up in LESS
        return False


async def draft(kept: Kept, report: str, who: int = ANA, now: datetime = NOW, **answers: object) -> None:
    """That person begins a draft with these answers."""
    told = (Answered(report, question, value) for question, value in answers.items())
    await kept.keep(DraftStarted(report), *told, who=who, now=now)


async def publish(kept: Kept, this: Initiative, who: int = ANA, photos: tuple[File, ...] = ()) -> None:
    """That person's report is published and is this initiative from then on."""
    files = (FileReceived(this.id, "photo", each.reference, each) for each in photos)
    await draft(kept, this.id, who, this.published_at, **this.answers)
    await kept.keep(*files, ReportSubmitted(this.id), who=who, now=this.published_at)
    await kept.keep(ReportPublished(this.id, 1), who=CY, now=this.published_at)
    await kept.given("initiatives.initiative", lambda memory: memory.initiatives.published.update({this.id: this}))


def initiative(this: str, title: str, *, when: datetime = NOW, call: str = "", **answers: object) -> Initiative:
    """An initiative of the library in Odense."""
    told = {"status": "running", "title": title, "library": ODENSE, "sharing": "public", **answers}
    where = ("dk-0461", ODENSE["name"], "DK-0461", "Odense", "Syddanmark", "DK")
    return Initiative(this, 1, "da", when, when, call, *where, told)


def _arrive(work: UnitOfWork, who: int) -> Person:
    return work.people.arrive(100 + who, 100 + who, "da", NOW).person
