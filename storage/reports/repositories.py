"""Reports, their files, and their exports."""

from datetime import datetime
from functools import cached_property

from conversations.model.reports import ReportsLookup
from storage.people.repositories import PeopleRepositories
from storage.reports.attachments import Attachments
from storage.reports.exporting import Exporting, Relevant
from storage.reports.exports import Exports
from storage.reports.keeper import ReportsKeeper
from storage.reports.lineages import Lineages
from storage.reports.lookup import StoredReports
from storage.reports.reports import Reports


class ReportRepositories(PeopleRepositories):
    """Reports, their files, and their exports."""

    @cached_property
    def reports(self) -> Reports:
        """Drafts and reports."""
        return Reports(self._connection)

    @cached_property
    def lineages(self) -> Lineages:
        """What authors said of their reports beside others."""
        return Lineages(self._connection)

    @cached_property
    def attachments(self) -> Attachments:
        """The files of reports."""
        return Attachments(self._connection)

    @cached_property
    def exports(self) -> Exports:
        """Export files that people asked for in the chat."""
        return Exports(self._connection, self._worker)

    def exporting(self, relevant: Relevant) -> Exporting:
        """Records of reports; `relevant` returns the answers that a report's form still asks for."""
        return Exporting(self._connection, relevant)

    def reports_lookup(self, person: int) -> ReportsLookup:
        """Returns what that person may look up about their own reports."""
        return StoredReports(self.reports, self.attachments, person)

    def reports_keeper(self, person: int, now: datetime) -> ReportsKeeper:
        """Stores what that person does with their own reports."""
        return ReportsKeeper(self.reports, self.lineages, self.attachments, self.audit, person, now)
