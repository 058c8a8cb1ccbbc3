"""Databases that the migrations have made."""

import contextlib
from collections.abc import AsyncIterator

from storage.session.schema import migrate
from storage.session.storage import Storage


@contextlib.asynccontextmanager
async def opened(url: str) -> AsyncIterator[Storage]:
    """The database at `url`, migrated and open."""
    migrate(url)
    storage = Storage.open(url)
    try:
        yield storage
    finally:
        await storage.close()
