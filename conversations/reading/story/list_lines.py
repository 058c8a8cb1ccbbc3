"""The lines of a message, with the marks of a list in front of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EMOJI = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_ITEM = re.compile(
    rf"""(?: (?P<bullet>[•◦▪▫‣·●○■□▸►➢➤])\s*
           | (?P<dash>[-–—])(?:\s+|(?=[^\W\d_]))
           | (?P<star>[*+\#])\s+
           | (?P<number>\d{{1,2}})(?P<after>[.)/]|\s[-–:])\s+
           | (?:tilbud|aktivitet|initiativ|projekt|dejavnost|storitev|activity|initiative|project|offer)
             \s(?P<labelled>\d{{1,2}}|[a-h])\s*[:.–-]\s+
           | (?P<keycap>\d)\ufe0f?\u20e3\s*
           | \(?(?P<roman>(?=[ivx])i{{0,3}}v?x?i{{0,3}})\)\s+
           | \(?(?P<letter>[a-z])[.)]\s+
           | (?P<emoji>{_EMOJI})[\ufe0f\u200d]*\s+
         )(?P<rest>\S.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
EMOJI = "emoji"
"""The mark of a line that begins with an emoji; another line may begin with another."""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a message, without its mark.

    `mark` is the mark of the list that the line is an item of; "" if it is no item. `number` counts the items, where
    the mark does. `sign` is the emoji.
    """

    text: str
    indent: int
    mark: str
    number: int | None = None
    sign: str = ""


def lines_of(text: str) -> list[MarkedLine]:
    """Returns the lines of `text`; items counted within a line ("a) … b) …") are lines of their own."""
    return [_line(line) for written in text.split("\n") for line in _counted_within(written)]


_COUNTED = re.compile(r"(?:^|(?<=\s))\(?(?P<count>[a-z]|\d|i{1,3}|iv|v)(?P<after>[.)/])\s+(?=[^\W\d_])", re.IGNORECASE)


_SIGN = re.compile(rf"\s*({_EMOJI}\ufe0f?)\s")


def _counted_within(line: str) -> Iterator[str]:
    """Yields the items that `line` counts out from the first on, or the line itself."""
    wanted, starts = 1, [0]
    if (sign := _SIGN.match(line)) and line.count(sign[1]) > 1:
        yield from (f"{sign[1]} {part.strip()}" for part in line.split(sign[1]) if part.strip())
        return
    marks = [match for match in _COUNTED.finditer(line) if match["after"] != "." or match["count"].isdecimal()]
    for mark in marks:
        if _number(mark["count"]) == wanted or (mark["count"].lower() in _ROMAN and _roman(mark["count"]) == wanted):
            wanted += 1
            starts.append(mark.start())
    if wanted <= 2:
        yield line
        return
    for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
        if line[start:end].strip():
            yield line[start:end].rstrip(" ,;")


def _number(count: str) -> int:
    """Returns the place of a figure or a letter: 2 for b; 0 for several letters."""
    if count.isdecimal():
        return int(count)
    return ord(count.lower()) - ord("a") + 1 if len(count) == 1 else 0


def _roman(count: str) -> int:
    return _ROMAN.index(count.lower()) + 1


def _line(written: str) -> MarkedLine:
    text = written.strip()
    indent = len(written) - len(written.lstrip())
    item = _ITEM.fullmatch(text)
    if item is None:
        return MarkedLine(text, indent, "")
    rest = item["rest"]
    if item["number"] or item["keycap"]:
        return MarkedLine(rest, indent, item["after"] or "keycap", int(item["number"] or item["keycap"]))
    if item["labelled"]:
        return MarkedLine(rest, indent, "labelled", _number(item["labelled"]))
    if item["roman"] and item["roman"].lower() in _ROMAN:
        return MarkedLine(rest, indent, "roman", _roman(item["roman"]))
    if item["letter"] or item["roman"]:
        return MarkedLine(rest, indent, "letter", _number(item["letter"] or item["roman"]))
    if item["emoji"]:
        return MarkedLine(rest, indent, EMOJI, sign=item["emoji"])
    return MarkedLine(rest, indent, "-" if item["dash"] else item["bullet"] or item["star"])
