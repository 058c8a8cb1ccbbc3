"""The drafts and reports of one person, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from conversations.context.overlay import report_after
from conversations.memory.reviews import ReviewsInMemory
from conversations.model.attached import ReportFile
from conversations.model.outcomes import (
    AboutReports,
    Answered,
    ContactsErased,
    DraftLeft,
    FileReceived,
    ReportSentAgain,
)
from conversations.model.reports import Report, SavedAnswer


@dataclass(slots=True)
class ReportsInMemory:
    """The reports of one person (the protocol `ReportsLookup`); the decisions of coordinators are in `reviews`."""

    reviews: ReviewsInMemory
    kept: dict[str, Report] = field(default_factory=dict)
    answers: list[Answered] = field(default_factory=list)

    def keep(self, outcome: AboutReports | ReportSentAgain | ContactsErased, now: datetime) -> None:
        """Stores an outcome about a report. A changed report moves to the end, the place of the last changed one."""
        this = outcome.report
        if isinstance(outcome, Answered):
            self.answers.append(outcome)
        if isinstance(outcome, ContactsErased):
            self.answers = [each for each in self.answers if each.report != this or not each.personal]
        before = self.kept.get(this)
        after = report_after(before, this, [outcome])
        if after and isinstance(outcome, DraftLeft | FileReceived | ContactsErased):
            self.kept[this] = after  # leaving a draft or sending a file is no change of the report
            return
        self.kept.pop(this, None)
        if after:
            self.kept[this] = replace(after, changed_at=now)

    def one(self, report: str) -> Report | None:
        """Returns the person's own report with this id; None if there is none."""
        found = self.kept.get(report)
        return self._as_decided(found) if found else None

    def own(self) -> Sequence[Report]:
        """Returns the person's own reports, the last changed first."""
        return [self._as_decided(each) for each in reversed(self.kept.values())]

    def answer_from(self, message: int) -> SavedAnswer | None:
        """Returns the current answer that came from this message, alone or with others."""
        current = {(done.report, done.question): done for done in self.answers}
        for answered in reversed(current.values()):
            if not message or answered.report not in self.kept:
                continue
            if answered.message == message or message in dict(answered.parts):
                return SavedAnswer(answered.report, answered.question, answered.parts)
        return None

    def files(self, report: str) -> Sequence[ReportFile]:
        """Returns the files that came with a report, oldest first."""
        return self.reviews.files.get(report, ())

    def _as_decided(self, report: Report) -> Report:
        """Returns `report` with the status that coordinators gave it."""
        review = self.reviews.report(report.id)
        return replace(report, status=review.status) if review else report
