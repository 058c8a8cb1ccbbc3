"""Sheets of questions that coordinators send: fetched and read before the turn that shows what becomes of them."""

import asyncio

import structlog
from telegram.error import TelegramError

from bot.runtime.errors import AnswerTooLarge
from bot.telegram.api import BotApi
from conversations.language.events import File, FormSheet

log = structlog.get_logger("meldind.sheets")

LARGEST_SHEET = 2 * 1024 * 1024
"""Bytes of a file; a sheet of hundreds of questions has a twentieth of it."""

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv")
_TYPES = ("spreadsheet", "excel", "csv")


def is_sheet(file: File) -> bool:
    """Returns whether a file looks like a table, by its name or its type."""
    named = file.name.lower().endswith(_ENDINGS)
    return file.kind == "document" and (named or any(word in file.mime.lower() for word in _TYPES))


async def unread(_file: File) -> FormSheet:
    """Reads nothing, for a program that cannot fetch files."""
    return FormSheet(refused="lost")


class SheetReader:
    """Fetches and reads one sheet at a time; the turns of other people go on meanwhile."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._alone = asyncio.Semaphore(1)

    async def read(self, file: File) -> FormSheet:
        """Returns what the file contains, or why it cannot be read."""
        if (file.size or 0) > LARGEST_SHEET:
            return FormSheet(refused="large")
        try:
            content = await self._api.download(file.reference)
        except AnswerTooLarge:
            return FormSheet(refused="large")
        except TelegramError as error:
            log.warning("sheet not fetched", reason=error.message)
            return FormSheet(refused="lost")
        if len(content) > LARGEST_SHEET:
            return FormSheet(refused="large")
        from bot.files.xlsform.reading import sheet_in  # every import delays the first answer

        async with self._alone:
            return await asyncio.to_thread(sheet_in, content)
