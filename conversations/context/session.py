"""Where one person stands, and what a turn makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from conversations.language.screen import Screen
from conversations.language.words import Words
from conversations.model.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Filling:
    """At a question of a draft or report.

    `gathered` is what was said so far and is not yet the whole answer; `aside` is the same for questions left before
    they were answered, by key. `editing`: it was opened with the pencil, and the summary comes next.
    """

    report: str
    question: str
    gathered: Mapping[str, Any] | None = None
    aside: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    editing: bool = False


@dataclass(frozen=True, slots=True)
class AtSummary:
    """Reading a draft or report over: its answers, the modules it may still have, or a last question.

    `aside` is what was gathered for questions left before they were answered.
    """

    report: str
    view: Literal["answers", "modules", "withdraw", "discard"] = "answers"
    aside: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """The person is asked what to do with something, which is `held` here.

    `kind` names the offer (see flows/offers.py), `back` is the position, packed, to go back to.
    """

    kind: str
    held: Mapping[str, Any]
    back: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class InFlow:
    """In a flow of its own (see leads.FLOWS), at one of its views, with what it needs to go on in `held`.

    Buttons are of one step as long as `flow`, `view` and `held["this"]` stay the same.
    """

    flow: str
    view: str
    held: Mapping[str, Any] = field(default_factory=dict)


Position: TypeAlias = Filling | AtSummary | Offered | InFlow

POSITIONS: Mapping[str, type[Filling] | type[AtSummary] | type[Offered] | type[InFlow]] = {
    kind.__name__: kind for kind in (Filling, AtSummary, Offered, InFlow)
}


@dataclass(frozen=True, slots=True)
class Notice:
    """A screen for somebody other than the one who acted: the person of that id, in their own language.

    `key` names what it tells: shown again under the same key, it takes the place of the message it was before. It is
    a message of its own where it comes `anew`, and nothing at all where it is only to `update` what they were shown.
    `in_group`: `to` is the chat of a group of coordinators.
    """

    to: int
    screen: Screen
    key: str
    how: Literal["show", "anew", "update"] = "show"
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that may go on in the next message: as it is so far, and the length and time of its last part.

    It is read in conversations/engine/continued.py.

    `back` is the packed position in which it began, `active_at` when the person had been active before, in ISO 8601.
    `settled`: something was made of it already.
    """

    text: str
    message: int
    forwarded: bool
    length: int
    sent: int
    back: Mapping[str, Any] | None
    active_at: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Session:
    """Where a person stands; `step` grows with every question and tells old buttons from new ones.

    `active_at` is when they last did something (UTC; None: never), `cut` what they wrote last if more of it may follow.
    """

    step: int = 0
    at: Position | None = None
    active_at: datetime | None = None
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """All that follows from one event: where the person stands now, what to show, and what came of it.

    `language` is the one to show it in; `toast` is the short word at a press.
    """

    session: Session
    screens: tuple[Screen, ...]
    outcomes: tuple[Outcome, ...] = field(default=())
    notices: tuple[Notice, ...] = ()
    language: str = "en"
    toast: Words | None = None


def pack(position: Position | None) -> dict[str, Any] | None:
    """`position` as JSON."""
    if position is None:
        return None
    names = type(position).__dataclass_fields__  # not asdict, which copies all that is held
    return {"is": type(position).__name__, **{name: getattr(position, name) for name in names}}


def unpack(packed: Mapping[str, Any] | None) -> Position | None:
    """The position `pack` made this of; None also for one that this version no longer knows."""
    if packed is None or packed.get("is") not in POSITIONS:
        return None
    return POSITIONS[packed["is"]](**{name: value for name, value in packed.items() if name != "is"})
