"""Rows of an index over words (storage/engine/fulltext.py) that have the words wanted, on either database."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, TextClause, text

Match: TypeAlias = Sequence[Sequence[str]]
"""One word of each group must be there. Words are those of `Tokens`: no white space, quotation marks or backslashes."""

FEW, MANY = 1_024, 12_288
"""Rows that PostgreSQL reads from the newest on, for its index does not give the newest first. What is common is found
among few of them, and those tell how many to read for what is less so; what is rare the index finds quickly."""

_ON_SQLITE = text("SELECT rowid FROM findable_index WHERE findable_index MATCH :wanted ORDER BY rowid DESC LIMIT :most")
_AMONG_THE_NEWEST = """SELECT number
    FROM (SELECT number, words FROM findable ORDER BY number DESC LIMIT :rows) AS newest
    WHERE {these} ORDER BY number DESC LIMIT :most"""
# Materialised, or the planner would read one row after another from the newest on.
_BY_INDEX = """WITH found AS MATERIALIZED (SELECT number FROM findable WHERE {these})
    SELECT number FROM found ORDER BY number DESC LIMIT :most"""

_NOT_ROW_BY_ROW, _AS_IT_WAS = text("SET LOCAL enable_seqscan = off"), text("SET LOCAL enable_seqscan = on")

_QUOTES: Mapping[str, tuple[str, str, str]] = {"sqlite": ('"', " OR ", " AND "), "postgresql": ("'", " | ", " & ")}


def findable_numbers(connection: Connection, match: Match, most: int) -> list[int]:
    """The numbers of up to `most` findable rows that match, the newest first; none where nothing is asked for."""
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
    """Whether any findable row has that word."""
    find = _on_sqlite if connection.dialect.name == "sqlite" else _by_index
    return bool(find(connection, [[word]], 1))


def _on_sqlite(connection: Connection, match: Match, most: int) -> list[int]:
    return list(connection.scalars(_ON_SQLITE, {"wanted": as_query(match, "sqlite"), "most": most}))


def _by_index(connection: Connection, match: Match, most: int) -> list[int]:
    """What is rare: the planner thinks reading all rows cheaper than it is, for it does not count the words."""
    connection.execute(_NOT_ROW_BY_ROW)
    found = connection.scalars(_each(_BY_INDEX, len(match)), {**_wanted(match), "most": most}).all()
    connection.execute(_AS_IT_WAS)
    return list(found)


@cache
def _each(statement: str, groups: int) -> TextClause:
    """`statement` for so many groups, each a condition of its own.

    As one query of them all it would be weighed anew, with every word of every group, wherever one of the words stands.
    """
    return text(
        statement.format(these=" AND ".join(f"words @@ CAST(:group{place} AS tsquery)" for place in range(groups)))
    )


def _wanted(match: Match) -> dict[str, Any]:
    """The groups as parameters, those of few words first: what they leave out the others need not look at."""
    return {f"group{place}": as_query([group], "postgresql") for place, group in enumerate(sorted(match, key=len))}


def as_query(match: Match, dialect: str) -> str:
    """`match` as that database is asked for it; the value of a parameter, never a part of a statement."""
    mark, either, every = _QUOTES[dialect]
    groups = (either.join(f"{mark}{word}{mark}" for word in group) for group in match)
    return every.join(f"({group})" for group in groups)
