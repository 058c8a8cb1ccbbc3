"""A call has closed: every coordinator is told once, in waking hours, on both databases."""

from datetime import datetime, timedelta

from conversations.model.outcomes import CallChanged, RemindersChosen
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.jobs.test_reminders import BEGINNING, DEADLINE, Calendar, at, call, does


async def coordinators(storage: Storage, *who: int) -> list[int]:
    people = [await does(storage, each) for each in who]

    def given(work: UnitOfWork) -> None:
        for person in people:
            work.members.become(person, frozenset({"coordinator"}))

    await storage.write(given)
    return people


async def told(storage: Storage, start: datetime, end: datetime, workers: int = 1) -> list[tuple[int | None, datetime]]:
    """Who was told that a call is closed, and when."""
    calendar = Calendar(storage)
    await calendar.runs((start, end), every=30, workers=workers)
    assert all("Opfordringen er lukket: Meld jeres erfaringer ind" in text for text in calendar.texts)
    return calendar.told


async def test_every_coordinator_is_told_once_in_the_morning_after(storage: Storage) -> None:
    await call(storage)
    ann, bo = await coordinators(storage, 1, 2)
    await does(storage, 2, RemindersChosen(False))
    assert await told(storage, at(28, 0), at(28, 9)) == []
    assert await told(storage, at(28, 9), at(31, 12), workers=2) == [(ann, at(28, 9)), (bo, at(28, 9))]


async def test_a_call_that_gets_more_time_is_told_of_at_its_new_end(storage: Storage) -> None:
    await call(storage)
    (ann,) = await coordinators(storage, 1)
    later = {"at": (DEADLINE + timedelta(days=5)).isoformat(), "timezone": "Europe/Copenhagen"}
    await does(storage, 99, CallChanged("c", "deadline", later), now=at(27, 12))
    found = await told(storage, at(28, 0), at(28, 12)), await told(storage, at(2, 0, month=11), at(4, 12, month=11))
    assert found == ([], [(ann, at(2, 9, month=11))])


async def test_one_that_is_closed_by_hand_is_told_of_and_an_old_one_is_not(storage: Storage) -> None:
    await call(storage)
    (ann,) = await coordinators(storage, 1)
    await does(storage, 99, CallChanged("c", "status", "closed"), now=at(10, 12))
    assert await told(storage, at(10, 12), at(29, 12)) == [(ann, at(10, 12))]
    await coordinators(storage, 4)
    assert await told(storage, at(29, 12), at(29, 18)) == []


async def test_one_that_is_opened_again_before_the_morning_is_not_told_of(storage: Storage) -> None:
    await call(storage)
    await coordinators(storage, 1)
    await does(storage, 99, CallChanged("c", "status", "closed"), now=at(10, 22))
    assert await told(storage, at(10, 22), at(11, 1)) == []
    await does(storage, 99, CallChanged("c", "status", "open"), now=at(11, 2))
    assert await told(storage, at(11, 2), at(11, 12)) == []


async def test_a_call_without_an_end_is_never_over(storage: Storage) -> None:
    await call(storage, now=BEGINNING)
    await coordinators(storage, 1)
    await does(storage, 99, CallChanged("c", "deadline", {"at": None, "timezone": "UTC"}), now=BEGINNING)
    assert await told(storage, at(28, 9), at(29, 12)) == []
