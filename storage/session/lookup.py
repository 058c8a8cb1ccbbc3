"""The look-up of a conversation in the database."""

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from conversations.model.calls import CallsLookup
from conversations.model.collections.collection import CollectionsLookup
from conversations.model.contacts import ContactsLookup
from conversations.model.digests.looking import DigestLookup
from conversations.model.events.looking import EventsLookup
from conversations.model.experts import ExpertsLookup
from conversations.model.followups.looking import FollowUpsLookup
from conversations.model.initiatives import InitiativesLookup
from conversations.model.people.members import PeopleLookup
from conversations.model.people.organisations import PartnersLookup
from conversations.model.people.person import Person
from conversations.model.privacy import PrivacyLookup
from conversations.model.reports import ReportsLookup
from conversations.model.reviews import ReviewLookup
from conversations.model.search import SearchLookup
from conversations.model.subscriptions import SubscriptionsLookup
from conversations.model.webhooks.webhook import WebhooksLookup

if TYPE_CHECKING:
    from storage.digests.digests import Counting
    from storage.session.unit_of_work import UnitOfWork


class StoredLookup:
    """The `Lookup` of one person at `now`, in one transaction; each subject's part is made when it is first used."""

    def __init__(self, work: "UnitOfWork", person: Person, now: datetime, counting: "Counting") -> None:
        self._work = work
        self._person = person
        self._now = now
        self._counting = counting

    @cached_property
    def calls(self) -> CallsLookup:
        """Calls."""
        return self._work.calls_lookup(self._person.language, self._now)

    @cached_property
    def collections(self) -> CollectionsLookup:
        """Collections."""
        return self._work.collections_lookup(self._person.id)

    @cached_property
    def contacts(self) -> ContactsLookup:
        """Getting in touch."""
        return self._work.contacts_lookup(self._person.id)

    @cached_property
    def digests(self) -> DigestLookup:
        """All reports together."""
        return self._work.digests(self._person.id, self._counting)

    @cached_property
    def events(self) -> EventsLookup:
        """Events and study visits."""
        return self._work.events_lookup(self._person.id, self._now)

    @cached_property
    def experts(self) -> ExpertsLookup:
        """Resource persons."""
        return self._work.experts_lookup(self._person.id, self._now)

    @cached_property
    def followups(self) -> FollowUpsLookup:
        """Follow-ups."""
        return self._work.followups_lookup(self._person.id)

    @cached_property
    def people(self) -> PeopleLookup:
        """People with roles."""
        return self._work.people_lookup(self._person.id, self._now)

    @cached_property
    def initiatives(self) -> InitiativesLookup:
        """Published initiatives."""
        return self._work.initiatives_lookup(self._person)

    @cached_property
    def partners(self) -> PartnersLookup:
        """The organisations of partners."""
        return self._work.partners_lookup(self._person.id)

    @cached_property
    def subscriptions(self) -> SubscriptionsLookup:
        """The person's subscriptions."""
        return self._work.subscriptions_lookup(self._person)

    @cached_property
    def webhooks(self) -> WebhooksLookup:
        """Webhooks."""
        return self._work.webhooks_lookup()

    @cached_property
    def search(self) -> SearchLookup:
        """Finding published initiatives."""
        return self._work.search_lookup(self._person)

    @cached_property
    def review(self) -> ReviewLookup:
        """Reviews."""
        return self._work.reviews_lookup()

    @cached_property
    def reports(self) -> ReportsLookup:
        """The person's own drafts and reports."""
        return self._work.reports_lookup(self._person.id)

    @cached_property
    def privacy(self) -> PrivacyLookup:
        """The controller of the stored data."""
        return self._work.privacy_lookup()
