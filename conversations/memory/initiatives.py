"""Published initiatives in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from conversations.language.events import File
from conversations.model.initiatives import Initiative, Lineage, Sharing
from conversations.model.reports import Relation


@dataclass(slots=True)
class InitiativesInMemory:
    """The published initiatives (the protocol `InitiativesLookup`), and which of them the person may see."""

    published: dict[str, Initiative] = field(default_factory=dict)
    seen: frozenset[Sharing] = frozenset({"public"})
    pictures: dict[str, File] = field(default_factory=dict)
    told: dict[tuple[str, str], Relation] = field(default_factory=dict)

    def initiative(self, report: str) -> Initiative | None:
        """Returns the published initiative with this id; None also if this person may not see it."""
        found = self.published.get(report)
        return found if found and found.sharing in self.seen else None

    def these(self, reports: Sequence[str]) -> Sequence[Initiative]:
        """Returns the published initiatives with these ids that this person may see, in the same order."""
        return [found for each in reports if (found := self.initiative(each))]

    def lineage(self, report: str) -> Lineage:
        """Returns what this initiative was inspired by and has inspired, as far as this person may see it."""
        seen = {this: each for this in self.published if (each := self.initiative(this))}
        told = [pair for pair, relation in self.told.items() if relation == "inspired"]
        by = [seen[other] for this, other in told if this == report and other in seen]
        of = [seen[this] for this, other in told if other == report and this in seen]
        return Lineage(tuple(_newest(by)), tuple(_newest(of)))

    def picture(self, initiative: Initiative) -> File | None:
        """Returns its first picture; None if it has none, or if not everybody in it agreed to be shown."""
        return next((self.pictures[each] for each in initiative.photos if each in self.pictures), None)

    def sees(self) -> frozenset[Sharing]:
        """Returns which initiatives this person may see."""
        return self.seen


def _newest(these: Iterable[Initiative]) -> list[Initiative]:
    return sorted(these, key=lambda each: (each.published_at, each.id), reverse=True)
