"""The manifest: what a backup holds, so that nothing can be missing or changed unnoticed."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from storage.engine.errors import UnusableBackup
from storage.models import metadata

NAME = "manifest.json"
FORMAT = 1
"""Of the file as a whole. Another one is given where this version could not read what that one wrote."""

_FILE = re.compile(r"attachments/[0-9a-f]{2}/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: rows by table, and the SHA-256 of each member by its name."""

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
        """As it stands in the backup."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode() + b"\n"


def table_member(table: str) -> str:
    """Where the rows of `table` are in a backup."""
    return f"tables/{table}.jsonl"


def is_file(member: str) -> bool:
    """Whether `member` is an attachment, named as it is in the folder of attachments."""
    return _FILE.fullmatch(member) is not None


def schema_of(encoded: bytes) -> str:
    """The schema's revision in a manifest, looked at before the rest, which other versions may have otherwise."""
    told = _parsed(encoded)
    if not isinstance(told.get("format"), int) or not isinstance(told.get("schema"), str):
        raise UnusableBackup("its manifest cannot be read")
    if told["format"] > FORMAT:
        raise UnusableBackup("it was made by a later version of Meldind; install that version")
    return str(told["schema"])


def read_manifest(encoded: bytes) -> Manifest:
    """The manifest of a backup of this version's schema. Raises UnusableBackup where it names what it should not."""
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
