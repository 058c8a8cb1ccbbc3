"""What a conversation is handed: who speaks, what time it is, and what it may look up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

from conversations.language.words import Words
from conversations.model.calls import Call
from conversations.model.people.person import Person
from conversations.model.reports import Report, SavedAnswer

if TYPE_CHECKING:
    from conversations.model.attached import ReportFile
    from conversations.model.calls import CallsLookup
    from conversations.model.contacts import ContactsLookup
    from conversations.model.digests.looking import DigestLookup
    from conversations.model.initiatives import InitiativesLookup
    from conversations.model.people.members import PeopleLookup
    from conversations.model.people.organisations import PartnersLookup
    from conversations.model.reviews import ReviewLookup
    from conversations.model.search import SearchLookup
    from conversations.model.subscriptions import SubscriptionsLookup


@dataclass(frozen=True, slots=True)
class LibraryFound:
    """A library of the register: its key there, its official name and its municipality."""

    key: str
    name: str
    municipality: str


class Lookup(Protocol):
    """What a conversation may look up, about this person and in the registers. Nothing here changes anything."""

    @property
    def calls(self) -> "CallsLookup":
        """What may be looked up about calls."""
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

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """The one library whose name or place `typed` is exactly, if any; and the nearest ones, best first."""
        ...

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """The libraries nearest to a place, in degrees."""
        ...

    def spellings(self, words: Words) -> Sequence[str]:
        """`words` in every language the bot speaks."""
        ...

    def report(self, report: str) -> Report | None:
        """The person's own draft or report of this id; None where there is none or it is somebody else's."""
        ...

    def files(self, report: str) -> Sequence["ReportFile"]:
        """The files that came with a report which the person may see, oldest first; none that are of no use."""
        ...

    def reports(self) -> Sequence[Report]:
        """The person's own drafts and reports, the last changed first, without discarded drafts."""
        ...

    def open_calls(self) -> Sequence[Call]:
        """Calls that take answers now, the nearest deadline first."""
        ...

    def controller(self) -> str:
        """Who answers for what is kept, in the owner's words; "" while the owner has not written it."""
        ...

    def answer_from(self, message: int) -> SavedAnswer | None:
        """The current answer that came from this message of the person's chat, alone or with others."""
        ...


def no_code() -> str:
    """Where nothing secret can be made, nobody is invited."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Context:
    """One turn's surroundings. `now` is in UTC, `today` the date where the person is; `new_id` gives fresh ids.

    `new_code` gives secrets that nobody guesses, `bot` is the bot's name in links ("": not known), `timezone` the
    person's.
    """

    person: Person
    now: datetime
    today: date
    new_id: Callable[[], str]
    find: Lookup
    new_code: Callable[[], str] = no_code
    bot: str = ""
    timezone: tzinfo = UTC
