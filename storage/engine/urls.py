"""Database URLs: from the forms that people paste to the form that SQLAlchemy needs."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.engine.errors import UnknownDatabase

_DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


_NETWORK = {
    "connect_timeout": "10",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
"""After how many seconds (the last: milliseconds) a network that swallows everything counts as a broken connection.

The system's own figures are a quarter of an hour for what is sent, and hours for an answer that is waited for.
"""


def normalise_url(url: str) -> URL:
    """`url` with the driver Meldind uses; accepts `postgresql://…`, `postgres://…` and `sqlite:///…`."""
    try:
        parsed = make_url(url.strip())
    except ArgumentError as error:
        raise UnknownDatabase(
            "The database URL cannot be read; write sqlite:///file or postgresql://user@host/name."
        ) from error
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise UnknownDatabase(
            f"Meldind keeps its data in SQLite or PostgreSQL, not in “{parsed.drivername}”; "
            "write sqlite:///file or postgresql://user@host/name."
        )
    if driver == "sqlite+pysqlite" and parsed.database in {None, "", ":memory:"}:
        raise UnknownDatabase("The database URL names no file; write sqlite:///file. Nothing is kept in memory alone.")
    return parsed.set(drivername=driver)


def with_network_limits(url: URL) -> URL:
    """Returns a normalised `url` by which nothing waits for ever for PostgreSQL; what it says itself of that counts."""
    return url.update_query_dict({name: value for name, value in _NETWORK.items() if name not in url.query})


def sqlite_file(url: URL) -> Path | None:
    """Returns the file of a normalised SQLite `url`; None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None
