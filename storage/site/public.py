"""Published initiatives, calls, collections and events as anyone may read them, in one transaction.

What is only for the network, for coordinators or not yet decided is not there, nor anything about persons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, select, tuple_

from conversations.model.calls import WholeCall
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.digests.digest import Digest, digest_of
from conversations.model.digests.looking import announced
from conversations.model.digests.periods import Period
from conversations.model.events.event import LibraryEvent
from conversations.model.followups.looking import Stage
from conversations.model.initiatives import Initiative
from storage.calls.calls import Calls
from storage.collections.collections import Collections
from storage.digests.digests import Counting, Digests
from storage.events.events import Events
from storage.followups.followups import stages_in
from storage.models import answers, initiatives, lineage, reports
from storage.search.initiatives import initiative_of
from storage.site.openly import in_order, open_answers, taken_out, texts_taken_out

TOGETHER = 200
"""Initiatives that one transaction reads: so few that the bot is not delayed."""

MOST_RELATED = 30
"""Most initiatives inspired by one that are named beside it."""

PUBLIC = "public"

_THESE: BindParameter[Any] = bindparam("these", expanding=True)

_AUTHORS = select(reports.c.id, reports.c.person_id).where(reports.c.id.in_(_THESE))
_STAGES = (
    select(answers.c.report_id, answers.c.value, answers.c.at, answers.c.revision)
    .where(answers.c.report_id.in_(_THESE), answers.c.question == "status")
    .order_by(answers.c.id)
)
_WHO_MAY_SEE = (
    select(answers.c.report_id, answers.c.value)
    .where(answers.c.report_id.in_(_THESE), answers.c.question == "sharing")
    .order_by(answers.c.id)
)
_PUBLIC_ONES = select(initiatives).where(initiatives.c.report_id.in_(_THESE), initiatives.c.sharing == PUBLIC)


@dataclass(frozen=True, slots=True)
class RelatedInitiative:
    """Another public initiative: its id, its title and the language of that."""

    id: str
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class PublicInitiative:
    """A public initiative. `initiative` has only answers that anyone may read; its pictures are left out.

    `few` are the questions whose number of people is too small to be told. `stages` are those that it has had.
    `inspired` counts those that it has inspired, of which the newest are in `inspired_ones`. `can_be_asked` says
    whether somebody reported it in the chat who can be written to through the bot.
    """

    initiative: Initiative
    few: Sequence[str] = ()
    stages: Sequence[Stage] = ()
    inspired_by: Sequence[RelatedInitiative] = ()
    inspired_ones: Sequence[RelatedInitiative] = ()
    inspired: int = 0
    can_be_asked: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A report that was published and is withdrawn. `was_public` is None if nobody knows any more whether it was."""

    id: str
    published_at: datetime
    was_public: bool | None


