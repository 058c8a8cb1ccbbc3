"""A database with rows in every table, and in them all that is hard to carry over."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Table, insert

from storage.engine.columns import Json, SafeText, Tokens, UtcTime
from storage.engine.database import make_engine
from storage.engine.urls import normalise_url
from storage.models import metadata

EACH = 3
MOMENT = datetime(2026, 11, 22, 5, 30, 0, 1, tzinfo=UTC)
WORDS = ("Čš\u2028æ\r\n", "", "a\\u0000 “b”\t🪴", "Z", "é", "A")


def fill(url: str) -> None:
    """Put rows into every table of the migrated, empty database at `url`."""
    with make_engine(normalise_url(url)).begin() as connection:
        for table in metadata.sorted_tables:
            _fill(connection, table)


def _fill(connection: Connection, table: Table) -> None:
    for number in range(1, EACH + 1):
        connection.execute(insert(table), {column.name: _value(column, number) for column in table.c})


def _value(column: Column[Any], number: int) -> Any:
    of_report = column.name == "report_id" or any(key.column.table.name == "reports" for key in column.foreign_keys)
    if column.nullable and number == EACH:
        return None
    match column.type:
        case UtcTime():
            return MOMENT + timedelta(days=number, microseconds=number)
        case Json():
            return {"words": list(WORDS), "number": number, "half": 0.1, "none": None, "yes": True}
        case Tokens():
            return ["DK-0461", "h:čš", f"{number}"]
        case SafeText() if column.primary_key or column.foreign_keys or of_report or column.unique:
            return f"{'éaZ'[number - 1]}{number}"  # which no two languages put into the same order
        case SafeText():
            return f"{WORDS[number]}{number}"
        case Boolean():
            return number == 1
        case _:
            big = column.name in {"telegram_id", "chat_id", "update_id"} and not column.foreign_keys
            return number + (7_000_000_000 if big else 0)
