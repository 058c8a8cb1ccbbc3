"""`/metrics` says how many heavy jobs wait, run and failed, also where there are none."""

from datetime import UTC, datetime

from aiohttp.test_utils import TestClient, TestServer

from bot.runtime.health import Health
from bot.runtime.health_page import health_page
from conversations.model.outcomes import WebhookAdded
from conversations.model.webhooks.webhook import EVENTS
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import BO, keep


async def test_heavy_jobs_are_counted_by_name_and_state(storage: Storage) -> None:
    def asked(work: UnitOfWork) -> None:
        now = datetime.now(UTC)
        for this in ("a", "b"):
            work.heavy_jobs.ask(this, "export", "long", {"id": this}, now)
        work.heavy_jobs.begin("b", now)
        work.heavy_jobs.end("b", "failed", now, "MemoryError")
        for _event in range(3):
            work.webhook_queue.put("call.opened", "read", now)
        work.webhook_queue.claim(now)

    added = WebhookAdded("w1", "https://hooks.example.org/a", EVENTS, "proof")
    await keep(storage, added, who=BO, now=datetime.now(UTC))
    await storage.write(asked)
    async with TestClient(
        TestServer(health_page(Health(), storage, "polling", ("export", "enclosure", "webhook")))
    ) as client:
        told = await (await client.get("/metrics")).text()
    said = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in told.splitlines() if "heavy_jobs{" in line}
    assert said == {
        f'meldind_heavy_jobs{{job="{job}",state="{state}"}}': number
        for job, state, number in (
            ("enclosure", "failed", "0.0"),
            ("enclosure", "running", "0.0"),
            ("enclosure", "waiting", "0.0"),
            ("export", "failed", "1.0"),
            ("export", "running", "0.0"),
            ("export", "waiting", "1.0"),
            ("webhook", "failed", "0.0"),
            ("webhook", "running", "1.0"),
            ("webhook", "waiting", "2.0"),
        )
    }
