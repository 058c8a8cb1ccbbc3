"""The timers look again and again: when they are told, when it is time, and whatever happened the last time."""

import asyncio
from collections import deque

import structlog

from bot.runtime.timers import longer, look_every, look_when_told
from storage.engine.errors import StorageClosed

NEVER, AT_ONCE = 1e6, 0.0


class Looking:
    """What comes of the looks, one after another; after the last the storage is closed."""

    def __init__(self, *what_comes: float | Exception | None) -> None:
        self._what_comes = deque(what_comes)
        self.told = asyncio.Event()
        self.looks = 0
        self.looked = asyncio.Event()

    async def look(self) -> float | None:
        self.looks += 1
        self.looked.set()
        match self._what_comes.popleft() if self._what_comes else StorageClosed("It is over."):
            case Exception() as error:
                raise error
            case pause:
                return pause


async def test_it_looks_as_soon_as_it_is_told() -> None:
    looking = Looking(None)
    timer = asyncio.create_task(look_when_told(looking.told, NEVER, looking.look, "anything"))
    await looking.looked.wait()
    assert looking.looks == 1
    looking.told.set()
    await timer
    assert looking.looks == 2
    assert not looking.told.is_set(), "it would look again and again"


async def test_what_it_is_told_while_it_looks_is_looked_for_next() -> None:
    looking = Looking(None)

    async def look() -> float | None:
        looking.told.set()
        return await looking.look()

    await look_when_told(looking.told, NEVER, look, "anything")
    assert looking.looks == 2


async def test_it_looks_when_it_is_time_although_nobody_told_it() -> None:
    looking = Looking(None, None)
    await look_when_told(looking.told, AT_ONCE, looking.look, "anything")
    assert looking.looks == 3


async def test_a_look_may_say_when_the_next_one_is() -> None:
    looking = Looking(AT_ONCE, AT_ONCE)
    await look_when_told(looking.told, NEVER, looking.look, "anything")
    assert looking.looks == 3


async def test_a_look_that_fails_is_told_of_and_followed_by_the_next() -> None:
    looking = Looking(ValueError("what somebody wrote"), None)
    with structlog.testing.capture_logs() as logs:
        await look_when_told(looking.told, AT_ONCE, looking.look, "anything")
    assert looking.looks == 3
    assert [(line["what"], line["error"]) for line in logs] == [("anything", "ValueError")]
    assert "somebody" not in str(logs)


async def test_nobody_need_tell_it() -> None:
    looking = Looking(None, None)

    async def look() -> None:
        await looking.look()

    await look_every(AT_ONCE, look, "anything")
    assert looking.looks == 3


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [0.0]
    while len(pauses) < 6:
        pauses.append(longer(pauses[-1], 5.0, first=1.0))
    assert pauses == [0.0, 1.0, 2.0, 4.0, 5.0, 5.0]
