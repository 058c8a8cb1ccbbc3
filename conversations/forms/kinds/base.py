"""The interface of every kind of question."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from conversations.context.context import Context
from conversations.language.events import File, Pressed, SentFile, SharedContact, SharedLocation, Wrote
from conversations.language.screen import Button, Line
from conversations.language.words import Place, Words, _
from conversations.vocabulary.controls import actions_in

Said: TypeAlias = Wrote | Pressed | SentFile | SharedLocation | SharedContact
Gathered: TypeAlias = Mapping[str, Any] | None
Answers: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """The context of a question: the answers so far, its present answer (None: none), and the turn's context."""

    context: Context
    answers: Answers
    value: Any = None


@dataclass(frozen=True, slots=True)
class Understood:
    """A complete answer: its `value` as JSON, and the text that the person wrote, if any.

    `message` is the number of the message with the answer, if another message completed it; `parts` are the messages of
    an answer that came in several.
    """

    value: Any
    said: str = ""
    message: int = 0
    parts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gathering:
    """A part of an answer; more may follow. `file` came with it, and has the id `attachment` in the value."""

    gathered: Mapping[str, Any]
    note: Words | None = None
    file: File | None = None
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A mistake, with a sentence that says what to do. What was gathered stays, unless `gathered` replaces it.

    `asks` says that the sentence asks for what is missing, as in "Which year?".
    """

    why: Words
    gathered: Mapping[str, Any] | None = None
    asks: bool = False


Reading: TypeAlias = Understood | Gathering | NotUnderstood


class QuestionKind(ABC):
    """A kind of question."""

    __slots__ = ()

    @abstractmethod
    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Returns what the answer is after `said`."""

    @abstractmethod
    def show(self, value: Any) -> Place:
        """Returns `value` as a summary shows it."""

    def holds(self, value: Any, answers: Answers) -> bool:
        """Returns whether an earlier answer `value` is still valid beside the other `answers`."""
        return True

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns whether addresses behind linked words are part of the answer; otherwise they are removed."""
        return False

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns the values that are offered because one of them is meant; empty if nothing is asked back."""
        return tuple((gathered or {}).get("near", ()))

    def so_far(self, gathered: Gathered) -> Any:
        """Returns the answer that is shown but not yet saved; None if there is none."""
        return None

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """Returns what is gathered so far, as lines under the question; empty if one message is the whole answer."""
        return ()

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the buttons that answer the question; empty if the answer is written."""
        return ()


def to_confirm(value: Any, typed: str, why: Words) -> Gathering:
    """Returns `value` as what is shown and kept once it is confirmed; `typed` is the text that it was read in."""
    return Gathering({"near": [value], "shown": value, "typed": typed}, why)


def confirmed(said: Said, gathered: Gathered, asked: Asked) -> Understood | None:
    """Returns the value that `to_confirm` shows, if `said` confirms it by a tap or in words; None otherwise."""
    kept = gathered or {}
    if kept.get("shown") is None:
        return None
    match said:
        case Pressed("near", "0"):
            return Understood(kept["shown"], kept["typed"])
        case Wrote(text) if actions_in(text, asked.context.person.language) == ("yes",):
            return Understood(kept["shown"], kept["typed"])
        case _:
            return None


DONE = Button(_("Done"), "done")
NEXT = Button(_("Next"), "done")
SKIP = Button(_("Skip"), "skip")

OTHER_THAN_TEXT = _("I can only take text here. Type your answer.")
OTHER_THAN_BUTTON = _("Tap one of the buttons, or type the answer.")
