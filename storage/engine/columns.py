"""Kinds of columns: values go in and come out the same on SQLite and PostgreSQL, or do not go in at all."""

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
"""A number given by the database; SQLite counts only `INTEGER` upwards by itself, with the same 64 bits."""

_ESCAPED_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def refuse_unstorable(text: str) -> None:
    """Raise where `text` holds NUL (PostgreSQL refuses it, SQLite cuts there) or half a surrogate pair."""
    if "\0" in text:
        raise Unstorable("A text holds the character NUL.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            # without the cause, which would repeat the text
            raise Unstorable(f"A text holds half a surrogate pair at position {error.start}.") from None


class SafeText(TypeDecorator[str]):
    """Text that both databases give back as it was."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """`value`, once it is certain to survive."""
        if value is not None:
            refuse_unstorable(value)
        return value


class Json(TypeDecorator[Any]):
    """A JSON value as compact text; None is SQL's NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        """`value` written as JSON."""
        return None if value is None else as_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's
        """The value that was written."""
        return None if value is None else read(value)


def as_json(value: Any) -> str:
    """`value` as compact JSON, letters as they are."""
    try:
        text = written_exactly(value)
    except (TypeError, ValueError):
        raise Unstorable("A value is none that JSON has.") from None  # the cause would repeat it
    if "\\u0000" in text and _ESCAPED_NUL.search(text):
        raise Unstorable("A text holds the character NUL.")
    refuse_unstorable(text)
    return text


class Tokens(TypeDecorator[Sequence[str]]):
    """Words by which something is found: each once, without white space, quotation marks or backslashes.

    A `tsvector` on PostgreSQL, which is what its index is over; the words with a space between any two on SQLite.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type the database at hand has for it."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str | None:
        """The words as the database takes them."""
        if value is None:
            return None
        refuse_unstorable("".join(value))
        return " ".join(f"'{word}'" for word in value) if dialect.name == "postgresql" else " ".join(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Sequence[str] | None:  # noqa: ARG002
        """The words, in the order of their letters: PostgreSQL has one of its own."""
        return None if value is None else sorted(word.strip("'") for word in value.split())


@lru_cache(maxsize=64)  # a turn writes its moment a dozen times
def _as_text(utc: datetime) -> str:
    return f"{utc.isoformat(timespec='microseconds')[:26]}Z"


class UtcTime(TypeDecorator[datetime]):
    """A moment: `timestamptz` on PostgreSQL, ISO 8601 text of a fixed width on SQLite, so that it sorts."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The type the database at hand has for it."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """`value` in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise Unstorable("A time has no time zone.")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return _as_text(utc) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The moment, in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return datetime.fromisoformat(value)
        moment: datetime = value.astimezone(UTC)
        return moment
