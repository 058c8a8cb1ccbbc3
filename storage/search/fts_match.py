"""Full-text queries on SQLite and PostgreSQL (the index is in storage/engine/fulltext.py)."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Integer, TextClause, column, text

from storage.engine.prepared import Prepared

Match: TypeAlias = Sequence[Sequence[str]]
"""A row matches if it has one word of each group. Words are as in `Tokens`: no white space, quotes or backslashes."""

FEW, MANY = 1_024, 12_288
"""How many of the newest rows PostgreSQL reads first, because its index is not ordered by age. Common words are found
among few rows, and their number tells how many more to read for less common ones; the index finds rare words quickly.
"""

_NUMBER = column("number", Integer)
_ON_SQLITE = Prepared(
    text("SELECT rowid FROM findable_index WHERE findable_index MATCH :wanted ORDER BY rowid DESC LIMIT :most").columns(
        _NUMBER
    )
)
_AMONG_THE_NEWEST = """SELECT number
    FROM (SELECT number, words FROM findable ORDER BY number DESC LIMIT :rows) AS newest
    WHERE {these} ORDER BY number DESC LIMIT :most"""
# Materialised, because the planner would otherwise read row by row, newest first.
_BY_INDEX = """WITH found AS MATERIALIZED (SELECT number FROM findable WHERE {these})
    SELECT number FROM found ORDER BY number DESC LIMIT :most"""

_NOT_ROW_BY_ROW, _AS_IT_WAS = text("SET LOCAL enable_seqscan = off"), text("SET LOCAL enable_seqscan = on")

_QUOTES: Mapping[str, tuple[str, str, str]] = {"sqlite": ('"', " OR ", " AND "), "postgresql": ("'", " | ", " & ")}


def findable_numbers(connection: Connection, match: Match, most: int) -> list[int]:
    """The numbers of up to `most` findable rows that match, newest first; none if `match` is empty."""
    if not match or not all(match):
        return []
    if connection.dialect.name == "sqlite":
        return _on_sqlite(connection, match, most)
    among_the_newest, wanted = _each(_AMONG_THE_NEWEST, len(match)), {**_wanted(match), "most": most}
    found = connection.scalars(among_the_newest, {**wanted, "rows": FEW}).all()
    enough = 2 * FEW * most // max(len(found), 1)
    if len(found) < most and enough <= MANY:
        found = connection.scalars(among_the_newest, {**wanted, "rows": enough}).all()
    return list(found) if len(found) == most else _by_index(connection, match, most)


def is_found(connection: Connection, word: str) -> bool:
    """Whether any findable row contains that word."""
    find = _on_sqlite if connection.dialect.name == "sqlite" else _by_index
    return bool(find(connection, [[word]], 1))


def _on_sqlite(connection: Connection, match: Match, most: int) -> list[int]:
    found = _ON_SQLITE.rows(connection, {"wanted": as_query(match, "sqlite"), "most": most})
    return [number for (number,) in found]


def _by_index(connection: Connection, match: Match, most: int) -> list[int]:
    """For rare words: the planner underestimates the cost of reading all rows, because it has no word counts."""
    connection.execute(_NOT_ROW_BY_ROW)
    found = connection.scalars(_each(_BY_INDEX, len(match)), {**_wanted(match), "most": most}).all()
    connection.execute(_AS_IT_WAS)
    return list(found)


@cache
def _each(statement: str, groups: int) -> TextClause:
    """`statement` for this number of groups, each as a separate condition.

    A single query of all groups would be evaluated completely for each row that has any of the words.
    """
    return text(
        statement.format(these=" AND ".join(f"words @@ CAST(:group{place} AS tsquery)" for place in range(groups)))
    )


def _wanted(match: Match) -> dict[str, Any]:
    """The groups as parameters, those with few words first, because they exclude the most rows."""
    return {f"group{place}": as_query([group], "postgresql") for place, group in enumerate(sorted(match, key=len))}


def as_query(match: Match, dialect: str) -> str:
    """`match` in the query syntax of that database. It is the value of a parameter, never part of a statement."""
    mark, either, every = _QUOTES[dialect]
    groups = (either.join(f"{mark}{word}{mark}" for word in group) for group in match)
    return every.join(f"({group})" for group in groups)