class PublicReading:
    """What anyone may read, in one transaction."""

    def __init__(self, connection: Connection, calls: Calls, collections: Collections, events: Events) -> None:
        self._connection = connection
        self._calls = calls
        self._collections = collections
        self._events = events

    def after(self, last: Initiative | None) -> list[PublicInitiative]:
        """Returns the next public initiatives after `last`, the first published first; empty: there are no more."""
        found = select(initiatives).where(initiatives.c.sharing == PUBLIC)
        if last is not None:
            place = tuple_(initiatives.c.published_at, initiatives.c.report_id)
            found = found.where(place > (last.published_at, last.id))
        found = found.order_by(initiatives.c.published_at, initiatives.c.report_id).limit(TOGETHER)
        return self._whole([initiative_of(row) for row in self._connection.execute(found)])

    def these(self, reports: Sequence[str]) -> list[PublicInitiative]:
        """Returns those of these initiatives that are public, in any order."""
        return self._whole([initiative_of(row) for row in self._connection.execute(_PUBLIC_ONES, {"these": reports})])

    def withdrawn_after(self, last: Withdrawn | None) -> list[Withdrawn]:
        """Returns the next withdrawn reports that had been published, the first published first; empty: no more."""
        found = select(reports.c.id, reports.c.published_at).where(
            reports.c.status == "withdrawn", reports.c.published_at.is_not(None), reports.c.discarded_at.is_(None)
        )
        if last is not None:
            found = found.where(tuple_(reports.c.published_at, reports.c.id) > (last.published_at, last.id))
        found = found.order_by(reports.c.published_at, reports.c.id).limit(TOGETHER)
        rows = self._connection.execute(found).all()
        said: dict[str, Any] = dict(
            self._connection.execute(_WHO_MAY_SEE, {"these": [this for this, _at in rows]}).all()
        )
        return [
            Withdrawn(this, at, said[this] == PUBLIC if this in said else None) for this, at in rows if at is not None
        ]

    def calls(self) -> list[WholeCall]:
        """Returns the calls that are or were open: open ones first, by deadline."""
        return [
            replace(
                each,
                introductions=texts_taken_out(each.introductions),
                thanks={},
                municipalities=tuple(each.municipalities),
            )
            for each in self._calls.all()
            if each.status != "draft"
        ]

    def collections(self) -> list[InitiativeCollection]:
        """Returns the published collections, last changed first, each with those of its initiatives that are public."""
        found = [each for each in self._collections.all() if each.status == "published"]
        return [
            replace(
                each,
                made_by=0,
                introductions=texts_taken_out(each.introductions),
                reports=in_order(each.reports, self._public(each.reports)),
            )
            for each in found
        ]

    def events(self) -> list[LibraryEvent]:
        """Returns all events that were published, also cancelled ones, the latest first, without their organisers."""
        return [
            replace(
                each,
                organiser=0,
                texts=texts_taken_out(each.texts),
                came_of=taken_out(each.came_of),
                host=taken_out(each.host),
            )
            for each in self._events.published()
        ]

    def digest(self, period: Period, zone: str, now: datetime) -> Digest:
        """Returns what happened in `period` to initiatives that are public now, and what came of events.

        Summaries have to be up to date before (`summaries.refresh`).
        """
        happened = [
            each
            for each in Digests(self._connection, 0, Counting.REFRESHED).happened(period)
            if each[0].status == "published" and each[0].sharing == PUBLIC
        ]
        seen = self._public({report.id for report, _what in happened})
        rows = [
            (replace(report, title=taken_out(report.title), line=taken_out(report.line)), what)
            for report, what in happened
            if report.id in seen and what.kind != "offer"
        ]
        told_of = self._events.told_of(period.start, period.end)
        events = [announced(replace(each, came_of=taken_out(each.came_of))) for each in told_of]
        return digest_of(period, rows, zone=zone, made_at=now, events=events)

    def first_day(self) -> datetime | None:
        """Returns when the first public initiative came; None: there is none."""
        found = (
            select(reports.c.submitted_at)
            .join(initiatives, initiatives.c.report_id == reports.c.id)
            .where(initiatives.c.sharing == PUBLIC, reports.c.submitted_at.is_not(None))
            .order_by(reports.c.submitted_at)
            .limit(1)
        )
        return self._connection.scalar(found)

    def _public(self, these: Sequence[str] | set[str]) -> Mapping[str, bool]:
        asked = sorted(these)
        found: dict[str, bool] = {}
        for start in range(0, len(asked), TOGETHER):
            query = select(initiatives.c.report_id).where(
                initiatives.c.report_id.in_(asked[start : start + TOGETHER]), initiatives.c.sharing == PUBLIC
            )
            found |= dict.fromkeys(self._connection.scalars(query), True)
        return found

    def _whole(self, those: Sequence[Initiative]) -> list[PublicInitiative]:
        if not those:
            return []
        these = [each.id for each in those]
        asked = {"these": these}
        authors = dict(self._connection.execute(_AUTHORS, asked).all())
        stages: dict[str, list[tuple[Any, datetime, int]]] = {}
        for report, *said in self._connection.execute(_STAGES, asked):
            stages.setdefault(report, []).append((said[0], said[1], said[2]))
        by = self._related(these, inspired_by=True)
        of = self._related(these, inspired_by=False)
        named = {other for found in (by, of) for others in found.values() for other in others[:MOST_RELATED]}
        there = self._named(sorted(named))
        whole = []
        for each in those:
            told, few = open_answers(each.answers)
            inspired = of.get(each.id, ())
            whole.append(
                PublicInitiative(
                    initiative=replace(each, answers={**told, "sharing": PUBLIC}),
                    few=few,
                    stages=stages_in(stages.get(each.id, ())),
                    inspired_by=[there[other] for other in by.get(each.id, ())[:MOST_RELATED] if other in there],
                    inspired_ones=[there[other] for other in inspired[:MOST_RELATED] if other in there],
                    inspired=len(inspired),
                    can_be_asked=authors.get(each.id) is not None,
                )
            )
        return whole

    def _related(self, these: Sequence[str], *, inspired_by: bool) -> dict[str, list[str]]:
        """The ids of public initiatives that inspired each of these, or that these inspired, the newest first."""
        mine, others = lineage.c.report_id, lineage.c.other_id
        if not inspired_by:
            mine, others = others, mine
        query = (
            select(mine, others)
            .join(initiatives, initiatives.c.report_id == others)
            .where(mine.in_(_THESE), lineage.c.relation == "inspired", initiatives.c.sharing == PUBLIC)
            .order_by(initiatives.c.published_at.desc(), others.desc())
        )
        found: dict[str, list[str]] = {}
        for report, other in self._connection.execute(query, {"these": these}):
            found.setdefault(report, []).append(other)
        return found

    def _named(self, these: Sequence[str]) -> dict[str, RelatedInitiative]:
        found: dict[str, RelatedInitiative] = {}
        for start in range(0, len(these), TOGETHER):
            asked = {"these": these[start : start + TOGETHER]}
            for row in self._connection.execute(_PUBLIC_ONES, asked):
                each = initiative_of(row)
                found[each.id] = RelatedInitiative(each.id, taken_out(each.title), each.language)
        return found
