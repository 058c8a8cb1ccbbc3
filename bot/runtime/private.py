"""Protects the bot's data from other users of the machine: folders 0700, files 0600.

The umask of the process (`bot/cli/main.py`) protects new files; this module handles existing ones.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import structlog

from bot.runtime import journal
from bot.runtime.settings import Settings
from storage.engine.urls import normalise_url, sqlite_file

log = structlog.get_logger("meldind.private")

OTHERS = 0o077
"""The permission bits that must not be set."""


def narrowed(settings: Settings) -> list[Path]:
    """Remove the access of other users to data of an earlier version; returns the changed paths.

    The folder of a database elsewhere stays unchanged, because it may contain other files.
    """
    changed = []
    for path in _data(settings):
        rights = path.stat()
        # A folder of another user, or one shared by all such as /tmp, is not changed.
        if rights.st_mode & OTHERS and rights.st_uid == os.geteuid() and not rights.st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(rights.st_mode) & ~OTHERS)
            changed.append(path)
    return changed


def tell_of_narrowed(settings: Settings) -> None:
    """Call `narrowed`, and log its changes in one line."""
    if changed := narrowed(settings):
        log.warning("others could read the data, and cannot any more", first=str(changed[0]), paths=len(changed))


def _data(settings: Settings) -> Iterator[Path]:
    """Returns the existing data folder and the bot's files in it, without links."""
    folder, attachments = settings.data_dir, settings.data_dir / "attachments"
    database = sqlite_file(normalise_url(settings.database))
    kept = [folder, folder / journal.NAME, attachments, *attachments.rglob("*")]
    if database is not None:
        kept += [database, *database.parent.glob(f"{database.name}-*"), database.with_name(f"{database.name}.lock")]
    return (path for path in kept if path.exists() and (path == folder or not path.is_symlink()))
