"""Broken promises of the storage. Each says what went wrong; the first line of its text is fit to be shown.

None of these texts repeats what people wrote.
"""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught

from sqlalchemy.exc import DontWrapMixin


class StorageError(Exception):
    """Something about keeping or finding went wrong."""


class UnknownDatabase(StorageError):
    """The database URL names nothing that Meldind can use."""


class DatabaseAway(StorageError):
    """The database could not be reached, or went away; nothing of the turn is kept and it may be tried again."""


class NotKept(StorageError):
    """The database refused (full, read-only, locked too long); nothing of the turn is kept."""


class CommitUnknown(StorageError):
    """The connection broke while committing: the turn may be kept, or not. Look before trying again."""


class StorageClosed(StorageError):
    """The storage was asked for something after it was closed."""


class SchemaTooNew(StorageError):
    """The database was made by a later version of Meldind, which alone understands it."""


class AlreadyServed(StorageError):
    """Another process serves from this SQLite file."""


class Unstorable(StorageError, DontWrapMixin):
    """A text holds what no database keeps faithfully: NUL, or half a surrogate pair; or a time has no time zone."""


class NoSuchReport(StorageError):
    """A turn changes a report that does not exist, is not the person's own, or has been discarded."""


class Overtaken(StorageError):
    """A decision about a report comes after another one, or after a correction that was not read."""


class NotARecord(StorageError):
    """What should be an export record is none; the text says which part."""


class UnusableBackup(StorageError):
    """A file is no backup, is damaged, or comes from another version; the text says which."""


class Occupied(StorageError):
    """What would be overwritten holds something."""
