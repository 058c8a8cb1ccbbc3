"""Reviews: reports between sending and publishing, who reads them, and what was asked about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from conversations.model.reports import Relation, ReportStatus
from conversations.reading.alike.traits import Described

CLAIM = timedelta(minutes=30)
"""How long a report is left to the coordinator who began to read it."""


MOST_COMPARED = 200
"""Most reports that wait for review and are compared with each other."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who reads a report, and since when."""

    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A coordinator's question about one answer."""

    about: str
    text: str
    by: int


@dataclass(frozen=True, slots=True)
class UnderReview:
    """A report as coordinators see it: the answers without names and addresses, and the state of its review.

    `author` is None if nobody can be asked: the report was imported, or its author was erased. `author_away`: the
    author has stopped the bot, and gets nothing until they come back. `reason` is why it was returned or declined,
    `decided_by` who published, returned or declined it last. `asked` stays until the report is returned or the question
    is taken back; in a report that waits again it has been answered. `decided_at` is when it was published, returned or
    declined, `sent_back` when it was last returned or asked about.
    """

    id: str
    status: ReportStatus
    revision: int
    answers: Mapping[str, Any]
    language: str
    author: int | None = None
    call: str | None = None
    since: datetime | None = None
    claim: Claim | None = None
    asked: AskedQuestion | None = None
    decided_by: int | None = None
    reason: Mapping[str, Any] | None = None
    author_away: bool = False
    decided_at: datetime | None = None
    sent_back: datetime | None = None

    @property
    def title(self) -> str:
        """The title, or "" while there is none."""
        return str(self.answers.get("title") or "")

    def held_by(self, now: datetime) -> int | None:
        """Returns who reads it now; a claim expires."""
        return self.claim.by if self.claim and now - self.claim.at < CLAIM else None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report at an earlier moment: its answers without contacts, and which contacts were given since."""

    answers: Mapping[str, Any]
    contacts_since: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report that waits for review, and since when; `imported`: no author waits for the decision."""

    id: str
    title: str
    since: datetime
    imported: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """A report that another is `relation` to, by the word of the author of that other one."""

    relation: Relation
    report: str
    title: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A report that waits for review, as it is compared with others."""

    report: str
    title: str
    described: Described


@dataclass(frozen=True, slots=True)
class Audience:
    """The recipients of a broadcast: authors of reports with this call, country (DK, SI), theme and status."""

    call: str | None = None
    country: str | None = None
    theme: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Reporter:
    """The author of a report, and the language they read."""

    id: int
    language: str


class ReviewLookup(Protocol):
    """What may be looked up about reviews. No method changes anything."""

    def report(self, report: str) -> UnderReview | None:
        """Returns the report with this id, of any author, locked against other changes until the turn ends."""
        ...

    def waiting(self) -> Sequence[WaitingReport]:
        """Returns the reports that wait for review: those that people sent, the oldest first, then imported ones."""
        ...

    def related(self, report: str) -> Sequence[Related]:
        """Returns what the author said of this report beside others, without reports that are withdrawn."""
        ...

    def compared(self) -> Sequence[Compared]:
        """Returns the reports that wait for review as they are compared, in the order of `waiting`, at most
        MOST_COMPARED.
        """
        ...

    def contacts(self, report: str) -> Mapping[str, Any]:
        """Returns the names and addresses in a report, by question key."""
        ...

    def earlier(self, report: str, moment: datetime) -> Earlier:
        """Returns the report as it was at that moment."""
        ...

    def groups(self) -> Sequence[int]:
        """Returns the chats of the coordinators' groups."""
        ...

    def reporters(self, audience: Audience) -> Sequence[Reporter]:
        """Returns everybody with a report of this audience to whom the bot can still write."""
        ...
