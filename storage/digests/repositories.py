"""Digests and figures."""

from datetime import datetime
from functools import cached_property

from storage.digests.digest_runs import DigestRuns
from storage.digests.digests import Counting, Digests
from storage.digests.keeper import DigestsKeeper
from storage.digests.summaries import Summaries
from storage.reports.repositories import ReportRepositories


class DigestRepositories(ReportRepositories):
    """Digests and figures."""

    @cached_property
    def digest_runs(self) -> DigestRuns:
        """Runs of weekly digests: one for each subscription and week."""
        return DigestRuns(self._connection)

    @cached_property
    def summaries(self) -> Summaries:
        """Summaries of reports, which digests read."""
        return Summaries(self._connection)

    def digests(self, person: int, counting: Counting = Counting.HERE) -> Digests:
        """Returns what that person may look up about all reports together, and their own digests."""
        return Digests(self._connection, person, counting)

    def digests_keeper(self, person: int, now: datetime) -> DigestsKeeper:
        """Stores what that person does about digests and exports."""
        return DigestsKeeper(self.digests(person), self.exports, self.audit, person, now)
