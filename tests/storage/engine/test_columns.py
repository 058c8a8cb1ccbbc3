import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, insert, select

from storage.engine.columns import Json, SafeText, UtcTime
from storage.engine.database import make_engine
from storage.engine.errors import Unstorable
from storage.engine.urls import normalise_url

kept = Table(
    "kept",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("text", SafeText),
    Column("value", Json),
    Column("time", UtcTime),
)

texts = st.text(st.characters(exclude_categories=()) | st.sampled_from("\0\\u0"))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
)


@pytest.fixture
def connection(database_url: str) -> Connection:
    made = make_engine(normalise_url(database_url)).connect()
    kept.create(made)
    made.commit()
    return made


def back(connection: Connection, column: str, value: object) -> object:
    """What comes back when `value` is kept; nothing stays behind."""
    with connection.begin() as transaction:
        this = connection.execute(insert(kept).returning(kept.c.id), {column: value}).scalar_one()
        found: object = connection.scalar(select(kept.c[column]).where(kept.c.id == this))
        transaction.rollback()
    return found


def storable(text: str) -> bool:
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)


def texts_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from texts_in(each)
        case dict():
            for each in (*value.keys(), *value.values()):
                yield from texts_in(each)
        case _:
            pass


# the same connection throughout is meant: every example is rolled back
repeatedly = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@repeatedly
@given(text=st.text(st.characters(exclude_categories=())))
def test_a_text_comes_back_as_it_was_or_is_refused(connection: Connection, text: str) -> None:
    if storable(text):
        assert back(connection, "text", text) == text
    else:
        with pytest.raises(Unstorable):
            back(connection, "text", text)


@repeatedly
@given(value=values)
def test_json_comes_back_as_it_was_or_is_refused(connection: Connection, value: object) -> None:
    if all(storable(text) for text in texts_in(value)):
        assert json.dumps(back(connection, "value", value)) == json.dumps(value)
    else:
        with pytest.raises(Unstorable):
            back(connection, "value", value)


@pytest.mark.parametrize("value", ["\\u0000", ["\\\\u0000"], {"\\u0000": "æ"}])
def test_a_backslash_and_u0000_as_somebody_typed_it_is_no_nul(connection: Connection, value: object) -> None:
    assert back(connection, "value", value) == value


@pytest.mark.parametrize("value", ["a\0b", {"\0": 1}, ["\\\0"], "\ud800", {"x": ["\udfff"]}, float("nan"), object()])
def test_json_that_no_database_keeps_is_refused_without_repeating_it(connection: Connection, value: object) -> None:
    with pytest.raises(Unstorable) as refused:
        back(connection, "value", value)
    assert "\0" not in str(refused.value)


@pytest.mark.parametrize("text", ["a\0b", "\udfff", "\ud83d half an emoji"])
def test_text_that_no_database_keeps_is_refused_in_a_search_too(connection: Connection, text: str) -> None:
    with pytest.raises(Unstorable):
        connection.scalar(select(kept.c.id).where(kept.c.text == text))


def test_none_is_null_and_json_null_inside_a_value_stays(connection: Connection) -> None:
    assert back(connection, "value", None) is None
    assert back(connection, "value", [None]) == [None]


@repeatedly
@given(time=st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(-timedelta(hours=8))])))
def test_a_time_comes_back_as_the_same_moment_in_utc(connection: Connection, time: datetime) -> None:
    try:
        moment = time.astimezone(UTC)
    except OverflowError:
        return
    found = back(connection, "time", time)
    assert found == moment
    assert isinstance(found, datetime)
    assert found.tzinfo is UTC


def test_times_sort_as_they_follow_each_other(connection: Connection) -> None:
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    times = [moment, moment + timedelta(microseconds=1), moment + timedelta(milliseconds=100), moment + timedelta(1)]
    connection.execute(insert(kept), [{"time": time} for time in reversed(times)])
    assert connection.scalars(select(kept.c.time).order_by(kept.c.time)).all() == times


def test_a_time_without_a_zone_is_refused(connection: Connection) -> None:
    with pytest.raises(Unstorable, match="time zone"):
        back(connection, "time", datetime(2026, 11, 22, 9))  # noqa: DTZ001 - that is the point


def test_letters_are_kept_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "letters.sqlite3"
    with make_engine(normalise_url(f"sqlite:///{file}")).begin() as connection:
        kept.create(connection)
        connection.execute(insert(kept), {"value": {"navn": "Bæredygtig šola"}})
    assert '{"navn":"Bæredygtig šola"}'.encode() in file.read_bytes()
