"""Reminders: what is due is planned as rows that can be there only once, and told in people's waking hours."""

from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from bot.absence import GREETING_HOLDS
from bot.catalogues import Catalogues
from bot.notices import notify
from conversations.calls import WholeCall, zone_of
from conversations.flows import reminders
from conversations.reminding import CALL_STAGES, DRAFT_STAGES, LAST_NUDGE_HOLDS, call_window, draft_window, next_waking
from conversations.retention import DRAFT_WARNING, DRAFTS, WARNED
from conversations.screen import Screen
from conversations.session import Notice
from storage.occasions import Occasion
from storage.outbox import OutboxRow
from storage.retention import WARNING
from storage.work import Work

AT_ONCE = 100
"""Occasions that are settled in one transaction: so few that nobody's turn is kept waiting."""

A_DAY = timedelta(days=1)


class Reminders:
    """Plans and tells reminders; `zone` is that of people who have set none."""

    def __init__(self, catalogues: Catalogues, zone: ZoneInfo) -> None:
        self._catalogues = catalogues
        self._zone = zone

    def plan(self, work: Work, now: datetime) -> None:
        """Enter what is due now and was not entered before."""
        for call in work.calls.all():
            if call.takes(now) and call.deadline_at is not None:
                for stage in CALL_STAGES:
                    self._plan_call(work, call, stage, now)
        for stage in DRAFT_STAGES:
            self._plan_drafts(work, stage, now)

    def _plan_call(self, work: Work, call: WholeCall, stage: str, now: datetime) -> None:
        days = timedelta(days=CALL_STAGES[stage] + 2)  # wherever somebody lives, it is not due earlier
        if call.deadline_at is None or now < call.deadline_at - days:
            return

        for each in work.call_reports.to_remind(call):
            window = call_window(call, stage, self._zone_of(each.timezone))
            if window is None or not window.holds(now) or (call.since is not None and window.due < call.since):
                continue
            key = f"{stage}:{call.slug}:{call.last_day}:{each.person}"
            work.occasions.add(key, stage, each.person, call.slug, window.due, window.until)

    def _plan_drafts(self, work: Work, stage: str, now: datetime) -> None:
        span = DRAFT_STAGES[stage]
        for draft in work.occasions.left_drafts(stage, now - span - LAST_NUDGE_HOLDS, now - span):
            window = draft_window(draft.left_at, stage, self._zone_of(draft.timezone))
            if window.holds(now):
                key = f"{stage}:{draft.report}"
                work.occasions.add(key, stage, draft.person, draft.report, window.due, window.until)

    def tell(self, work: Work, now: datetime) -> list[OutboxRow]:
        """Put what is due into the outbox, each once; what would wake somebody waits for their morning."""
        rows: list[OutboxRow] = []
        wanted: dict[str, set[int]] = {}
        for occasion in work.occasions.due(now, AT_ONCE):
            awake = next_waking(now, self._zone_of(occasion.timezone))
            wanted_at_all = occasion.wanted or occasion.kind == WARNING  # it tells of a loss, and reminds of nothing
            if not wanted_at_all or now >= occasion.until:
                work.occasions.passed(occasion.id, now)
            elif awake > now:
                work.occasions.move(occasion.id, awake)
            elif (screen := self._screen(work, occasion, wanted, now)) is None:
                work.occasions.passed(occasion.id, now)
            else:
                work.occasions.told(occasion.id, now)
                notice = Notice(occasion.person, screen, f"occasion:{occasion.id}")
                rows += notify(work, [notice], self._catalogues, now)
        return rows

    def _screen(self, work: Work, occasion: Occasion, wanted: dict[str, set[int]], now: datetime) -> Screen | None:
        """What is to be said; None: there is no reason any more."""
        if occasion.kind in DRAFT_STAGES:
            return self._about_draft(work, occasion, now)
        if occasion.kind == "away":
            return self._about_absence(work, occasion)
        if occasion.kind == WARNING:
            return self._about_its_end(work, occasion, now)
        call = work.calls.whole(occasion.subject)
        if call is None or not call.takes(now):
            return None
        if call.slug not in wanted:
            wanted[call.slug] = {each.person for each in work.call_reports.to_remind(call)}
        return reminders.of_call(call, occasion.id, now) if occasion.person in wanted[call.slug] else None

    def _about_draft(self, work: Work, occasion: Occasion, now: datetime) -> Screen | None:
        left_at = work.occasions.draft_left_at(occasion.subject)
        still_left = left_at is not None and left_at + DRAFT_STAGES[occasion.kind] <= now
        # Of many drafts, left together, one is spoken of.
        if not still_left or work.occasions.was_nudged(occasion.person, now - A_DAY):
            return None
        title = work.reports.current_answer(occasion.subject, "title")
        return reminders.of_draft(occasion.subject, str(title or ""), occasion.id)

    def _about_absence(self, work: Work, occasion: Occasion) -> Screen | None:
        left_at = work.occasions.draft_left_at(occasion.subject)
        gone_on = left_at is None or left_at > occasion.until - GREETING_HOLDS
        return None if gone_on else reminders.of_absence(occasion.subject)

    def _about_its_end(self, work: Work, occasion: Occasion, now: datetime) -> Screen | None:
        left_at = work.occasions.draft_left_at(occasion.subject)
        if left_at is None or left_at + DRAFT_WARNING > now:
            return None
        end = max(left_at + DRAFTS, now + WARNED).astimezone(self._zone_of(occasion.timezone)).date()
        title = work.reports.current_answer(occasion.subject, "title")
        return reminders.of_drafts_end(occasion.subject, str(title or ""), end)

    def _zone_of(self, name: str) -> tzinfo:
        return zone_of(name) if name else self._zone
