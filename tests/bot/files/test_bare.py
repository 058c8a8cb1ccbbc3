"""What cameras and programs write into pictures is taken out, in whatever form it is there, and the picture stays."""

import io
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat, PngImagePlugin

from bot.files.pictures.bare import Unreadable, bare

ORIENTATION, PLACE = 0x0112, 0x8825
SAID = b"near the house of Xaver"
ADOBE = b"<x:xmpmeta>" + SAID + b"</x:xmpmeta>"

NOISE = Image.effect_noise((64, 48), 60).convert("RGB")


def opened(picture: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(picture))
    found.load()
    return found


def saved(picture: Image.Image, form: str, **how: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


def exif(side_up: int = 6) -> Image.Exif:
    made = Image.Exif()
    made[ORIENTATION] = side_up
    made[0x010E] = SAID.decode()
    made.get_ifd(PLACE).update({1: "N", 2: (55.0, 23.0, 45.0), 3: "E", 4: (10.0, 23.0, 20.0)})
    return made


def text_chunks() -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_text("Comment", SAID.decode())
    made.add_itxt("XML:com.adobe.xmp", ADOBE.decode())
    return made


PICTURES = {
    "JPEG": saved(NOISE, "JPEG", exif=exif(), comment=SAID, xmp=ADOBE, quality=85),
    "JPEG, grey": saved(NOISE.convert("L"), "JPEG", exif=exif()),
    "JPEG, for printers": saved(NOISE.convert("CMYK"), "JPEG", exif=exif()),
    "JPEG with something behind it": saved(NOISE, "JPEG", exif=exif()) + SAID,
    "JPEG with a line for the press": saved(NOISE, "JPEG", exif=exif(), extra=b"\xff\xed\x00\x19" + SAID),
    "PNG": saved(NOISE, "PNG", exif=exif(), pnginfo=text_chunks()),
    "PNG that moves": saved(NOISE, "PNG", exif=exif(), save_all=True, append_images=[NOISE.rotate(90)]),
    "WebP": saved(NOISE, "WEBP", exif=exif(), xmp=ADOBE),
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_nothing_that_was_written_beside_the_picture_is_left(picture: bytes) -> None:
    before, after = opened(picture), opened(left := bare(picture))
    assert SAID in picture
    assert before.getexif().get_ifd(PLACE)
    assert SAID not in left
    assert dict(after.getexif()) == {ORIENTATION: 6}
    assert not after.getexif().get_ifd(PLACE)
    assert (after.format, after.mode, after.size) == (before.format, before.mode, before.size)
    apart = ImageStat.Stat(ImageChops.difference(before.convert("RGB"), after.convert("RGB"))).mean
    assert max(apart) < 5


def test_what_belongs_to_its_looks_stays() -> None:
    seen_through = saved(Image.new("P", (9, 9)), "PNG", transparency=0)
    assert opened(bare(seen_through)).info["transparency"] == 0
    profile = b"\x00" * 36 + b"acsp" + b"\x00" * 88
    assert opened(bare(saved(NOISE, "JPEG", icc_profile=profile))).info["icc_profile"] == profile
    assert len(bare(PICTURES["JPEG"])) < len(PICTURES["JPEG"])


@pytest.mark.parametrize(
    ("picture", "why"),
    [
        (b"\xff\xd8\xff" + SAID, "no picture"),
        (PICTURES["JPEG"][: len(PICTURES["JPEG"]) // 2], "no picture"),
        (b"", "no picture"),
        (saved(NOISE, "TIFF"), "no picture"),
        (saved(Image.new("1", (8000, 6300)), "PNG"), "more than 50000000 pixels"),
    ],
    ids=["a beginning", "half of one", "nothing", "another form", "too large"],
)
def test_what_is_no_picture_or_too_large_is_refused(picture: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why) as refused:
        bare(picture)
    assert SAID.decode() not in str(refused.value)


@pytest.mark.parametrize("side_up", range(10))
def test_which_side_is_up_remains_where_it_is_another_than_the_first(side_up: int) -> None:
    left = opened(bare(saved(NOISE, "JPEG", exif=exif(side_up))))
    assert left.getexif().get(ORIENTATION) == (side_up if 2 <= side_up <= 8 else None)
