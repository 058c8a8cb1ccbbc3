"""The SQLite of this process. There is to be only one: two of them lose each other's locks on a file they share.

Python brings the SQLite of the system it runs on, which is often years old; `pysqlite3` brings a current one. It has
the interface of Python's own module, so what differs is the version, and where it cannot be had, Python's does.
"""

from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection

if TYPE_CHECKING:
    from sqlite3 import dbapi2 as driver
else:
    try:
        from pysqlite3 import dbapi2 as driver
    except ImportError:  # there is none for every machine: see pyproject.toml
        from sqlite3 import dbapi2 as driver

__all__ = ["driver", "driver_connection"]


def driver_connection(connection: Connection) -> driver.Connection:
    """The connection of the driver beneath `connection`."""
    return cast("driver.Connection", connection.connection.driver_connection)
