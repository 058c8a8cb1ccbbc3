"""The digest: everything that happened in a period, counted once, and what matters most."""

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
"""Earlier periods that a digest is compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened to a report: one row of the file, and one in the count."""

    report: ReportSummary
    happening: Happening


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for a decision, and since when."""

    report: ReportSummary
    since: datetime


@dataclass(frozen=True, slots=True)
class Silence:
    """An open call, the names of the silent invited places, and the number of places `heard` from."""

    call: str
    titles: Mapping[str, str]
    language: str
    deadline: datetime | None
    heard: int
    silent: Sequence[str]

    @property
    def title(self) -> InLanguages:
        """The call's title, in the reader's language if it exists."""
        return InLanguages(self.titles, self.language)


@dataclass(frozen=True, slots=True)
class Left:
    """A report that counted before; since `at` it is withdrawn or declined, and no longer counts."""

    report: str
    status: ReportStatus
    library: str
    submitted_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Announced:
    """An event as a digest tells of it: its days in EDTF, where it is, and what came of it ("": it is to come)."""

    event: str
    kind: str
    titles: Mapping[str, str]
    language: str
    days: str
    place: str
    online: bool
    came_of: str = ""

    @property
    def title(self) -> InLanguages:
        """The title, in the reader's language if it exists."""
        return InLanguages(self.titles, self.language)


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened in `period`, and what was open at `made_at`. Every count is the number of rows.

    `earlier` has the new initiatives by theme for each earlier period of the same length, the latest first, as far back
    as there are reports. `left` are reports that an earlier digest counted and this one does not. `zone` is the name of
    the time zone of its days. A digest of one `call` has its results in `called`. `unconfirmed` initiatives are marked,
    because nobody has said for long how they are. `inspired` of the new reports were inspired by
    another one. `events` are those to come, and those of which it was told in the period what came of them.
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
    unconfirmed: int = 0
    events: tuple[Announced, ...] = ()
    inspired: int = 0

    def of(self, kind: HappeningKind) -> tuple[Row, ...]:
        """Returns the rows of one kind, oldest first."""
        return tuple(row for row in self.rows if row.happening.kind == kind)

    def offers(self, offer: str) -> tuple[Row, ...]:
        """Returns the offers of one way to contribute."""
        return tuple(row for row in self.of("offer") if row.happening.new == offer)

    @property
    def to_come(self) -> tuple[Announced, ...]:
        """The events that are to come, the next first."""
        return tuple(each for each in self.events if not each.came_of)

    @property
    def told_of(self) -> tuple[Announced, ...]:
        """The events of which it was told what came of them."""
        return tuple(each for each in self.events if each.came_of)

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened."""
        return not self.rows and not self.left and self.called is None

    @property
    def is_of_now(self) -> bool:
        """Whether it shows what is open now: its period is not over, or ended within the last week."""
        return self.made_at < self.period.end + timedelta(days=7)

    @property
    def libraries(self) -> int:
        """How many libraries the new initiatives come from."""
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
    unconfirmed: int = 0,
    events: Sequence[Announced] = (),
    inspired: int = 0,
) -> Digest:
    """Returns the digest of `period` from what `happened`; anything outside the period is left out.

    With `call`, it counts only reports to that call.
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
        unconfirmed,
        tuple(events),
        inspired,
    )
    if digest.is_of_now:
        return digest
    told = tuple(each for each in digest.events if each.came_of)
    return replace(digest, waiting=(), silences=(), unconfirmed=0, events=told)


def by_theme(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Returns the rows by the first theme of their reports, the largest theme first, then by key."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.report.theme, []).append(row)
    return sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))


@dataclass(frozen=True, slots=True)
class StandsOut:
    """A theme with more new initiatives than before: `now` of them, and `before` in a usual period.

    `each` has the number for every earlier period, the latest first.
    """

    theme: str
    now: int
    before: int
    each: tuple[int, ...] = ()


def usual(digest: Digest) -> int | None:
    """Returns the median number of new initiatives in the earlier periods; None if there are none."""
    if not digest.earlier:
        return None
    totals = sorted(sum(themes.values()) for themes in digest.earlier)
    return (totals[(len(totals) - 1) // 2] + totals[len(totals) // 2] + 1) // 2


def stands_out(digest: Digest) -> StandsOut | None:
    """Returns the theme that grew most against the earlier periods, by two or more; None if there is none."""
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
