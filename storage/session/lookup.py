"""What a conversation may look up, out of the database and the registers of libraries."""

from collections.abc import Callable, Sequence
from datetime import datetime

from conversations.context.context import LibraryFound
from conversations.language.words import Words
from conversations.model.attached import ReportFile
from conversations.model.calls import Call
from conversations.model.people.person import Person
from conversations.model.reports import Report, SavedAnswer
from storage import registers
from storage.calls.calls import Calls
from storage.calls.lookup import StoredCalls
from storage.contacts.lookup import StoredContacts
from storage.digests.digests import Digests
from storage.people.lookup import StoredPeople
from storage.people.organisations import StoredPartners
from storage.privacy.controllers import Controllers
from storage.reports.attachments import Attachments
from storage.reports.reports import Reports
from storage.reviews.lookup import StoredReviews
from storage.search.initiatives import StoredInitiatives
from storage.search.lookup import StoredSearch
from storage.subscriptions.lookup import StoredSubscriptions


class StoredLookup:
    """The `Lookup` of one person at `now`, in one transaction: the register is everybody's, reports are their own."""

    def __init__(
        self,
        person: Person,
        reports: Reports,
        attachments: Attachments,
        calls: Calls,
        desk: StoredCalls,
        digests: Digests,
        directory: StoredPeople,
        review: StoredReviews,
        initiatives: StoredInitiatives,
        subscriptions: StoredSubscriptions,
        controllers: Controllers,
        partners: StoredPartners,
        contacts: StoredContacts,
        search: StoredSearch,
        spellings: Callable[[Words], Sequence[str]],
        now: datetime,
    ) -> None:
        self.calls = desk
        self.digests = digests
        self.people = directory
        self.review = review
        self.initiatives = initiatives
        self.subscriptions = subscriptions
        self._controllers = controllers
        self.partners = partners
        self.contacts = contacts
        self.search = search
        self._person = person
        self._reports = reports
        self._attachments = attachments
        self._open_calls = calls
        self._spellings = spellings
        self._now = now

    def libraries(self, typed: str) -> tuple[LibraryFound | None, Sequence[LibraryFound]]:
        """The one library whose name or place `typed` is exactly, if any; and the nearest ones, best first."""
        found = registers.find_libraries(typed)
        return _found(found.exact) if found.exact else None, [_found(library) for library in found.near]

    def libraries_near(self, latitude: float, longitude: float) -> Sequence[LibraryFound]:
        """The libraries nearest to a place, in degrees."""
        return [_found(library) for library in registers.libraries_near(latitude, longitude)]

    def spellings(self, words: Words) -> Sequence[str]:
        """`words` in every language the bot speaks."""
        return self._spellings(words)

    def report(self, report: str) -> Report | None:
        """The person's own draft or report of this id; None where there is none or it is somebody else's."""
        return self._reports.own(self._person.id, report)

    def files(self, report: str) -> Sequence[ReportFile]:
        """The files that came with a report which the person may see, oldest first; none that are of no use."""
        return self._attachments.files(report)

    def reports(self) -> Sequence[Report]:
        """The person's own drafts and reports, the last changed first, without discarded drafts."""
        return self._reports.of(self._person.id)

    def open_calls(self) -> Sequence[Call]:
        """Calls that take answers now, the nearest deadline first."""
        return self._open_calls.open_at(self._now)

    def controller(self) -> str:
        """Who answers for what is kept, in the owner's words; "" while the owner has not written it."""
        return self._controllers.last()

    def answer_from(self, message: int) -> SavedAnswer | None:
        """The current answer that came from this message of the person's chat."""
        return self._reports.answer_from(self._person.id, message)


def _found(library: registers.Library) -> LibraryFound:
    return LibraryFound(library.key, library.name, library.municipality.name)
