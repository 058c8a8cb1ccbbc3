"""What befalls the bot in each of its lives, drawn by lot from a seed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import TypeAlias

from bot.botapi.cloud.faults import Faults, Kind
from tests.chaos.boundaries import BY_CHANCE, Boundary
from tests.chaos.databases import Trouble

REPEATING = frozenset(
    {Boundary.HANDLING, Boundary.HANDLED, Boundary.SENDING, Boundary.SENT, Boundary.NOTING, Boundary.NOTED}
)
"""Boundaries that are reached often, so that the n-th time may be late in a life."""


class Weather(Enum):
    """What is wrong with the Bot API; the value says it for the tables."""

    ANSWERS_LOST = "Bot API: connection cut after acceptance"
    CUT = "Bot API: connection cut before"
    PAGE = "Bot API: 200 with a web page"
    SLOW = "Bot API: answers delayed"
    FLOOD = "Bot API: 429"
    FAILING = "Bot API: 500 and 502"
    POLL_REFUSED = "Bot API: 401 and 404 on a poll"
    POLL_CONFLICT = "Bot API: 409 on a poll"
    SEND_REFUSED = "Bot API: 401 on a message"
    BLOCKED = "Bot API: 403"
    MIGRATED = "Bot API: migrate_to_chat_id"


class Clock(Enum):
    """What is done to the clock of the machine; the value says it for the tables."""

    AHEAD = "clock put an hour ahead"
    BACK = "clock put back by an hour"
    NEXT_DAY = "clock put a day ahead"


JUMPS = {Clock.AHEAD: 3600, Clock.BACK: -3600, Clock.NEXT_DAY: 86400}
"""By how many seconds. In the next life the clock is right again."""

Injection: TypeAlias = Weather | Trouble | Clock

_FAULTS: dict[Weather, Sequence[tuple[Kind, str | None, int | None, float, float]]] = {
    # kind, method, times, probability, seconds
    Weather.ANSWERS_LOST: [
        ("lost_answer", "sendMessage", None, 0.3, 0),
        ("lost_answer", "editMessageText", None, 0.3, 0),
    ],
    Weather.CUT: [("cut", "sendMessage", None, 0.2, 0), ("cut", "getUpdates", None, 0.2, 0)],
    Weather.PAGE: [("page", "sendMessage", None, 0.2, 0), ("page", "getUpdates", None, 0.2, 0)],
    Weather.SLOW: [("delay", None, None, 0.5, 0.2)],
    Weather.FLOOD: [("too_many_requests", "sendMessage", 2, 1, 1), ("too_many_requests", "getUpdates", 1, 1, 1)],
    Weather.FAILING: [("internal_error", None, None, 0.2, 0), ("bad_gateway", None, None, 0.1, 0)],
    Weather.POLL_REFUSED: [("unauthorized", "getUpdates", 1, 1, 0), ("not_found", "getUpdates", 1, 1, 0)],
    Weather.POLL_CONFLICT: [("conflict", "getUpdates", 2, 1, 0)],
    Weather.SEND_REFUSED: [("unauthorized", "sendMessage", 1, 1, 0)],
    Weather.BLOCKED: [("blocked", "sendMessage", 1, 1, 0)],
    Weather.MIGRATED: [],
}

_ON_POLLS = (Weather.POLL_REFUSED, Weather.POLL_CONFLICT)

_RARE = {Weather.SEND_REFUSED: 1, Weather.BLOCKED: 2, Weather.MIGRATED: 1, Trouble.LOCKED_LONG: 1, Trouble.FULL: 2}
_OFTEN = 4
"""How many tickets each kind has in the lot."""


@dataclass(frozen=True, slots=True)
class Life:
    """One life of the bot: what goes wrong in it, and where it ends."""

    boundary: Boundary
    n: int
    """The how manieth time that the boundary is reached."""
    seconds: float
    """Where it ends by chance: after so many."""
    injection: Injection | None


def boundaries(*, polls: bool = True) -> list[Boundary]:
    """Those that a bot comes to which polls, or which Telegram calls."""
    return [each for each in Boundary if each not in BY_CHANCE and (polls or each is not Boundary.UNREAD_UPDATES)]


def lives(chance: Random, kills: int, troubles: Collection[Trouble], *, polls: bool = True) -> Iterator[Life]:
    """`kills` lives. Every boundary has its turn, as far as they reach; one in four ends by chance."""
    weather = [each for each in Weather if polls or each not in _ON_POLLS]
    possible: list[Injection] = [*weather, *sorted(troubles, key=lambda trouble: trouble.name), *Clock]
    tickets = [_RARE.get(injection, _OFTEN) for injection in possible]
    turns: list[Boundary] = []
    for number in range(kills):
        if number % 4 == 3:
            boundary = chance.choice((Boundary.ANY, Boundary.ANY, Boundary.STARTING))
        else:
            if not turns:
                turns = chance.sample(boundaries(polls=polls), len(boundaries(polls=polls)))
            boundary = turns.pop()
        yield Life(
            boundary=boundary,
            n=chance.randint(1, 12) if boundary in REPEATING else chance.randint(1, 3),
            seconds=chance.uniform(0.05, 1.0 if boundary is Boundary.STARTING else 2.0),
            injection=chance.choices(possible, tickets)[0] if chance.random() < 0.5 else None,
        )


def befall(faults: Faults, weather: Weather, whom: int) -> None:
    """Let `weather` begin; where it concerns one person alone, `whom`."""
    chat = whom if weather is Weather.BLOCKED else None
    for kind, method, times, probability, seconds in _FAULTS[weather]:
        faults.add(kind, method=method, chat_id=chat, times=times, probability=probability, seconds=seconds)
