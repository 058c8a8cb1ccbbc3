"""What is taken out: digests, exports, the audit trail."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.digests.digest import Digest


@dataclass(frozen=True, slots=True)
class DigestMade:
    """A digest was made and shown; its files say the same for as long as it is kept as `this`."""

    this: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class DigestWanted:
    """A digest comes every week on `weekday` (0: Monday) at `hour` in `timezone`, to `chat` (0: to this person)."""

    chat: int
    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True)
class DigestUnwanted:
    """No digest comes to `chat` any more."""

    chat: int


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """The person asked for every report in a file, of which `this` is the id while it is made."""

    this: str
    form: str
    with_contacts: bool


@dataclass(frozen=True, slots=True)
class ExportCancelled:
    """The person no longer wants that file."""

    this: str


@dataclass(frozen=True, slots=True)
class AuditExported:
    """The audit trail left as a file."""


AboutDigests: TypeAlias = DigestMade | DigestWanted | DigestUnwanted | ExportAsked | ExportCancelled | AuditExported
