"""Figures and lists over all reports, read from their summaries."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, Update, case, delete, func, literal, select, true, update

from conversations.model.calls import OWN_KEYS
from conversations.model.digests.answered import ToCall
from conversations.model.digests.digest import Digest, Left, Waiting
from conversations.model.digests.looking import Known, Place, Weekly
from conversations.model.digests.packing import pack, unpack
from conversations.model.digests.periods import Period
from conversations.model.happenings import LEFT_OUT, Happening, HappeningKind, ReportSummary
from storage import registers
from storage.digests.statistics import counted
from storage.digests.summaries import Summaries
from storage.engine.columns import Json
from storage.engine.errors import ToBeCounted
from storage.engine.inserting import insert_unless_there
from storage.models import (
    HAS_LEFT,
    SUBMITTED,
    answers,
    digest_issues,
    digest_subscriptions,
    digests,
    happenings,
    initiatives,
    lineage,
    reports,
    reviews,
    summaries,
)

KEPT_FOR = timedelta(days=90)
"""How long the files of a digest can be made again."""

_COLUMNS = (
    summaries.c.report_id,
    reports.c.status,
    summaries.c.submitted_at,
    summaries.c.title,
    summaries.c.line,
    summaries.c.library,
    summaries.c.municipality,
    summaries.c.place,
    summaries.c.region,
    summaries.c.country,
    summaries.c.progress,
    summaries.c.themes,
    summaries.c.groups,
    summaries.c.evidence,
    summaries.c.outcome,
    summaries.c.sharing,
    reports.c.call_slug,
    reports.c.language,
)
_WIDTH = len(_COLUMNS)
_NAMES = tuple(field.name for field in fields(ReportSummary))

_COUNTS = reports.c.status.not_in(LEFT_OUT)
_LEFT_AT = case((reports.c.status == "declined", reviews.c.decided_at), else_=reports.c.withdrawn_at)
_SINCE = func.coalesce(reviews.c.waiting_since, reports.c.submitted_at)

NO_EVIDENCE: ColumnElement[Any] = literal([], Json)
NONE_YET: ColumnElement[Any] = literal(["none_yet"], Json)

_KEEP = insert_unless_there(digests, "id", returning=(digests.c.id,))
_SUBSCRIBE = insert_unless_there(digest_subscriptions, "person_id", "chat_id", returning=(digest_subscriptions.c.id,))


class Counting(Enum):
    """How reports are counted in a transaction."""

    HERE = auto()
    """The summaries of changed reports are refreshed before."""
    REFRESHED = auto()
    """They were refreshed a moment ago, and the transaction only reads."""
    BESIDE = auto()
    """Nothing is counted, so that the transaction stays short: whoever tries gets ToBeCounted."""


class Digests:
    """The `DigestLookup` of one person, and the storage of their digests, in one transaction.

    With Counting.BESIDE, what reads many reports raises ToBeCounted.
    """

    def __init__(self, connection: Connection, person: int, counting: Counting = Counting.HERE) -> None:
        self._connection = connection
        self._person = person
        self._counting = counting

    def happened(self, period: Period, call: str = "") -> Sequence[tuple[ReportSummary, Happening]]:
        """Returns the events of `period` for reports that count, oldest first; with `call`, only its reports."""
        self._refresh()
        in_period = (happenings.c.at >= period.start, happenings.c.at < period.end)
        of_period = (
            select(*_COLUMNS)
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(summaries.c.report_id.in_(select(happenings.c.report_id).where(*in_period)), _COUNTS, _of_call(call))
        )
        happened = (
            select(happenings.c.report_id, happenings.c.kind, happenings.c.at, happenings.c.old, happenings.c.new)
            .join(reports, reports.c.id == happenings.c.report_id)
            .where(_COUNTS, *in_period, _of_call(call))
            .order_by(happenings.c.at, happenings.c.report_id, happenings.c.nth)
        )
        found = {row[0]: _summary(row) for row in self._connection.execute(of_period)}
        return [
            (found[report], Happening(cast("HappeningKind", kind), at, old, new))
            for report, kind, at, old, new in self._connection.execute(happened)
        ]

    def new_by_theme(self, period: Period, call: str = "") -> Mapping[str, int]:
        """Returns the number of reports that came in `period`, by first theme."""
        self._refresh()
        query = (
            select(summaries.c.theme, func.count())
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(
                _COUNTS,
                summaries.c.submitted_at >= period.start,
                summaries.c.submitted_at < period.end,
                _of_call(call),
            )
            .group_by(summaries.c.theme)
        )
        return dict(self._connection.execute(query).all())

    def since(self, call: str = "") -> datetime | None:
        """Returns when the first report that counts came; None: there is none. With `call`, only its reports."""
        self._refresh()
        return self._connection.scalar(
            select(func.min(summaries.c.submitted_at))
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(_COUNTS, _of_call(call))
        )

    def left(self, period: Period, call: str = "") -> Sequence[Left]:
        """Returns the reports withdrawn or declined in `period`, oldest first; with `call`, only its reports."""
        self._refresh()
        query = (
            select(summaries.c.report_id, reports.c.status, summaries.c.library, summaries.c.submitted_at, _LEFT_AT)
            .join(reports, reports.c.id == summaries.c.report_id)
            .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
            .where(
                HAS_LEFT,
                period.start <= _LEFT_AT,
                period.end > _LEFT_AT,
                _of_call(call),
            )
            .order_by(_LEFT_AT, summaries.c.report_id)
        )
        return [Left(*row) for row in self._connection.execute(query)]

    def inspired(self, period: Period, call: str = "") -> int:
        """Returns how many reports that came in `period` are inspired by a published one."""
        self._refresh()
        told = (
            select(func.count(lineage.c.report_id.distinct()))
            .join(summaries, summaries.c.report_id == lineage.c.report_id)
            .join(reports, reports.c.id == lineage.c.report_id)
            .join(initiatives, initiatives.c.report_id == lineage.c.other_id)
            .where(
                lineage.c.relation == "inspired",
                _COUNTS,
                summaries.c.submitted_at >= period.start,
                summaries.c.submitted_at < period.end,
                _of_call(call),
            )
        )
        return self._connection.scalar(told) or 0

    def to_call(self, call: str) -> Sequence[ToCall]:
        """Returns the reports sent in answer to a call and not withdrawn, oldest first."""
        self._refresh()
        query = (
            select(*_COLUMNS, reports.c.late)
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(reports.c.call_slug == call, reports.c.status.not_in(("draft", "withdrawn")))
            .order_by(summaries.c.submitted_at, summaries.c.report_id)
        )
        rows = self._connection.execute(query).all()
        told = self.answers_of([row[0] for row in rows])
        return [ToCall(_summary(row[:_WIDTH]), row[_WIDTH], _own(told[row[0]])) for row in rows]

    def sent_by_status(self, call: str) -> Mapping[str, int]:
        """Returns how many reports were ever sent to a call, by their status: as many as its export has."""
        query = (
            select(reports.c.status, func.count())
            .where(reports.c.call_slug == call, reports.c.status != "draft", reports.c.discarded_at.is_(None))
            .group_by(reports.c.status)
        )
        return dict(self._connection.execute(query).all())

    def waiting(self) -> Sequence[Waiting]:
        """Returns the reports that wait for a decision, longest waiting first."""
        self._refresh()
        query = (
            select(*_COLUMNS, _SINCE)
            .join(reports, reports.c.id == summaries.c.report_id)
            .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
            .where(reports.c.status == SUBMITTED)
            .order_by(_SINCE, summaries.c.report_id)
        )
        return [Waiting(_summary(row[:_WIDTH]), row[_WIDTH]) for row in self._connection.execute(query)]

    def summary(self, report: str) -> ReportSummary | None:
        """Returns the summary of one report that counts; None: there is none."""
        self._refresh()
        query = (
            select(*_COLUMNS)
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(_COUNTS, summaries.c.report_id == report)
        )
        return next((_summary(row) for row in self._connection.execute(query)), None)

    def answers(self, report: str) -> Mapping[str, Any]:
        """Returns the current answers of a report, without names and addresses."""
        return self.answers_of([report])[report]

    def figures(self) -> Any:
        """Returns the figures of all reports that count."""
        self._refresh()
        return counted(self._connection)

    def coverage(self, country: str) -> Sequence[Place]:
        """Returns every municipality of a country, in the order of the register."""
        self._refresh()
        told: dict[str, dict[str, int]] = {}
        query = (
            select(summaries.c.municipality, summaries.c.progress, func.count())
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(_COUNTS, summaries.c.country == country)
            .group_by(summaries.c.municipality, summaries.c.progress)
        )
        for key, progress, number in self._connection.execute(query):
            told.setdefault(key, {})[progress] = number
        places = []
        for here in registers.municipalities(country):
            key = f"{here.country}-{here.code}"
            near = registers.served_from(here.country, here.code)
            heard = told.get(key) or (told.get(f"{here.country}-{near.municipality.code}") if near else None) or {}
            state = "silent" if not heard else "planned" if set(heard) <= {"planned", "stopped"} else "reported"
            places.append(Place(key, here.name, here.region, state, sum(told.get(key, {}).values())))
        return places

    def known(self, theme: str, group: str) -> Sequence[Known]:
        """Returns reports with an outcome and its evidence, latest first; "" means any theme, any group."""
        self._refresh()
        query = (
            select(*_COLUMNS)
            .join(reports, reports.c.id == summaries.c.report_id)
            .where(_COUNTS, summaries.c.outcome, summaries.c.evidence != NO_EVIDENCE, summaries.c.evidence != NONE_YET)
            .order_by(summaries.c.submitted_at.desc(), summaries.c.report_id)
        )
        found = [_summary(row) for row in self._connection.execute(query)]
        found = [each for each in found if (not theme or theme in each.themes) and (not group or group in each.groups)]
        told = self.answers_of([each.id for each in found])
        return [Known(each, told[each.id]) for each in found]

    def kept(self, digest: str) -> Digest | None:
        """Returns a stored digest; None: there is none with that id."""
        content = self._connection.scalar(select(digests.c.content).where(digests.c.id == digest))
        return None if content is None else unpack(content)

    def weekly(self) -> Sequence[Weekly]:
        """Returns the person's weekly digests."""
        query = (
            select(
                digest_subscriptions.c.id,
                digest_subscriptions.c.chat_id,
                digest_subscriptions.c.weekday,
                digest_subscriptions.c.hour,
                digest_subscriptions.c.timezone,
            )
            .where(digest_subscriptions.c.person_id == self._person, digest_subscriptions.c.active)
            .order_by(digest_subscriptions.c.id)
        )
        return [Weekly(*row) for row in self._connection.execute(query)]

    def keep(self, this: str, digest: Digest) -> None:
        """Store `digest`, so that files made later show the same figures."""
        self._connection.execute(
            _KEEP[self._connection.dialect.name], {"id": this, "made_at": digest.made_at, "content": pack(digest)}
        )
        self._connection.execute(
            delete(digests).where(
                digests.c.made_at < digest.made_at - KEPT_FOR,
                digests.c.id.not_in(select(digest_issues.c.digest_id).where(digest_issues.c.digest_id.is_not(None))),
            )
        )

    def subscribe(self, chosen: Weekly, now: datetime) -> None:
        """Send a weekly digest to that chat from now on; a later choice of time replaces an earlier one."""
        new = {
            "person_id": self._person,
            "chat_id": chosen.chat,
            "weekday": chosen.weekday,
            "hour": chosen.hour,
            "timezone": chosen.timezone,
            "since": now,
            "active": True,
        }
        if self._connection.scalar(_SUBSCRIBE[self._connection.dialect.name], new) is None:
            this = self._weekly_to(chosen.chat)
            self._connection.execute(this.where(~digest_subscriptions.c.active).values(active=True, since=now))
            self._connection.execute(this.values(weekday=chosen.weekday, hour=chosen.hour, timezone=chosen.timezone))

    def unsubscribe(self, chat: int) -> None:
        """End the weekly digest in that chat."""
        self._connection.execute(self._weekly_to(chat).values(active=False))

    def _weekly_to(self, chat: int) -> Update:
        """Returns a change of the person's weekly digest in that chat, still without values."""
        return update(digest_subscriptions).where(
            digest_subscriptions.c.person_id == self._person, digest_subscriptions.c.chat_id == chat
        )

    def _refresh(self) -> None:
        """Refresh the summaries once a transaction, so that two counts in it agree."""
        if self._counting is Counting.BESIDE:
            raise ToBeCounted("This is counted beside the turn, which is then repeated.")
        if self._counting is Counting.HERE:
            Summaries(self._connection).refresh()
            self._counting = Counting.REFRESHED

    def answers_of(self, these: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Returns the current answers of these reports, without names and addresses."""
        current: dict[str, dict[str, Any]] = {this: {} for this in these}
        for start in range(0, len(these), 500):
            query = (
                select(answers.c.report_id, answers.c.question, answers.c.value)
                .where(answers.c.report_id.in_(these[start : start + 500]))
                .order_by(answers.c.id)
            )
            for report, question, value in self._connection.execute(query):
                current[report][question] = value
        return current


def _of_call(call: str) -> ColumnElement[bool]:
    """Returns the condition that a report answers the call; "" means all reports."""
    return reports.c.call_slug == call if call else true()


def _own(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: answers[key] for key in OWN_KEYS if answers.get(key) is not None}


def _summary(row: Any) -> ReportSummary:
    columns = dict(zip(_NAMES, row, strict=True))
    lists = {name: tuple(columns[name]) for name in ("themes", "groups", "evidence")}
    return ReportSummary(**{**columns, **lists, "call": columns["call"] or ""})
