"""What the items of one album are told: all of it in one message, though they come one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.language.catalogues import Catalogue
from conversations.language.screen import Line, Screen, Style
from conversations.language.words import Words

TOLD = "told"
"""Where a message that waits for the rest of its album keeps what it says of the items; Telegram never sees it."""

Told = Mapping[str, Any]


def together(screen: Screen, earlier: Sequence[Told], catalogue: Catalogue) -> tuple[Screen, list[Told]]:
    """`screen` with all that earlier items of its album were told and it does not say itself; and the whole of that.

    What counts the items, as in "2 pictures saved", says the newest number alone.
    """
    news = [_told(line, catalogue) for line in screen.lines[: screen.news]]
    said, counting = {each["said"] for each in news}, {each["counts"] for each in news} - {""}
    kept = [each for each in earlier if each["said"] not in said and each["counts"] not in counting]
    lines = (*map(_line, kept), *screen.lines)
    return replace(screen, lines=lines, news=screen.news + len(kept)), [*kept, *news]


def _told(line: Line, catalogue: Catalogue) -> Told:
    counts = line.text.text if isinstance(line.text, Words) and line.text.count is not None else ""
    link = [catalogue.say(line.link[0]), line.link[1]] if line.link else None
    return {"said": catalogue.say(line.text), "style": line.style.value, "counts": counts, "link": link}


def _line(told: Told) -> Line:
    return Line(told["said"], Style(told["style"]), tuple(told["link"]) if told["link"] else None)
