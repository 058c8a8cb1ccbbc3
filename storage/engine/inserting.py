"""Inserting what may be there already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(table: Table[Any], *unique: str, returning: Sequence[Column[Any]]) -> Mapping[str, Insert]:
    """An insert that passes over rows whose `unique` columns are taken, by the name of the dialect: one meaning,
    two spellings. It returns the columns of the rows that are new.
    """
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*returning),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*returning),
    }
