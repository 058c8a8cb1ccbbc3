"""Stores what becomes of follow-ups, and an audit entry for each answer and each report handed over."""

from datetime import datetime
from typing import assert_never

from conversations.model.followups.questions import A_WEEK
from conversations.model.outcomes import AboutFollowUps, FollowUpAnswered, FollowUpPutOff, ReportHandedOver
from storage.calls.reminders import Reminders
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
        reminders: Reminders,
        audit: Audit,
        person: int,
        now: datetime,
    ) -> None:
        self._followups = followups
        self._handing_over = handing_over
        self._reports = reports
        self._reminders = reminders
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
                self._followups.answer(asked, "later", self._now)
                self._reminders.put_off(asked, self._person, self._now, A_WEEK)
            case ReportHandedOver(report, to):
                before = self._handing_over.hand_over(report, to)
                self._followups.drop_waiting(report)
                self._note("handed over", report, old=before, new=to)
            case _:
                assert_never(outcome)

    def _note(self, action: str, report: str, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, None, old, new), report)
