"""Storage on both databases, built by the migrations."""

from collections.abc import AsyncIterator

import pytest

from storage.session.schema import migrate
from storage.session.storage import Storage
from tests.databases import opened


@pytest.fixture
def url(database_url: str) -> str:
    """A migrated database that nobody has written to; the test runs once on each kind."""
    migrate(database_url)
    return database_url


@pytest.fixture
async def sqlite_storage(sqlite_url: str) -> AsyncIterator[Storage]:
    """A migrated SQLite file, open."""
    async with opened(sqlite_url) as storage:
        yield storage


@pytest.fixture
async def postgres_storage(postgres_url: str) -> AsyncIterator[Storage]:
    """A migrated PostgreSQL database, open."""
    async with opened(postgres_url) as storage:
        yield storage
