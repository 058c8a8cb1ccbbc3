"""Stores what becomes of follow-ups, and an audit entry for each answer and each report handed over."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import (
    AboutFollowUps,
    FollowUpAnswered,
    FollowUpPutOff,
    ReportConfirmed,
    ReportHandedOver,
)
from storage.followups.followups import FollowUps
from storage.followups.handing_over import HandingOver
from storage.people.audit import Audit, Entry
from storage.reports.reports import Reports


class FollowUpsKeeper:
    """Stores what `person` did about follow-ups in one turn."""

    def __init__(
        self,
        followups: FollowUps,
        handing_over: HandingOver,
        reports: Reports,
        audit: Audit,
        person: int,
        now: datetime,
    ) -> None:
        self._followups = followups
        self._handing_over = handing_over
        self._reports = reports
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutFollowUps) -> None:
        """Store `outcome`."""
        match outcome:
            case FollowUpAnswered(asked, report, answer):
                if self._followups.answer(asked, answer, self._now):
                    self._reports.confirm(self._person, report, self._now)
                    self._note("followed up", report, new=answer)
            case FollowUpPutOff(asked):
                if self._followups.answer(asked, "later", self._now):
                    self._followups.again(asked, self._person, self._now)
            case ReportConfirmed(report):
                self._reports.confirm(self._person, report, self._now)
                self._note("confirmed", report)
            case ReportHandedOver(report, to):
                before = self._handing_over.hand_over(report, to)
                self._followups.forget_unanswered(report)
                self._note("handed over", report, old=before, new=to)
            case _:
                assert_never(outcome)

    def _note(self, action: str, report: str, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, None, old, new), report)
