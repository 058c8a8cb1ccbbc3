"""Stores the outcomes about resource persons. The audit trail has who did what when, but no name."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutExperts,
    ExpertConfirmed,
    ExpertDescribed,
    ExpertNamed,
    ExpertRemoved,
    NominationAnswered,
    NominationTakenBack,
)
from storage.engine.errors import Overtaken
from storage.experts.experts import Experts
from storage.experts.nominations import Nominations
from storage.people.audit import Audit, Entry
from storage.privacy.forgetting import Forgetting


class ExpertsKeeper:
    """Stores what `person` did about resource persons in one turn."""

    def __init__(
        self,
        experts: Experts,
        nominations: Nominations,
        forgetting: Forgetting,
        audit: Audit,
        person: int,
        now: datetime,
    ) -> None:
        self._experts = experts
        self._nominations = nominations
        self._forgetting = forgetting
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutExperts) -> None:
        """Store `outcome`."""
        match outcome:
            case ExpertNamed(nomination, code):
                self._nominations.make(nomination, code, self._now)
                self._note("expert named", nomination.id, nomination.report)
            case NominationTakenBack(this):
                if not self._nominations.end(this, "taken_back"):
                    raise Overtaken("A nomination was answered meanwhile.")
                self._forgetting.named(this, self._now)
                self._note("nomination taken back", this)
            case NominationAnswered(this, agreed):
                person = self._person if agreed else None
                if not self._nominations.end(this, "agreed" if agreed else "declined", person):
                    raise Overtaken("A nomination was answered meanwhile.")
                self._forgetting.named(this, self._now)
            case ExpertDescribed(expert):
                is_new = self._experts.describe(expert, self._now)
                self._note("expert listed" if is_new else "expert changed", expert.id)
            case ExpertConfirmed(this):
                if self._experts.confirm(this, self._person, self._now):
                    self._note("expert confirmed", this)
            case ExpertRemoved(this):
                self._forgetting.expert(this, self._now)
                self._note("expert removed", this)
            case _:
                assert_never(outcome)

    def _note(self, action: str, this: str, report: str | None = None) -> None:
        self._audit.add(Entry(self._now, self._person, action), report, subject=None if report else this)
