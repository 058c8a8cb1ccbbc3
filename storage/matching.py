"""Rows of an index over words (storage/fulltext.py) that have the words wanted, on either database."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, text

Match: TypeAlias = Sequence[Sequence[str]]
"""One word of each group must be there. Words are those of `Tokens`: no white space, quotation marks or backslashes."""

NEWEST = 4096
"""Rows that PostgreSQL reads before it asks its index, which does not give the newest first. Words that many rows have
are found among these, and for the others the index is quick."""

_ON_SQLITE = text("SELECT rowid FROM findable_index WHERE findable_index MATCH :wanted ORDER BY rowid DESC LIMIT :most")
_AMONG_THE_NEWEST = text(
    f"""SELECT number FROM (SELECT number, words FROM findable ORDER BY number DESC LIMIT {NEWEST}) AS newest
        WHERE words @@ CAST(:wanted AS tsquery) ORDER BY number DESC LIMIT :most"""  # noqa: S608 - a number of ours  # nosec B608
)
# Materialised, so that the planner does not come to read one row after another from the newest on.
_BY_INDEX = text(
    """WITH found AS MATERIALIZED (SELECT number FROM findable WHERE words @@ CAST(:wanted AS tsquery))
        SELECT number FROM found ORDER BY number DESC LIMIT :most"""
)

_QUOTES: Mapping[str, tuple[str, str, str]] = {"sqlite": ('"', " OR ", " AND "), "postgresql": ("'", " | ", " & ")}


def findable_numbers(connection: Connection, match: Match, most: int) -> list[int]:
    """The numbers of up to `most` findable rows that match, the newest first; none where nothing is asked for."""
    if not match or not all(match):
        return []
    wanted = {"wanted": as_query(match, connection.dialect.name), "most": most}
    if connection.dialect.name == "sqlite":
        return list(connection.scalars(_ON_SQLITE, wanted))
    newest = list(connection.scalars(_AMONG_THE_NEWEST, wanted))
    return newest if len(newest) == most else list(connection.scalars(_BY_INDEX, wanted))


def as_query(match: Match, dialect: str) -> str:
    """`match` as that database is asked for it; the value of a parameter, never a part of a statement."""
    mark, either, every = _QUOTES[dialect]
    groups = (either.join(f"{mark}{word}{mark}" for word in group) for group in match)
    return every.join(f"({group})" for group in groups)
