"""Errors of the storage. Each says what went wrong; the first line of its text can be shown to people.

None of these texts repeats what people wrote.
"""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught

from sqlalchemy.exc import DontWrapMixin


class StorageError(Exception):
    """The base of all storage errors."""


class UnknownDatabase(StorageError):
    """The database URL names nothing that Meldind can use."""


class DatabaseAway(StorageError):
    """The database could not be reached, or the connection broke; nothing is stored, and a retry is safe."""


class NotKept(StorageError):
    """The database refused (full, read-only, locked too long); nothing of the turn is stored."""


class CommitUnknown(StorageError):
    """The connection broke during the commit: the turn may be stored, or not. Check before a retry."""


class StorageClosed(StorageError):
    """The storage was used after it was closed."""


class SchemaTooNew(StorageError):
    """The database was made by a later version of Meldind; this version cannot read it."""


class AlreadyServed(StorageError):
    """Another process serves from this SQLite file."""


class Unstorable(StorageError, DontWrapMixin):
    """A text holds NUL or half a surrogate pair, which a database may change; or a time has no time zone."""


class NoSuchReport(StorageError):
    """A turn changes a report that does not exist, is not the person's own, or has been discarded."""


class Overtaken(StorageError):
    """A decision about a report comes after another decision, or after a correction that was not read."""


class NotARecord(StorageError):
    """The given value is not a valid export record; the text says which part is wrong."""


class UnusableBackup(StorageError):
    """A file is not a backup, is damaged, or comes from another version; the text says which."""


class ToBeCounted(StorageError):
    """A turn asks for counts over all reports, which would hold up others: count beside them, then repeat the turn."""


class Occupied(StorageError):
    """The target of a restore is not empty."""
