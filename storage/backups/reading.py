"""Opening a backup: all of it is verified before any of it is used."""

import contextlib
import hashlib
import lzma
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from storage.backups.manifest import NAME, Manifest, is_file, read_manifest, schema_of, table_member
from storage.engine.errors import UnusableBackup
from storage.session.schema import HEAD, compared

_CHUNK = 1 << 20

_DAMAGES = (
    *(BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, LookupError, OSError, RuntimeError, ValueError),
)
"""The errors that Python raises for a damaged archive or a failing disk."""


class Backup:
    """A verified backup of this version's schema."""

    def __init__(self, archive: ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    def rows(self, table: str) -> Iterator[bytes]:
        """Yields the lines of `table`."""
        with self._archive.open(table_member(table)) as member:
            yield from member

    def content(self, member: str) -> Iterator[bytes]:
        """Yields the content of `member`, in parts."""
        with self._archive.open(member) as opened:
            yield from _chunks(opened)


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open and verify the backup at `path`. Raises UnusableBackup, with advice, if it cannot be restored here."""
    try:
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(path.open("rb"))
            try:
                archive = stack.enter_context(ZipFile(file))
                manifest = _verified(archive)
            except _DAMAGES:
                raise UnusableBackup("it is damaged, or no backup of Meldind; take another copy of it") from None
            yield Backup(archive, manifest)
    except UnusableBackup as error:
        raise UnusableBackup(f"{path} cannot be restored: {error}.") from None


def _verified(archive: ZipFile) -> Manifest:
    encoded = archive.read(NAME)
    schema = schema_of(encoded)
    match compared(schema):
        case "newer":
            raise UnusableBackup("it was made by a later version of Meldind; install that version")
        case "older":
            raise UnusableBackup(
                f"it was made by an earlier version of Meldind (schema {schema}, here {HEAD}); restore it with "
                "that version, then run meldind db upgrade with this one"
            )
        case "current":
            pass
    manifest = read_manifest(encoded)
    if sorted(archive.namelist()) != sorted([NAME, *manifest.members]):
        raise UnusableBackup("it is damaged: it does not hold what its manifest names; take another copy of it")
    counts = {table_member(table): count for table, count in manifest.tables.items()}
    for name, digest in manifest.members.items():
        found, lines = _looked_through(archive, name)
        if found != digest or (not is_file(name) and lines != counts[name]):
            raise UnusableBackup(f"it is damaged: {name} is not what the manifest says; take another copy of it")
    return manifest


def _looked_through(archive: ZipFile, name: str) -> tuple[str, int]:
    """Returns the SHA-256 of a member and its number of lines."""
    digest, lines = hashlib.sha256(), 0
    with archive.open(name) as member:
        for chunk in _chunks(member):
            digest.update(chunk)
            lines += chunk.count(b"\n")
    return digest.hexdigest(), lines


def _chunks(member: IO[bytes]) -> Iterator[bytes]:
    while chunk := member.read(_CHUNK):
        yield chunk
