"""Column types: SQLite and PostgreSQL return exactly the value that was stored, or storing it raises an error."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator, TypeEngine

from storage.engine.errors import Unstorable
from storage.engine.jsons import read, written_exactly

Id = BigInteger().with_variant(Integer(), "sqlite")
"""An id that the database assigns. SQLite assigns ids only to `INTEGER` columns, which also have 64 bits."""

_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def refuse_unstorable(text: str) -> None:
    """Raise Unstorable if `text` holds NUL (PostgreSQL refuses it, SQLite cuts there) or half a surrogate pair."""
    if "\0" in text:
        raise Unstorable("A text holds the character NUL.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            # without the cause, because that would repeat the text
            raise Unstorable(f"A text holds half a surrogate pair at position {error.start}.") from None


class SafeText(TypeDecorator[str]):
    """Text that both databases return unchanged."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """`value`, after a check that it can be stored. Raises Unstorable."""
        if value is not None:
            refuse_unstorable(value)
        return value


class Json(TypeDecorator[Any]):
    """A JSON value as compact text; None is SQL's NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """`value` as JSON. Raises Unstorable if JSON cannot express it."""
        return None if value is None else as_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """Returns the value that was stored."""
        return None if value is None else read(value)


def as_json(value: Any) -> str:
    """`value` as compact JSON, without escapes for non-ASCII letters. Raises Unstorable."""
    try:
        text = written_exactly(value)
    except (TypeError, ValueError):
        raise Unstorable("A value is none that JSON has.") from None  # the cause would repeat the value
    if "\\u0000" in text and _ESCAPED_NUL.search(text):
        raise Unstorable("A text holds the character NUL.")
    refuse_unstorable(text)
    return text


class Tokens(TypeDecorator[Sequence[str]]):
    """Search words: each once, without white space, quotation marks or backslashes.

    On PostgreSQL a `tsvector`, which its index needs; on SQLite the words separated by spaces.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Returns the column's type in the database of `dialect`."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """Returns the words in the form that the database stores."""
        if value is None:
            return None
        refuse_unstorable("".join(value))
        return " ".join(f"'{word}'" for word in value) if dialect.name == "postgresql" else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sequence[str] | None:  # noqa: ARG002
        """The words in alphabetical order, because PostgreSQL returns them in an order of its own."""
        return None if value is None else sorted(word.strip("'") for word in value.split())


@lru_cache(maxsize=64)  # a turn writes the same time a dozen times
def _as_text(utc: datetime) -> str:
    return f"{utc.isoformat(timespec='microseconds')[:26]}Z"


class UtcTime(TypeDecorator[datetime]):
    """A time: `timestamptz` on PostgreSQL, on SQLite ISO 8601 text of fixed width, so that it sorts."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Returns the column's type in the database of `dialect`."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """`value` in UTC. Raises Unstorable if it has no time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise Unstorable("A time has no time zone.")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return _as_text(utc) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Returns the stored time, in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return datetime.fromisoformat(value)
        moment: datetime = value.astimezone(UTC)
        return moment
