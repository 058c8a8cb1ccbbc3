"""The timers look again and again: when they are told, when it is time, and whatever happened the last time."""

import asyncio
from collections import deque

import structlog

from bot.runtime.timers import Timer, longer
from storage.engine.errors import StorageClosed

NEVER, AT_ONCE = 1e6, 0.0


class Looking:
    """What comes of the looks, one after another; after the last the storage is closed."""

    def __init__(self, *what_comes: float | Exception | None) -> None:
        self._what_comes = deque(what_comes)
        self.looks = 0
        self.looked = asyncio.Event()

    def timer(self, seconds: float) -> Timer:
        return Timer("anything", seconds, self.look)

    async def look(self) -> float | None:
        self.looks += 1
        self.looked.set()
        match self._what_comes.popleft() if self._what_comes else StorageClosed("It is over."):
            case Exception() as error:
                raise error
            case pause:
                return pause


async def test_it_looks_as_soon_as_it_is_told_once_and_not_after_it_is_stopped() -> None:
    looking = Looking(None, None, None)
    timer = looking.timer(NEVER)
    running = asyncio.create_task(timer.run())
    await looking.looked.wait()
    assert looking.looks == 1
    looking.looked.clear()
    timer.look_now()
    await looking.looked.wait()
    for _ in range(5):
        await asyncio.sleep(0)
    assert looking.looks == 2
    timer.stop()
    await running
    assert looking.looks == 2


async def test_what_it_is_told_while_it_looks_is_looked_for_next() -> None:
    looking = Looking(None)

    async def look() -> float | None:
        timer.look_now()
        return await looking.look()

    timer = Timer("anything", NEVER, look)
    await timer.run()
    assert looking.looks == 2


async def test_it_looks_when_it_is_time_although_nobody_told_it() -> None:
    looking = Looking(None, None)
    await looking.timer(AT_ONCE).run()
    assert looking.looks == 3


async def test_a_look_may_say_when_the_next_one_is() -> None:
    looking = Looking(AT_ONCE, AT_ONCE)
    await looking.timer(NEVER).run()
    assert looking.looks == 3


async def test_a_look_that_fails_is_told_of_and_followed_by_the_next() -> None:
    looking = Looking(ValueError("what somebody wrote"), None)
    with structlog.testing.capture_logs() as logs:
        await looking.timer(AT_ONCE).run()
    assert looking.looks == 3
    assert [(line["what"], line["error"]) for line in logs] == [("anything", "ValueError")]
    assert "somebody" not in str(logs)


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [0.0]
    while len(pauses) < 6:
        pauses.append(longer(pauses[-1], 5.0, first=1.0))
    assert pauses == [0.0, 1.0, 2.0, 4.0, 5.0, 5.0]
