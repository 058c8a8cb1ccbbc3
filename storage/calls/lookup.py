"""What a conversation may look up about calls, from the database and the register of municipalities."""

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
        """Returns the call with that slug in any status; None: there is none."""
        if slug not in self._known:
            self._known[slug] = self._calls.whole(slug)
        return self._known[slug]

    def open(self) -> Sequence[Call]:
        """Returns the calls that accept answers now, nearest deadline first."""
        return self._calls.open_at(self._now)

    def all(self) -> Sequence[WholeCall]:
        """Returns every call: open ones by deadline, then drafts, then closed ones."""
        return self._calls.all()

    def standing(self, slug: str) -> CallStanding:
        """Returns the progress of a call."""
        call = self.whole(slug)
        return NOTHING_YET if call is None else self._reports.standing(call, self._language)

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """Returns the reports sent to a call that do not say who may see them, oldest first."""
        return self._reports.unsaid(slug)

    def to_remind(self, slug: str) -> Sequence[str]:
        """Returns the people a reminder would reach now: the library of each, "" if unknown."""
        call = self.whole(slug)
        found = () if call is None else self._reports.to_remind(call)
        return [str(each.library["name"]) if each.library else "" for each in found]
