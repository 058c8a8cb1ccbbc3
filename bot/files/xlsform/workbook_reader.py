"""The process that reads one workbook: the content on standard input, its rows as JSON on standard output.

It may use little memory and little time, and what it unpacks is measured before. pyxform reads the cells, and checks
the form as it does for others.
"""

import contextlib
import io
import json
import resource
import sys
from collections.abc import Sequence
from typing import Any
from zipfile import BadZipFile, ZipFile

MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 200
MOST_SURVEY, MOST_CHOICE_ROWS = 500, 1000
LONGEST_CELL = 5000
_MEMORY = 1024 * 1024 * 1024
_SECONDS = 15
_FILE = 16 * 1024 * 1024  # pyxform looks for a folder for temporary files


def read_workbook(content: bytes) -> dict[str, Any]:
    """Returns the rows of the sheets of a form with their numbers, its settings, and the complaint of the check."""
    if why := _not_safe(content):
        return {"refused": why}
    from pyxform.errors import PyXFormError
    from pyxform.xls2json_backends import xlsx_to_dict

    try:
        book = xlsx_to_dict(io.BytesIO(content))
    except PyXFormError as error:
        return {"refused": "broken"} if "reading .xlsx" in str(error) else {"complaint": str(error)}
    except MemoryError:
        return {"refused": "large"}
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of the library
        return {"refused": "broken"}
    survey, choices = book.get("survey", ()), book.get("choices", ())
    if len(survey) > MOST_SURVEY or len(choices) > MOST_CHOICE_ROWS:
        return {"refused": "rows"}
    if not any("type" in row for row in survey):
        return {"refused": "no_survey"}
    settings: dict[str, Any] = next(iter(book.get("settings", ())), {})
    return {
        "survey": _numbered(survey),
        "choices": _numbered(choices),
        "settings": {str(name): str(value) for name, value in settings.items() if value is not None},
        "complaint": _complaint(content),
    }


def _not_safe(content: bytes) -> str:
    """Returns why the workbook is not unpacked; "" if it can be."""
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
            names = parts.namelist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return "broken"
    if "xl/workbook.xml" not in names:
        return "kind"
    return "large" if sum(sizes) > MOST_UNPACKED or len(sizes) > MOST_PARTS else ""


def _numbered(rows: Sequence[dict[str, Any]]) -> list[tuple[int, dict[str, str]]]:
    """Returns the rows that are not empty with their numbers in the file, where the headings are the first row."""
    told = (
        (number, {str(name): str(cell) for name, cell in row.items() if cell is not None})
        for number, row in enumerate(rows, 2)
    )
    return [(number, {name: cell[:LONGEST_CELL] for name, cell in row.items()}) for number, row in told if row]


def _complaint(content: bytes) -> str:
    """Returns what pyxform says of a form that is not valid; "" if it converts it."""
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        convert(io.BytesIO(content), file_type=".xlsx", form_name="data")
    except PyXFormError as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - its own mistakes are told too
        return type(error).__name__
    return ""


def main() -> None:
    """Read one workbook."""
    for bound, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_FSIZE, _FILE)):
        with contextlib.suppress(ValueError, OSError):  # the system has a lower bound
            resource.setrlimit(bound, (most, most))
    told = read_workbook(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
