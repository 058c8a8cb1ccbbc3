"""What every kind of question can do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from conversations.context.context import Context
from conversations.language.events import File, Pressed, SentFile, SharedContact, SharedLocation, Wrote
from conversations.language.screen import Button, Line
from conversations.language.words import Place, Words, _

Said: TypeAlias = Wrote | Pressed | SentFile | SharedLocation | SharedContact
Gathered: TypeAlias = Mapping[str, Any] | None
Answers: TypeAlias = Mapping[str, Any]
Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a question is asked: the answers so far, the answer it has already (None: none), and the surroundings."""

    context: Context
    answers: Answers
    value: Any = None


@dataclass(frozen=True, slots=True)
class Understood:
    """The whole answer: its `value` as JSON, and what the person wrote, if anything.

    `message` is the number of the message that was the answer, where it is not the one that completed it; `parts` are
    the messages it came in, where there were several.
    """

    value: Any
    said: str = ""
    message: int = 0
    parts: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Gathering:
    """A part of the answer; there may be more. `file` came with it and is called `attachment` in the value."""

    gathered: Mapping[str, Any]
    note: Words | None = None
    file: File | None = None
    attachment: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A slip, with a kind sentence that says what to do; what was gathered stays unless `gathered` replaces it."""

    why: Words
    gathered: Mapping[str, Any] | None = None


Reading: TypeAlias = Understood | Gathering | NotUnderstood


class QuestionKind(ABC):
    """A kind of question."""

    __slots__ = ()

    @abstractmethod
    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """What `said` makes of the answer."""

    @abstractmethod
    def show(self, value: Any) -> Place:
        """`value` as it is read in a summary."""

    def holds(self, value: Any, answers: Answers) -> bool:
        """Whether `value`, answered earlier, still is an answer beside the other `answers`."""
        return True

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Whether the addresses behind linked words belong to the answer; elsewhere they are only in the way."""
        return False

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """What is gathered so far, to be shown under the question; nothing where one message is the whole answer."""
        return ()

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """The buttons that answer it; none where the answer is written."""
        return ()


DONE = Button(_("Done"), "done")
NEXT = Button(_("Next"), "done")
SKIP = Button(_("Skip"), "skip")

OTHER_THAN_TEXT = _("I can only take text here. Please write your answer.")
OTHER_THAN_BUTTON = _("Please tap one of the buttons, or write the answer.")
