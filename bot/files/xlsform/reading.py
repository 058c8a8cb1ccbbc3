"""Reads a workbook with questions (XLSForm), in a process of its own with bounds: a file may be made to do harm."""

import json
import subprocess
import sys
from typing import Any

from conversations.language.events import FormSheet, SheetRow

PATIENCE = 20.0
"""Seconds that the reading may take."""


def sheet_in(content: bytes) -> FormSheet:
    """Returns what the workbook in `content` contains, or why it cannot be read."""
    if not content.startswith(b"PK"):  # as every .xlsx does; a CSV and an old .xls do not
        return FormSheet(refused="kind")
    try:
        # The command is fixed; the content goes through its standard input.
        done = subprocess.run(  # nosec B603
            [sys.executable, "-m", "bot.files.xlsform.workbook_reader"],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
        return _unpacked(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return FormSheet(refused="slow")
    except (subprocess.CalledProcessError, ValueError):  # it met a bound of the system, or died of it
        return FormSheet(refused="broken")


def _unpacked(told: dict[str, Any]) -> FormSheet:
    return FormSheet(
        survey=tuple(SheetRow(number, cells) for number, cells in told.get("survey", ())),
        choices=tuple(SheetRow(number, cells) for number, cells in told.get("choices", ())),
        settings=told.get("settings", {}),
        refused=told.get("refused", ""),
        complaint=told.get("complaint", ""),
    )
