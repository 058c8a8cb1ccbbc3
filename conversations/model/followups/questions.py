"""Follow-ups: what the author of a published initiative is asked later, when, and who may answer. Pure rules.

A plan is asked about once in the month in which it was to begin, an initiative once after its end, and one that goes on
once a year. Nobody is asked two questions within a week.
"""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from conversations.model.initiatives import Initiative
from conversations.model.reminders import morning
from conversations.reading.dates.edtf import date_bounds, is_edtf


class FollowUp(StrEnum):
    """The kinds of questions. Their values are stored, so they never change."""

    START = "followup-start"
    RESULT = "followup-result"
    YEARLY = "followup-yearly"


FollowUpAnswer: TypeAlias = Literal[
    "started", "moved", "dropped", "ended", "goes_on", "told", "nothing", "running", "changed", "paused", "later"
]
"""What people answer: all are stored, so they never change. After "later" the question is asked once more."""

OFFERED: Mapping[tuple[str, str], tuple[FollowUpAnswer, ...]] = {
    (FollowUp.START, "planned"): ("started", "moved", "dropped"),
    (FollowUp.RESULT, "running"): ("ended", "goes_on"),
    (FollowUp.RESULT, "paused"): ("ended", "goes_on"),
    (FollowUp.RESULT, "finished"): ("told", "nothing"),
    (FollowUp.YEARLY, "running"): ("running", "changed", "paused", "ended"),
    (FollowUp.YEARLY, "paused"): ("running", "paused", "ended"),
}
"""The answers to a question, by its kind and the stage of the initiative; at other stages it has lost its reason."""

STAGE_AFTER: Mapping[FollowUpAnswer, str] = {
    "started": "running",
    "dropped": "stopped",
    "ended": "finished",
    "running": "running",
    "paused": "paused",
}
"""The stage of an initiative after an answer that says one."""

RESULTS = ("outcome", "participants", "evidence_types")
"""The questions of the form that are asked after the end: what changed, for how many, how do you know."""

LIVING = frozenset({"planned", "running", "paused"})
"""The stages of initiatives that may change without anybody saying so."""

A_WEEK = timedelta(days=7)
"""The time between two questions to one person."""

SAID_AFTER = timedelta(days=14)
"""How long nothing is asked about a day that was over when its author last said how it is."""

HOLDS = timedelta(days=365)
"""How long a question that could not be sent is still worth sending."""

TYPED_WITHIN = timedelta(days=14)
"""How long after a question a text of somebody who stands nowhere may be its answer."""

MONTHS = 18
"""After so many months without a word the initiative is marked."""

_MARGIN = timedelta(days=1)
"""More than the difference between any two time zones' days."""


@dataclass(frozen=True, slots=True)
class Followed:
    """A published report, as far as its questions depend on it.

    `submitted_at` None: it does not matter. `ended`: its author was asked for the results when they said that it ended.
    """

    report: str
    answers: Mapping[str, Any]
    confirmed_at: datetime
    submitted_at: datetime | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """A question about a report, due at a moment; its `key` is asked only once."""

    kind: FollowUp
    key: str
    due: datetime


def next_question(followed: Followed, zone: tzinfo, now: datetime, asked: Collection[str]) -> NextQuestion | None:
    """Returns the next question to an author in `zone`, due or still to come; None if nothing is left to ask.

    `asked` are the keys of the questions about the report that were asked, or wait to be.
    """
    status = followed.answers.get("status")
    days: list[_Day | None] = []
    if status == "planned":
        days = [_of_start(followed, zone, now, asked)]
    elif status in ("running", "paused"):
        days = [_of_end(followed, zone), _of_year(followed, FollowUp.YEARLY, zone, now, asked)]
    elif status == "finished" and _asks_for_results(followed, zone):
        days = [_of_end(followed, zone)]
    left = [(day, kind, key) for day, kind, key in filter(None, days) if key not in asked]
    if not left:
        return None
    day, kind, key = min(left)
    return NextQuestion(kind, key, morning(day, zone))


