"""Calls as coordinators see them, and what a conversation may look up about calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from conversations.language.words import InLanguages, Place

CallStatus: TypeAlias = Literal["draft", "open", "closed"]
Variant: TypeAlias = Literal["short", "standard", "impact"]
OwnKind: TypeAlias = Literal["text", "choice", "number", "several", "integer", "decimal", "date", "note"]
Audience: TypeAlias = Literal["", "ask", "public", "network", "coordinators"]
"""Who may see the reports to a call. "ask": each author decides. "": not decided; then a form with the question asks
it, and reports by the short form are for coordinators only."""

MOST_OWN = 60
"""The most own questions that a call asks."""

MOST_CHOICES = 300
"""The most choices of an own question."""

OWN_KEYS = tuple(f"own_{number}" for number in range(1, 5 * MOST_OWN + 1))
"""The keys of a call's own questions, asked or not; a question that was ever asked keeps its key."""

COUNTRIES = ("DK", "SI")


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of one call: its words and its choices in each language. A `retired` question is no longer asked.

    A question of a sheet (XLSForm) also has its `name` there, and `names` of its choices; without these, a choice is
    stored by its number. `relevant` and `constraint` are expressions (see forms/expressions.py), and `messages` say
    what to do if the constraint does not hold. A `note` is no question: its words stand above the question after it.
    """

    key: str
    kind: OwnKind = "text"
    texts: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Mapping[str, str]] = ()
    retired: bool = False
    name: str = ""
    names: Sequence[str] = ()
    hints: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    constraint: str = ""
    messages: Mapping[str, str] = field(default_factory=dict)

    @property
    def choice_keys(self) -> tuple[str, ...]:
        """The keys under which its choices are stored."""
        return tuple(self.names) or tuple(str(number) for number in range(1, len(self.choices) + 1))


@dataclass(frozen=True, slots=True)
class WholeCall:
    """A whole call. `language` is the language in which it was first written.

    The deadline is the end of its last day in `timezone`. The call invites the `municipalities` (`DK-0751`); if there
    are none, the `countries`; if there are none of these either, everybody. `since` is when it was opened or its
    deadline was last changed.
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
        """The title, in the reader's language if it exists."""
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
        """Returns the number of days after today; negative after the deadline; None without a deadline."""
        return None if self.last_day is None else (self.last_day - now.astimezone(self.zone).date()).days

    def is_late(self, now: datetime) -> bool:
        """Returns whether a report at `now` is after the deadline."""
        return self.deadline_at is not None and now >= self.deadline_at

    def takes(self, now: datetime) -> bool:
        """Returns whether the call is open and its deadline has not passed."""
        return self.status == "open" and not self.is_late(now)

    def invites(self, country: str, municipality: str) -> bool:
        """Returns whether a library in this place is invited."""
        if self.municipalities:
            return f"{country}-{municipality}" in self.municipalities
        return not self.countries or country in self.countries

    @property
    def asks_for_whom(self) -> bool:
        """Whether each author is asked who may see the report."""
        return self.sharing == "ask" or (self.sharing == "" and self.variant != "short")

    @property
    def is_for(self) -> str | None:
        """Who may see its reports if the authors are not asked; None if nobody has decided."""
        return self.sharing if self.sharing not in ("", "ask") else None

    def asked(self) -> tuple[OwnQuestion, ...]:
        """Its own questions that are asked now."""
        return tuple(question for question in self.shown() if question.kind != "note")

    def shown(self) -> tuple[OwnQuestion, ...]:
        """Its own questions that are asked now, with the notes between them."""
        return tuple(question for question in self.questions if question.texts and not question.retired)


def zone_of(name: str) -> tzinfo:
    """Returns the time zone with this name; UTC if the name is unknown."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC


def end_of(day: date, zone: tzinfo) -> datetime:
    """Returns the end of `day` in `zone`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=1)
    return midnight.astimezone(UTC)


def changed(call: WholeCall, what: str, value: Any) -> WholeCall:
    """Returns `call` with its field `what` set to `value`, as JSON."""
    match what:
        case "deadline":
            at = value["at"]
            return replace(
                call, deadline_at=None if at is None else datetime.fromisoformat(at), timezone=value["timezone"]
            )
        case "invited":
            return replace(call, countries=tuple(value["countries"]), municipalities=tuple(value["municipalities"]))
        case "questions":
            return replace(call, questions=tuple(own_from_json(each) for each in value))
        case "themes":
            return replace(call, themes=tuple(value))
        case "target_groups":
            return replace(call, target_groups=tuple(value))
        case _:
            return replace(call, **{what: value})


def own_from_json(kept: Mapping[str, Any]) -> OwnQuestion:
    """Returns the own question that `as_json` was given."""
    return OwnQuestion(**{**kept, "choices": tuple(kept["choices"]), "names": tuple(kept.get("names", ()))})


def value_of(call: WholeCall, what: str) -> Any:
    """Returns the value that `changed` takes to make `call` as it is."""
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
    """Returns one of a call's own questions as JSON; what only a sheet gives is left out where it is empty."""
    of_a_sheet = {
        "name": question.name,
        "names": list(question.names),
        "hints": dict(question.hints),
        "required": question.required,
        "relevant": question.relevant,
        "constraint": question.constraint,
        "messages": dict(question.messages),
    }
    return {
        "key": question.key,
        "kind": question.kind,
        "texts": dict(question.texts),
        "choices": [dict(choice) for choice in question.choices],
        "retired": question.retired,
        **{name: value for name, value in of_a_sheet.items() if value},
    }


CHANGEABLE = (
    "status", "titles", "introductions", "thanks", "deadline", "organisers", "themes", "target_groups", "invited",
    "variant", "questions", "sharing",
)  # fmt: skip
"""The fields that `changed` can set."""


@dataclass(frozen=True, slots=True)
class CallStanding:
    """The progress of a call: counts of reports and libraries, and the places that are silent.

    `answered` are the invited places with a report, `opened` those with only a draft, `silent` the others, by name.
    """

    reports: int
    late: int
    answered: Sequence[str]
    opened: Sequence[str]
    silent: Sequence[str]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A report whose author was never asked who may see it, so that only coordinators can."""

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
