"""Each test of a look-up runs in memory and on both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.contract.kept import Kept, KeptInDatabase, KeptInMemory
from tests.databases import opened


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def kept(request: pytest.FixtureRequest) -> AsyncIterator[Kept]:
    """Where three people are known and nothing has happened yet."""
    if request.param == "memory":
        yield KeptInMemory()
        return
    url: str = request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])
    async with opened(url) as storage:
        kept = KeptInDatabase(storage)
        await kept.come()
        yield kept
