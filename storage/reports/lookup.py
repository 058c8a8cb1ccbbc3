"""What one person may look up in the database about their own reports."""

from collections.abc import Sequence

from conversations.model.attached import ReportFile
from conversations.model.reports import Report, SavedAnswer
from storage.reports.attachments import Attachments
from storage.reports.reports import Reports


class StoredReports:
    """The `ReportsLookup` of one person, in one transaction."""

    def __init__(self, reports: Reports, attachments: Attachments, person: int) -> None:
        self._reports = reports
        self._attachments = attachments
        self._person = person

    def one(self, report: str) -> Report | None:
        """Returns the person's own draft or report with this id; None: there is none, or it is another person's."""
        return self._reports.own(self._person, report)

    def own(self) -> Sequence[Report]:
        """Returns the person's own drafts and reports, last changed first, without discarded drafts."""
        return self._reports.of(self._person)

    def answer_from(self, message: int) -> SavedAnswer | None:
        """Returns the current answer that came from this message of the person's chat."""
        return self._reports.answer_from(self._person, message)

    def files(self, report: str) -> Sequence[ReportFile]:
        """Returns the usable files of a report that the person may see, oldest first."""
        return self._attachments.files(report)
