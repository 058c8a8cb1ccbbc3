"""What coordinators do with calls, and reporters with reminders of them."""

from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class CallStarted:
    """A coordinator began a call, which nobody sees before it is opened."""

    slug: str
    language: str
    title: str
    timezone: str


@dataclass(frozen=True, slots=True)
class CallChanged:
    """`what` (one of calls.CHANGEABLE) of a call is `value` from now on."""

    slug: str
    what: str
    value: Any


@dataclass(frozen=True, slots=True)
class CallReminded:
    """A coordinator had everybody reminded who has not answered the call."""

    slug: str


@dataclass(frozen=True, slots=True)
class ReminderPutOff:
    """The person wants to hear of this, but not now."""

    occasion: int


AboutCalls: TypeAlias = CallStarted | CallChanged | CallReminded | ReminderPutOff
