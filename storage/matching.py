"""Rows of an index over words (storage/fulltext.py) that have the words wanted, on either database."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, text

Match: TypeAlias = Sequence[Sequence[str]]
"""One word of each group must be there. Words are those of `Tokens`: no white space, quotation marks or backslashes."""

FEW, MANY = 512, 8192
"""Rows that PostgreSQL reads from the newest on, for its index does not give the newest first. What is common is found
among few of them, and those tell how many to read for what is less so; what is rare the index finds quickly."""

_ON_SQLITE = text("SELECT rowid FROM findable_index WHERE findable_index MATCH :wanted ORDER BY rowid DESC LIMIT :most")
_AMONG_THE_NEWEST = text(
    """SELECT number FROM (SELECT number, words FROM findable ORDER BY number DESC LIMIT :rows) AS newest
        WHERE words @@ CAST(:wanted AS tsquery) ORDER BY number DESC LIMIT :most"""
)
# Materialised, or the planner would read one row after another from the newest on.
_BY_INDEX = text(
    """WITH found AS MATERIALIZED (SELECT number FROM findable WHERE words @@ CAST(:wanted AS tsquery))
        SELECT number FROM found ORDER BY number DESC LIMIT :most"""
)

_NOT_ROW_BY_ROW, _AS_IT_WAS = text("SET LOCAL enable_seqscan = off"), text("SET LOCAL enable_seqscan = on")

_QUOTES: Mapping[str, tuple[str, str, str]] = {"sqlite": ('"', " OR ", " AND "), "postgresql": ("'", " | ", " & ")}


def findable_numbers(connection: Connection, match: Match, most: int) -> list[int]:
    """The numbers of up to `most` findable rows that match, the newest first; none where nothing is asked for."""
    if not match or not all(match):
        return []
    wanted = {"wanted": as_query(match, connection.dialect.name), "most": most}
    if connection.dialect.name == "sqlite":
        return list(connection.scalars(_ON_SQLITE, wanted))
    found = list(connection.scalars(_AMONG_THE_NEWEST, {**wanted, "rows": FEW}))
    enough = 2 * FEW * most // max(len(found), 1)
    if len(found) < most and enough <= MANY:
        found = list(connection.scalars(_AMONG_THE_NEWEST, {**wanted, "rows": enough}))
    return found if len(found) == most else _by_index(connection, wanted)


def is_found(connection: Connection, word: str) -> bool:
    """Whether any findable row has that word."""
    wanted = {"wanted": as_query([[word]], connection.dialect.name), "most": 1}
    if connection.dialect.name == "sqlite":
        return connection.scalar(_ON_SQLITE, wanted) is not None
    return bool(_by_index(connection, wanted))


def _by_index(connection: Connection, wanted: Mapping[str, Any]) -> list[int]:
    """What is rare: the planner thinks reading all rows cheaper than it is, for it does not count the words."""
    connection.execute(_NOT_ROW_BY_ROW)
    found = list(connection.scalars(_BY_INDEX, wanted))
    connection.execute(_AS_IT_WAS)
    return found


def as_query(match: Match, dialect: str) -> str:
    """`match` as that database is asked for it; the value of a parameter, never a part of a statement."""
    mark, either, every = _QUOTES[dialect]
    groups = (either.join(f"{mark}{word}{mark}" for word in group) for group in match)
    return every.join(f"({group})" for group in groups)
