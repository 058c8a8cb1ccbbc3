"""Follow-ups, and reports that are handed over."""

from datetime import datetime
from functools import cached_property

from conversations.model.followups.looking import FollowUpsLookup
from storage.calls.repositories import CallRepositories
from storage.followups.followups import FollowUps
from storage.followups.handing_over import HandingOver
from storage.followups.keeper import FollowUpsKeeper
from storage.followups.lookup import StoredFollowUps
from storage.reports.repositories import ReportRepositories


class FollowUpRepositories(CallRepositories, ReportRepositories):
    """Follow-ups, and reports that are handed over."""

    @cached_property
    def followups(self) -> FollowUps:
        """What authors are asked later."""
        return FollowUps(self._connection, self.reminders)

    @cached_property
    def handing_over(self) -> HandingOver:
        """Reports that another librarian takes over."""
        return HandingOver(self._connection, self.reports)

    def followups_lookup(self, person: int) -> FollowUpsLookup:
        """Returns what that person may look up about follow-ups."""
        return StoredFollowUps(self.followups, self.handing_over, person)

    def followups_keeper(self, person: int, now: datetime) -> FollowUpsKeeper:
        """Stores what that person does about follow-ups."""
        return FollowUpsKeeper(self.followups, self.handing_over, self.reports, self.audit, person, now)
