"""The part of a notebook that keeps calls in memory; several notebooks may share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from conversations.context.overlays import call_after
from conversations.model.calls import Call, CallStanding, Unsaid, WholeCall
from conversations.model.outcomes import CallChanged, CallStarted

NOTHING_YET = CallStanding(0, 0, (), (), ())


@dataclass(slots=True)
class CallsInMemory:
    """What is kept of calls (the protocol `CallsLookup`). Where they stand is given."""

    kept: dict[str, WholeCall] = field(default_factory=dict)
    standings: Mapping[str, CallStanding] = field(default_factory=dict)
    reminded: Sequence[str] = ()
    unasked: Sequence[Unsaid] = ()
    now: datetime | None = None

    def keep(self, outcome: CallStarted | CallChanged) -> None:
        """What follows from a change."""
        if call := call_after(self.kept.get(outcome.slug), outcome.slug, (outcome,)):
            self.kept[outcome.slug] = call

    def open(self) -> Sequence[Call]:
        """The calls that take answers."""
        return [
            Call(each.slug, each.title)
            for each in self.all()
            if each.status == "open" and (self.now is None or each.takes(self.now))
        ]

    def whole(self, slug: str) -> WholeCall | None:
        """The call of that slug, whatever its status."""
        return self.kept.get(slug)

    def all(self) -> Sequence[WholeCall]:
        """Every call: those that are open, the nearest deadline first, then drafts, then closed ones."""
        order = ("open", "draft", "closed")
        return sorted(self.kept.values(), key=lambda call: (order.index(call.status), str(call.deadline_at)))

    def standing(self, slug: str) -> CallStanding:
        """How far a call has come."""
        return self.standings.get(slug, NOTHING_YET)

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """The reports that were sent to a call without a word on who may see them, oldest first."""
        return self.unasked if slug in self.kept else ()

    def to_remind(self, slug: str) -> Sequence[str]:
        """Whom a reminder would reach now: each person's library, or "" where none is known."""
        return self.reminded if slug in self.kept else ()
