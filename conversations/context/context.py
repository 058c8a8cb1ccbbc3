"""The context of a turn: who speaks, what time it is, and what the conversation may look up."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from conversations.model.people.person import Person

if TYPE_CHECKING:
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
    from conversations.model.privacy import PrivacyLookup
    from conversations.model.registers import Registers
    from conversations.model.reports import ReportsLookup
    from conversations.model.reviews import ReviewLookup
    from conversations.model.search import SearchLookup
    from conversations.model.subscriptions import SubscriptionsLookup
    from conversations.model.webhooks.webhook import WebhooksLookup


class Lookup(Protocol):
    """What a conversation may look up for this person: one property for each subject. No method changes anything."""

    @property
    def calls(self) -> "CallsLookup":
        """What may be looked up about calls."""
        ...

    @property
    def collections(self) -> "CollectionsLookup":
        """What may be looked up about collections."""
        ...

    @property
    def contacts(self) -> "ContactsLookup":
        """What may be looked up about getting in touch."""
        ...

    @property
    def digests(self) -> "DigestLookup":
        """What may be looked up about all reports together."""
        ...

    @property
    def events(self) -> "EventsLookup":
        """What may be looked up about events and study visits."""
        ...

    @property
    def experts(self) -> "ExpertsLookup":
        """What may be looked up about resource persons."""
        ...

    @property
    def followups(self) -> "FollowUpsLookup":
        """What may be looked up about follow-ups."""
        ...

    @property
    def people(self) -> "PeopleLookup":
        """What may be looked up about people with roles."""
        ...

    @property
    def initiatives(self) -> "InitiativesLookup":
        """What may be looked up about published initiatives."""
        ...

    @property
    def partners(self) -> "PartnersLookup":
        """What may be looked up about the organisations of partners."""
        ...

    @property
    def subscriptions(self) -> "SubscriptionsLookup":
        """What may be looked up about the person's subscriptions."""
        ...

    @property
    def search(self) -> "SearchLookup":
        """What may be found among published initiatives."""
        ...

    @property
    def review(self) -> "ReviewLookup":
        """What may be looked up about reviews."""
        ...

    @property
    def reports(self) -> "ReportsLookup":
        """What may be looked up about the person's own drafts and reports."""
        ...

    @property
    def webhooks(self) -> "WebhooksLookup":
        """What may be looked up about webhooks."""
        ...

    @property
    def privacy(self) -> "PrivacyLookup":
        """What may be looked up about privacy."""
        ...


def no_code() -> str:
    """Returns "": without a source of secrets nobody can be invited."""
    raise NotImplementedError


def no_secret(_name: str) -> str:
    """Returns no secret: without a token to derive it from, nothing can be signed."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Context:
    """The context of one turn. `now` is in UTC, `today` is the date where the person is, `new_id` returns a new id.

    `find` looks up what is stored for each subject; `registers` looks up what is the same for everybody.
    `new_code` returns a secret that nobody can guess. `bot` is the bot's name in links ("" if it is not known).
    `timezone` is the person's time zone. `secret_of` derives the secret of that name, which is stored nowhere.
    """

    person: Person
    now: datetime
    today: date
    new_id: Callable[[], str]
    find: Lookup
    registers: "Registers"
    new_code: Callable[[], str] = no_code
    bot: str = ""
    timezone: tzinfo = UTC
    secret_of: Callable[[str], str] = no_secret
