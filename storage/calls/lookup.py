"""What a conversation may look up about calls, out of the database and the register of municipalities."""

from collections.abc import Sequence
from datetime import datetime

from conversations.model.calls import Call, CallStanding, Unsaid, WholeCall
from storage.calls.call_reports import CallReports
from storage.calls.calls import Calls

NOTHING_YET = CallStanding(0, 0, (), (), ())


class StoredCalls:
    """The `CallsLookup` of one person who reads `language` at `now`, in one transaction; each call is read once."""

    def __init__(self, calls: Calls, reports: CallReports, language: str, now: datetime) -> None:
        self._calls = calls
        self._reports = reports
        self._language = language
        self._now = now
        self._known: dict[str, WholeCall | None] = {}

    def whole(self, slug: str) -> WholeCall | None:
        """The call of that slug, whatever its status."""
        if slug not in self._known:
            self._known[slug] = self._calls.whole(slug)
        return self._known[slug]

    def open(self) -> Sequence[Call]:
        """The calls that take answers now, the nearest deadline first."""
        return self._calls.open_at(self._now)

    def all(self) -> Sequence[WholeCall]:
        """Every call: those that are open, the nearest deadline first, then drafts, then closed ones."""
        return self._calls.all()

    def standing(self, slug: str) -> CallStanding:
        """How far a call has come."""
        call = self.whole(slug)
        return NOTHING_YET if call is None else self._reports.standing(call, self._language)

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """The reports that were sent to a call without a word on who may see them, oldest first."""
        return self._reports.unsaid(slug)

    def to_remind(self, slug: str) -> Sequence[str]:
        """Whom a reminder would reach now: each person's library, or "" where none is known."""
        call = self.whole(slug)
        found = () if call is None else self._reports.to_remind(call)
        return [str(each.library["name"]) if each.library else "" for each in found]
