"""The databases the other tests rely on are real, empty and of one test alone."""

import pytest
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from tests.postgres import Postgres


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_database_is_empty_whatever_an_earlier_test_left(database_url: str, time: str) -> None:
    engine = create_engine(database_url, poolclass=NullPool)
    assert inspect(engine).get_table_names() == []
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE reports (title text)"))
        connection.execute(text("INSERT INTO reports VALUES (:title)"), {"title": "Sprogcafé på Ærø 📚"})
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT title FROM reports")) == "Sprogcafé på Ærø 📚"


def test_the_postgresql_is_a_real_one_and_sorts_the_same_everywhere(postgres_url: str) -> None:
    engine = create_engine(postgres_url, poolclass=NullPool)
    with engine.begin() as connection:
        version = connection.scalar(text("SELECT version()"))
        sorted_names = text("SELECT name FROM (VALUES ('č'), ('a'), ('Z')) AS t (name) ORDER BY name")
        assert str(version).startswith("PostgreSQL")
        assert connection.scalars(sorted_names).all() == ["Z", "a", "č"]
        assert connection.scalar(text("SELECT lower('ÆØÅ')")) == "æøå"


def test_a_database_can_be_copied_from_another(postgres: Postgres) -> None:
    with postgres.database() as original:
        engine = create_engine(postgres.url(original), poolclass=NullPool)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE reports (title text)"))
        with postgres.database(like=original) as copy:
            assert inspect(create_engine(postgres.url(copy), poolclass=NullPool)).get_table_names() == ["reports"]


def test_a_dropped_database_takes_open_connections_with_it(postgres: Postgres) -> None:
    with postgres.database() as name:
        engine = create_engine(postgres.url(name))
        connection = engine.connect()
        connection.execute(text("SELECT 1"))
    connection.invalidate()
    connection.close()
    engine.dispose()
