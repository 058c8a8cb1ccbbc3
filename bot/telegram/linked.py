"""The addresses of linked words, which the text of a message does not show."""

from collections.abc import Mapping
from typing import Any

NEVER_KEPT = ("tg:", "ton:", "javascript:", "data:")
"""The beginnings of addresses that lead to no readable page: a person, a wallet, a program."""


def with_addresses(text: str, entities: object) -> str:
    """`text` with the address of each link in brackets after its words.

    Raises TypeError or KeyError if the entities do not have Telegram's form. An entity outside of the text is left out.
    """
    if not isinstance(entities, list):
        raise TypeError("not a list")
    links = [each for each in entities if isinstance(each, Mapping) and each.get("type") == "text_link"]
    if not links:
        return text
    units = text.encode("utf-16-le", "surrogatepass")  # offsets and lengths count UTF-16 units of two bytes
    for link in sorted(links, key=lambda each: _whole(each["offset"]), reverse=True):
        start, end = 2 * _whole(link["offset"]), 2 * (_whole(link["offset"]) + _whole(link["length"]))
        words = units[start:end].decode("utf-16-le", "replace").rstrip()
        address = _address(link["url"])
        if not words or not address or end > len(units) or address.rstrip("/") == words.rstrip("/"):
            continue
        behind = start + len(words.encode("utf-16-le", "surrogatepass"))
        units = units[:behind] + f" ({address})".encode("utf-16-le", "surrogatepass") + units[behind:]
    return units.decode("utf-16-le", "surrogatepass")


def _address(url: Any) -> str:
    if not isinstance(url, str):
        raise TypeError("not a text")
    if any(char.isspace() for char in url) or url.lower().startswith(NEVER_KEPT):
        return ""
    return url


def _whole(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("not a whole number")
    return value
