"""Reads several offers in one message: a list with bullets, dashes, numbers or emoji, or lines "Library: title"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conversations.model.registers import Registers
from conversations.reading.text import clean_line, clean_text

LONGEST_TITLE = 120
_SHORTEST_TITLE = 3
_FEWEST = 2
_LIKE_A_SUMMARY = 30  # characters after a colon or dash that are too many for the end of a title


@dataclass(frozen=True)
class Offer:
    """One item of a list: its title, its summary, and the library it is of, by the register's name if it has one."""

    title: str
    summary: str
    library: str = ""


@dataclass(frozen=True)
class _Line:
    text: str
    indent: int
    mark: str
    """The mark of the list that the line is an item of; "" if it is no item."""
    number: int | None = None


def read_offers(text: str, registers: Registers) -> tuple[Offer, ...]:
    """Returns the offers that `text` lists, in order; none unless it is a list of at least two.

    Items begin with the same mark (•, -, *, a number, the same emoji). The first line of an item is its title, the
    lines up to the next item are its summary; a title longer than 120 characters is cut at a natural place and stays
    whole in the summary. Text before and after the list belongs to no offer. Numbers must count from one, and lines of
    dialogue that begin with a dash are no list.
    """
    lines = [_line(line) for line in clean_text(text).split("\n")]
    for mark in dict.fromkeys(line.mark for line in lines if line.mark):
        offers = tuple(_offers_marked(mark, lines))
        if len(offers) >= _FEWEST:
            return offers
    offers = tuple(_offers_of_libraries(lines, registers))
    return offers if len(offers) >= _FEWEST else ()


_EMOJI = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_ITEM = re.compile(
    rf"""(?: (?P<bullet>[•◦▪▫‣·●○■□▸►➢➤])\s*
           | (?P<dash>[-–—])(?:\s+|(?=[^\W\d_]))
           | (?P<star>[*+])\s+
           | (?P<number>\d{{1,2}})(?P<after>[.)])\s+
           | (?P<keycap>\d)\ufe0f?\u20e3\s*
           | (?P<emoji>{_EMOJI})\ufe0f?\s+
         )(?P<rest>\S.*)""",
    re.VERBOSE,
)


def _line(written: str) -> _Line:
    text = written.strip()
    indent = len(written) - len(written.lstrip())
    item = _ITEM.fullmatch(text)
    if item is None:
        return _Line(text, indent, "")
    if item["number"] or item["keycap"]:
        return _Line(item["rest"], indent, item["after"] or "keycap", int(item["number"] or item["keycap"]))
    return _Line(item["rest"], indent, "-" if item["dash"] else item["bullet"] or item["star"] or item["emoji"])


def _offers_marked(mark: str, lines: Sequence[_Line]) -> Iterator[Offer]:
    """Yields the offers whose first lines have `mark`; none if these lines are no list after all."""
    starts = _starts(mark, lines)
    items = [lines[start] for start in starts]
    if mark == "-" and _is_spoken([item.text for item in items]):
        return
    if items[0].number is not None and [item.number for item in items] != list(range(1, len(items) + 1)):
        return
    # If summaries are indented, a paragraph at the margin is text between two lists; otherwise only after the last.
    is_set_in = any(line.indent and not line.mark for line in lines[starts[0] :])
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        body = lines[start + 1 : end]
        if end is None or is_set_in:
            body = _until_prose(body)
        offer = _offer(lines[start].text, [line.text for line in body])
        if offer is not None:
            yield offer


def _starts(mark: str, lines: Sequence[_Line]) -> list[int]:
    """Returns where items begin. A deeper mark is a list within an item; the first line of a message has no indent."""
    marked = [number for number, line in enumerate(lines) if line.mark == mark]
    shallow = min((lines[number].indent for number in marked if number > 0), default=0)
    return [number for number in marked if number == 0 or lines[number].indent <= shallow + 1]


def _until_prose(lines: Sequence[_Line]) -> Sequence[_Line]:
    """Returns the lines that belong to the last item: up to a paragraph that starts at the margin."""
    for number, line in enumerate(lines):
        if number > 0 and not lines[number - 1].text and line.text and line.indent == 0:
            return lines[:number]
    return lines


def _is_spoken(said: Sequence[str]) -> bool:
    """Returns whether lines with dashes are dialogue: one asks or exclaims, or all are whole sentences."""
    ends = [line.rstrip("\"'”“»«’")[-1:] for line in said]
    return any(end in "?!…" for end in ends) or all(end == "." for end in ends)


def _offer(first: str, others: Sequence[str], library: str = "") -> Offer | None:
    title, more = _title(clean_line(first), alone=not any(others))
    if len(title) < _SHORTEST_TITLE or not any(char.isalpha() for char in title) or _IS_ADDRESS.fullmatch(title):
        return None
    return Offer(title, clean_text("\n".join((more, *others))), library)


_IS_ADDRESS = re.compile(r"\S+@\S+\.\S+|\S*(?:://|www\.)\S*")
_AFTER_TITLE = re.compile(r"[:;]\s|\s[–—-]\s|[.!?]\s")
_QUOTES = "\"'”“„»«’‘*_"


def _title(line: str, *, alone: bool) -> tuple[str, str]:
    """Returns the title in an item's first line, and the part of the line that belongs to the summary.

    A line that is the whole item may contain both: "Homework help: volunteers help children every Tuesday".
    """
    end = _AFTER_TITLE.search(line, _SHORTEST_TITLE, LONGEST_TITLE)
    too_long = len(line) > LONGEST_TITLE
    if end and (too_long or (alone and line[end.start()] not in ".!?" and len(line) - end.end() >= _LIKE_A_SUMMARY)):
        return _bare(line[: end.start()]), line[end.end() :]
    if too_long:
        return _bare(line[: LONGEST_TITLE - 1].rpartition(" ")[0] or line[: LONGEST_TITLE - 1]) + "…", line
    return _bare(line), ""


def _bare(title: str) -> str:
    """Returns `title` without the quotation marks around it, which are added again where it is shown."""
    title = title.strip().rstrip(";:,").strip()
    if title[:1] in _QUOTES and title[-1:] in _QUOTES:
        title = title.strip(_QUOTES).strip()
    return title


_LIBRARY_LINE = re.compile(r"(?P<library>[^:]{2,100}?)\s*:\s+(?P<title>\S.*)")
_NAMES_A_LIBRARY = re.compile(r"bibliotek|knjižnic|čitalnic|librar", re.IGNORECASE)


def _offers_of_libraries(lines: Sequence[_Line], registers: Registers) -> Iterator[Offer]:
    for line in lines:
        match = _LIBRARY_LINE.fullmatch(line.text)
        if match is None:
            continue
        exact = registers.libraries(match["library"]).exact
        if exact or _NAMES_A_LIBRARY.search(match["library"]):
            offer = _offer(match["title"], (), exact.name if exact else clean_line(match["library"]))
            if offer is not None:
                yield offer
