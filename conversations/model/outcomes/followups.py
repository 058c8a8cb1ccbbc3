"""What authors answer to follow-ups, and reports that another librarian takes over."""

from dataclasses import dataclass
from typing import TypeAlias

from conversations.model.followups.questions import FollowUpAnswer


@dataclass(frozen=True, slots=True)
class FollowUpAnswered:
    """The author of `report` answered the question with the number `asked`, and so confirmed how it is."""

    asked: int
    report: str
    answer: FollowUpAnswer


@dataclass(frozen=True, slots=True)
class FollowUpPutOff:
    """The person wants to be asked the same question in a week."""

    asked: int


@dataclass(frozen=True, slots=True)
class ReportConfirmed:
    """The author said, without being asked, that a report is still right."""

    report: str


@dataclass(frozen=True, slots=True)
class ReportHandedOver:
    """A coordinator gave a report to another librarian of its library, the person with the id `to`."""

    report: str
    to: int


AboutFollowUps: TypeAlias = FollowUpAnswered | FollowUpPutOff | ReportConfirmed | ReportHandedOver
