"""Digests, exports, and files of the audit trail."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.digests.digest import Digest


@dataclass(frozen=True, slots=True)
class DigestMade:
    """A digest was made and shown; it is stored as `this`, so that its files say the same."""

    this: str
    digest: Digest


@dataclass(frozen=True, slots=True)
class DigestWanted:
    """The weekly digest was ordered on `weekday` (0: Monday) at `hour` in `timezone`, to `chat` (0: the person)."""

    chat: int
    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True)
class DigestUnwanted:
    """The person stopped the weekly digest in `chat`."""

    chat: int


@dataclass(frozen=True, slots=True)
class ExportAsked:
    """The person asked for all reports in a file; `this` is the id of the file while it is made."""

    this: str
    form: str
    with_contacts: bool


@dataclass(frozen=True, slots=True)
class ExportCancelled:
    """The person cancelled that file."""

    this: str


@dataclass(frozen=True, slots=True)
class AuditExported:
    """The audit trail was exported as a file."""


AboutDigests: TypeAlias = DigestMade | DigestWanted | DigestUnwanted | ExportAsked | ExportCancelled | AuditExported
