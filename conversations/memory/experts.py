"""Resource persons in memory; the memories of several people share them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import assert_never

from conversations.model.experts import MOST_FOUND, Expert, ExpertCounts, Nomination, Sought, fits
from conversations.model.outcomes import (
    AboutExperts,
    ExpertConfirmed,
    ExpertDescribed,
    ExpertNamed,
    ExpertRemoved,
    NominationAnswered,
    NominationTakenBack,
)
from conversations.reading.text import fold


@dataclass(slots=True)
class ExpertsInMemory:
    """The resource persons (the protocol `ExpertsLookup`), as the person `reader` may look them up.

    `calls` says to which call a report answers; it is set from outside.
    """

    reader: int = 0
    now: datetime = datetime(2026, 1, 1, tzinfo=UTC)
    experts: dict[str, Expert] = field(default_factory=dict)
    nominations: dict[str, Nomination] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    calls: dict[str, str] = field(default_factory=dict)

    def keep(self, outcome: AboutExperts) -> None:
        """Stores a nomination, its answer, or an entry."""
        match outcome:
            case ExpertNamed(nomination, code):
                self.nominations[nomination.id] = nomination
                self.codes[code] = nomination.id
            case NominationTakenBack(this):
                self.nominations[this] = replace(self.nominations[this], name="", state="taken_back")
            case NominationAnswered(this, agreed):
                self.nominations[this] = replace(
                    self.nominations[this],
                    name="",
                    state="agreed" if agreed else "declined",
                    person=self.reader if agreed else None,
                )
            case ExpertDescribed(expert):
                self.experts[expert.id] = replace(expert, asked_at=None)
            case ExpertConfirmed(this):
                self.experts[this] = replace(self.experts[this], asked_at=None)
            case ExpertRemoved(this):
                gone = self.experts.pop(this)
                theirs = [each for each in self.nominations.values() if each.person == gone.person]
                self.nominations.update({each.id: replace(each, person=None) for each in theirs})
            case _:
                assert_never(outcome)

    def found(self, sought: Sought) -> Sequence[Expert]:
        """Returns up to MOST_FOUND resource persons who agreed and are sought, by name."""
        named = {
            each.person
            for each in self.nominations.values()
            if sought.call in ("", self.calls.get(each.report)) and sought.report in ("", each.report)
        }
        there = [each for each in self.experts.values() if each.is_found(self.now) and fits(each, sought)]
        of_these = [each for each in there if each.person in named or not (sought.call or sought.report)]
        return sorted(of_these, key=lambda each: (fold(each.name), each.id))[:MOST_FOUND]

    def one(self, this: str) -> Expert | None:
        """Returns the resource person with this id, if others find them now; everybody finds their own entry."""
        expert = self.experts.get(this)
        return expert if expert and (expert.is_found(self.now) or expert.person == self.reader) else None

    def own(self) -> Expert | None:
        """Returns this person's own entry, whether others find it or not."""
        return next((each for each in self.experts.values() if each.person == self.reader), None)

    def nominated(self, code: str) -> Nomination | None:
        """Returns the nomination with the link of this code, in any state, locked until the turn ends."""
        return self.nominations.get(self.codes.get(code, ""))

    def nomination(self, this: str) -> Nomination | None:
        """Returns the nomination with this id, in any state, locked until the turn ends."""
        return self.nominations.get(this)

    def named_in(self, report: str) -> Sequence[Nomination]:
        """Returns whom this person named in that report, the latest first."""
        own = (each for each in self.nominations.values() if each.report == report and each.named_by == self.reader)
        return list(own)[::-1]

    def counts(self) -> ExpertCounts:
        """Returns how many resource persons there are, for coordinators: never who has not agreed."""
        found = sum(each.is_found(self.now) for each in self.experts.values())
        return ExpertCounts(found, sum(each.is_open(self.now) for each in self.nominations.values()))
