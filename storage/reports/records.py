"""The export record: one report for other programs. Its form is stable; see the contract in docs/."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, get_args

from conversations.language.languages import LANGUAGES
from conversations.model.reports import ReportStatus
from storage.engine.columns import as_json, refuse_unstorable
from storage.engine.errors import NotARecord, Unstorable

STATUSES: tuple[str, ...] = get_args(ReportStatus)

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")  # fits in a deep link


@dataclass(frozen=True, slots=True)
class Record:
    """A report with its current answers; `library` and `attachments` as in the exported JSON."""

    id: str
    call: str | None
    status: str
    language: str
    created_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    library: Mapping[str, Any] | None
    answers: Mapping[str, Any]
    attachments: Sequence[Mapping[str, Any]]
    revision: int

    def as_json(self) -> dict[str, Any]:
        """Returns the record as JSON, with its keys in the documented order."""
        return {
            "id": self.id,
            "call": self.call,
            "status": self.status,
            "language": self.language,
            "created_at": _written(self.created_at),
            "submitted_at": _written(self.submitted_at),
            "published_at": _written(self.published_at),
            "library": self.library,
            "answers": self.answers,
            "attachments": self.attachments,
            "revision": self.revision,
        }


YEARS = range(1970, 2100)
"""The years that dates of a report may have."""

LONGEST = 300
"""The longest name of a library or a file, in characters."""

LIBRARY_PARTS = ("name", "isil", "municipality_code", "municipality", "region", "country")
ATTACHMENT_PARTS = ("kind", "name", "size", "sha256")


def read_record(given: Any) -> Record:
    """Read the record `given`, which is parsed JSON. Raises NotARecord, which says which part is wrong."""
    record = _object(given, "the record")
    this = _text(record, "id")
    if not _ID.fullmatch(this):
        raise NotARecord("“id” is no id of a report.")
    status = _text(record, "status")
    if status not in STATUSES:
        raise NotARecord(f"“status” is none of {', '.join(STATUSES)}.")
    library = record.get("library")
    return Record(
        id=this,
        call=_optional_text(record, "call"),
        status=status,
        language=_language(record),
        created_at=_time(record, "created_at"),
        submitted_at=_optional_time(record, "submitted_at"),
        published_at=_optional_time(record, "published_at"),
        library=None if library is None else _library(library),
        answers=_answers(record.get("answers")),
        attachments=[_attachment(each) for each in _list(record.get("attachments", []), "“attachments”")],
        revision=_whole_number(record, "revision"),
    )


def _answers(given: Any) -> dict[str, Any]:
    answers = {key: value for key, value in _object(given, "“answers”").items() if value is not None}
    try:
        as_json(answers)
    except Unstorable as error:
        raise NotARecord(f"“answers”: {error}") from error
    return answers


def _library(given: Any) -> dict[str, Any]:
    library = _object(given, "“library”")
    return {"name": _short_text(library, "name")} | {part: _optional_text(library, part) for part in LIBRARY_PARTS[1:]}


def _attachment(given: Any) -> dict[str, Any]:
    attachment = _object(given, "an attachment")
    size = attachment.get("size")
    return {
        "kind": _short_text(attachment, "kind"),
        "name": _short_text(attachment, "name"),
        "size": None if size is None else _whole_number(attachment, "size"),
        "sha256": _optional_text(attachment, "sha256"),
    }


def _object(given: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise NotARecord(f"{what} is no JSON object.")
    return given


def _list(given: Any, what: str) -> Sequence[Any]:
    if not isinstance(given, list):
        raise NotARecord(f"{what} is no JSON list.")
    return given


def _text(record: Mapping[str, Any], part: str) -> str:
    text = record.get(part)
    if not isinstance(text, str):
        raise NotARecord(f"“{part}” is no text.")
    try:
        refuse_unstorable(text)
    except Unstorable as error:
        raise NotARecord(f"“{part}”: {error}") from error
    return text


def _short_text(record: Mapping[str, Any], part: str) -> str:
    text = _text(record, part)
    if len(text) > LONGEST:
        raise NotARecord(f"“{part}” is longer than {LONGEST} characters.")
    return text


def _language(record: Mapping[str, Any]) -> str:
    language = _text(record, "language")
    if language not in LANGUAGES:
        raise NotARecord(f"“language” is none of {', '.join(LANGUAGES)}.")
    return language


def _optional_text(record: Mapping[str, Any], part: str) -> str | None:
    return None if record.get(part) is None else _short_text(record, part)


def _whole_number(record: Mapping[str, Any], part: str) -> int:
    number = record.get(part)
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < 2**31:
        raise NotARecord(f"“{part}” is no whole number.")
    return number


def _time(record: Mapping[str, Any], part: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(record, part))
    except ValueError as error:
        raise NotARecord(f"“{part}” is no time as ISO 8601 writes it.") from error
    if moment.tzinfo is None:
        raise NotARecord(f"“{part}” has no time zone; write it in UTC, with a Z at the end.")
    if moment.year not in YEARS:
        raise NotARecord(f"“{part}” is not between {YEARS.start} and {YEARS.stop - 1}.")
    return moment.astimezone(UTC)


def _optional_time(record: Mapping[str, Any], part: str) -> datetime | None:
    return None if record.get(part) is None else _time(record, part)


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat().removesuffix("+00:00") + "Z"
