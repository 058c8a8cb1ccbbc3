"""Calls, the reports that answer them, and reminders."""

from datetime import datetime
from functools import cached_property

from conversations.model.calls import CallsLookup
from storage.calls.call_reports import CallReports
from storage.calls.calls import Calls
from storage.calls.keeper import CallsKeeper
from storage.calls.lookup import StoredCalls
from storage.calls.reminders import Reminders
from storage.people.repositories import PeopleRepositories


class CallRepositories(PeopleRepositories):
    """Calls, the reports that answer them, and reminders."""

    @cached_property
    def calls(self) -> Calls:
        """Calls for reports."""
        return Calls(self._connection)

    @cached_property
    def call_reports(self) -> CallReports:
        """Who has answered a call, and who has not."""
        return CallReports(self._connection)

    @cached_property
    def reminders(self) -> Reminders:
        """Reminders to people."""
        return Reminders(self._connection, self.call_reports)

    def calls_lookup(self, language: str, now: datetime) -> CallsLookup:
        """Returns what a reader of `language` may look up about calls at `now`."""
        return StoredCalls(self.calls, self.call_reports, language, now)

    def calls_keeper(self, person: int, now: datetime) -> CallsKeeper:
        """Stores what that person does about calls."""
        return CallsKeeper(self.calls, self.reminders, self.audit, person, now)
