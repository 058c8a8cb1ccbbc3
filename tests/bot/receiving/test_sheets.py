"""Sheets of questions that coordinators send: which are fetched at all, and what is said of those that cannot be."""

import pytest
from telegram.error import NetworkError, TelegramError

from bot.receiving.sheets import SheetReader
from bot.runtime.errors import AnswerTooLarge
from conversations.language.events import File
from tests.sheets import CHOICES, THIRTY, workbook

MEGABYTE = 1024 * 1024


class Files:
    """What Telegram hands out: a file, or an error instead."""

    def __init__(self, content: bytes | TelegramError) -> None:
        self._content = content
        self.asked_for: list[str] = []

    async def download(self, reference: str) -> bytes:
        self.asked_for.append(reference)
        if isinstance(self._content, TelegramError):
            raise self._content
        return self._content


def reader(files: Files) -> SheetReader:
    return SheetReader(files)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [None, 0, MEGABYTE])
async def test_a_sheet_is_fetched_and_read_whether_or_not_its_size_is_told(size: int | None) -> None:
    files = Files(workbook(THIRTY, CHOICES))
    found = await reader(files).read(File("document", "r", "questions.xlsx", size=size))
    assert (found.refused, len(found.survey)) == ("", len(THIRTY))
    assert files.asked_for == ["r"]


async def test_a_sheet_that_is_said_to_be_too_large_is_not_even_fetched() -> None:
    files = Files(b"")
    found = await reader(files).read(File("document", "r", "questions.xlsx", size=3 * MEGABYTE))
    assert (found.refused, files.asked_for) == ("large", [])


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"a" * (3 * MEGABYTE), "large"),
        (b"a" * MEGABYTE, "kind"),  # it is looked at, but is no workbook
        (AnswerTooLarge("too large"), "large"),
        (NetworkError("gone"), "lost"),
    ],
)
async def test_what_is_said_of_a_sheet_that_is_too_large_or_cannot_be_fetched(
    content: bytes | TelegramError, refused: str
) -> None:
    assert (await reader(Files(content)).read(File("document", "r", "questions.xlsx"))).refused == refused
