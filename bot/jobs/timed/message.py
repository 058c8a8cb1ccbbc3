"""What a timed message is: its kinds, who gets it and when, and its screen."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum, StrEnum, auto
from functools import partial
from typing import ClassVar, TypeAlias

from bot.language.catalogues import Catalogues
from conversations.language.screen import Screen
from conversations.model.calls import zone_of
from conversations.model.reminders import Window
from storage.calls.reminders import DueReminder
from storage.messages.outbox import OutboxRow
from storage.session.unit_of_work import UnitOfWork


class Moment(Enum):
    """When the bot looks for the people who are to get a message."""

    MINUTE = auto()
    QUARTER = auto()
    """Every quarter of an hour, and at once where a part is another one than before."""
    NIGHT = auto()
    RETURN = auto()
    """When the bot was away for more than a day."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look, within one transaction. `zone` is that of people who have set none; `away_since` belongs to RETURN."""

    work: UnitOfWork
    now: datetime
    zone: tzinfo
    away_since: datetime | None = None

    def zone_of(self, name: str) -> tzinfo:
        """The time zone of that name; "" is `zone`."""
        return zone_of(name) if name else self.zone


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is to be told within `window`, about `subject`. Of one `key` there is one row for ever."""

    key: str
    kind: str
    person: int
    subject: str
    window: Window


@dataclass(frozen=True, slots=True)
class Part:
    """What is looked through by itself: one kind, where need be only `about` something, for people after a number."""

    kind: str
    about: object = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found in one transaction, and the part to go on with in the next; None: that was all."""

    due: Iterable[Due]
    rest: Part | None = None


Telling: TypeAlias = Callable[[DueReminder], Screen | None]


class Reminder(ABC):
    """A message that is planned as a row and told in the person's waking hours.

    One that is told to people who want no reminders sets `told_to_all`.
    """

    kinds: ClassVar[type[StrEnum]]
    """Its kinds; their values are stored, so they stay as they are for ever."""

    moment: ClassVar[Moment] = Moment.QUARTER
    told_to_all: ClassVar[bool] = False

    def parts(self, _look: Look, /) -> Sequence[Part]:
        """What is to be looked through, each part in its own transactions: every kind, unless a message says more."""
        return [Part(kind) for kind in self.kinds]

    @abstractmethod
    def who(self, look: Look, part: Part) -> Found:
        """The people for whom it is time now, by one query. Those who have a row already may be among them."""

    @abstractmethod
    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """What a planned row says; None: there is no reason any more."""

    def telling(self, look: Look, _rows: Sequence[DueReminder], /) -> Telling:
        """What gives the screens of `rows`, told one after another; a message may look up beforehand what all need."""
        return partial(self.screen, look)


@dataclass(frozen=True, slots=True)
class Means:
    """What a message needs that is made ready for sending as soon as it is due."""

    catalogues: Catalogues
    bot_name: str
    now: datetime


Making: TypeAlias = Callable[[Means, UnitOfWork], list[OutboxRow]]
"""Claims a message that is due and puts it into the outbox; nothing, where another worker has claimed it."""


class Issue(ABC):
    """A message that is sent at the hour somebody has chosen, claimed and made in one transaction.

    It needs no waking hours and has rows of its own instead of those of reminders.
    """

    @abstractmethod
    def due(self, work: UnitOfWork, now: datetime) -> Sequence[Making]:
        """What is due and not claimed yet, the longest waiting of each person first."""


TimedMessage: TypeAlias = Reminder | Issue
