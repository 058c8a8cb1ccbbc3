"""What a conversation may look up in the database about resource persons."""

from collections.abc import Sequence
from datetime import datetime

from conversations.model.experts import Expert, ExpertCounts, Nomination, Sought
from storage.experts.experts import Experts
from storage.experts.nominations import Nominations


class StoredExperts:
    """The `ExpertsLookup` of one person at `now`, in one transaction."""

    def __init__(self, experts: Experts, nominations: Nominations, person: int, now: datetime) -> None:
        self._experts = experts
        self._nominations = nominations
        self._person = person
        self._now = now

    def found(self, sought: Sought) -> Sequence[Expert]:
        """Returns up to MOST_FOUND resource persons who agreed and are sought, by name."""
        return self._experts.found(sought, self._now)

    def one(self, this: str) -> Expert | None:
        """Returns the resource person with that id, if others find them now; everybody finds their own entry."""
        expert = self._experts.of(this)
        return expert if expert and (expert.is_found(self._now) or expert.person == self._person) else None

    def own(self) -> Expert | None:
        """Returns this person's own entry, whether others find it or not."""
        return self._experts.of_person(self._person)

    def nominated(self, code: str) -> Nomination | None:
        """Returns the nomination with the link of this code, in any state, locked until the turn is over."""
        return self._nominations.by_code(code)

    def nomination(self, this: str) -> Nomination | None:
        """Returns the nomination with that id, in any state, locked until the turn is over."""
        return self._nominations.of(this)

    def named_in(self, report: str) -> Sequence[Nomination]:
        """Returns whom this person named in that report, the latest first."""
        return self._nominations.named_in(report, self._person)

    def counts(self) -> ExpertCounts:
        """Returns how many resource persons are found, and how many people were asked and have not answered."""
        return ExpertCounts(self._experts.count(self._now), self._nominations.count(self._now))
