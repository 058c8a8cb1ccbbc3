"""Names of partners."""

import re
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, NotUnderstood, QuestionKind, Reading, Said, Understood
from conversations.language.events import Wrote
from conversations.language.words import Listed, Place, _, counted
from conversations.reading.text import clean_line

SHORTEST, LONGEST = 2, 80
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Names(QuestionKind):
    """Up to `most` names in one message, separated by commas, semicolons or lines."""

    most: int = 10

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads the names in the text."""
        if not isinstance(said, Wrote):
            return NotUnderstood(_("Type the names, separated by commas."))
        names = [name for part in re.split(r"[,;\n]", said.text) if (name := clean_line(part))]
        if not names or any(not SHORTEST <= len(name) <= LONGEST for name in names):
            return NotUnderstood(_("Type the names separated by commas, each at most 80 characters."))
        if len(names) > self.most:
            return NotUnderstood(
                counted(
                    "There is room for one name. Type the most important one.",
                    "There is room for {n} names. Type the most important ones.",
                    self.most,
                )
            )
        return Understood(names, said.text)

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns True: the addresses tell the partners apart."""
        return True

    def show(self, value: Any) -> Place:
        """Returns the names."""
        return Listed(tuple(value))
