"""Where the files that people sent are kept."""

from pathlib import Path


def file_path(folder: Path, digest: str) -> Path:
    """Where the file with this SHA-256 is kept."""
    return folder / digest[:2] / digest
