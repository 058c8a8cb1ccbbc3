"""Erasure, retention, and everything stored about one person."""

from datetime import datetime
from functools import cached_property

from conversations.model.privacy import PrivacyLookup
from storage.privacy.controllers import Controllers
from storage.privacy.erasure_followup import ErasureFollowup
from storage.privacy.forgetting import Forgetting
from storage.privacy.keeper import PrivacyKeeper
from storage.privacy.my_data import MyData
from storage.privacy.retention import Retention
from storage.reports.repositories import ReportRepositories


class PrivacyRepositories(ReportRepositories):
    """Erasure, retention, and everything stored about one person."""

    @cached_property
    def controllers(self) -> Controllers:
        """The controllers of the stored data."""
        return Controllers(self._connection)

    @cached_property
    def forgetting(self) -> Forgetting:
        """Erasure of people, and of contact details alone."""
        return Forgetting(self._connection)

    @cached_property
    def erasure_followup(self) -> ErasureFollowup:
        """The work that an erasure leaves for later."""
        return ErasureFollowup(self._connection)

    @cached_property
    def retention(self) -> Retention:
        """Removal of data whose retention time is over."""
        return Retention(self._connection, self.forgetting)

    @cached_property
    def my_data(self) -> MyData:
        """Everything stored about one person."""
        return MyData(self._connection)

    def privacy_lookup(self) -> PrivacyLookup:
        """Returns what may be looked up about privacy."""
        return self.controllers

    def privacy_keeper(self, person: int, now: datetime) -> PrivacyKeeper:
        """Stores what that person does about privacy."""
        return PrivacyKeeper(self.people, self.controllers, self.reports, self.forgetting, self.audit, person, now)
