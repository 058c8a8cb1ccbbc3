"""What tests of every ring may ask for."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from storage.session.storage import Storage
from tests.databases import opened
from tests.postgres import Postgres, running_postgres

# Tests measure no time: a busy machine is no fault of the program.
settings.register_profile("meldind", deadline=None)
settings.load_profile("meldind")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of this test process, started when the first test needs it."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty PostgreSQL database of this test."""
    with postgres.database() as name:
        yield postgres.url(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A place for the SQLite file of this test."""
    return f"sqlite:///{tmp_path / 'meldind.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of this test; the test runs once on each kind."""
    url: str = request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param])
    return url


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    """A migrated database that nobody has written to, open; the test runs once on each kind."""
    async with opened(database_url) as storage:
        yield storage
