"""What a conversation may look up about reviews, out of the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conversations.model.reviews import Audience, Earlier, Reporter, UnderReview, WaitingReport
from storage.reviews.broadcasts import Broadcasts
from storage.reviews.groups import Groups
from storage.reviews.reviews import Reviews


class StoredReviews:
    """The `ReviewLookup`, in one transaction."""

    def __init__(self, reviews: Reviews, groups: Groups, broadcasts: Broadcasts) -> None:
        self._reviews = reviews
        self._groups = groups
        self._broadcasts = broadcasts

    def report(self, report: str) -> UnderReview | None:
        """As `ReviewLookup.report`."""
        return self._reviews.of(report)

    def waiting(self) -> Sequence[WaitingReport]:
        """As `ReviewLookup.waiting`."""
        return self._reviews.waiting()

    def contacts(self, report: str) -> Mapping[str, Any]:
        """As `ReviewLookup.contacts`."""
        return self._reviews.contacts(report)

    def earlier(self, report: str, moment: datetime) -> Earlier:
        """As `ReviewLookup.earlier`."""
        return self._reviews.earlier(report, moment)

    def groups(self) -> Sequence[int]:
        """As `ReviewLookup.groups`."""
        return self._groups.used()

    def reporters(self, audience: Audience) -> Sequence[Reporter]:
        """As `ReviewLookup.reporters`."""
        return self._broadcasts.reporters(audience)
