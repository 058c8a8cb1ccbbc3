"""What one person may look up in the database about follow-ups."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from conversations.model.followups.looking import AskedFollowUp, Colleague, FollowUpFigures, Stage
from storage.followups.followups import FollowUps
from storage.followups.handing_over import HandingOver


class StoredFollowUps:
    """The `FollowUpsLookup` of one person, in one transaction."""

    def __init__(self, followups: FollowUps, handing_over: HandingOver, person: int) -> None:
        self._followups = followups
        self._handing_over = handing_over
        self._person = person

    def asked(self, this: int) -> AskedFollowUp | None:
        """Returns the question with this number that this person was asked, or that is about a report of theirs."""
        return self._followups.of(this, self._person)

    def open(self, since: datetime) -> Sequence[AskedFollowUp]:
        """Returns the questions that this person was asked since then and has not answered, the latest first."""
        return self._followups.open_of(self._person, since)

    def confirmed(self) -> Mapping[str, datetime]:
        """Returns the ids of this person's published reports, each with when they last said how it is."""
        return self._followups.confirmed(self._person)

    def stages(self, report: str) -> Sequence[Stage]:
        """Returns the stages that a report that was sent has had, oldest first; each differs from the one before."""
        return self._followups.stages(report)

    def page(self, page: int, size: int) -> Sequence[AskedFollowUp]:
        """Returns a page of all questions, the latest first, and one more than `size` if there are more."""
        return self._followups.page(page, size)

    def figures(self, since: datetime, now: datetime) -> FollowUpFigures:
        """Returns what was asked since then and what came of it."""
        return self._followups.figures(since, now)

    def colleagues(self, report: str) -> Sequence[Colleague]:
        """Returns the other people of the report's library to whom the bot can write, most reports first."""
        return self._handing_over.colleagues(report)
