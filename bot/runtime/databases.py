"""Migrates and opens the database of a process."""

from pathlib import Path

from bot.language.catalogues import Catalogues
from bot.runtime.errors import Unusable
from storage.engine.locks import SingleProcessLock
from storage.engine.urls import normalise_url, sqlite_file
from storage.session.schema import SchemaState, migrate, schema_state
from storage.session.storage import Storage

_DONE: dict[SchemaState, str] = {
    "empty": "The database is set up.",
    "older": "The database is brought up to this version.",
    "current": "The database is up to this version already.",
}


def upgraded(url: str) -> str:
    """Migrate the database at `url` to this version; returns a line about it. Creates the folder of a new SQLite file.

    Raises SchemaTooNew if a later version made it.
    """
    file = sqlite_file(normalise_url(url))
    if file is not None:
        make_folder(file.parent)
    state = schema_state(url)
    if state != "current":
        migrate(url)
    return _DONE[state]


def make_folder(folder: Path) -> None:
    """Create `folder` if it does not exist."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unusable(f"The folder {folder} cannot be made: {error.strerror}.") from None


def serving_lock(file: Path, where: str = "") -> SingleProcessLock:
    """Returns the lock for serving from the SQLite `file` or replacing its content; `where` is shown to other
    processes.
    """
    return SingleProcessLock(file.with_name(f"{file.name}.lock"), where)


def open_storage(url: str, catalogues: Catalogues | None = None) -> Storage:
    """Open the database at `url`, which must have this version's schema; `catalogues` are for the search index."""
    return Storage.open(url, spellings=(catalogues or Catalogues()).spellings)


def must_be_current(url: str) -> None:
    """Raise Unusable, with advice, unless the database at `url` has this version's schema."""
    match schema_state(url):
        case "current":
            return
        case "newer":
            raise Unusable("The database was made by a later version of Meldind; install that version.")
        case "older":
            raise Unusable("The database is of an earlier version of Meldind; run meldind db upgrade.")
        case "empty":
            raise Unusable("There is no database yet; run meldind db upgrade, or start the bot with meldind run.")
