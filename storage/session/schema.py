"""The schema of a database: its state, and its migration to this version."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine.database import make_engine, reason
from storage.engine.errors import DatabaseAway, SchemaTooNew
from storage.engine.sqlite import driver_connection
from storage.engine.urls import normalise_url, sqlite_file

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parents[1] / "migrations" / "versions"

HEAD = max(file.name[:4] for file in _MIGRATIONS.glob("[0-9]*.py"))
"""The newest migration, by its file name, so that a bot with an up-to-date database starts without loading Alembic."""

_VERSION = text("SELECT version_num FROM alembic_version")

SchemaState: TypeAlias = Literal["current", "older", "newer", "empty"]

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7236535012)")
"""The advisory lock for migrations; the number is arbitrary."""


def schema_state(url: str) -> SchemaState:
    """Returns how the schema at `url` compares with this version's. Creates no file if there is none."""
    parsed = normalise_url(url)
    file = sqlite_file(parsed)
    if file is not None and not file.exists():
        return "empty"
    try:
        with make_engine(parsed).connect().execution_options(reading=True) as connection:
            return state_of(connection)
    except DBAPIError as error:
        raise DatabaseAway(f"The database cannot be opened: {reason(error)}") from error


def migrate(url: str) -> None:
    """Migrate the schema at `url` to this version, in one transaction; a second call changes nothing."""
    engine = make_engine(normalise_url(url))
    try:
        with engine.begin() as connection:
            was = state_of(connection)
            migrate_within(connection)
        if was == "older" and engine.dialect.name == "sqlite":
            _rewrite(engine)
    except DBAPIError as error:
        raise DatabaseAway(f"The database cannot be migrated: {reason(error)}") from error


def _rewrite(engine: Engine) -> None:
    """Rewrite the file, because earlier versions left deleted content in it."""
    with engine.connect() as connection:
        sqlite = driver_connection(connection)
        sqlite.execute("VACUUM")
        sqlite.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def migrate_within(connection: Connection) -> None:
    """Migrate like `migrate`, in the transaction of `connection`, which the caller commits."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    if state_of(connection) == "newer":
        raise SchemaTooNew(
            "The database was made by a later version of Meldind. "
            "Install that version, or point DATABASE_URL to another database."
        )
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "postgresql":
        from storage.messages.wakeups import bring_up

        bring_up(connection)


def state_of(connection: Connection) -> SchemaState:
    """Returns how the schema that `connection` sees compares with this version's."""
    found = connection.scalar(_VERSION) if inspect(connection).has_table("alembic_version") else None
    return "empty" if found is None else compared(found)


def compared(revision: str) -> Literal["current", "older", "newer"]:
    """Returns how `revision` compares with this version's; an unknown one counts as newer."""
    if revision == HEAD:
        return "current"

    from alembic.script import ScriptDirectory
    from alembic.util.exc import CommandError

    try:
        ScriptDirectory.from_config(_config()).get_revision(revision)
    except CommandError:
        return "newer"
    return "older"


def _config() -> "Config":
    """Returns Alembic's configuration with the place of the migrations, also if Meldind is installed as a package."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    return config
