"""An upgrade from the database of an earlier version: nothing is lost, and what was public is found as before."""

import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import MetaData, Table, inspect, select, text

from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.session.schema import migrate, schema_state
from tests.databases import opened
from tests.storage.session.test_schema import made_by_meldind, upgrade

EARLIER = Path(__file__).parent / "earlier"
"""The databases of trials, each of the day in its name, as `VACUUM INTO` leaves them."""

_MADE_AGAIN = {"alembic_version", "findable", "known_words"}
"""What a database has by itself: its version, and the index of search, which is another one on each."""


@pytest.fixture(params=sorted(EARLIER.glob("*.gz")), ids=lambda file: str(file.name).split(".")[0])
def earlier(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    file = tmp_path / "earlier.sqlite3"
    file.write_bytes(gzip.decompress(request.param.read_bytes()))
    return f"sqlite:///{file}"


def contents(url: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """What is in the tables, by their names; the indexes of SQLite's search are left out."""
    with make_engine(normalise_url(url)).connect() as connection:
        found: dict[str, list[Mapping[str, Any]]] = {}
        for name in filter(made_by_meldind, inspect(connection).get_table_names()):
            table = Table(name, MetaData(), autoload_with=connection)
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            found[name] = [dict(row) for row in rows]
    return found


def as_of(schema: str, rows: Mapping[str, list[Mapping[str, Any]]], url: str) -> None:
    """Make a database of an earlier version on a PostgreSQL, with these rows."""
    upgrade(url, schema)
    with make_engine(normalise_url(url)).begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))  # whichever table comes first
        for name in set(inspect(connection).get_table_names()) - _MADE_AGAIN:
            table = Table(name, MetaData(), autoload_with=connection)
            kinds = {column.name: column.type.python_type for column in table.c if column.name != "vector"}
            for row in rows.get(name, ()):
                fit = {key: bool(value) if kinds[key] is bool else value for key, value in row.items() if key in kinds}
                connection.execute(table.insert(), fit)


async def keeps_what_it_has(url: str, before: Mapping[str, list[Mapping[str, Any]]]) -> None:
    migrate(url)
    assert schema_state(url) == "current"
    after = contents(url)
    assert before["reports"]
    assert before["initiatives"]
    for name in ("people", "reports", "answers", "audit", "initiatives", "calls", "events"):
        columns = before[name][0].keys() & after[name][0].keys()
        told, kept = ([{key: str(row[key]) for key in columns} for row in each[name]] for each in (before, after))
        assert kept == told, name
    public = [row["report_id"] for row in before["initiatives"]]
    async with opened(url) as storage:
        assert set(await storage.read(lambda work: work.initiatives.stored(public))) == set(public)


async def test_sqlite_keeps_what_it_has(earlier: str) -> None:
    await keeps_what_it_has(earlier, contents(earlier))


async def test_postgresql_keeps_what_it_has(earlier: str, postgres_url: str) -> None:
    rows = contents(earlier)
    as_of(rows["alembic_version"][0]["version_num"], rows, postgres_url)
    await keeps_what_it_has(postgres_url, contents(postgres_url))
