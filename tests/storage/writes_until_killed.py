"""Writes updates as fast as it can and says which ones were acknowledged, until it is killed."""

import asyncio
import itertools
import os
import sys

from storage.session.storage import Storage
from tests.storage.chat import NOW


async def main(url: str, how: str) -> None:
    """Twenty callers, each with one `write` or `note` after another."""
    storage = Storage.open(url)
    keep = getattr(storage, how)
    numbers = itertools.count()

    async def caller(lane: int) -> None:
        for number in numbers:
            await keep(lambda work: work.inbox.receive_many(1, [(number, lane, "{}")], NOW))  # noqa: B023 - awaited
            os.write(1, f"{number}\n".encode())

    await asyncio.gather(*(caller(lane) for lane in range(20)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], "note" if sys.argv[2:] == ["note"] else "write"))
