"""Keeping what the bot knows from everybody else on the machine: folders 0700, files 0600.

The mask of the process (`bot/cli/main.py`) sees to all that is made; here it is about what is there already.
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
"""What may not be set of a file's rights."""


def narrowed(settings: Settings) -> list[Path]:
    """Take from everybody else what they may do with the data of an earlier version; what there was to take it from.

    The folder of a database elsewhere stays as it is, for it may hold others' files too.
    """
    changed = []
    for path in _data(settings):
        rights = path.stat()
        # Where it belongs to somebody else, or to all as /tmp does, it is not ours to change.
        if rights.st_mode & OTHERS and rights.st_uid == os.geteuid() and not rights.st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(rights.st_mode) & ~OTHERS)
            changed.append(path)
    return changed


def tell_of_narrowed(settings: Settings) -> None:
    """Do what `narrowed` does, and say so in one line of the log."""
    if changed := narrowed(settings):
        log.warning("others could read the data, and cannot any more", first=str(changed[0]), paths=len(changed))


def _data(settings: Settings) -> Iterator[Path]:
    """The folder of the data, and what the bot keeps in it, as far as it is there; no links."""
    folder, attachments = settings.data_dir, settings.data_dir / "attachments"
    database = sqlite_file(normalise_url(settings.database))
    kept = [folder, folder / journal.NAME, attachments, *attachments.rglob("*")]
    if database is not None:
        kept += [database, *database.parent.glob(f"{database.name}-*"), database.with_name(f"{database.name}.lock")]
    return (path for path in kept if path.exists() and (path == folder or not path.is_symlink()))
