"""Resource persons, and who was named as one."""

from datetime import datetime
from functools import cached_property

from conversations.model.experts import ExpertsLookup
from storage.experts.experts import Experts
from storage.experts.keeper import ExpertsKeeper
from storage.experts.lookup import StoredExperts
from storage.experts.nominations import Nominations
from storage.privacy.repositories import PrivacyRepositories


class ExpertRepositories(PrivacyRepositories):
    """Resource persons, and who was named as one."""

    @cached_property
    def experts(self) -> Experts:
        """Resource persons who agreed."""
        return Experts(self._connection)

    @cached_property
    def nominations(self) -> Nominations:
        """Who was named as a resource person."""
        return Nominations(self._connection)

    def experts_lookup(self, person: int, now: datetime) -> ExpertsLookup:
        """Returns what that person may look up about resource persons at `now`."""
        return StoredExperts(self.experts, self.nominations, person, now)

    def experts_keeper(self, person: int, now: datetime) -> ExpertsKeeper:
        """Stores what that person does about resource persons."""
        return ExpertsKeeper(self.experts, self.nominations, self.forgetting, self.audit, person, now)
