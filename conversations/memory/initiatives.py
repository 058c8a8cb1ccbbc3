"""The part of a notebook that keeps published initiatives in memory."""

from dataclasses import dataclass, field

from conversations.language.events import File
from conversations.model.initiatives import Initiative, Sharing


@dataclass(slots=True)
class InitiativesInMemory:
    """What is published (the protocol `InitiativesLookup`), and which of it the person may see."""

    published: dict[str, Initiative] = field(default_factory=dict)
    seen: frozenset[Sharing] = frozenset({"public"})
    pictures: dict[str, File] = field(default_factory=dict)

    def initiative(self, report: str) -> Initiative | None:
        """The published initiative of that id; None also where this person may not see it."""
        found = self.published.get(report)
        return found if found and found.sharing in self.seen else None

    def picture(self, initiative: Initiative) -> File | None:
        """Its first picture; None where there is none, or not everybody on it agreed to be shown."""
        return next((self.pictures[each] for each in initiative.photos if each in self.pictures), None)

    def sees(self) -> frozenset[Sharing]:
        """Which of the initiatives this person may see."""
        return self.seen
