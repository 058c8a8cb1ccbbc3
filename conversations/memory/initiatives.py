"""Published initiatives in memory."""

from dataclasses import dataclass, field

from conversations.language.events import File
from conversations.model.initiatives import Initiative, Sharing


@dataclass(slots=True)
class InitiativesInMemory:
    """The published initiatives (the protocol `InitiativesLookup`), and which of them the person may see."""

    published: dict[str, Initiative] = field(default_factory=dict)
    seen: frozenset[Sharing] = frozenset({"public"})
    pictures: dict[str, File] = field(default_factory=dict)

    def initiative(self, report: str) -> Initiative | None:
        """Returns the published initiative with this id; None also if this person may not see it."""
        found = self.published.get(report)
        return found if found and found.sharing in self.seen else None

    def picture(self, initiative: Initiative) -> File | None:
        """Returns its first picture; None if it has none, or if not everybody in it agreed to be shown."""
        return next((self.pictures[each] for each in initiative.photos if each in self.pictures), None)

    def sees(self) -> frozenset[Sharing]:
        """Returns which initiatives this person may see."""
        return self.seen
