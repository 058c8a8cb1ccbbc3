"""Reminders: what is due is planned as rows that can be there only once, and told in people's waking hours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogues
from bot.receiving.absence import GREETING_HOLDS
from bot.sending.notices import notify
from conversations.context.session import Notice
from conversations.flows.calls import reminders
from conversations.language.screen import Screen
from conversations.model.calls import WholeCall, zone_of
from conversations.model.reminders import (
    CALL_STAGES,
    DRAFT_STAGES,
    LAST_NUDGE_HOLDS,
    call_window,
    draft_window,
    next_waking,
)
from conversations.model.retention import DRAFT_WARNING, DRAFTS, WARNED
from storage.calls.reminders import DueReminder
from storage.messages.outbox import OutboxRow
from storage.privacy.retention import WARNING
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

AT_ONCE = 100
"""Occasions that are settled in one transaction: so few that nobody's turn is kept waiting."""

LOOKED_THROUGH = 250
"""People whom one transaction looks through for those to remind of a call, for the same reason."""

AGAIN = timedelta(minutes=15)
"""When a call that was planned is looked at again: for a time zone where its day has come, for people who are new."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A call as it was when its reminders of a stage were planned, and in which quarter of an hour."""

    call: WholeCall
    quarter: int


Wanted: TypeAlias = dict[str, tuple[WholeCall, set[int]]]
"""Calls by their slugs, and whom to remind of them."""


def _quarter(now: datetime) -> int:
    return int(now.timestamp() // AGAIN.total_seconds())


class Reminders:
    """Plans and tells reminders; `zone` is that of people who have set none."""

    def __init__(self, catalogues: Catalogues, zone: ZoneInfo) -> None:
        self._catalogues = catalogues
        self._zone = zone
        self._planned: dict[tuple[str, str], _Planned] = {}

    async def plan(self, storage: Storage, now: datetime) -> None:
        """Enter what is due now and was not entered before, in portions: nobody's turn waits for all of it.

        What was looked through is looked through again after AGAIN, or once the call is another one.
        """
        for call, stage in await storage.read(partial(self._due, now)):
            after: int | None = 0
            while after is not None:
                after = await storage.write(partial(self._plan_call, call, stage, now, after))
            self._planned[call.slug, stage] = _Planned(call, _quarter(now))
        await storage.write(partial(self._plan_drafts, now))

    def _due(self, now: datetime, work: UnitOfWork) -> list[tuple[WholeCall, str]]:
        """The calls, and stages of them, that are to be planned now."""
        return [
            (call, stage)
            for call in work.calls.all()
            if call.takes(now) and call.deadline_at is not None
            for stage, days in CALL_STAGES.items()
            if now >= call.deadline_at - timedelta(days=days + 2)  # wherever somebody lives, it is not due earlier
            and self._planned.get((call.slug, stage)) != _Planned(call, _quarter(now))
        ]

    def _plan_call(self, call: WholeCall, stage: str, now: datetime, after: int, work: UnitOfWork) -> int | None:
        """Plan for some of the people after the number `after`; after which to go on, None: that was all."""
        prefix = f"{stage}:{call.slug}:{call.last_day}:"
        found, then = work.call_reports.to_plan(call, prefix, after, LOOKED_THROUGH)
        for each in found:
            window = call_window(call, stage, self._zone_of(each.timezone))
            if window is None or not window.holds(now) or (call.since is not None and window.due < call.since):
                continue
            work.reminders.add(f"{prefix}{each.person}", stage, each.person, call.slug, window.due, window.until)
        return then

    def _plan_drafts(self, now: datetime, work: UnitOfWork) -> None:
        for stage, span in DRAFT_STAGES.items():
            for draft in work.reminders.left_drafts(stage, now - span - LAST_NUDGE_HOLDS, now - span):
                window = draft_window(draft.left_at, stage, self._zone_of(draft.timezone))
                if window.holds(now):
                    key = f"{stage}:{draft.report}"
                    work.reminders.add(key, stage, draft.person, draft.report, window.due, window.until)

    def tell(self, work: UnitOfWork, now: datetime) -> list[OutboxRow]:
        """Put what is due into the outbox, each once; what would wake somebody waits for their morning."""
        rows: list[OutboxRow] = []
        due = list(work.reminders.due(now, AT_ONCE))
        wanted = self._wanted(work, due, now)
        for occasion in due:
            awake = next_waking(now, self._zone_of(occasion.timezone))
            wanted_at_all = occasion.wanted or occasion.kind == WARNING  # it tells of a loss, and reminds of nothing
            if not wanted_at_all or now >= occasion.until:
                work.reminders.passed(occasion.id, now)
            elif awake > now:
                work.reminders.move(occasion.id, awake)
            elif (screen := self._screen(work, occasion, wanted, now)) is None:
                work.reminders.passed(occasion.id, now)
            else:
                work.reminders.told(occasion.id, now)
                notice = Notice(occasion.person, screen, f"occasion:{occasion.id}")
                rows += notify(work, [notice], self._catalogues, now)
        return rows

    def _wanted(self, work: UnitOfWork, due: Sequence[DueReminder], now: datetime) -> Wanted:
        """The calls that occasions are about and that still take answers, and who of these people is to be reminded."""
        about: dict[str, set[int]] = defaultdict(set)
        for occasion in due:
            about[occasion.subject].add(occasion.person)
        calls = [call for slug in about if (call := work.calls.whole(slug)) and call.takes(now)]
        return {
            call.slug: (call, {each.person for each in work.call_reports.to_remind(call, about[call.slug])})
            for call in calls
        }

    def _screen(self, work: UnitOfWork, occasion: DueReminder, wanted: Wanted, now: datetime) -> Screen | None:
        """What is to be said; None: there is no reason any more."""
        if occasion.kind in DRAFT_STAGES:
            return self._about_draft(work, occasion, now)
        if occasion.kind == "away":
            return self._about_absence(work, occasion)
        if occasion.kind == WARNING:
            return self._about_its_end(work, occasion, now)
        call, people = wanted.get(occasion.subject) or (None, set())
        return reminders.of_call(call, occasion.id, now) if call and occasion.person in people else None

    def _about_draft(self, work: UnitOfWork, occasion: DueReminder, now: datetime) -> Screen | None:
        left_at = work.reminders.draft_left_at(occasion.subject)
        still_left = left_at is not None and left_at + DRAFT_STAGES[occasion.kind] <= now
        # Of many drafts, left together, one is spoken of.
        if not still_left or work.reminders.was_nudged(occasion.person, now - A_DAY):
            return None
        title = work.reports.current_answer(occasion.subject, "title")
        return reminders.of_draft(occasion.subject, str(title or ""), occasion.id)

    def _about_absence(self, work: UnitOfWork, occasion: DueReminder) -> Screen | None:
        left_at = work.reminders.draft_left_at(occasion.subject)
        gone_on = left_at is None or left_at > occasion.until - GREETING_HOLDS
        return None if gone_on else reminders.of_absence(occasion.subject)

    def _about_its_end(self, work: UnitOfWork, occasion: DueReminder, now: datetime) -> Screen | None:
        left_at = work.reminders.draft_left_at(occasion.subject)
        if left_at is None or left_at + DRAFT_WARNING > now:
            return None
        end = max(left_at + DRAFTS, now + WARNED).astimezone(self._zone_of(occasion.timezone)).date()
        title = work.reports.current_answer(occasion.subject, "title")
        return reminders.of_drafts_end(occasion.subject, str(title or ""), end)

    def _zone_of(self, name: str) -> tzinfo:
        return zone_of(name) if name else self._zone
