"""What happened to a report, read from the history of its answers: each thing once, at one moment."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from conversations.model.reports import ReportStatus

HappeningKind: TypeAlias = Literal["new", "progress", "outcome", "offer"]
KINDS: tuple[HappeningKind, ...] = ("new", "progress", "outcome", "offer")

OFFERS = ("resource_person", "national_project")
"""The ways to contribute that coordinators wait for."""

_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{3})[.!?…](?=\s+[^\W\d_a-zæøåčšž]|$)")

LEFT_OUT: frozenset[ReportStatus] = frozenset({"draft", "withdrawn", "declined"})
"""Reports in these states are in no digest and no figure."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in the history; `revision` 0 is the draft, 1 the report as it was sent."""

    question: str
    value: Any
    at: datetime
    revision: int


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened.

    `new`: the report was sent. `progress`: the initiative went from the status `old` to `new`. `outcome`: an outcome
    for people was reported. `offer`: the library offers `new`, one of OFFERS.
    """

    kind: HappeningKind
    at: datetime
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A summary of a report with all that digests, figures and maps need, and nothing personal.

    `municipality` is that of its library (country and code: `DK-0461`), "" if the register does not have the library;
    `progress` is the status of the initiative; `line` is the beginning of its description.
    """

    id: str
    status: ReportStatus
    submitted_at: datetime
    title: str
    line: str
    library: str
    municipality: str
    place: str
    region: str
    country: str
    progress: str
    themes: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: tuple[str, ...]
    outcome: bool
    sharing: str
    call: str
    language: str

    @property
    def theme(self) -> str:
        """The theme under which it is listed: the one that was chosen first."""
        return self.themes[0] if self.themes else "other"


def happenings(history: Iterable[Given], submitted_at: datetime) -> tuple[Happening, ...]:
    """Returns what happened to the report with this history (oldest answer first), oldest first."""
    current: dict[str, Any] = {}
    sent_with: int | None = None  # the first revision of an imported report is not always 1
    found: list[Happening] = []
    outcome: Happening | None = None
    offered: dict[str, Happening] = {}
    for given in history:
        sent_with = max(1, given.revision) if sent_with is None else sent_with
        later = given.revision > sent_with
        at = max(submitted_at, given.at) if later else submitted_at
        old, current[given.question] = current.get(given.question), given.value
        match given.question:
            case "status" if later and old and given.value and old != given.value:
                found.append(Happening("progress", at, str(old), str(given.value)))
            case "outcome":
                outcome = None if given.value is None else outcome or Happening("outcome", at)
            case "contribute":
                chosen = [key for key in OFFERS if key in (given.value or ())]
                offered = {key: offered.get(key) or Happening("offer", at, new=key) for key in chosen}
            case _:
                pass
    told = [outcome] if outcome else []
    return tuple(
        sorted(
            (Happening("new", submitted_at), *found, *told, *offered.values()),
            key=lambda each: (each.at, KINDS.index(each.kind)),
        )
    )


def texts(value: Any) -> tuple[str, ...]:
    """Returns the keys in an answer that is a list; none for any other answer."""
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()


def beginning(text: str, most: int = 140) -> str:
    """Returns the first sentence of `text`, at most `most` characters long, cut at a word."""
    line = " ".join(text.split())
    end = _SENTENCE_END.search(line)
    first = line[: end.end()].strip() if end else line
    return first if len(first) <= most else first[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
