"""Files that people sent are fetched behind the conversation's back, and only what they say they are."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.attachments import file_path, keep_file, kind_of
from bot.botapi.faults import Kind
from storage.work import Work
from tests.bot.stage import Stage, Talk, until

JPEG = b"\xff\xd8\xff" + b"a picture"


def files(work: Work) -> list[tuple[str, str | None]]:
    """State and digest of all files, in order."""
    rows = work.attachments._connection.execute(text("SELECT state, sha256 FROM attachments ORDER BY created_at, id"))
    return [(state, sha256) for state, sha256 in rows]


async def fetched(stage: Stage) -> list[tuple[str, str | None]]:
    """All files, once none waits any more."""

    async def none_waits() -> bool:
        found = await stage.finds(files)
        return bool(found) and all(state != "waiting" for state, _ in found)

    await until(none_waits)
    return await stage.finds(files)


async def sends_a_picture(chat: Talk, content: bytes) -> None:
    await chat.phone.sends_photo(content)
    await chat.phone.waits()


async def test_a_picture_is_kept_under_its_digest(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await sends_a_picture(chat, JPEG)
    digest = hashlib.sha256(JPEG).hexdigest()
    assert await fetched(bot_app) == [("fetched", digest)]
    assert file_path(bot_app.settings.data_dir / "attachments", digest).read_bytes() == JPEG


async def test_what_is_no_picture_is_not_kept(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await sends_a_picture(chat, b"<script>")
    assert await fetched(bot_app) == [("failed", None)]


@pytest.mark.parametrize("kind", ["cut", "bad_gateway", "too_many_requests"])
async def test_a_file_that_cannot_be_fetched_now_is_fetched_later(
    bot_app: Stage, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.attachments._pause", lambda _attempts: timedelta(0))
    monkeypatch.setattr("bot.attachments.LOOK_SECONDS", 0.05)
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add(kind, method="getFile", times=2, seconds=0)
    await sends_a_picture(chat, JPEG)
    assert await fetched(bot_app) == [("fetched", hashlib.sha256(JPEG).hexdigest())]


async def test_fetching_never_holds_up_the_conversation(bot_app: Stage) -> None:
    chat = bot_app.talk()
    bot_app.server.cloud.faults.add("delay", method="getFile", seconds=3)
    await sends_a_picture(chat, JPEG)
    await chat.writes("Aarhus")
    chat.bot("How far has it come")
    assert [state for state, _ in await bot_app.finds(files)] == ["waiting"]


def test_kinds_are_told_by_how_files_begin() -> None:
    assert kind_of(JPEG, "") == "image/jpeg"
    assert kind_of(b"%PDF-1.7", "text/plain") == "application/pdf"
    assert kind_of(b"OggS", "audio/ogg") == "audio/ogg"
    assert kind_of(b"OggS", "") == "application/octet-stream"
    assert kind_of(b"MZ", "application/pdf") is None


def test_the_same_file_is_kept_once(tmp_path: Path) -> None:
    first, second = (keep_file(tmp_path, "ab" * 32, b"x") for _ in range(2))
    assert first == second
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["ab" * 32]
