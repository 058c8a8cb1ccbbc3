"""Removes from pictures what cameras and programs write into them: place, time, author, device.

It is called outside of the event loop.
"""

import io
import threading
import warnings
from typing import Any

from PIL import ExifTags, Image, JpegImagePlugin

FORMATS = ("JPEG", "PNG", "WEBP")

MOST_PIXELS = 50_000_000
"""The pixels of a good telephone camera; more would take more memory than the rest of the bot."""

_SEEN = ("icc_profile", "transparency")
"""The fields that change how a picture looks. All others are metadata and are removed."""

_one_at_a_time = threading.Lock()


class Unreadable(Exception):  # noqa: N818 - it is no error of the program
    """The picture cannot be read; the reason contains nothing from the file."""


class TooManyPixels(Unreadable):
    """The picture has too many pixels to be read."""


def bare(picture: bytes) -> bytes:
    """Returns the same picture without metadata except its orientation. Raises Unreadable.

    The picture is decoded and encoded again, because a list of metadata to remove would never be complete. A JPEG keeps
    its quality. Of several pictures in one file only the first stays.
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about metadata, or the size, which is checked here
        try:
            with Image.open(io.BytesIO(picture), formats=FORMATS) as found:
                return _written(found)
        except Unreadable:
            raise
        except Image.DecompressionBombError:
            raise TooManyPixels("far too many pixels") from None
        except Exception as error:  # noqa: BLE001 - a file that somebody made may fail in any way
            raise Unreadable(f"no picture that can be read ({type(error).__name__})") from None


def _written(found: Image.Image) -> bytes:
    if found.width * found.height > MOST_PIXELS:
        raise TooManyPixels(f"more than {MOST_PIXELS} pixels")
    side_up = found.getexif().get(ExifTags.Base.Orientation)
    exif = Image.Exif()
    if side_up in range(2, 9):
        exif[ExifTags.Base.Orientation] = side_up
    how: dict[str, Any] = {}
    if isinstance(found, JpegImagePlugin.JpegImageFile):
        how = {"qtables": found.quantization, "subsampling": JpegImagePlugin.get_sampling(found)}
    elif found.format == "WEBP":
        how = {"quality": 90}
    kept = io.BytesIO()
    found.load()
    found.info = {name: value for name, value in found.info.items() if name in _SEEN}
    found.save(kept, found.format, exif=exif, icc_profile=found.info.get("icc_profile"), **how)
    return kept.getvalue()
