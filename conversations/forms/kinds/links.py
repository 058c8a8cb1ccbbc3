"""Links to more information."""

from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathered, NotUnderstood, QuestionKind, Reading, Said, Understood
from conversations.language.events import Wrote
from conversations.language.words import Listed, Place, _, counted
from conversations.reading.links import read_links


@dataclass(frozen=True, slots=True)
class Links(QuestionKind):
    """Up to `most` addresses of web pages, in one message."""

    most: int = 3

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads the addresses in the text."""
        links = read_links(said.text) if isinstance(said, Wrote) else None
        if not links:
            return NotUnderstood(_("Send a link, for example https://www.example.org."))
        if len(links) > self.most:
            return NotUnderstood(
                counted(
                    "There is room for one link. Send the most important one.",
                    "There is room for {n} links. Send the most important ones.",
                    self.most,
                )
            )
        return Understood(list(links), said.text if isinstance(said, Wrote) else "")

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns True: the addresses are the answer."""
        return True

    def show(self, value: Any) -> Place:
        """Returns the links."""
        return Listed(tuple(value))
