"""Subscriptions to new initiatives: what they ask for, how often they come, and when they are due."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Literal, Protocol, TypeAlias

from conversations.model.initiatives import Initiative

Pace: TypeAlias = Literal["at_once", "daily", "weekly"]
"""How often a subscription comes."""

WAKES, RESTS = time(8), time(21)
"""Notices of initiatives are sent between these hours of the person's day; otherwise in the morning."""

MORNING, MONDAY = 8, 0
"""Hour and weekday of summaries if nothing else was chosen."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a subscription asks for. An initiative has to match every part that is set, with any one of its items.

    `places` are countries (`DK`), regions (`DK:Region Syddanmark`) and municipalities (`DK-0461`); `words` are phrases,
    of which all words have to occur. Empty wishes match everything.
    """

    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    calls: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def as_json(self) -> dict[str, list[str]]:
        """Returns the parts that are set, as JSON."""
        return {part: list(value) for part, value in asdict(self).items() if value}


_PARTS = frozenset(part.name for part in fields(Wishes))


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription of a person, sent to `chat`, a group or channel; 0 is the person.

    `weekday` (0: Monday) and `hour`, in the person's time zone, are those of the daily or weekly summary.
    """

    id: str
    wishes: Wishes
    pace: Pace = "at_once"
    weekday: int = MONDAY
    hour: int = MORNING
    paused: bool = False
    chat: int = 0


@dataclass(frozen=True, slots=True)
class Chat:
    """A group or channel to which an administrator added the bot for new initiatives.

    `known_at`: when Telegram last confirmed that the person is an administrator; None: the question is open.
    `orphaned`: they no longer are; what comes to the chat goes on.
    """

    id: int
    title: str
    known_at: datetime | None = None
    orphaned: bool = False


class SubscriptionsLookup(Protocol):
    """What may be looked up about one person's subscriptions. No method changes anything."""

    def own(self) -> Sequence[Subscription]:
        """Returns the person's subscriptions that have not ended, oldest first."""
        ...

    def one(self, this: str) -> Subscription | None:
        """Returns the person's own subscription with this id, also one that has ended."""
        ...

    def told(self, report: str) -> Sequence[Subscription]:
        """Returns the subscriptions that were the reason for a notice of that initiative, also those ended since."""
        ...

    def recent(self, since: datetime) -> Sequence[Initiative]:
        """Returns the initiatives published since then of which the person may be told."""
        ...

    def chats(self) -> Sequence[Chat]:
        """Returns the groups and channels to which this person has added the bot."""
        ...

    def home(self) -> str:
        """Returns the municipality of this person's organisation or library; "" if it is not known."""
        ...


def wishes_of(kept: Mapping[str, Sequence[str]]) -> Wishes:
    """Returns the wishes that `Wishes.as_json` was called on; parts that this version does not know are left out."""
    return Wishes(**{part: tuple(value) for part, value in kept.items() if part in _PARTS})


def as_held(subscription: Subscription) -> dict[str, Any]:
    """Returns a subscription as a position holds it."""
    return {**asdict(subscription), "wishes": subscription.wishes.as_json()}


def from_held(held: Mapping[str, Any]) -> Subscription:
    """Returns the subscription that `as_held` was given."""
    known = {each.name: held[each.name] for each in fields(Subscription) if each.name in held}
    return Subscription(**{**known, "wishes": wishes_of(held["wishes"])})


def due_at(pace: Pace, weekday: int, hour: int, zone: tzinfo, now: datetime) -> datetime:
    """Returns when an initiative published `now` is told: at once in waking hours, or with the next summary.

    An hour that exists twice is the first of the two; one that does not exist is as long after midnight as if it did.
    """
    local = now.astimezone(zone)
    if pace == "at_once":
        if WAKES <= local.time() < RESTS:
            return now
        clock, weekdays = WAKES, range(7)
    else:
        clock, weekdays = time(hour), range(7) if pace == "daily" else range(weekday, weekday + 1)
    days = (local.date() + timedelta(days=number) for number in range(9))
    moments = (datetime.combine(day, clock, zone).astimezone(UTC) for day in days if day.weekday() in weekdays)
    return next(moment for moment in moments if moment > now)
