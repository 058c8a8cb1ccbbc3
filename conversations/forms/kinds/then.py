"""Two questions that make one answer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from conversations.forms.kinds.base import (
    SKIP,
    Asked,
    Gathered,
    Gathering,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
)
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line
from conversations.language.words import Listed, Place, Words, _


@dataclass(frozen=True, slots=True)
class Then(QuestionKind):
    """Asks `first`, and then, unless its answer is in `enough`, asks `second` with `prompt`.

    `join` makes one value of both answers (the second is None if it was not asked); `parts` splits it again.
    """

    first: QuestionKind
    second: QuestionKind
    prompt: Words
    join: Callable[[Any, Any], Any]
    parts: Callable[[Any], tuple[Any, Any]]
    enough: Callable[[Any], bool] = lambda _first: False

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads the first answer, then the second."""
        if not self.halfway(gathered):
            match self.first.read(said, gathered, self._asked(asked, 0)):
                case Understood(value, said_first) if self.enough(value):
                    return Understood(self.join(value, None), said_first)
                case Understood(value, said_first):
                    return Gathering({"first": value, "said": said_first, "inner": None})
                case reading:
                    return reading
        kept = gathered or {}
        if isinstance(said, Pressed) and said.action == SKIP.action:
            return Understood(self.join(kept["first"], self._second(asked)), kept["said"])
        match self.second.read(said, kept["inner"], self._asked(asked, 1)):
            case Understood(value, said_second):
                both = "\n".join(part for part in (kept["said"], said_second) if part)
                return Understood(self.join(kept["first"], value), both)
            case Gathering(inner, note, file, attachment):
                return Gathering({**kept, "inner": inner}, note, file, attachment)
            case NotUnderstood(why, inner):
                return NotUnderstood(why, {**kept, "inner": inner} if inner is not None else None)

    def halfway(self, gathered: Gathered) -> bool:
        """Returns whether the second question is on the screen."""
        return gathered is not None and "first" in gathered

    def back(self, gathered: Gathered) -> Gathered:
        """Returns what is gathered after the person goes back from the second question to the first."""
        first = (gathered or {}).get("first")
        return {"chosen": first} if isinstance(first, list) else None

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns what the question on the screen offers."""
        if self.halfway(gathered):
            return self.second.among((gathered or {})["inner"])
        return self.first.among(gathered)

    def so_far(self, gathered: Gathered) -> Any:
        """Returns both answers as one value, the second as far as it is given."""
        if self.halfway(gathered):
            kept = gathered or {}
            return self.join(kept["first"], self.second.so_far(kept["inner"]))
        first = self.first.so_far(gathered)
        return None if first is None else self.join(first, None)

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns what the question on the screen returns."""
        if self.halfway(gathered):
            return self.second.keeps_addresses((gathered or {})["inner"])
        return self.first.keeps_addresses(gathered)

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """Returns what is gathered so far."""
        if self.halfway(gathered):
            kept = gathered or {}
            second = () if kept["inner"] or not (value := self._second(asked)) else (Line(self.second.show(value)),)
            return (
                Line(self.first.show(kept["first"])),
                *second,
                *self.second.lines(kept["inner"], self._asked(asked, 1)),
            )
        return self.first.lines(gathered, self._asked(asked, 0))

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the buttons of the question on the screen."""
        if self.halfway(gathered):
            on = Button(_("Keep this answer ›"), SKIP.action) if self._second(asked) else SKIP
            return (*self.second.rows((gathered or {})["inner"], self._asked(asked, 1)), (on,))
        return self.first.rows(gathered, self._asked(asked, 0))

    def show(self, value: Any) -> Place:
        """Returns both parts."""
        first, second = self.parts(value)
        if second is None or second == "" or second == []:
            return self.first.show(first)
        return Listed((self.first.show(first), self.second.show(second)))

    def _second(self, asked: Asked) -> Any:
        """Returns the second part of the present answer: skipping the question leaves it unchanged."""
        return None if asked.value is None else self.parts(asked.value)[1]

    def _asked(self, asked: Asked, part: int) -> Asked:
        return replace(asked, value=None if asked.value is None else self.parts(asked.value)[part])
