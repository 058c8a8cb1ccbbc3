"""What a conversation may look up in the database about reviews."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from conversations.model.reviews import (
    MOST_COMPARED,
    Audience,
    Compared,
    Earlier,
    Related,
    Reporter,
    UnderReview,
    WaitingReport,
)
from storage.reports.lineages import Lineages
from storage.reviews.broadcasts import Broadcasts
from storage.reviews.groups import Groups
from storage.reviews.reviews import Reviews


class StoredReviews:
    """The `ReviewLookup`, in one transaction."""

    def __init__(self, reviews: Reviews, lineages: Lineages, groups: Groups, broadcasts: Broadcasts) -> None:
        self._reviews = reviews
        self._lineages = lineages
        self._groups = groups
        self._broadcasts = broadcasts

    def report(self, report: str) -> UnderReview | None:
        """Returns the report with that id by any author, locked until the turn is over."""
        return self._reviews.of(report)

    def waiting(self) -> Sequence[WaitingReport]:
        """Returns the reports that wait for review: those that people sent, longest waiting first, then
        imported ones.
        """
        return self._reviews.waiting()

    def related(self, report: str) -> Sequence[Related]:
        """Returns what the author said of this report beside others, without reports that are withdrawn."""
        return self._lineages.related(report)

    def compared(self) -> Sequence[Compared]:
        """Returns the reports that wait for review as they are compared, in the order of `waiting`, at most
        MOST_COMPARED.
        """
        return self._reviews.compared(MOST_COMPARED)

    def contacts(self, report: str) -> Mapping[str, Any]:
        """Returns the names and addresses in a report, by question key."""
        return self._reviews.contacts(report)

    def earlier(self, report: str, moment: datetime) -> Earlier:
        """Returns the report as it was at that moment."""
        return self._reviews.earlier(report, moment)

    def groups(self) -> Sequence[int]:
        """Returns the chats of the groups where coordinators review."""
        return self._groups.used()

    def reporters(self, audience: Audience) -> Sequence[Reporter]:
        """Returns everybody with a report of that kind who has not stopped the bot."""
        return self._broadcasts.reporters(audience)
