"""What goes with a screen is made when it is sent, or refused for good, or tried again."""

from pathlib import Path

import pytest
from telegram.error import BadRequest

from bot.files import making
from bot.sending.enclosures import completed
from storage.engine.errors import DatabaseAway
from storage.session.storage import Storage

ASKED = {"caption": "Figures", "enclosed": {"kind": "chart", "data": "themes.en", "name": "figures.png"}}


def breaks(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Nothing can be made, for this reason."""

    def made(_kind: str, _data: str, _storage: Storage) -> bytes:
        raise error

    monkeypatch.setattr(making, "made", made)


async def test_what_cannot_be_made_is_refused_and_not_tried_for_ever(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks(monkeypatch, KeyError("Ida"))
    storage = Storage.open(sqlite_url)
    with pytest.raises(BadRequest, match="cannot be made") as caught:
        await completed("sendPhoto", 1, ASKED, storage, Path())
    assert "Ida" not in str(caught.value)
    await storage.close()


async def test_a_database_that_is_away_refuses_nothing(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks(monkeypatch, DatabaseAway("The database is away."))
    storage = Storage.open(sqlite_url)
    with pytest.raises(DatabaseAway):
        await completed("sendPhoto", 1, ASKED, storage, Path())
    await storage.close()
