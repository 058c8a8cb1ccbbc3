"""`meldind backup` and `meldind restore`."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from zipfile import is_zipfile

from bot.runtime import journal
from bot.runtime.databases import make_folder, must_be_current, serving_lock
from bot.runtime.errors import Unusable
from bot.runtime.private import narrowed
from bot.runtime.settings import Settings
from storage.backups.manifest import Manifest
from storage.backups.reading import opened
from storage.backups.restoring import restore
from storage.backups.writing import back_up, holds_nothing
from storage.engine.urls import normalise_url, sqlite_file


def make_backup(settings: Settings, file: Path, progress: Callable[[int], object] = lambda _rows: None) -> str:
    """Write a backup of the bot of `settings` to `file`, also while it serves; returns a line about it.

    `progress` is called with the number of further written rows.
    """
    if not file.parent.is_dir():
        raise Unusable(f"The folder {file.parent} does not exist. Create it, or choose another one.")
    if file.exists() and not is_zipfile(file):
        raise Unusable(f"{file} already exists and is not a backup. Choose another name.")
    must_be_current(settings.database)
    if holds_nothing(settings.database):
        raise Unusable("This database holds nothing: set MELDIND_DATA_DIR or DATABASE_URL to those of the bot.")
    manifest = back_up(settings.database, _attachments(settings), file, progress)
    return f"{file} holds {_counted(manifest)}."


def restore_backup(
    settings: Settings, file: Path, *, force: bool, progress: Callable[[int], object] = lambda _rows: None
) -> str:
    """Restore the backup `file` for the bot of `settings`, which must not be serving; returns a line about it.

    `progress` is called with the number of further restored rows.
    """
    with opened(file) as backup, contextlib.ExitStack() as stack:
        make_folder(settings.data_dir)
        database = sqlite_file(normalise_url(settings.database))
        if database is not None:
            make_folder(database.parent)
            stack.enter_context(serving_lock(database))
        wide = narrowed(settings)
        forgotten = journal.read(settings.data_dir)
        again = restore(
            backup, settings.database, _attachments(settings), force=force, forgotten=forgotten, progress=progress
        )
        since = f" Done again: {_many(again, 'erasure')} since then." if again else ""
        restored = f"Restored {_counted(backup.manifest)}, as they were on {backup.manifest.made_at}."
        private = f" Others could read {wide[0]}, and cannot any more." if wide else ""
        return f"{restored}{since}{_unknown(settings)}{private}"


def _unknown(settings: Settings) -> str:
    """Returns the remark if no journal of erasures exists beside the database."""
    if (settings.data_dir / journal.NAME).exists():
        return ""
    return (
        f" There is no {journal.NAME} in {settings.data_dir}: if anybody was forgotten since, put it there from any "
        "worker and restore again with --force."
    )


def _attachments(settings: Settings) -> Path:
    return settings.data_dir / "attachments"


def _counted(manifest: Manifest) -> str:
    reports, files = manifest.tables["reports"], len(manifest.files)
    return f"{_many(manifest.rows, 'row')} ({_many(reports, 'report')}) and {_many(files, 'file')}"


def _many(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
