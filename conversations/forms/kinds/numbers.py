"""Numbers of people, as people write them."""

from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, NotUnderstood, QuestionKind, Reading, Said, Understood
from conversations.language.events import Wrote
from conversations.language.words import Place, _
from conversations.reading.numbers.numbers import Numbers, read_number


@dataclass(frozen=True, slots=True)
class Number(QuestionKind):
    """A number or a range, up to `most`; stored as `least`, `most` (None: no upper end) and `approximate`."""

    most: int = 1_000_000

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a number; the answer keeps the text that the person wrote beside it."""
        if isinstance(said, Wrote) and (numbers := read_number(said.text, most=self.most)):
            value = {"least": numbers.least, "most": numbers.most, "approximate": numbers.approximate}
            return Understood(value, said.text)
        return NotUnderstood(_("Please write a number, for instance 30, about 30 or 10–12."))

    def show(self, value: Any) -> Place:
        """Returns the number or range."""
        return Numbers(value["least"], value["most"], value["approximate"])
