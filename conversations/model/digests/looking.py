"""The look-up for digests, figures and coverage, and gathering a digest from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any, Protocol

from conversations.model.calls import CallsLookup
from conversations.model.digests.answered import ToCall, called
from conversations.model.digests.digest import EARLIER, Announced, Digest, Left, Silence, Waiting, digest_of
from conversations.model.digests.figures import Figures
from conversations.model.digests.periods import Period, before
from conversations.model.events.event import LibraryEvent
from conversations.model.events.looking import EventsLookup
from conversations.model.followups.looking import FollowUpsLookup
from conversations.model.happenings import Happening, ReportSummary


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality and its state: `reported`, `planned` (only plans) or `silent`.

    A municipality without a library has the state of the one whose library serves it; `reports` counts only its own.
    """

    key: str
    name: str
    region: str
    state: str
    reports: int


@dataclass(frozen=True, slots=True)
class Weekly:
    """A weekly digest, sent on `weekday` (0: Monday) at `hour` in `timezone` to `chat`."""

    id: int
    chat: int
    weekday: int
    hour: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Known:
    """The evidence of a report, with everything its reader needs to judge it; nothing personal."""

    summary: ReportSummary
    answers: Mapping[str, Any] = field(default_factory=dict)


class DigestLookup(Protocol):
    """What may be looked up about all reports together. No method changes anything."""

    def happened(self, period: Period, call: str = "") -> Sequence[tuple[ReportSummary, Happening]]:
        """Returns what happened in `period` to reports that count, oldest first; with `call`, only to its reports."""
        ...

    def new_by_theme(self, period: Period, call: str = "") -> Mapping[str, int]:
        """Returns how many reports were submitted in `period`, by their first theme."""
        ...

    def since(self, call: str = "") -> datetime | None:
        """Returns when the first report that counts was submitted, or None. With `call`, of its reports."""
        ...

    def left(self, period: Period, call: str = "") -> Sequence[Left]:
        """Returns the reports withdrawn or declined in `period`, oldest first; with `call`, only its reports."""
        ...

    def inspired(self, period: Period, call: str = "") -> int:
        """Returns how many reports that were submitted in `period` are inspired by a published one."""
        ...

    def to_call(self, call: str) -> Sequence[ToCall]:
        """Returns the reports to a call that are not withdrawn, oldest first."""
        ...

    def waiting(self) -> Sequence[Waiting]:
        """Returns the reports that wait for a decision, the longest waiting first."""
        ...

    def summary(self, report: str) -> ReportSummary | None:
        """Returns the summary of one report that counts; None otherwise."""
        ...

    def answers(self, report: str) -> Mapping[str, Any]:
        """Returns the current answers of a report, without names and addresses."""
        ...

    def figures(self) -> Figures:
        """Returns the counts of all reports that count."""
        ...

    def coverage(self, country: str) -> Sequence[Place]:
        """Returns every municipality of a country, in the order of the register."""
        ...

    def known(self, theme: str, group: str) -> Sequence[Known]:
        """Returns reports with an outcome and its evidence, the latest first; "" is any theme or any group."""
        ...

    def kept(self, digest: str) -> Digest | None:
        """Returns the digest that was stored under this id."""
        ...

    def weekly(self) -> Sequence[Weekly]:
        """Returns the weekly digests of this person."""
        ...


class DigestSources(Protocol):
    """The look-ups that a digest is made from."""

    @property
    def digests(self) -> DigestLookup:
        """The look-up of all reports together."""
        ...

    @property
    def calls(self) -> CallsLookup:
        """The look-up of calls."""
        ...

    @property
    def events(self) -> EventsLookup:
        """The look-up of events."""
        ...

    @property
    def followups(self) -> FollowUpsLookup:
        """The look-up of follow-ups."""
        ...


def gather(look: DigestSources, period: Period, zone: tzinfo, now: datetime, call: str = "") -> Digest:
    """Returns the digest of `period`, as of `now`."""
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
        unconfirmed=0 if call else look.followups.figures(now, now).unconfirmed,
        events=() if call else _events(look.events, period, now),
        inspired=look.digests.inspired(period, call),
    )


EVENTS_AHEAD = timedelta(days=60)
"""How far ahead a digest looks for events."""


def _events(events: EventsLookup, period: Period, now: datetime) -> list[Announced]:
    """Returns the events that are to come soon, and those of which it was told in the period what came of them."""
    soon = [each for each in events.coming() if each.when and each.when.starts_at(each.zone) < now + EVENTS_AHEAD]
    return [announced(each) for each in (*soon, *events.told_of(period.start, period.end))]


def announced(event: LibraryEvent) -> Announced:
    """Returns the event as a digest tells of it."""
    days = event.when.edtf if event.when else ""
    place, online = event.place, event.online
    return Announced(event.id, event.kind, dict(event.titles), event.language, days, place, online, event.came_of)


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
