"""Short ways to have initiatives published."""

from conversations.model.outcomes import ReportPublished, ReportSubmitted
from storage.session.storage import Storage
from tests.storage.chat import ANA, BO, NOW, draft, keep, later


async def publish(storage: Storage, report: str, when: int = 0, **answers: object) -> None:
    """Ana's report is published, so many hours later than others."""
    told = {"status": "running", "sharing": "public", "title": "Sprogcafé", **answers}
    await draft(storage, report, ANA, NOW, **told)
    await keep(storage, ReportSubmitted(report))
    await keep(storage, ReportPublished(report, 1), who=BO, now=later(hours=when))