def ask_at(initiative: Initiative) -> datetime | None:
    """Returns a moment before which nothing is to be asked about the initiative, in any time zone; None: never."""
    at = initiative.confirmed
    found = next_question(Followed(initiative.id, initiative.answers, at), UTC, at, ())
    return before(found) if found else None


def before(question: NextQuestion) -> datetime:
    """Returns a moment before which the question is due in no time zone."""
    return question.due - _MARGIN


def unconfirmed(status: object, confirmed_at: datetime, now: datetime) -> bool:
    """Returns whether nobody has said for MONTHS months how an initiative is that may have changed since."""
    return status in LIVING and _years_after(confirmed_at.date(), MONTHS / 12) <= now.date()


def is_over(edtf: object, today: date) -> bool:
    """Returns whether `edtf` is a date that has passed."""
    last = _last_day(edtf)
    return last is not None and last < today


def is_to_come(edtf: object, today: date) -> bool:
    """Returns whether `edtf` is a date of which no day has come."""
    return isinstance(edtf, str) and is_edtf(edtf) and date_bounds(edtf)[0] > today


def _of_start(followed: Followed, zone: tzinfo, now: datetime, asked: Collection[str]) -> "_Day":
    """Returns when to ask whether a plan has begun: on its day, or in the middle of the month in which it may at the
    latest; without a date, once a year.
    """
    start = followed.answers.get("period_start")
    if not isinstance(start, str) or not is_edtf(start):
        return _of_year(followed, FollowUp.START, zone, now, asked)
    first, last = date_bounds(start.partition("/")[0])
    last = last or first
    day = last if first == last else last.replace(day=15)
    return _said_after(day, followed, zone), FollowUp.START, f"{FollowUp.START}:{followed.report}:{day:%Y-%m}"


def _of_end(followed: Followed, zone: tzinfo) -> "_Day | None":
    """Returns when to ask for the results: on the day after the end."""
    last = _last_day(followed.answers.get("period_end"))
    if last is None:
        return None
    day = _said_after(last + timedelta(days=1), followed, zone)
    return day, FollowUp.RESULT, f"{FollowUp.RESULT}:{followed.report}:{last:%Y-%m-%d}"


def _of_year(followed: Followed, kind: FollowUp, zone: tzinfo, now: datetime, asked: Collection[str]) -> "_Day":
    """Returns when to ask again: a year after the author last said how it is, and each year after that; after an end
    that has passed, a year after it.
    """
    said, today = (moment.astimezone(zone).date() for moment in (followed.confirmed_at, now))
    last = _last_day(followed.answers.get("period_end"))
    if last is not None and last >= said and (last < today or last < _years_after(said, 1)):
        said = last + timedelta(days=1)
    years = max(1, today.year - said.year)
    if _years_after(said, years) > today:
        years = max(1, years - 1)
    days = (_years_after(said, each) for each in (years, years + 1))
    named = [(day, kind, f"{kind}:{followed.report}:{day:%Y-%m-%d}") for day in days]
    return next((each for each in named if each[2] not in asked), named[-1])


def _said_after(day: date, followed: Followed, zone: tzinfo) -> date:
    """Returns `day`, or a later one if the author said how it is when that day had come."""
    said = followed.confirmed_at.astimezone(zone).date()
    return day if said < day else said + SAID_AFTER


def _asks_for_results(followed: Followed, zone: tzinfo) -> bool:
    """Returns whether a finished initiative ended after it was reported, and its results are not all known."""
    last = _last_day(followed.answers.get("period_end"))
    known = all(followed.answers.get(question) is not None for question in RESULTS)
    if last is None or known or followed.ended:
        return False
    return followed.submitted_at is None or last >= followed.submitted_at.astimezone(zone).date()


def _last_day(edtf: object) -> date | None:
    return date_bounds(edtf)[1] if isinstance(edtf, str) and is_edtf(edtf) else None


def _years_after(day: date, years: float) -> date:
    """Returns the same day so many years later; the last of the month if it has no such day."""
    months = day.year * 12 + day.month - 1 + int(years * 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_Day: TypeAlias = tuple[date, FollowUp, str]
