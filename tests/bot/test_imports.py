"""What an import of reports makes of its file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.databases import open_storage, upgraded
from bot.imports import import_file
from conversations.searching import Wanted
from storage.storage import Storage
from tests.bot.test_exports import RECORD

PUBLISHED: dict[str, Any] = {**RECORD, "status": "published", "published_at": "2026-03-02T08:00:00Z"}


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    """An empty database, open."""
    upgraded(sqlite_url)
    storage = open_storage(sqlite_url)
    yield storage
    storage.close_now()


def written(folder: Path, *records: Any) -> Path:
    """A file with these records, one a line."""
    file = folder / "in.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return file


@pytest.mark.parametrize("words", ["Ældre", "starejši", "Older people"])
def test_what_is_imported_is_found_by_its_labels_in_every_language(
    storage: Storage, sqlite_url: str, tmp_path: Path, words: str
) -> None:
    answers = {**PUBLISHED["answers"], "target_groups": ["older_people"], "sharing": "public"}
    import_file(sqlite_url, written(tmp_path, {**PUBLISHED, "answers": answers}))
    numbers, close = storage.read_now(lambda work: work.search.find(Wanted(words), ["public"], 5))
    assert (len(numbers), close) == (1, False)
