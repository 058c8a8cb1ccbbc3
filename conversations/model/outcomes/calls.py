"""What coordinators do with calls, and reporters with reminders."""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A coordinator created a call; nobody else sees it before it is opened."""

    slug: str
    language: str
    title: str
    timezone: str


@dataclass(frozen=True, slots=True)
class CallChanged:
    """A coordinator set the field `what` (one of calls.CHANGEABLE) of a call to `value`."""

    slug: str
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class CallReminded:
    """A coordinator sent a reminder to everybody who has not answered the call."""

    slug: str


@dataclass(frozen=True, slots=True)
class ReminderPutOff:
    """The person postponed this reminder."""

    occasion: int


AboutCalls: TypeAlias = CallStarted | CallChanged | CallReminded | ReminderPutOff
