"""Stores the outcomes about calls, and an audit entry for each: who, when, old and new value."""

from datetime import datetime
from typing import assert_never

from conversations.model.outcomes import AboutCalls, CallChanged, CallReminded, CallStarted, ReminderPutOff
from storage.calls.calls import Calls
from storage.calls.reminders import Reminders
from storage.people.audit import Audit, Entry


class CallsKeeper:
    """Stores what `person` did about calls in one turn."""

    def __init__(self, calls: Calls, reminders: Reminders, audit: Audit, person: int, now: datetime) -> None:
        self._calls = calls
        self._reminders = reminders
        self._audit = audit
        self._person = person
        self._now = now

    def keep(self, outcome: AboutCalls) -> None:
        """Store `outcome`."""
        match outcome:
            case CallStarted(slug, language, title):
                self._calls.start(outcome, self._now)
                self._note("call started", slug, None, new={language: title})
            case CallChanged(slug, what, value):
                before = self._calls.change(outcome, self._now)
                self._note("call changed", slug, what, old=before, new=value)
            case CallReminded(slug):
                if call := self._calls.whole(slug):
                    reminded = self._reminders.remind_now(call, self._now)
                    self._note("reminded", slug, None, new=reminded)
            case ReminderPutOff(reminder):
                self._reminders.put_off(reminder, self._person, self._now)
            case _:
                assert_never(outcome)

    def _note(self, action: str, slug: str, what: str | None, *, old: object = None, new: object = None) -> None:
        self._audit.add(Entry(self._now, self._person, action, what, old, new), subject=slug)
