"""Cells of a CSV file that no spreadsheet program takes for a formula or for a date."""

import re
from datetime import datetime

from bot.files.reports.tables import Cell

_LIKE_A_DATE = re.compile(r"\s*\d{1,4}\s*[-/.:]\s*\d{1,4}(\s*[-/.:]\s*\d{0,4})?\s*")
"""Texts that spreadsheets convert to dates or times: `10-12`, `2026-03`, `3/4`, `3. 4.`; complete dates are safe."""

_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

_SIGNS = "=+-@\t\r\0＝＋－＠"  # also full-width signs, which some programs treat the same

_AFTER_A_SEPARATOR = re.compile(r'([;\t\r\n][\s"]*)(?=[=+\-@＝＋－＠])')
"""The start of a cell for programs that separate by semicolons, as Danish and Slovenian spreadsheets do."""

_DEFUSED_INSIDE = re.compile(r"""([;\t\r\n][\s"]*)'(?=[=+\-@＝＋－＠])""")


def defused(cell: Cell) -> str:
    """Returns `cell` as text that no spreadsheet interprets as a formula or as a wrong date."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat().replace("+00:00", "Z")
        case str():
            text = _AFTER_A_SEPARATOR.sub(r"\1'", cell)
            return f"'{text}" if text.startswith(tuple(_SIGNS)) or _looks_like_a_date(text) else text
        case _:
            return str(cell)


def undone(text: str) -> str:
    """Returns the text of a cell as it was before `defused`."""
    bare = text.removeprefix("'")
    whole = bare if bare.startswith(tuple(_SIGNS)) or _looks_like_a_date(bare) else text
    return _DEFUSED_INSIDE.sub(r"\1", whole)


def _looks_like_a_date(text: str) -> bool:
    return _LIKE_A_DATE.fullmatch(text) is not None and _WHOLE_DATE.fullmatch(text) is None
