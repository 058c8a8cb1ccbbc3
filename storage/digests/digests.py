"""Figures and lists over all reports, read from their summaries."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

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
from storage.engine.inserting import insert_unless_there
from storage.models import (
    SUBMITTED,
    answers,
    digest_issues,
    digest_subscriptions,
    digests,
    happenings,
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
_IN_PERIOD = (happenings.c.at >= bindparam("start"), happenings.c.at < bindparam("end"))
_OF_CALL = or_(bindparam("slug") == "", reports.c.call_slug == bindparam("slug"))

_HAPPENED = (
    select(happenings.c.report_id, happenings.c.kind, happenings.c.at, happenings.c.old, happenings.c.new)
    .join(reports, reports.c.id == happenings.c.report_id)
    .where(_COUNTS, *_IN_PERIOD, _OF_CALL)
    .order_by(happenings.c.at, happenings.c.report_id, happenings.c.nth)
)

_OF_PERIOD = (
    select(*_COLUMNS)
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(
        summaries.c.report_id.in_(select(happenings.c.report_id).where(*_IN_PERIOD)),
        _COUNTS,
        _OF_CALL,
    )
)

_NEW = (
    select(summaries.c.theme, func.count())
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(
        _COUNTS, summaries.c.submitted_at >= bindparam("start"), summaries.c.submitted_at < bindparam("end"), _OF_CALL
    )
    .group_by(summaries.c.theme)
)

_FIRST = (
    select(func.min(summaries.c.submitted_at))
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(_COUNTS, _OF_CALL)
)

_LEFT_AT = case((reports.c.status == "declined", reviews.c.decided_at), else_=reports.c.withdrawn_at)
_LEFT = (
    select(summaries.c.report_id, reports.c.status, summaries.c.library, summaries.c.submitted_at, _LEFT_AT)
    .join(reports, reports.c.id == summaries.c.report_id)
    .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
    .where(
        reports.c.status.in_(("withdrawn", "declined")),
        bindparam("start") <= _LEFT_AT,
        bindparam("end") > _LEFT_AT,
        _OF_CALL,
    )
    .order_by(_LEFT_AT, summaries.c.report_id)
)

_SINCE = func.coalesce(reviews.c.waiting_since, reports.c.submitted_at)
_WAITING = (
    select(*_COLUMNS, _SINCE)
    .join(reports, reports.c.id == summaries.c.report_id)
    .join(reviews, reviews.c.report_id == reports.c.id, isouter=True)
    .where(reports.c.status == SUBMITTED)
    .order_by(_SINCE, summaries.c.report_id)
)

_ONE = (
    select(*_COLUMNS)
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(_COUNTS, summaries.c.report_id == bindparam("this"))
)

_THESE: BindParameter[str] = bindparam("these", expanding=True)
_TO_CALL = (
    select(*_COLUMNS, reports.c.late)
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(reports.c.call_slug == bindparam("slug"), reports.c.status.not_in(("draft", "withdrawn")))
    .order_by(summaries.c.submitted_at, summaries.c.report_id)
)
_ANSWERS = (
    select(answers.c.report_id, answers.c.question, answers.c.value)
    .where(answers.c.report_id.in_(_THESE))
    .order_by(answers.c.id)
)

NO_EVIDENCE: ColumnElement[Any] = literal([], Json)
NONE_YET: ColumnElement[Any] = literal(["none_yet"], Json)

_KNOWN = (
    select(*_COLUMNS)
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(_COUNTS, summaries.c.outcome, summaries.c.evidence != NO_EVIDENCE, summaries.c.evidence != NONE_YET)
    .order_by(summaries.c.submitted_at.desc(), summaries.c.report_id)
)

_PLACES = (
    select(summaries.c.municipality, summaries.c.progress, func.count())
    .join(reports, reports.c.id == summaries.c.report_id)
    .where(_COUNTS, summaries.c.country == bindparam("here"))
    .group_by(summaries.c.municipality, summaries.c.progress)
)

_KEPT = select(digests.c.content).where(digests.c.id == bindparam("this"))
_KEEP = insert_unless_there(digests, "id", returning=(digests.c.id,))
_CLEAR = delete(digests).where(
    digests.c.made_at < bindparam("long_ago"),
    digests.c.id.not_in(select(digest_issues.c.digest_id).where(digest_issues.c.digest_id.is_not(None))),
)
_WEEKLY = (
    select(
        digest_subscriptions.c.id,
        digest_subscriptions.c.chat_id,
        digest_subscriptions.c.weekday,
        digest_subscriptions.c.hour,
        digest_subscriptions.c.timezone,
    )
    .where(digest_subscriptions.c.person_id == bindparam("person"), digest_subscriptions.c.active)
    .order_by(digest_subscriptions.c.id)
)
_SUBSCRIBE = insert_unless_there(digest_subscriptions, "person_id", "chat_id", returning=(digest_subscriptions.c.id,))
_THIS = (digest_subscriptions.c.person_id == bindparam("person"), digest_subscriptions.c.chat_id == bindparam("chat"))
_AGAIN = (
    update(digest_subscriptions)
    .where(*_THIS, ~digest_subscriptions.c.active)
    .values(active=True, since=bindparam("now"))
)
_AT = (
    update(digest_subscriptions)
    .where(*_THIS)
    .values(weekday=bindparam("day"), hour=bindparam("oclock"), timezone=bindparam("zone"))
)
_UNSUBSCRIBE = update(digest_subscriptions).where(*_THIS).values(active=False)


class Digests:
    """The `DigestLookup` of one person, and the storage of their digests, in one transaction."""

    def __init__(self, connection: Connection, person: int) -> None:
        self._connection = connection
        self._person = person
        self._fresh = False

    def happened(self, period: Period, call: str = "") -> Sequence[tuple[ReportSummary, Happening]]:
        """Events of `period` for reports that count, oldest first; with `call`, only its reports."""
        self._refresh()
        asked = {"start": period.start, "end": period.end, "slug": call}
        found = {row[0]: _summary(row) for row in self._connection.execute(_OF_PERIOD, asked)}
        return [
            (found[report], Happening(cast("HappeningKind", kind), at, old, new))
            for report, kind, at, old, new in self._connection.execute(_HAPPENED, asked)
        ]

    def new_by_theme(self, period: Period, call: str = "") -> Mapping[str, int]:
        """Returns the number of reports that came in `period`, by first theme."""
        self._refresh()
        found = self._connection.execute(_NEW, {"start": period.start, "end": period.end, "slug": call})
        return dict(found.all())

    def since(self, call: str = "") -> datetime | None:
        """Returns when the first report that counts came; None: there is none. With `call`, only its reports."""
        self._refresh()
        return self._connection.scalar(_FIRST, {"slug": call})

    def left(self, period: Period, call: str = "") -> Sequence[Left]:
        """Returns the reports withdrawn or declined in `period`, oldest first; with `call`, only its reports."""
        self._refresh()
        asked = {"start": period.start, "end": period.end, "slug": call}
        return [Left(*row) for row in self._connection.execute(_LEFT, asked)]

    def to_call(self, call: str) -> Sequence[ToCall]:
        """Returns the reports sent in answer to a call and not withdrawn, oldest first."""
        self._refresh()
        rows = self._connection.execute(_TO_CALL, {"slug": call}).all()
        told = self._answers([row[0] for row in rows])
        return [ToCall(_summary(row[:_WIDTH]), row[_WIDTH], _own(told[row[0]])) for row in rows]

    def waiting(self) -> Sequence[Waiting]:
        """Returns the reports that wait for a decision, longest waiting first."""
        self._refresh()
        return [Waiting(_summary(row[:_WIDTH]), row[_WIDTH]) for row in self._connection.execute(_WAITING)]

    def summary(self, report: str) -> ReportSummary | None:
        """Returns the summary of one report that counts; None: there is none."""
        self._refresh()
        return next((_summary(row) for row in self._connection.execute(_ONE, {"this": report})), None)

    def answers(self, report: str) -> Mapping[str, Any]:
        """Returns the current answers of a report, without names and addresses."""
        return self._answers([report])[report]

    def figures(self) -> Any:
        """Returns the figures of all reports that count."""
        self._refresh()
        return counted(self._connection)

    def coverage(self, country: str) -> Sequence[Place]:
        """Returns every municipality of a country, in the order of the register."""
        self._refresh()
        told: dict[str, dict[str, int]] = {}
        for key, progress, number in self._connection.execute(_PLACES, {"here": country}):
            told.setdefault(key, {})[progress] = number
        places = []
        for here in registers.municipalities(country):
            key = f"{here.country}-{here.code}"
            near = registers.served_from(here.country, here.code)
            heard = told.get(key) or (told.get(f"{here.country}-{near.municipality.code}") if near else None) or {}
            state = "silent" if not heard else "planned" if set(heard) == {"planned"} else "reported"
            places.append(Place(key, here.name, here.region, state, sum(told.get(key, {}).values())))
        return places

    def known(self, theme: str, group: str) -> Sequence[Known]:
        """Returns reports with an outcome and its evidence, latest first; "" means any theme, any group."""
        self._refresh()
        found = [_summary(row) for row in self._connection.execute(_KNOWN)]
        found = [each for each in found if (not theme or theme in each.themes) and (not group or group in each.groups)]
        told = self._answers([each.id for each in found])
        return [Known(each, told[each.id]) for each in found]

    def kept(self, digest: str) -> Digest | None:
        """Returns a stored digest; None: there is none with that id."""
        content = self._connection.scalar(_KEPT, {"this": digest})
        return None if content is None else unpack(content)

    def weekly(self) -> Sequence[Weekly]:
        """Returns the person's weekly digests."""
        return [Weekly(*row) for row in self._connection.execute(_WEEKLY, {"person": self._person})]

    def keep(self, this: str, digest: Digest) -> None:
        """Store `digest`, so that files made later show the same figures."""
        self._connection.execute(
            _KEEP[self._connection.dialect.name], {"id": this, "made_at": digest.made_at, "content": pack(digest)}
        )
        self._connection.execute(_CLEAR, {"long_ago": digest.made_at - KEPT_FOR})

    def subscribe(self, chosen: Weekly, now: datetime) -> None:
        """Send a weekly digest to that chat from now on; a later choice of time replaces an earlier one."""
        this = {"person": self._person, "chat": chosen.chat}
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
            self._connection.execute(_AGAIN, {**this, "now": now})
            at = {"day": chosen.weekday, "oclock": chosen.hour, "zone": chosen.timezone}
            self._connection.execute(_AT, {**this, **at})

    def unsubscribe(self, chat: int) -> None:
        """End the weekly digest in that chat."""
        self._connection.execute(_UNSUBSCRIBE, {"person": self._person, "chat": chat})

    def _refresh(self) -> None:
        """Refresh the summaries once a transaction, so that two counts in it agree."""
        if not self._fresh:
            Summaries(self._connection).refresh()
            self._fresh = True

    def _answers(self, these: Sequence[str]) -> dict[str, dict[str, Any]]:
        current: dict[str, dict[str, Any]] = {this: {} for this in these}
        for start in range(0, len(these), 500):
            for report, question, value in self._connection.execute(_ANSWERS, {"these": these[start : start + 500]}):
                current[report][question] = value
        return current


def _own(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {key: answers[key] for key in OWN_KEYS if answers.get(key) is not None}


def _summary(row: Any) -> ReportSummary:
    columns = dict(zip(_NAMES, row, strict=True))
    lists = {name: tuple(columns[name]) for name in ("themes", "groups", "evidence")}
    return ReportSummary(**{**columns, **lists, "call": columns["call"] or ""})
