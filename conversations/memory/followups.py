"""Follow-ups in memory; the memories of several people may share them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from conversations.model.followups.looking import AskedFollowUp, Colleague, FollowUpFigures, Stage
from conversations.model.outcomes import (
    AboutFollowUps,
    FollowUpAnswered,
    FollowUpPutOff,
    ReportConfirmed,
    ReportHandedOver,
)

NOTHING_ASKED = FollowUpFigures(0, {}, 0)


@dataclass(slots=True)
class FollowUpsInMemory:
    """The questions (the protocol `FollowUpsLookup`), as the person `reader` may look them up.

    The questions, the stages of reports, when they were published, the figures and the people of a library are set from
    outside.
    """

    reader: int = 0
    questions: dict[int, AskedFollowUp] = field(default_factory=dict)
    reached: Mapping[str, Sequence[Stage]] = field(default_factory=dict)
    counted: FollowUpFigures = NOTHING_ASKED
    near: Mapping[str, Sequence[Colleague]] = field(default_factory=dict)
    said: dict[str, datetime] = field(default_factory=dict)
    handed: list[ReportHandedOver] = field(default_factory=list)

    def keep(self, outcome: AboutFollowUps, now: datetime) -> None:
        """Stores an answer, or a report that was handed over."""
        match outcome:
            case ReportConfirmed(report):
                self.said[report] = now
            case FollowUpAnswered(asked, report, answer):
                self.said[report] = now
                if self.questions[asked].is_open:
                    self.questions[asked] = replace(self.questions[asked], answer=answer, answered_at=now)
            case FollowUpPutOff(asked):
                if self.questions[asked].is_open:
                    self.questions[asked] = replace(self.questions[asked], answer="later", answered_at=now)
            case ReportHandedOver():
                self.handed.append(outcome)
            case _:
                assert_never(outcome)

    def asked(self, this: int) -> AskedFollowUp | None:
        """Returns the question with this number that this person was asked."""
        found = self.questions.get(this)
        return found if found and found.person == self.reader else None

    def open(self, since: datetime) -> Sequence[AskedFollowUp]:
        """Returns the questions that this person was asked since then and has not answered, the latest first."""
        return [
            each
            for each in self.page(0, len(self.questions))
            if each.person == self.reader and each.answer is None and each.asked_at >= since
        ]

    def confirmed(self) -> Mapping[str, datetime]:
        """Returns the ids of this person's published reports, each with when they last said how it is."""
        return self.said

    def stages(self, report: str) -> Sequence[Stage]:
        """Returns the stages that a report that was sent has had, oldest first."""
        return self.reached.get(report, ())

    def page(self, page: int, size: int) -> Sequence[AskedFollowUp]:
        """Returns a page of all questions, the latest first, and one more than `size` if there are more."""
        found = sorted(self.questions.values(), key=lambda each: (each.asked_at, each.id), reverse=True)
        return found[page * size : (page + 1) * size + 1]

    def figures(self, _since: datetime, _now: datetime) -> FollowUpFigures:
        """Returns what was asked since then and what came of it."""
        return self.counted

    def colleagues(self, report: str) -> Sequence[Colleague]:
        """Returns the other people of the report's library, most reports first."""
        return self.near.get(report, ())
