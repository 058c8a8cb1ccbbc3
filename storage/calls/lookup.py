"""What a conversation may look up about calls, out of the database and the register of municipalities."""

from collections.abc import Sequence

from conversations.model.calls import CallStanding, MunicipalityFound, Unsaid, WholeCall
from storage import registers
from storage.calls.call_reports import CallReports
from storage.calls.calls import Calls

NOTHING_YET = CallStanding(0, 0, (), (), ())


class StoredCalls:
    """The `CallsLookup` of one person who reads `language`, in one transaction; each call is read once."""

    def __init__(self, calls: Calls, reports: CallReports, language: str) -> None:
        self._calls = calls
        self._reports = reports
        self._language = language
        self._known: dict[str, WholeCall | None] = {}

    def whole(self, slug: str) -> WholeCall | None:
        """As `CallsLookup.whole`."""
        if slug not in self._known:
            self._known[slug] = self._calls.whole(slug)
        return self._known[slug]

    def all(self) -> Sequence[WholeCall]:
        """As `CallsLookup.all`."""
        return self._calls.all()

    def standing(self, slug: str) -> CallStanding:
        """As `CallsLookup.standing`."""
        call = self.whole(slug)
        return NOTHING_YET if call is None else self._reports.standing(call, self._language)

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """As `CallsLookup.unsaid`."""
        return self._reports.unsaid(slug)

    def to_remind(self, slug: str) -> Sequence[str]:
        """As `CallsLookup.to_remind`."""
        call = self.whole(slug)
        found = () if call is None else self._reports.to_remind(call)
        return [str(each.library["name"]) if each.library else "" for each in found]

    def municipality(self, typed: str) -> tuple[MunicipalityFound | None, Sequence[MunicipalityFound]]:
        """As `CallsLookup.municipality`."""
        found = registers.find_municipalities(typed)
        return _found(found.exact) if found.exact else None, [_found(each) for each in found.near]

    def municipality_name(self, key: str) -> str:
        """As `CallsLookup.municipality_name`."""
        country, _dash, code = key.partition("-")
        found = registers.municipality(country, code)
        return found.name if found else key


def _found(municipality: registers.Municipality) -> MunicipalityFound:
    return MunicipalityFound(f"{municipality.country}-{municipality.code}", municipality.name)
