"""What has come to a call: which reports are late, to the second, and where the call stands."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from conversations.model.outcomes import Answered, CallChanged, CallStarted, ReportSubmitted, ReportWithdrawn
from storage.models import reports
from storage.session.storage import Storage
from tests.storage.chat import BO, draft, keep, look

DEADLINE = datetime(2026, 11, 27, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)


async def call(storage: Storage, deadline: datetime | None = DEADLINE) -> None:
    at = None if deadline is None else deadline.isoformat()
    changes = (
        CallChanged("c", "deadline", {"at": at, "timezone": "Europe/Copenhagen"}),
        CallChanged("c", "invited", {"countries": ["DK"], "municipalities": []}),
        CallChanged("c", "status", "open"),
    )
    await keep(storage, CallStarted("c", "da", "Meld ind", "Europe/Copenhagen"), *changes, who=BO)


async def late(storage: Storage) -> dict[str, bool]:
    asked = select(reports.c.id, reports.c.late)
    return await storage.read(lambda work: dict(work._connection.execute(asked).all()))


async def test_a_report_is_late_from_the_deadline_on(storage: Storage) -> None:
    await call(storage)
    for this, at in (("before", DEADLINE - SECOND), ("at", DEADLINE), ("after", DEADLINE + SECOND)):
        await draft(storage, this, campaign="c", title=this)
        await keep(storage, ReportSubmitted(this), now=at)
    await draft(storage, "without", title="Without a call")
    await keep(storage, ReportSubmitted("without"), now=DEADLINE + SECOND)
    await keep(storage, Answered("before", "title", "Corrected later"), now=DEADLINE + SECOND)
    assert await late(storage) == {"before": False, "at": True, "after": True, "without": False}
    standing = await storage.write(lambda work: look(work, BO).calls.standing("c"))
    assert (standing.reports, standing.late) == (3, 2)
    await keep(storage, ReportWithdrawn("after"))
    standing = await storage.write(lambda work: look(work, BO).calls.standing("c"))
    assert (standing.reports, standing.late) == (2, 1)


@pytest.mark.parametrize("deadline", [None, DEADLINE + timedelta(days=7)])
async def test_nothing_is_late_for_a_call_without_or_before_its_deadline(
    storage: Storage, deadline: datetime | None
) -> None:
    await call(storage, deadline)
    await draft(storage, campaign="c", title="Café")
    await keep(storage, ReportSubmitted("r1"), now=DEADLINE)
    assert await late(storage) == {"r1": False}
