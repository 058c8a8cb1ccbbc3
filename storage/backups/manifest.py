"""The manifest lists the content of a backup, so that a missing or changed part is noticed."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from storage.engine.errors import UnusableBackup
from storage.models import metadata

NAME = "manifest.json"
FORMAT = 1
"""The version of the file format. It changes when an earlier version of Meldind could not read the file."""

_FILE = re.compile(r"attachments/[0-9a-f]{2}/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The content of a backup: number of rows by table, and the SHA-256 of each archive member by its name."""

    made_at: str
    schema: str
    database: str
    tables: dict[str, int]
    members: dict[str, str]

    @property
    def files(self) -> list[str]:
        """The members that are attachments."""
        return [name for name in self.members if is_file(name)]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.tables.values())

    def encoded(self) -> bytes:
        """Returns the manifest as the bytes stored in the backup."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode() + b"\n"


def table_member(table: str) -> str:
    """Returns the name of the archive member that holds the rows of `table`."""
    return f"tables/{table}.jsonl"


def is_file(member: str) -> bool:
    """Returns whether `member` is an attachment; it has the same name as in the folder of attachments."""
    return _FILE.fullmatch(member) is not None


def schema_of(encoded: bytes) -> str:
    """Returns the schema revision in a manifest. It is read first, because other versions may store the rest
    differently.
    """
    told = _parsed(encoded)
    if not isinstance(told.get("format"), int) or not isinstance(told.get("schema"), str):
        raise UnusableBackup("its manifest cannot be read")
    if told["format"] > FORMAT:
        raise UnusableBackup("it was made by a later version of Meldind; install that version")
    return str(told["schema"])


def read_manifest(encoded: bytes) -> Manifest:
    """Read the manifest of a backup of this version's schema. Raises UnusableBackup if the two disagree."""
    told = _parsed(encoded)
    try:
        manifest = Manifest(
            made_at=str(told["made_at"]),
            schema=str(told["schema"]),
            database=str(told["database"]),
            tables={str(table): int(count) for table, count in told["tables"].items()},
            members={str(name): str(digest) for name, digest in told["members"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UnusableBackup("its manifest cannot be read") from None
    if set(manifest.tables) != set(metadata.tables):
        raise UnusableBackup("its manifest does not name the tables of its schema")
    rest = set(manifest.members) - {table_member(table) for table in manifest.tables}
    if len(rest) + len(manifest.tables) != len(manifest.members) or not all(map(is_file, rest)):
        raise UnusableBackup("its manifest does not name what a backup holds")
    return manifest


def _parsed(encoded: bytes) -> dict[str, Any]:
    try:
        told = json.loads(encoded)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        raise UnusableBackup("its manifest cannot be read")
    return told
