"""Where one person stands in the conversation, and what a turn returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeAlias

from conversations.language.screen import Screen
from conversations.language.words import Words
from conversations.model.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Filling:
    """The person is at a question of a draft or report.

    `gathered` holds the parts of an answer that is not complete yet; `aside` holds the same, by key, for questions that
    the person left before they were answered. `editing` says that the question was opened with the pencil, so that the
    summary comes next.
    """

    report: str
    question: str
    gathered: Mapping[str, Any] | None = None
    aside: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    editing: bool = False


@dataclass(frozen=True, slots=True)
class AtSummary:
    """The person reads a draft or report: its answers, the modules that can be added, or a last question.

    `aside` holds the parts of unfinished answers, by question key.
    """

    report: str
    view: Literal["answers", "modules", "withdraw", "discard", "personal", "alike"] = "answers"
    aside: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered:
    """The person is asked what to do with something, which `held` contains.

    `kind` names the question (see flows/reports/disambiguation.py); `back` is the packed position to return to.
    """

    kind: str
    held: Mapping[str, Any]
    back: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class InFlow:
    """The person is at a view of a flow (`FLOWS` in engine/routes.py); `held` has what the flow needs to continue.

    Buttons belong to the same step as long as `flow`, `view` and `held["this"]` stay the same.
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
    """A screen for another person than the one who acted: the person with the id `to`, in their own language.

    `key` names the subject of the screen: a later screen with the same key replaces the earlier message. With `anew` it
    is always sent as a new message; with `update` it only replaces a message that was shown before. `in_group` says
    that `to` is the chat of a group of coordinators.
    """

    to: int
    screen: Screen
    key: str
    how: Literal["show", "anew", "update"] = "show"
    in_group: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A text that may continue in the next message: the text so far, and the length and time of its last part.

    conversations/engine/continued.py reads it.

    `back` is the packed position in which the text began; `active_at` is when the person had been active before it, in
    ISO 8601. `settled` says that something was already made of the text.
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
    """Where a person stands. `step` grows with every question, so that old buttons can be told from new ones.

    `active_at` is when the person was last active (UTC; None: never). `cut` is their last text, if more of it may
    follow.
    """

    step: int = 0
    at: Position | None = None
    active_at: datetime | None = None
    cut: Cut | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Everything that follows from one event: the new session, the screens to show, the outcomes, and the notices.

    `language` is the language of the screens; `toast` is the short text that is shown at the pressed button.
    """

    session: Session
    screens: tuple[Screen, ...]
    outcomes: tuple[Outcome, ...] = field(default=())
    notices: tuple[Notice, ...] = ()
    language: str = "en"
    toast: Words | None = None


def pack(position: Position | None) -> dict[str, Any] | None:
    """Returns `position` as JSON."""
    if position is None:
        return None
    names = type(position).__dataclass_fields__  # asdict would copy everything that is held
    return {"is": type(position).__name__, **{name: getattr(position, name) for name in names}}


def unpack(packed: Mapping[str, Any] | None) -> Position | None:
    """Returns the position that `pack` was given; None also for a position that this version does not know."""
    if packed is None or packed.get("is") not in POSITIONS:
        return None
    return POSITIONS[packed["is"]](**{name: value for name, value in packed.items() if name != "is"})
