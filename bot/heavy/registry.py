"""The heavy functions by name. They are imported only where they run; recipe in CONTRIBUTING.md."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from storage.reports.exports import EXPORT, EXPORT_LANE

__all__ = ["ENCLOSURE", "EXPORT", "HEAVY", "SITE", "Heavy", "Lane"]

Lane: TypeAlias = Literal["quick", "long", "site"]
"""Each lane has a process of its own, so that a picture does not wait for a large file, nor that for the site."""


@dataclass(frozen=True, slots=True)
class Heavy:
    """Where a heavy function stands (`module:name`), and its bounds.

    `seconds` is its deadline and `most` the largest result in bytes. `of_summaries`: it reads the summaries of reports,
    which are therefore refreshed before it begins. `here`: it needs a folder of the machine that asks for it.
    """

    where: str
    lane: Lane = "quick"
    seconds: float = 120.0
    most: int = 49 * 1024 * 1024
    of_summaries: bool = False
    here: bool = False


ENCLOSURE, SITE = "enclosure", "site"

HEAVY: dict[str, Heavy] = {
    ENCLOSURE: Heavy("bot.files.making:enclosure", of_summaries=True),
    EXPORT: Heavy("bot.files.reports.exports:chat_export", EXPORT_LANE, seconds=1800.0),
    SITE: Heavy("bot.site.runs.heavy:publish_as_job", "site", seconds=3 * 3600.0, of_summaries=True, here=True),
}
"""The largest document that a bot may send is 50 MB; the rest of its request needs some room."""
