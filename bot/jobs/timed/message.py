"""What a timed message is: its kinds, who gets it and when, and its screen."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum, StrEnum, auto
from functools import partial
from typing import Any, ClassVar, TypeAlias

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
    """Every quarter of an hour, and at once for a part that is new or changed."""
    NIGHT = auto()
    RETURN = auto()
    """When the bot was away for more than a day."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look, within one transaction. `zone` is for people who have set none; `away_since` is set for RETURN only.

    `bot_name` is for links; "" if it is not known.
    """

    work: UnitOfWork
    now: datetime
    zone: tzinfo
    away_since: datetime | None = None
    bot_name: str = ""

    def zone_of(self, name: str) -> tzinfo:
        """Returns the time zone of that name; "" is `zone`."""
        return zone_of(name) if name else self.zone


@dataclass(frozen=True, slots=True)
class Due:
    """A message for a person about `subject`, to be sent within `window`; its `key` is stored only once."""

    key: str
    kind: str
    person: int
    subject: str
    window: Window


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a look: one kind, perhaps only `about` one thing, for people with ids above `after`."""

    kind: str
    about: object = None
    after: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The people found in one transaction, and the part to continue with in the next; None: there are no more."""

    due: Iterable[Due]
    rest: Part | None = None


Telling: TypeAlias = Callable[[DueReminder], Screen | None]


class Reminder(ABC):
    """A message that is planned as a row and told in the person's waking hours.

    One that is told to people who want no reminders sets `told_to_all`; one that is told at night where the morning
    would be too late sets `urgent`.
    """

    kinds: ClassVar[type[StrEnum]]
    """Its kinds. Their values are stored, so they never change."""

    moment: ClassVar[Moment] = Moment.QUARTER
    told_to_all: ClassVar[bool] = False
    urgent: ClassVar[bool] = False

    def parts(self, _look: Look, /) -> Sequence[Part]:
        """Returns the parts of a look, each of which has its own transactions. By default one for each kind."""
        return [Part(kind) for kind in self.kinds]

    @abstractmethod
    def who(self, look: Look, part: Part) -> Found:
        """Returns the people to be told now, by one query. People who have a row already may be among them."""

    @abstractmethod
    def screen(self, look: Look, row: DueReminder) -> Screen | None:
        """Returns the screen of a planned row; None if there is no reason for it any more."""

    def telling(self, look: Look, _rows: Sequence[DueReminder], /) -> Telling:
        """Returns a function that makes the screens of `rows`. Override it to look up once what all rows need."""
        return partial(self.screen, look)


@dataclass(frozen=True, slots=True)
class Means:
    """What an `Issue` needs to make its messages."""

    catalogues: Catalogues
    bot_name: str
    now: datetime


def _nothing(_now: datetime, _work: UnitOfWork) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Making:
    """A message that is due. `put` claims it and puts it into the outbox, in one transaction; it is also given what
    `count` has returned, and returns no rows if another worker has claimed it.

    `count` only reads, beside other transactions, so that nobody waits for what takes long. The summaries of reports
    are up to date before.
    """

    put: Callable[[Means, UnitOfWork, Any], list[OutboxRow]]
    count: Callable[[datetime, UnitOfWork], Any] = _nothing


class Issue(ABC):
    """A message that is sent at the hour a person has chosen, claimed and put into the outbox in one transaction.

    It does not wait for waking hours, and claims rows of its own instead of rows of reminders.
    """

    @abstractmethod
    def due(self, work: UnitOfWork, now: datetime) -> Sequence[Making]:
        """Returns what is due and not claimed yet, for each person the oldest first."""


TimedMessage: TypeAlias = Reminder | Issue
