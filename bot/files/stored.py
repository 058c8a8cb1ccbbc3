"""The place of stored files that people sent."""

from pathlib import Path


def file_path(folder: Path, digest: str) -> Path:
    """Returns the path of the file with this SHA-256."""
    return folder / digest[:2] / digest
