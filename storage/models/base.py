"""What all tables share."""

from typing import Any

from sqlalchemy import Column, ColumnElement, Index, MetaData, literal_column, text

from storage.engine.columns import SafeText

metadata = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pk",
        "fk": "%(table_name)s_%(column_0_name)s_fk",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
    }
)

PENDING = literal_column("'pending'", SafeText)
WAITING = literal_column("'waiting'", SafeText)
SUBMITTED = literal_column("'submitted'", SafeText)
"""Written as a literal in statements: neither database uses a partial index for a parameter."""

NOTHING = text("''")


def only(name: str, these: ColumnElement[bool], *columns: Column[Any], unique: bool = False) -> Index:
    """Returns a partial index over `these` rows, which are few."""
    return Index(name, *columns, unique=unique, postgresql_where=these, sqlite_where=these)
