"""A call as its coordinators know it, and what a conversation may look up about calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from conversations.language.words import InLanguages, Place

CallStatus: TypeAlias = Literal["draft", "open", "closed"]
Variant: TypeAlias = Literal["short", "standard", "impact"]
OwnKind: TypeAlias = Literal["text", "choice", "number"]
Audience: TypeAlias = Literal["", "ask", "public", "network", "coordinators"]
"""Whom the reports to a call are for. "ask": each author decides. "": nobody has said; then a form that has the
question asks it, and what comes by the short one is for coordinators only."""

OWN_KEYS = ("own_1", "own_2", "own_3", "own_4", "own_5")
"""The keys of a call's own questions; one that was ever asked keeps its key for ever."""

COUNTRIES = ("DK", "SI")


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of one call: its words in each language, its choices likewise. A `retired` one is asked no more."""

    key: str
    kind: OwnKind = "text"
    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Mapping[str, str]] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class WholeCall:
    """All of a call. `language` is the one it was first written in.

    The deadline is the moment after its last day in `timezone`. Invited are the municipalities (`DK-0751`), or where
    there are none those of the countries, or where there are none either, everybody. It is as it is `since` it was
    opened or its deadline was last set.
    """

    slug: str
    language: str
    status: CallStatus = "draft"
    titles: Mapping[str, str] = field(default_factory=dict)
    introductions: Mapping[str, str] = field(default_factory=dict)
    thanks: Mapping[str, str] = field(default_factory=dict)
    deadline_at: datetime | None = None
    timezone: str = "UTC"
    organisers: str = ""
    themes: Sequence[str] = ()
    target_groups: Sequence[str] = ()
    countries: Sequence[str] = ()
    municipalities: Sequence[str] = ()
    variant: Variant = "standard"
    questions: Sequence[OwnQuestion] = ()
    sharing: Audience = ""
    since: datetime | None = None

    @property
    def title(self) -> InLanguages:
        """Its title, in the reader's language where there is one."""
        return InLanguages(self.titles, self.language)

    @property
    def zone(self) -> tzinfo:
        """The time zone of the deadline."""
        return zone_of(self.timezone)

    @property
    def last_day(self) -> date | None:
        """The last day on which a report is in time."""
        if self.deadline_at is None:
            return None
        return (self.deadline_at.astimezone(self.zone) - timedelta(seconds=1)).date()

    def days_left(self, now: datetime) -> int | None:
        """How many days there are after today; negative: it is over. None: there is no deadline."""
        return None if self.last_day is None else (self.last_day - now.astimezone(self.zone).date()).days

    def is_late(self, now: datetime) -> bool:
        """Whether a report comes after the deadline."""
        return self.deadline_at is not None and now >= self.deadline_at

    def takes(self, now: datetime) -> bool:
        """Whether it is open and its deadline has not passed."""
        return self.status == "open" and not self.is_late(now)

    def invites(self, country: str, municipality: str) -> bool:
        """Whether a library there is invited."""
        if self.municipalities:
            return f"{country}-{municipality}" in self.municipalities
        return not self.countries or country in self.countries

    @property
    def asks_for_whom(self) -> bool:
        """Whether every author is asked whom the report is for."""
        return self.sharing == "ask" or (self.sharing == "" and self.variant != "short")

    @property
    def is_for(self) -> str | None:
        """Whom its reports are for where their authors are not asked; None where nobody has decided."""
        return self.sharing if self.sharing not in ("", "ask") else None

    def asked(self) -> tuple[OwnQuestion, ...]:
        """Its own questions that are asked now."""
        return tuple(question for question in self.questions if question.texts and not question.retired)


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC for one that is not known here."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC


def end_of(day: date, zone: tzinfo) -> datetime:
    """The moment after the last of `day` in `zone`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=1)
    return midnight.astimezone(UTC)


def changed(call: WholeCall, what: str, value: Any) -> WholeCall:
    """`call` once `what` of it is `value`, as JSON."""
    match what:
        case "deadline":
            at = value["at"]
            return replace(
                call, deadline_at=None if at is None else datetime.fromisoformat(at), timezone=value["timezone"]
            )
        case "invited":
            return replace(call, countries=tuple(value["countries"]), municipalities=tuple(value["municipalities"]))
        case "questions":
            return replace(call, questions=tuple(OwnQuestion(**question) for question in value))
        case _:
            return replace(call, **{what: value})


def value_of(call: WholeCall, what: str) -> Any:
    """What `changed` would be given to make `call` as it is."""
    match what:
        case "deadline":
            at = call.deadline_at
            return {"at": None if at is None else at.isoformat(), "timezone": call.timezone}
        case "invited":
            return {"countries": list(call.countries), "municipalities": list(call.municipalities)}
        case "questions":
            return [as_json(question) for question in call.questions]
        case "titles" | "introductions" | "thanks":
            return dict(getattr(call, what))
        case "themes" | "target_groups":
            return list(getattr(call, what))
        case _:
            return getattr(call, what)


def as_json(question: OwnQuestion) -> dict[str, Any]:
    """One of a call's own questions as it is kept."""
    return {
        "key": question.key,
        "kind": question.kind,
        "texts": dict(question.texts),
        "choices": [dict(choice) for choice in question.choices],
        "retired": question.retired,
    }


CHANGEABLE = (
    "status", "titles", "introductions", "thanks", "deadline", "organisers", "themes", "target_groups", "invited",
    "variant", "questions", "sharing",
)  # fmt: skip
"""What `changed` can change."""


@dataclass(frozen=True, slots=True)
class CallStanding:
    """How far a call has come: numbers of reports and libraries, and the invited places where nothing was heard.

    `answered` and `opened` are the places with a report, or with no more than a draft; `silent` the rest, by name.
    """

    reports: int
    late: int
    answered: Sequence[str]
    opened: Sequence[str]
    silent: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A report whose author was never asked who may see it, so that only coordinators do."""

    author: int
    report: str
    title: str
    revision: int


class CallsLookup(Protocol):
    """What may be looked up about calls. No method changes anything."""

    def whole(self, slug: str) -> WholeCall | None:
        """Returns the call with this slug, whatever its status; None if there is none."""
        ...

    def open(self) -> "Sequence[Call]":
        """Returns the calls that accept reports now, the nearest deadline first."""
        ...

    def all(self) -> Sequence[WholeCall]:
        """Returns every call: open ones first, by deadline, then drafts, then closed ones."""
        ...

    def standing(self, slug: str) -> CallStanding:
        """Returns the progress of a call."""
        ...

    def unsaid(self, slug: str) -> Sequence[Unsaid]:
        """Returns the reports to a call whose authors were never asked who may see them, oldest first."""
        ...

    def to_remind(self, slug: str) -> Sequence[str]:
        """Returns whom a reminder would reach now: the library of each person, or "" if it is not known."""
        ...


@dataclass(frozen=True, slots=True)
class Call:
    """An open call: its slug and its title."""

    slug: str
    title: Place
