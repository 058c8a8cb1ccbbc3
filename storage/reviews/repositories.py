"""Reviews of reports, coordinators' groups, and messages to reporters."""

from datetime import datetime
from functools import cached_property

from conversations.model.reviews import ReviewLookup
from storage.reports.repositories import ReportRepositories
from storage.reviews.broadcasts import Broadcasts
from storage.reviews.groups import Groups
from storage.reviews.keeper import ReviewsKeeper
from storage.reviews.lookup import StoredReviews
from storage.reviews.reviews import Reviews


class ReviewRepositories(ReportRepositories):
    """Reviews of reports, coordinators' groups, and messages to reporters."""

    @cached_property
    def reviews(self) -> Reviews:
        """Reports under review."""
        return Reviews(self._connection)

    @cached_property
    def groups(self) -> Groups:
        """The groups of coordinators that review cards are sent to."""
        return Groups(self._connection)

    @cached_property
    def broadcasts(self) -> Broadcasts:
        """Messages to many reporters."""
        return Broadcasts(self._connection)

    def reviews_lookup(self) -> ReviewLookup:
        """Returns what may be looked up about reviews."""
        return StoredReviews(self.reviews, self.lineages, self.groups, self.broadcasts)

    def reviews_keeper(self, person: int, now: datetime) -> ReviewsKeeper:
        """Stores what that person does about reviews."""
        return ReviewsKeeper(self.reviews, self.reports, self.broadcasts, self.audit, person, now)
