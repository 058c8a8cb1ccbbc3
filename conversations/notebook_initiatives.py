"""The part of a notebook that keeps published initiatives in memory."""

from dataclasses import dataclass, field

from conversations.initiatives import Initiative, Sharing


@dataclass(slots=True)
class InitiativeBook:
    """What is published (the protocol `InitiativesLookup`), and which of it the person may see."""

    published: dict[str, Initiative] = field(default_factory=dict)
    seen: frozenset[Sharing] = frozenset({"public"})

    def initiative(self, report: str) -> Initiative | None:
        """As `InitiativesLookup.initiative`."""
        found = self.published.get(report)
        return found if found and found.sharing in self.seen else None

    def sees(self) -> frozenset[Sharing]:
        """As `InitiativesLookup.sees`."""
        return self.seen
