"""What goes with a screen is made when it is sent, or refused for good, or tried again."""

import io
from pathlib import Path

import pytest
from PIL import Image
from telegram.error import BadRequest

from bot.heavy.errors import Gone, HeavyFailed
from bot.sending.albums import TOLD
from bot.sending.enclosures import Make, completed, qr_picture
from bot.sending.notices import TOPIC
from storage.engine.errors import DatabaseAway
from storage.messages.outbox import PLAIN

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


async def test_what_is_noted_for_ourselves_goes_to_nobody_and_an_edited_message_stays_in_its_topic() -> None:
    noted = {"text": "Hej", TOLD: [1], PLAIN: "Hej", TOPIC: 7}
    nothing = breaks(Gone())
    assert await completed("sendMessage", 1, noted, nothing, Path()) == {"chat_id": 1, "text": "Hej", TOPIC: 7}
    assert await completed("editMessageText", 1, noted, nothing, Path()) == {"chat_id": 1, "text": "Hej"}


def test_a_code_has_the_margin_that_cameras_need() -> None:
    """Four modules on each side, by ISO/IEC 18004."""
    with Image.open(io.BytesIO(qr_picture("https://t.me/meldind_bot?start=c"))) as picture:
        grey = picture.convert("L")
    module = next(at for at in range(grey.width) if grey.getpixel((at, at)) == 0) / 4
    assert module.is_integer()
    margin = int(4 * module)
    for side in ((0, 0, margin, grey.height), (0, grey.height - margin, grey.width, grey.height)):
        assert grey.crop(side).getextrema() == (255, 255)
    bar = [grey.getpixel((margin + at, margin)) for at in range(int(7 * module) + 1)]
    assert bar == [0] * int(7 * module) + [255]  # a corner is seven modules wide, so these are modules
