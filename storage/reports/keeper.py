"""Stores the outcomes about a person's own reports, and an audit entry for each step: who, when, old and new value."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from conversations.forms.variants import CALL_QUESTION
from conversations.model.outcomes import (
    AboutReports,
    Answered,
    DraftDiscarded,
    DraftLeft,
    DraftStarted,
    FileReceived,
    LineageTold,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.engine.errors import NoSuchReport
from storage.people.audit import Audit, Entry
from storage.reports.attachments import Attachments
from storage.reports.lineages import Lineages
from storage.reports.reports import Reports


class ReportsKeeper:
    """Stores what `person` did with their own reports in one turn. All corrections to one report are one revision."""

    def __init__(
        self,
        reports: Reports,
        lineages: Lineages,
        attachments: Attachments,
        audit: Audit,
        person: int,
        now: datetime,
    ) -> None:
        self._reports = reports
        self._lineages = lineages
        self._attachments = attachments
        self._audit = audit
        self._person = person
        self._now = now
        self._revisions: dict[str, int] = {}

    def corrected(self) -> Sequence[str]:
        """Returns the ids of reports that were sent before this turn and whose answers it changed."""
        return [report for report, revision in self._revisions.items() if revision]

    def keep(self, outcome: AboutReports, language: str) -> None:
        """Store `outcome`; the person wrote in `language`."""
        match outcome:
            case DraftStarted():
                self._reports.start(self._person, outcome, language, self._now)
            case Answered():
                self._answer(outcome)
            case FileReceived(report, question, attachment, file):
                self._attachments.add(attachment, report, question, file, self._now)
            case DraftLeft(report, place):
                self._reports.leave(self._person, report, place)
            case DraftDiscarded(report):
                self._reports.discard(self._person, report, self._now)
            case ReportSubmitted(report):
                if self._reports.submit(self._person, report, self._now):
                    self._note("submitted", report, old="draft", new="submitted")
            case ReportWithdrawn(report):
                if before := self._reports.withdraw(self._person, report, self._now):
                    self._note("withdrawn", report, old=before, new="withdrawn")
            case LineageTold():
                self._lineages.keep(outcome, self._now)
            case _:
                assert_never(outcome)

    def _answer(self, answered: Answered) -> None:
        revision = self._revision(answered.report)
        if revision:
            if answered.personal:
                self._note("corrected", answered.report, answered.question)
            else:
                before = self._reports.current_answer(answered.report, answered.question)
                self._note("corrected", answered.report, answered.question, old=before, new=answered.value)
        self._reports.answer(self._person, answered, revision, self._now)
        if answered.value is None:
            self._attachments.taken_back(answered.report, answered.question)
        if answered.question == CALL_QUESTION:
            self._reports.belongs_to_call(self._person, answered.report, answered.value)

    def _revision(self, report: str) -> int:
        """Returns the revision of this turn's answers to `report`; 0 while it is a draft."""
        if report not in self._revisions:
            if self._reports.change_draft(self._person, report, self._now):
                self._revisions[report] = 0
            else:
                revision = self._reports.revise(self._person, report, self._now)
                if revision is None:
                    raise NoSuchReport("A turn answers a report that is not there for this person.")
                self._reports.confirm(self._person, report, self._now)
                self._revisions[report] = revision
        return self._revisions[report]

    def _note(
        self, action: str, report: str, question: str | None = None, *, old: object = None, new: object = None
    ) -> None:
        self._audit.add(Entry(self._now, self._person, action, question, old, new), report)
