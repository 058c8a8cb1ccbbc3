"""What may be looked up about follow-ups: what was asked, what came of it, and who may take a report over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from conversations.model.followups.questions import FollowUp, FollowUpAnswer

HANDED_OVER = frozenset({"submitted", "changes_requested", "published"})
"""The states in which a report can be given to another librarian."""


@dataclass(frozen=True, slots=True)
class AskedFollowUp:
    """A question that a person was asked about a report; `answer` None: not answered yet.

    `title` is that of the report as it is now; `occasion` is the number of the message with the question.
    """

    id: int
    report: str
    kind: FollowUp
    person: int
    asked_at: datetime
    answer: FollowUpAnswer | None = None
    answered_at: datetime | None = None
    title: str = ""
    occasion: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it may still be answered."""
        return self.answer in (None, "later")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage that an initiative reached, and when its author said so."""

    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """A librarian of the same library, with the number of their reports and the title of the latest ("": none)."""

    person: int
    name: str
    language: str
    reports: int = 0
    latest: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpFigures:
    """How many questions were asked since a moment, how many of them were answered how, and how many of the published
    initiatives nobody has confirmed for so long that they are marked.
    """

    asked: int
    answers: Mapping[FollowUpAnswer, int]
    unconfirmed: int


class FollowUpsLookup(Protocol):
    """What may be looked up about follow-ups. No method changes anything."""

    def asked(self, this: int) -> AskedFollowUp | None:
        """Returns the question with this number that this person was asked, or that is about a report of theirs."""
        ...

    def open(self, since: datetime) -> Sequence[AskedFollowUp]:
        """Returns the questions that this person was asked since then and has not answered, the latest first."""
        ...

    def confirmed(self) -> Mapping[str, datetime]:
        """Returns the ids of this person's published reports, each with when they last said how it is."""
        ...

    def stages(self, report: str) -> Sequence[Stage]:
        """Returns the stages that a report that was sent has had, oldest first; each differs from the one before."""
        ...

    def page(self, page: int, size: int) -> Sequence[AskedFollowUp]:
        """Returns a page of all questions, the latest first, and one more than `size` if there are more."""
        ...

    def figures(self, since: datetime, now: datetime) -> FollowUpFigures:
        """Returns what was asked since then and what came of it."""
        ...

    def colleagues(self, report: str) -> Sequence[Colleague]:
        """Returns the other people of the report's library to whom the bot can write, most reports first."""
        ...
