"""The places of an event: never more are given than there are, and nobody waits beside a free one."""

import asyncio
import random
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count

import pytest
from sqlalchemy import func, select

from conversations.context.context import Context
from conversations.context.session import Session
from conversations.engine.engine import take_turn
from conversations.language.events import Pressed
from conversations.model.events.event import LibraryEvent, When, as_json
from conversations.model.events.seats import SignUpState
from conversations.model.outcomes import (
    EventCancelled,
    EventChanged,
    EventPublished,
    EventStarted,
    Outcome,
    PersonForgotten,
    SignedUp,
    SignUpWithdrawn,
)
from storage.models import sign_ups
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.conversations.dialogue import REGISTERS
from tests.databases import opened
from tests.storage.chat import NOW, arrive, keep

ORGANISER, GUESTS = 100, range(101, 113)
WHEN = When(date(2027, 3, 12), date(2027, 3, 12))
THIS = "e1"


async def announced(storage: Storage, places: int) -> None:
    """An event with so many places, of an organiser; the guests have written before."""
    for who in (ORGANISER, *GUESTS):
        await storage.write(partial(arrive, who=who))
    organiser = (await storage.write(lambda work: arrive(work, ORGANISER))).id
    draft = LibraryEvent(THIS, organiser, "theme_day", "da", titles={"da": "Temadag"})
    place = EventChanged(THIS, "place", {"place": "Odense", "online": False})
    fields = (EventChanged(THIS, "when", as_json(WHEN)), place, EventChanged(THIS, "places", places))
    await keep(storage, EventStarted(draft), *fields, EventPublished(THIS), who=ORGANISER)


def presses(work: UnitOfWork, who: int, action: str) -> tuple[Outcome, ...]:
    """The turn of that guest who presses a button of the event, as the bot takes and keeps it."""
    person = arrive(work, who)
    ids = count()
    context = Context(person, NOW, NOW.date(), lambda: f"x{next(ids)}", work.lookup(person, NOW), REGISTERS)
    turn = take_turn(Session(), Pressed(action, THIS, revision=0), context)
    work.keep(person, turn, NOW)
    return turn.outcomes


def states(work: UnitOfWork) -> dict[int, SignUpState]:
    """What each guest has, by their number in Telegram."""
    found = {who: work.sign_ups.of(THIS, arrive(work, who).id) for who in GUESTS}
    return {who: each.state for who, each in found.items() if each and each.state != "withdrawn"}


def taken(work: UnitOfWork) -> int:
    query = select(func.count()).where(sign_ups.c.event_id == THIS, sign_ups.c.state == "coming")
    return work._connection.scalar(query) or 0


class Model:
    """A queue of people, the first of whom have the places; who has one keeps it."""

    def __init__(self, places: int) -> None:
        self.places = places
        self.coming: list[int] = []
        self.waiting: list[int] = []

    def signs_up(self, who: int) -> None:
        if who not in (*self.coming, *self.waiting):
            self.waiting.append(who)
            self.moves_up()

    def withdraws(self, who: int) -> None:
        self.coming = [each for each in self.coming if each != who]
        self.waiting = [each for each in self.waiting if each != who]
        self.moves_up()

    def moves_up(self) -> None:
        while self.waiting and len(self.coming) < self.places:
            self.coming.append(self.waiting.pop(0))

    def states(self) -> dict[int, SignUpState]:
        return {**dict.fromkeys(self.coming, "coming"), **dict.fromkeys(self.waiting, "waiting")}


@pytest.mark.parametrize("seed", range(6))
async def test_places_are_those_of_a_queue(storage: Storage, seed: int) -> None:
    dice = random.Random(seed)
    model = Model(3)
    await announced(storage, 3)
    for _step in range(60):
        who = dice.choice(GUESTS)
        match dice.choice(("in", "in", "out", "out_yes", "places", "forget")):
            case "in":
                await storage.write(partial(presses, who=who, action="event_in"))
                model.signs_up(who)
            case "out":
                outcomes = await storage.write(partial(presses, who=who, action="event_out"))
                if SignUpWithdrawn(THIS) in outcomes:  # with others waiting, it asks first
                    model.withdraws(who)
            case "out_yes":
                await storage.write(partial(presses, who=who, action="event_out_yes"))
                model.withdraws(who)
            case "places" if dice.random() < 0.3:
                model.places = dice.randint(1, 6)
                model.moves_up()
                change = EventChanged(THIS, "places", model.places)
                await keep(storage, change, EventPublished(THIS), who=ORGANISER)
            case "forget" if dice.random() < 0.3:
                await keep(storage, PersonForgotten(with_reports=True), who=who)
                model.withdraws(who)
            case _:
                continue
        assert await storage.write(states) == model.states()


async def test_a_place_is_given_once_however_many_press_at_once(database_url: str) -> None:
    workers = 1 if database_url.startswith("sqlite") else 2
    async with opened(database_url) as first, opened(database_url) as second:
        await announced(first, 4)
        storages = [first, second][:workers]
        dice = random.Random(workers)

        def acts(work: UnitOfWork, who: int, action: str) -> int:
            presses(work, who, action)
            return taken(work)

        for _round in range(6):
            dozen = [
                (dice.choice(storages), who, dice.choice(("event_in", "event_in", "event_out_yes"))) for who in GUESTS
            ]
            found = await asyncio.gather(
                *(each.write(partial(acts, who=who, action=action)) for each, who, action in dozen)
            )
            assert max(found) <= 4
            there = list((await first.write(states)).values())
            assert there.count("coming") == min(4, len(there))  # nobody waits beside a free place


async def test_who_signs_up_while_it_is_cancelled_is_either_told_or_refused(database_url: str) -> None:
    async with opened(database_url) as storage:
        await announced(storage, 100)
        signing = [storage.write(partial(presses, who=who, action="event_in")) for who in GUESTS]
        cancelling = keep(storage, EventCancelled(THIS), who=ORGANISER)
        turns, _none = await asyncio.gather(asyncio.gather(*signing), cancelling)
        in_time = sum(any(isinstance(each, SignedUp) for each in outcomes) for outcomes in turns)
        found = await storage.read(lambda work: work.event_reach.to_tell_cancelled(NOW))
        assert len(found) == in_time


async def test_a_person_who_left_keeps_nobody_waiting(storage: Storage) -> None:
    await announced(storage, 1)
    for who in GUESTS[:3]:
        await storage.write(partial(presses, who=who, action="event_in"))
    await storage.write(lambda work: work.people.stopped(GUESTS[1]))
    await storage.write(lambda work: presses(work, GUESTS[0], "event_out_yes"))

    def stored(work: UnitOfWork) -> list[str]:
        query = select(sign_ups.c.state).where(sign_ups.c.event_id == THIS).order_by(sign_ups.c.number)
        return list(work._connection.scalars(query))

    assert await storage.read(stored) == ["withdrawn", "waiting", "coming"]


def _cleared(work: UnitOfWork, then: datetime) -> None:
    work.retention.sign_ups(then, 0)


async def test_sign_ups_go_ninety_days_after_the_event(storage: Storage) -> None:
    await announced(storage, 1)
    await storage.write(lambda work: presses(work, GUESTS[0], "event_in"))
    end = datetime(2027, 3, 13, tzinfo=UTC)
    for days, left in ((89, 1), (91, 0)):
        then = end + timedelta(days=days)
        await storage.write(partial(_cleared, then=then))
        assert await storage.read(taken) == left
