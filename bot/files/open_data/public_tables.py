"""The public initiatives as files at fixed addresses, `reports.csv` and `reports.jsonl`, written as they are read."""

import csv
import io
import json
from collections.abc import Iterable
from typing import BinaryIO

from bot.files.open_data.public_records import COLUMNS, public_record, public_row
from bot.files.reports.defusing import defused
from storage.site.public import PublicInitiative

CSV, JSONL = "reports.csv", "reports.jsonl"


def write_csv(those: Iterable[PublicInitiative], file: BinaryIO) -> None:
    """Write them as CSV, with a byte order mark, without which spreadsheets show æ and č wrongly."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    file.write(b"\xef\xbb\xbf")
    writer.writerow(COLUMNS)
    for each in those:
        writer.writerow(defused(cell) for cell in public_row(public_record(each)))
        file.write(text.getvalue().encode())
        text.seek(0)
        text.truncate()
    file.write(text.getvalue().encode())


def write_json_lines(those: Iterable[PublicInitiative], file: BinaryIO) -> None:
    """Write them as JSON Lines."""
    for each in those:
        file.write(json.dumps(public_record(each), ensure_ascii=False).encode() + b"\n")
