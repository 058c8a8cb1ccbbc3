"""Storage on both databases, built by the migrations."""

from collections.abc import AsyncIterator

import pytest

from storage.schema import migrate
from storage.storage import Storage


@pytest.fixture
def url(database_url: str) -> str:
    """A migrated database that nobody has written to; the test runs once on each kind."""
    migrate(database_url)
    return database_url


@pytest.fixture
async def storage(url: str) -> AsyncIterator[Storage]:
    """That database, open."""
    opened = Storage.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_storage(sqlite_url: str) -> AsyncIterator[Storage]:
    """A migrated SQLite file, open."""
    migrate(sqlite_url)
    opened = Storage.open(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
async def postgres_storage(postgres_url: str) -> AsyncIterator[Storage]:
    """A migrated PostgreSQL database, open."""
    migrate(postgres_url)
    opened = Storage.open(postgres_url)
    yield opened
    await opened.close()
