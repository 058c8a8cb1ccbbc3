"""Errors of the registers."""

from storage.engine.errors import StorageError


class RegisterDamaged(StorageError):  # noqa: N818 - named by what happened, as all storage errors are
    """A register file has wrong content: it was edited, or the installation is incomplete."""
