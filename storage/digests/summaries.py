"""Summaries of reports: made from the answers when these change, so that digests need not read all answers.

After `refresh` in the same transaction, every summary agrees with its report.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from conversations.forms.initiative import INITIATIVE
from conversations.model.happenings import Given, beginning, happenings, texts
from storage.models import UNSUMMARISED, answers, reports, summaries
from storage.models import happenings as happened
from storage.registers.written_for import written_for

AT_ONCE = 50
"""So few that no turn waits long for them."""

_THESE: BindParameter[str] = bindparam("these", expanding=True)

# Locked, so that a report cannot change between reading its answers and storing its summary.
_STALE = (
    select(reports.c.id, reports.c.submitted_at, reports.c.changed_at)
    .where(UNSUMMARISED)
    .order_by(reports.c.id)
    .limit(AT_ONCE)
    .with_for_update(of=reports, key_share=True)
)

_HISTORY = (
    select(answers.c.report_id, answers.c.question, answers.c.value, answers.c.at, answers.c.revision)
    .where(answers.c.report_id.in_(_THESE))
    .order_by(answers.c.id)
)

_FORGET = tuple(delete(table).where(table.c.report_id.in_(_THESE)) for table in (happened, summaries))
_KEEP = insert(summaries)
_HAPPENED = insert(happened)
_SUMMARISED = update(reports).where(reports.c.id == bindparam("this")).values(summarised=bindparam("seen"))


class Summaries:
    """The summaries, in one transaction that may write."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def refresh(self, batches: int | None = None) -> bool:
        """Update the summaries of changed reports in at most `batches` batches; returns whether all are up to date."""
        done = 0
        while batches is None or done < batches:
            stale = self._connection.execute(_STALE).all()
            if stale:
                self._read([(this, submitted_at, seen) for this, submitted_at, seen in stale if submitted_at])
            if len(stale) < AT_ONCE:
                return True
            done += 1
        return False

    def _read(self, stale: Sequence[tuple[str, datetime, datetime]]) -> None:
        these = [this for this, _submitted_at, _seen in stale]
        history: dict[str, list[Given]] = {this: [] for this in these}
        for report, question, value, at, revision in self._connection.execute(_HISTORY, {"these": these}):
            history[report].append(Given(question, value, at, revision))
        for forget in _FORGET:
            self._connection.execute(forget, {"these": these})
        self._connection.execute(
            _KEEP, [_summary(this, submitted_at, history[this]) for this, submitted_at, _seen in stale]
        )
        rows = [
            {"report_id": this, "nth": nth, "kind": each.kind, "at": each.at, "old": each.old, "new": each.new}
            for this, submitted_at, _seen in stale
            for nth, each in enumerate(happenings(history[this], submitted_at))
        ]
        self._connection.execute(_HAPPENED, rows)
        self._connection.execute(_SUMMARISED, [{"this": this, "seen": seen} for this, _submitted_at, seen in stale])


def _summary(this: str, submitted_at: datetime, history: Sequence[Given]) -> dict[str, Any]:
    current = INITIATIVE.relevant_answers({given.question: given.value for given in history})
    themes = texts(current.get("themes"))
    library = written_for(current.get("library"))
    return {
        "report_id": this,
        "submitted_at": submitted_at,
        "title": str(current.get("title") or ""),
        "line": beginning(str(current.get("summary") or "")),
        "library": library.name,
        "municipality": library.municipality_key,
        "place": library.place,
        "region": library.region,
        "country": library.country,
        "progress": str(current.get("status") or ""),
        "theme": themes[0] if themes else "other",
        "themes": themes,
        "groups": texts(current.get("target_groups")),
        "evidence": texts(current.get("evidence_types")),
        "outcome": bool(current.get("outcome")),
        "sharing": str(current.get("sharing") or ""),
    }
