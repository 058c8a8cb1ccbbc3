"""`meldind understand`: what the bot makes of what people write, JSON lines in and out."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from bot.language.catalogues import Catalogues
from conversations.engine.understanding import NotARowError, Row, understand
from storage.registers.port import StoredRegisters


def answers(lines: Iterable[str], today: date) -> Iterator[tuple[bool, str]]:
    """Yields for each line whether it was a row, and the answer, a JSON object: with `error` if it was none."""
    registers = StoredRegisters(Catalogues().spellings)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            meant = understand(_row(line), registers, today)
        except NotARowError as error:
            yield False, _written({"error": f"line {number}: {error}"})
        except ValueError:
            yield False, _written({"error": f"line {number}: it is not JSON"})
        else:
            yield True, _written(meant)


def _row(line: str) -> Row:
    row = json.loads(line)
    if not isinstance(row, dict):
        raise NotARowError("it is no JSON object")
    return row


def _written(answer: object) -> str:
    return json.dumps(answer, ensure_ascii=False)
