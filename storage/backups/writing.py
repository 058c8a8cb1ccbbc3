"""Writing a backup of a database and its files while a bot is serving from them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sqlalchemy.exc import DBAPIError

from storage.backups.manifest import NAME, Manifest, is_file, table_member
from storage.backups.rows import is_empty, lines
from storage.backups.snapshot import snapshot
from storage.engine.atomic import written_whole
from storage.engine.clock import utc_now
from storage.engine.database import make_engine, reason
from storage.engine.errors import DatabaseAway, NotKept
from storage.engine.sqlite import driver
from storage.engine.urls import normalise_url
from storage.models import metadata
from storage.session.schema import HEAD

_CHUNK = 1 << 20


def holds_nothing(url: str) -> bool:
    """Returns whether the database at `url`, of this version's schema, has no rows: no bot has ever used it."""
    try:
        with make_engine(normalise_url(url)).connect().execution_options(reading=True) as connection:
            return is_empty(connection)
    except DBAPIError as error:
        raise DatabaseAway(f"The database cannot be read: {reason(error)}") from error


def back_up(url: str, files: Path, output: Path, progress: Callable[[int], object] = lambda _rows: None) -> Manifest:
    """Write the database at `url`, of this version's schema, and the attachments in `files` to `output`.

    An existing file at `output` is replaced only when the backup is complete.
    """
    try:
        with written_whole(output) as target, ZipFile(target, "w") as archive:
            manifest = _fill(archive, url, files, output.parent, progress)
            with archive.open(_entry(NAME, ZIP_DEFLATED), "w") as member:
                member.write(manifest.encoded())
    except DBAPIError as error:
        raise DatabaseAway(f"The database cannot be read: {reason(error)}") from error
    except driver.Error as error:
        raise NotKept(f"The database cannot be copied to {output.parent} ({error}); make room there.") from error
    except OSError as error:
        raise NotKept(f"The backup {output} cannot be written: {error.strerror}. Nothing is left of it.") from error
    return manifest


def _fill(archive: ZipFile, url: str, files: Path, workplace: Path, progress: Callable[[int], object]) -> Manifest:
    tables: dict[str, int] = {}
    members: dict[str, str] = {}
    with snapshot(url, workplace) as connection:
        made_at = utc_now()
        kind = connection.dialect.name
        for table in metadata.sorted_tables:
            name = table_member(table.name)
            tables[table.name], members[name] = _add(
                archive, _entry(name, ZIP_DEFLATED), lines(connection, table), progress
            )
    # Files come after the rows: a file exists before the row that refers to it.
    for path in sorted(files.glob("*/*")):
        name = f"attachments/{path.relative_to(files).as_posix()}"
        if is_file(name):  # skip files that are still being written
            _, members[name] = _add(archive, _entry(name, ZIP_STORED), _chunks(path))
    return Manifest(made_at.isoformat().replace("+00:00", "Z"), HEAD, kind, tables, members)


def _add(
    archive: ZipFile,
    entry: ZipInfo,
    parts: Iterable[bytes],
    progress: Callable[[int], object] = lambda _parts: None,
) -> tuple[int, str]:
    """Write `parts`; returns their number and their SHA-256."""
    count, digest = 0, hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as member:
        for part in parts:
            member.write(part)
            digest.update(part)
            count += 1
            progress(1)
    return count, digest.hexdigest()


def _entry(name: str, compression: int) -> ZipInfo:
    entry = ZipInfo(name, utc_now().timetuple()[:6])
    entry.compress_type = compression  # pictures do not compress
    entry.external_attr = 0o600 << 16
    return entry


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk
