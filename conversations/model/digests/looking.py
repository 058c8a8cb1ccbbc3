"""What digests, figures and coverage may look up, and putting a digest together from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice
from typing import Any, Protocol

from conversations.model.calls import CallsLookup
from conversations.model.digests.answered import ToCall, called
from conversations.model.digests.digest import EARLIER, Digest, Left, Silence, Waiting, digest_of
from conversations.model.digests.figures import Figures
from conversations.model.digests.periods import Period, before
from conversations.model.happenings import Happening, ReportSummary


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality and what is known from there: `reported`, `planned` (nothing but plans) or `silent`.

    One without a library of its own counts with the one whose library serves it; its number of `reports` is its own.
    """

    key: str
    name: str
    region: str
    state: str
    reports: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """A digest that comes every week: on `weekday` (0: Monday) at `hour` in `timezone`, to `chat`."""

    id: int
    chat: int
    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a report is known to have changed, with all that its reader needs to judge it; nothing personal."""

    summary: ReportSummary
    answers: Mapping[str, Any] = field(default_factory=dict)


class DigestLookup(Protocol):
    """What may be looked up about all reports together. Nothing here changes anything."""

    def happened(self, period: Period, call: str = "") -> Sequence[tuple[ReportSummary, Happening]]:
        """All that happened in `period` to reports that count, the oldest first; with `call`, to reports to it."""
        ...

    def new_by_theme(self, period: Period, call: str = "") -> Mapping[str, int]:
        """How many reports came in `period`, by their first theme."""
        ...

    def since(self, call: str = "") -> datetime | None:
        """When the first report that counts came; None: there is none. With `call`, of those to it."""
        ...

    def left(self, period: Period, call: str = "") -> Sequence[Left]:
        """The reports that were withdrawn or declined in `period`, the first one first; with `call`, those to it."""
        ...

    def to_call(self, call: str) -> Sequence[ToCall]:
        """The reports that were sent in answer to a call and not withdrawn, the oldest first."""
        ...

    def waiting(self) -> Sequence[Waiting]:
        """The reports that wait for a decision, the longest waiting first."""
        ...

    def summary(self, report: str) -> ReportSummary | None:
        """One report that counts."""
        ...

    def answers(self, report: str) -> Mapping[str, Any]:
        """The current answers of a report, without names and addresses."""
        ...

    def figures(self) -> Figures:
        """All reports that count, counted."""
        ...

    def coverage(self, country: str) -> Sequence[Place]:
        """Every municipality of a country, in the register's order."""
        ...

    def known(self, theme: str, group: str) -> Sequence[Known]:
        """Reports that tell what changed and how that is known; "" is any theme, any group. The latest first."""
        ...

    def kept(self, digest: str) -> Digest | None:
        """A digest that was made earlier."""
        ...

    def weekly(self) -> Sequence[Weekly]:
        """The digests that come to this person every week."""
        ...


class Both(Protocol):
    """The two lookups that a digest is made of."""

    @property
    def digests(self) -> DigestLookup:
        """What is known of all reports together."""
        ...

    @property
    def calls(self) -> CallsLookup:
        """What is known of calls."""
        ...


def gather(look: Both, period: Period, zone: tzinfo, now: datetime, call: str = "") -> Digest:
    """The digest of `period` as it is known `now`."""
    whole = look.calls.whole(call) if call else None
    since = look.digests.since(call)
    compared = [each for each in islice(before(period, zone), EARLIER) if since and since < each.end]
    return digest_of(
        period,
        look.digests.happened(period, call),
        zone=str(zone),
        made_at=now,
        earlier=[look.digests.new_by_theme(each, call) for each in compared],
        waiting=[each for each in look.digests.waiting() if call in ("", each.report.call)],
        silences=_silences(look.calls, now, call),
        call=call,
        left=look.digests.left(period, call),
        called=called(whole, look.digests.to_call(call)) if whole else None,
    )


def _silences(calls: CallsLookup, now: datetime, call: str) -> list[Silence]:
    found = []
    for each in calls.all():
        if each.slug == call or (each.takes(now) and not call):
            standing = calls.standing(each.slug)
            found.append(
                Silence(
                    each.slug,
                    dict(each.titles),
                    each.language,
                    each.deadline_at,
                    len(standing.answered),
                    list(standing.silent),
                )
            )
    return found
