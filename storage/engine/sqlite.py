"""The SQLite library of this process. There must be only one: two of them lose each other's locks on a shared file.

Python uses the SQLite of its system, which is often years old; `pysqlite3` brings a current one with the same
interface as Python's module. Where `pysqlite3` is not available, Python's module is used.
"""

from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection

if TYPE_CHECKING:
    from sqlite3 import dbapi2 as driver
else:
    try:
        from pysqlite3 import dbapi2 as driver
    except ImportError:  # not available for every platform: see pyproject.toml
        from sqlite3 import dbapi2 as driver

__all__ = ["driver", "driver_connection"]


def driver_connection(connection: Connection) -> driver.Connection:
    """Returns the connection of the driver beneath `connection`."""
    return cast("driver.Connection", connection.connection.driver_connection)
