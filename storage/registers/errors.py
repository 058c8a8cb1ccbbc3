"""What can be wrong with the registers."""

from storage.engine.errors import StorageError


class RegisterDamaged(StorageError):  # noqa: N818 - named by what happened, as all storage errors are
    """A register file does not hold what it must: it was edited, or the installation is not whole."""
