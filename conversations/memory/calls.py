"""Calls in memory; the memories of several people may share them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from conversations.context.overlays import call_after
from conversations.model.calls import Call, CallStanding, Unsaid, WholeCall
from conversations.model.outcomes import AboutCalls, CallChanged, CallReminded, CallStarted, ReminderPutOff

NOTHING_YET = CallStanding(0, 0, (), (), ())


@dataclass(slots=True)
class CallsInMemory:
    """The calls (the protocol `CallsLookup`).

    The progress of each, the reports without a word on who may see them and the people to remind are set from outside.
    """

    kept: dict[str, WholeCall] = field(default_factory=dict)
    standings: Mapping[str, CallStanding] = field(default_factory=dict)
    reminded: Sequence[str] = ()
    unasked: Sequence[Unsaid] = ()
    now: datetime | None = None

    def keep(self, outcome: AboutCalls) -> None:
        """Stores the outcome of a turn. A change of the status or the deadline also sets `since`."""
        match outcome:
            case CallStarted(slug) | CallChanged(slug):
                if call := call_after(self.kept.get(slug), slug, (outcome,)):
                    moved = isinstance(outcome, CallStarted) or outcome.what in {"status", "deadline"}
                    self.kept[slug] = replace(call, since=self.now) if moved else call
            case CallReminded() | ReminderPutOff():
                pass
            case _:
                assert_never(outcome)

    def open(self) -> Sequence[Call]:
        """Returns the calls that accept reports."""
        return [
            Call(each.slug, each.title)
            for each in self.all()
            if each.status == "open" and (self.now is None or each.takes(self.now))
        ]

    def whole(self, slug: str) -> WholeCall | None:
        """Returns the call with this slug, whatever its status; None if there is none."""
        return self.kept.get(slug)

    def all(self) -> Sequence[WholeCall]:
        """Returns every call: open ones first, by deadline, then drafts, then closed ones."""
        order = ("open", "draft", "closed")
        latest_first = reversed(self.kept.values())
        return sorted(latest_first, key=lambda call: (order.index(call.status), str(call.deadline_at)))

    def standing(self, slug: str) -> CallStanding:
        """Returns the progress of a call."""
        return self.standings.get(slug, NOTHING_YET)

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """Returns the reports to a call whose authors were never asked who may see them, oldest first."""
        return self.unasked if slug in self.kept else ()

    def to_remind(self, slug: str) -> Sequence[str]:
        """Returns whom a reminder would reach now: the library of each person, or "" if it is not known."""
        return self.reminded if slug in self.kept else ()
