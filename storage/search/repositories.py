"""Published initiatives and their search index."""

from functools import cached_property

from conversations.model.people.person import Person
from conversations.model.search import SearchLookup
from storage.reports.repositories import ReportRepositories
from storage.search.alike import Candidates
from storage.search.initiatives import Initiatives, StoredInitiatives
from storage.search.lookup import StoredSearch
from storage.search.search import Search


class SearchRepositories(ReportRepositories):
    """Published initiatives and their search index."""

    @cached_property
    def search(self) -> Search:
        """The index of published initiatives."""
        return Search(self._connection, self._spellings)

    @cached_property
    def initiatives(self) -> Initiatives:
        """Published initiatives."""
        return Initiatives(self._connection, self.search)

    def initiatives_lookup(self, person: Person) -> StoredInitiatives:
        """What `person` may look up about published initiatives."""
        return StoredInitiatives(self.initiatives, self.lineages, self.attachments, person.id, person.roles)

    def search_lookup(self, person: Person) -> SearchLookup:
        """What `person` may find among published initiatives."""
        return StoredSearch(
            self.search, Candidates(self._connection), self.initiatives, self.initiatives_lookup(person)
        )
