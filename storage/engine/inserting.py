"""Inserts of rows that may already exist."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_unless_there(table: Table[Any], *unique: str, returning: Sequence[Column[Any]]) -> Mapping[str, Insert]:
    """Returns an insert that skips rows whose `unique` columns already exist, by dialect name.

    The two databases spell it differently. It returns the columns `returning` of the inserted rows.
    """
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*returning),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=unique).returning(*returning),
    }
