"""The digest: all that a time has brought, counted once, and what of it one should know first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from conversations.language.words import InLanguages
from conversations.model.digests.answered import Called
from conversations.model.digests.periods import Period
from conversations.model.happenings import LEFT_OUT, Happening, HappeningKind, ReportSummary
from conversations.model.reports import ReportStatus

EARLIER = 4
"""Periods before that a digest is compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened to a report: one row of the file, one in the count."""

    report: ReportSummary
    happening: Happening


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for a decision, and since when."""

    report: ReportSummary
    since: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """An open call, and the names of the invited places nobody has answered from; from `heard` places somebody has."""

    call: str
    titles: Mapping[str, str]
    language: str
    deadline: datetime | None
    heard: int
    silent: Sequence[str]

    @property
    def title(self) -> InLanguages:
        """The call's title, in the reader's language where there is one."""
        return InLanguages(self.titles, self.language)


@dataclass(frozen=True, slots=True)
class Left:
    """A report that came before and no longer counts: since `at` it is withdrawn or declined."""

    report: str
    status: ReportStatus
    library: str
    submitted_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """What `period` has brought, and what stood open at `made_at`. Every count is the number of rows.

    `earlier` has the new initiatives by theme of each period of the same length before, the last one first, as far back
    as there were any reports at all. `left` are those that an earlier digest counted and this one would not. `zone` is
    the name of the time zone whose days these are. A digest of one `call` has what it `called` forth.
    """

    period: Period
    zone: str
    made_at: datetime
    rows: tuple[Row, ...]
    earlier: tuple[Mapping[str, int], ...]
    waiting: tuple[Waiting, ...]
    silences: tuple[Silence, ...]
    call: str = ""
    left: tuple[Left, ...] = ()
    called: Called | None = None

    def of(self, kind: HappeningKind) -> tuple[Row, ...]:
        """The rows of one kind, the oldest first."""
        return tuple(row for row in self.rows if row.happening.kind == kind)

    def offers(self, offer: str) -> tuple[Row, ...]:
        """The offers of one way to contribute."""
        return tuple(row for row in self.of("offer") if row.happening.new == offer)

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not self.rows and not self.left and self.called is None

    @property
    def is_of_now(self) -> bool:
        """Whether what stands open now belongs to it: its period goes on, or ended within the last week."""
        return self.made_at < self.period.end + timedelta(days=7)

    @property
    def libraries(self) -> int:
        """How many libraries the new initiatives are from."""
        return len({row.report.municipality or row.report.library for row in self.of("new")})


def digest_of(
    period: Period,
    happened: Iterable[tuple[ReportSummary, Happening]],
    *,
    zone: str,
    made_at: datetime,
    earlier: Sequence[Mapping[str, int]] = (),
    waiting: Sequence[Waiting] = (),
    silences: Sequence[Silence] = (),
    call: str = "",
    left: Sequence[Left] = (),
    called: Called | None = None,
) -> Digest:
    """The digest of `period` out of all that `happened`, of which what lies outside it is left out.

    With `call`, only of reports to that call.
    """
    rows = [
        Row(report, happening)
        for report, happening in happened
        if happening.at in period and report.status not in LEFT_OUT and call in ("", report.call)
    ]
    rows.sort(key=lambda row: (row.happening.at, row.report.id, row.happening.kind, row.happening.new))
    digest = Digest(
        period,
        zone,
        made_at,
        tuple(rows),
        tuple(earlier),
        tuple(waiting),
        tuple(silences),
        call,
        tuple(each for each in left if each.at in period and each.submitted_at < period.start),
        called,
    )
    return digest if digest.is_of_now else replace(digest, waiting=(), silences=())


def by_theme(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Rows under the first theme of their reports, the largest theme first, then by key."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.report.theme, []).append(row)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


@dataclass(frozen=True, slots=True)
class StandsOut:
    """A theme with more new initiatives than before: `now` of them, and `before` in a usual period.

    `each` has how many there were in every one of the periods before, the last one first.
    """

    theme: str
    now: int
    before: int
    each: tuple[int, ...] = ()


def usual(digest: Digest) -> int | None:
    """How many new initiatives the periods before had, in the middle; None: there was none of them."""
    if not digest.earlier:
        return None
    totals = sorted(sum(themes.values()) for themes in digest.earlier)
    return (totals[(len(totals) - 1) // 2] + totals[len(totals) // 2] + 1) // 2


def stands_out(digest: Digest) -> StandsOut | None:
    """The theme that has grown most against the periods before, by two initiatives or more; None: none has."""
    now = Counter(row.report.theme for row in digest.of("new"))
    periods = max(1, len(digest.earlier))
    before = {theme: sum(themes.get(theme, 0) for themes in digest.earlier) for theme in now}
    grown = sorted(now, key=lambda theme: (before[theme] - now[theme] * periods, theme))
    if not grown or not digest.earlier:
        return None
    theme = grown[0]
    rounded = (before[theme] + periods // 2) // periods
    each = tuple(themes.get(theme, 0) for themes in digest.earlier)
    return StandsOut(theme, now[theme], rounded, each) if now[theme] - rounded >= 2 else None
