"""Collects the answers to the items of one album in one message, although the items come one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.language.catalogues import Catalogue
from conversations.language.screen import Line, Screen, Style
from conversations.language.words import Words

TOLD = "told"
"""The payload key under which a waiting message stores its answers to the items; it is not sent to Telegram."""

Told = Mapping[str, Any]


def together(screen: Screen, earlier: Sequence[Told], catalogue: Catalogue) -> tuple[Screen, list[Told]]:
    """`screen` with the answers to earlier items of its album that it does not repeat, and all these answers.

    Of texts that count the items, such as "2 pictures saved", only the newest is shown.
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
