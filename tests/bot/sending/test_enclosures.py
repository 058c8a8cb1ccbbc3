"""What goes with a screen is made when it is sent, or refused for good, or tried again."""

from pathlib import Path

import pytest
from telegram.error import BadRequest

from bot.heavy.errors import Gone, HeavyFailed
from bot.sending.enclosures import Make, completed
from storage.engine.errors import DatabaseAway

ASKED = {"caption": "Figures", "enclosed": {"kind": "chart", "data": "themes.en", "name": "figures.png"}}


def breaks(error: Exception) -> Make:
    """Nothing can be made, for this reason."""

    async def make(_kind: str, _data: str) -> bytes:
        raise error

    return make


async def test_what_cannot_be_made_is_refused_and_not_tried_for_ever() -> None:
    with pytest.raises(BadRequest, match="cannot be made") as caught:
        await completed("sendPhoto", 1, ASKED, breaks(HeavyFailed({"error": "KeyError"})), Path())
    assert "KeyError" not in str(caught.value)


async def test_what_is_no_longer_stored_is_refused() -> None:
    with pytest.raises(BadRequest, match="no longer kept"):
        await completed("sendPhoto", 1, ASKED, breaks(Gone()), Path())


async def test_a_database_that_is_away_refuses_nothing() -> None:
    with pytest.raises(DatabaseAway):
        await completed("sendPhoto", 1, ASKED, breaks(DatabaseAway("The database is away.")), Path())
