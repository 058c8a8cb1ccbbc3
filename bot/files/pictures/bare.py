"""Pictures without what cameras and programs write into them: where and when they were taken, by whom, with what.

Called off the event loop.
"""

import io
import threading
import warnings
from typing import Any

from PIL import ExifTags, Image, JpegImagePlugin

FORMATS = ("JPEG", "PNG", "WEBP")

MOST_PIXELS = 50_000_000
"""What a good telephone makes of one picture; more would take more memory than the rest of the bot."""

_SEEN = ("icc_profile", "transparency")
"""What a picture looks like. The rest is about it, and goes."""

_one_at_a_time = threading.Lock()


class Unreadable(Exception):  # noqa: N818 - it is no error of the program
    """No picture that can be read; the reason is said without a word of the file's."""


class TooManyPixels(Unreadable):
    """A picture that is too large to be read."""


def bare(picture: bytes) -> bytes:
    """The same picture, alone: of all that is written beside its points, only which side is up. Raises Unreadable.

    It is read and written anew, for a list of what to cut out would never be complete. A JPEG keeps the fineness it
    had. Of several pictures in one file the first remains.
    """
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about what is written into it, or its size, which is looked at here
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
