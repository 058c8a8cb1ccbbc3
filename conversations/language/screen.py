"""What is shown: a screen is a value that knows neither its language nor its channel."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal

from conversations.language.words import Place, Words


class Style(Enum):
    """How a line looks."""

    PLAIN = "plain"
    QUESTION = "question"  # what is asked: stands out
    HELP = "help"  # the grey second line
    NOTE = "note"  # what just happened


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. A bare `str` is somebody's own words. `link`: those words of it, and the address they lead to."""

    text: Place
    style: Style = Style.PLAIN
    link: tuple[Place, str] | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button: what it says, and what pressing it means (`action`, `argument`: ASCII, at most 40 bytes together).

    One with a `link` opens that address instead, and nobody is told of it.
    """

    label: Place
    action: str
    argument: str = ""
    chosen: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A picture or file that goes with a screen.

    `photo` was sent to the bot before, and `data` fetches it there; the others are made when they are sent.

    `picture`: one that was sent as a document, or a voice message, as it is kept (`<report>.<SHA-256>`). `qr`: a
    picture of `data`, a link, to be scanned. `audit`: the audit trail as JSON Lines. `digest`: a digest that is kept
    (`<id>.<html or xlsx>.<language>`). `chart`: figures (`<which>.<language>`). `map`: the municipalities of a country
    (`<country>.<language>`), `places`: the same as a table. `sheet`: what one report is known to have changed
    (`<id>.<language>`). `evidence`: what is known of a topic, as JSON. `mydata`: all
    that is kept about a person (`<person>.<html or json>.<language>`). `alt` says what it shows.
    """

    kind: Literal["qr", "audit", "digest", "chart", "map", "places", "sheet", "evidence", "photo", "picture", "mydata"]
    name: str
    alt: Words
    data: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: its lines, and its buttons row by row.

    `report` and `step` say what the buttons belong to. `album` is set while the items of that album may still be
    arriving: the screen is then shown once, after the last of them. With a `revision`, the buttons belong to that
    revision of the report and to no step: they work wherever the person stands. What is `enclosed` goes before it,
    and `besides` after that. `numbered`: when it takes several messages, each says which of them it is, and sections
    stay together. `secret`: what it says opens something to whoever reads it, so it is kept only until it is shown.
    The first `news` lines say what has just happened.
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


def note(text: Place) -> Line:
    """A line that says what just happened."""
    return Line(text, Style.NOTE)


def stacked(buttons: tuple[Button, ...], across: int = 1) -> tuple[tuple[Button, ...], ...]:
    """`buttons` laid out in rows of `across`."""
    return tuple(buttons[start : start + across] for start in range(0, len(buttons), across))


def heading(text: Words) -> Line:
    """The line that tells what the screen is about."""
    return Line(text, Style.QUESTION)
