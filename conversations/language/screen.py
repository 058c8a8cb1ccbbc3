"""Screens: values that depend neither on a language nor on a channel."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from conversations.language.words import Place, Shortened, Words

LONG = 250
"""The characters of a text from which on it is folded: half of what a small phone shows."""


class Style(Enum):
    """How a line looks."""

    PLAIN = "plain"
    QUESTION = "question"  # the question, emphasised
    HELP = "help"  # the grey second line
    NOTE = "note"  # what just happened
    FOLDED = "folded"  # small print, or a long text: it is opened to be read, where a channel can fold it


@dataclass(frozen=True, slots=True)
class Table:
    """Names, each with its number."""

    rows: tuple[tuple[Place, int], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. A bare `str` is text that a person wrote. `link` has words of the line and their address.

    `table` says the same as the text; it is shown instead of it where a channel has tables.
    """

    text: Place
    style: Style = Style.PLAIN
    link: tuple[Place, str] | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button: its label, and the meaning of a press (`action` and `argument`: ASCII, at most 40 bytes together).

    A button with a `link` opens that address instead, one that `copies` a text puts it on the clipboard; the bot gets
    no event. `tone` is "primary" for what one mostly came for, "danger" for what takes something away.
    """

    label: Place
    action: str
    argument: str = ""
    chosen: bool = False
    link: str = ""
    copies: str = ""
    tone: Literal["", "primary", "danger"] = ""

    @property
    def is_told(self) -> bool:
        """Whether the bot is told of a press."""
        return not self.link and not self.copies


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A picture or file that goes with a screen; `alt` describes it in words.

    `kind` says what `data` contains. All kinds but `photo` are made when they are sent.

    `photo`: the reference of a photo that was sent to the bot. `picture`: a stored document, picture or voice message
    (`<report>.<SHA-256>`). `qr`: a link, drawn as a code to scan. `audit`: the audit trail as JSON Lines. `digest`: a
    stored digest (`<id>.<html or xlsx>.<language>`). `chart`: a chart of the figures (`<which>.<language>`). `map`: the
    municipalities of a country (`<country>.<language>`); `places`: the same as a table. `sheet`: the evidence of one
    report (`<id>.<language>`). `evidence`: what is known of a topic, as JSON; `call_report`: the report of a call, as
    JSON. `collection`: the public initiatives of one (`<slug>.<html, xlsx or csv>.<language>`). `mydata`: everything
    stored about a person (`<person>.<html or json>.<language>`). `ics`: an event or a deadline for a calendar, as JSON;
    `guests`: who comes to an event (`<event>.<xlsx or csv>.<language>`). `xlsform`: the form of a call for other
    programs (`<slug>`).
    """

    kind: Literal[
        "qr", "audit", "digest", "chart", "map", "places", "sheet", "evidence", "call_report", "photo", "picture",
        "mydata", "collection", "ics", "guests", "xlsform",
    ]  # fmt: skip
    name: str
    alt: Words
    data: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: its lines, and its buttons row by row.

    `report` and `step` say what the buttons belong to. `album` is set while items of that album may still arrive: the
    screen is then shown once, after the last item. With a `revision`, the buttons belong to that revision of the report
    and to no step: they work wherever the person stands. `enclosed` is sent before the screen, followed by `besides`.
    `numbered`: if the screen takes several messages, each has its number, and sections stay together. `secret`: the
    screen contains a secret, so it is stored only until it is shown. The first `news` lines say what has just happened.
    `rich`: where the channel can, it is one message with tables, and with a section for each heading after the first
    line, which its reader folds and unfolds.
    """

    lines: tuple[Line, ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    report: str = ""
    step: int = 0
    album: str = ""
    revision: int | None = None
    enclosed: Enclosed | None = None
    besides: tuple[Enclosed, ...] = ()
    numbered: bool = False
    secret: bool = False
    news: int = 0
    rich: bool = False


def note(text: Place) -> Line:
    """Returns a line that says what just happened."""
    return Line(text, Style.NOTE)


def stacked(buttons: tuple[Button, ...], across: int = 1) -> tuple[tuple[Button, ...], ...]:
    """Returns `buttons` in rows of `across`."""
    return tuple(buttons[start : start + across] for start in range(0, len(buttons), across))


def description(text: str, most: int) -> Line:
    """Returns at most `most` characters of a description, folded if it would fill a small screen."""
    return Line(Shortened(text, most), Style.FOLDED if len(text) > LONG else Style.PLAIN)


def heading(text: Words) -> Line:
    """Returns the heading of a screen."""
    return Line(text, Style.QUESTION)
