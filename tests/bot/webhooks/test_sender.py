"""What is public goes out signed, once, and again for a day where it is not taken; and nothing else goes out."""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.language.catalogues import Catalogues
from bot.webhooks.guard import Guard
from bot.webhooks.posting import Poster
from bot.webhooks.sender import WebhookSender
from bot.webhooks.signing import Secrets
from conversations.model.outcomes import (
    Answered,
    CallChanged,
    CallStarted,
    Outcome,
    PersonForgotten,
    ReportWithdrawn,
    WebhookAdded,
    WebhookChanged,
    WebhookRemoved,
    WebhookTested,
)
from conversations.model.webhooks.webhook import EVENTS, Webhook, proof_of, secret_name
from storage.models import outbox, webhook_deliveries
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.webhooks.receivers import local_guard, receiving
from tests.storage.chat import ANA, BO, arrive, keep
from tests.storage.publishing import publish

TOKEN = "123456:a-token-of-a-bot-that-is-not-there"  # nosec B105
SECRETS = Secrets(TOKEN)
CATALOGUES = Catalogues()
LIBRARY = {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"}
CONTACT = [{"name": "Kirsten Holm", "email": "kirsten@example.org", "phone": ""}]


def secret(webhook: str = "w1", number: int = 1) -> str:
    return SECRETS.of(secret_name(webhook, number))


class Hooks:
    """A bot's webhooks on a simulated clock."""

    def __init__(self, storage: Storage, token: str = TOKEN) -> None:
        self.storage = storage
        self.now = datetime.now(UTC)
        self.sender = WebhookSender(
            storage,
            CATALOGUES,
            Secrets(token),
            Poster(local_guard(), seconds=2.0),
            bot_name=lambda: "MeldindBot",
            clock=lambda: self.now,
            jitter=lambda: 0.5,
        )

    async def adds(self, url: str, this: str = "w1", events: Sequence[str] = EVENTS) -> None:
        await self.keep(WebhookAdded(this, url, events, proof_of(secret(this))))

    async def keep(self, *outcomes: Outcome) -> None:
        await keep(self.storage, *outcomes, who=BO, now=self.now)

    async def publishes(self, report: str = "r1", **answers: Any) -> None:
        await publish(self.storage, report, library=LIBRARY, **answers)
        # as if it had happened now
        happened = update(webhook_deliveries).where(webhook_deliveries.c.subject == report)
        then = happened.values(happened_at=self.now, due_at=self.now)
        await self.storage.write(lambda work: work._connection.execute(then))

    async def sends(self) -> None:
        """All that is due is sent, as the timer would."""
        while True:
            await self.sender.look()
            if not self.sender._under_way:
                return
            await asyncio.wait(self.sender._under_way)

    async def later(self, **time: float) -> None:
        self.now += timedelta(**time)
        await self.sends()

    async def webhook(self, this: str = "w1") -> Webhook:
        found = await self.storage.read(lambda work: work.webhooks.one(this))
        assert found is not None
        return found

    async def owner(self) -> None:
        def owns(work: UnitOfWork) -> None:
            work.members.become(arrive(work, BO).id, frozenset({"owner"}))

        await self.storage.write(owns)

    async def told(self) -> list[str]:
        """What people were told in the chat."""
        query = select(outbox.c.payload).where(outbox.c.key.like("webhook%")).order_by(outbox.c.id)
        payloads: Sequence[Any] = await self.storage.read(lambda work: work._connection.scalars(query).all())
        return [payload["text"] for payload in payloads]


@pytest.fixture
async def hooks(storage: Storage) -> Hooks:
    hooks = Hooks(storage)
    await hooks.owner()
    return hooks


async def test_what_is_published_corrected_and_withdrawn_is_told(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1", title="Sprogcafé æøå", contacts=CONTACT)
        await hooks.sends()
        await keep(hooks.storage, Answered("r1", "title", "Sprogcafé i parken"), who=ANA, now=hooks.now)
        await hooks.sends()
        await keep(hooks.storage, ReportWithdrawn("r1"), who=ANA, now=hooks.now)
        await hooks.sends()
    published, corrected, withdrawn = receiver.read(secret())
    assert (published["type"], published["data"]["id"]) == ("report.published", "r1")
    assert published["data"]["title"] == "Sprogcafé æøå"
    assert published["data"]["link"] == "https://t.me/MeldindBot?start=r_r1"
    record = published["data"]["report"]
    assert (record["status"], record["library"]["municipality"]) == ("published", "Odense")
    assert record["answers"] == {"status": "running", "title": "Sprogcafé æøå"}
    assert datetime.fromisoformat(published["timestamp"]) == hooks.now
    assert (corrected["type"], corrected["data"]["title"]) == ("report.corrected", "Sprogcafé i parken")
    assert withdrawn == {"type": "report.withdrawn", "timestamp": withdrawn["timestamp"], "data": {"id": "r1"}}
    assert "Kirsten" not in "".join(body.decode() for _headers, body in receiver.got)
    assert len(set(receiver.ids())) == 3


async def test_what_is_not_public_is_not_told(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1", sharing="network")
        await hooks.publishes("r2", sharing="coordinators")
        await hooks.sends()
        assert receiver.got == []
        await keep(hooks.storage, Answered("r1", "sharing", "public"), who=ANA, now=hooks.now)
        await hooks.sends()
        await keep(hooks.storage, Answered("r1", "sharing", "network"), who=ANA, now=hooks.now)
        await hooks.sends()
    assert [each["type"] for each in receiver.read(secret())] == ["report.published", "report.withdrawn"]


async def test_what_was_withdrawn_before_it_was_sent_says_nothing_of_itself(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1", title="Secret")
        await keep(hooks.storage, ReportWithdrawn("r1"), who=ANA, now=hooks.now)
        await hooks.sends()
    assert [each["type"] for each in receiver.read(secret())] == ["report.withdrawn"]
    assert [each.state for each in (await hooks.webhook()).deliveries] == ["sent", "passed"]


async def test_calls_that_open_and_close_by_hand_and_by_their_deadline(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.keep(CallStarted("read", "da", "Læs!", "Europe/Copenhagen"))
        await hooks.keep(CallChanged("read", "titles", {"da": "Læs!", "en": "Read!"}))
        await hooks.sends()
        assert receiver.got == []
        until = hooks.now + timedelta(days=1)
        deadline = {"at": until.isoformat(), "timezone": "Europe/Copenhagen"}
        await hooks.keep(CallChanged("read", "deadline", deadline), CallChanged("read", "status", "open"))
        await hooks.keep(CallChanged("read", "titles", {"da": "Læs nu!", "en": "Read!"}))
        await hooks.sends()
        await hooks.later(hours=23)
        assert len(receiver.got) == 1
        await hooks.later(hours=2)
        await hooks.later(hours=2)
        longer = {"at": (until + timedelta(days=9)).isoformat(), "timezone": "Europe/Copenhagen"}
        await hooks.keep(CallChanged("read", "deadline", longer))
        await hooks.keep(CallChanged("read", "status", "closed"))
        await hooks.sends()
    bodies = [each for _headers, each in receiver.got]
    assert [each.count(b"call.opened") for each in bodies] == [1, 0, 1, 0]
    assert [each.count(b"call.closed") for each in bodies] == [0, 1, 0, 1]
    first = json.loads(bodies[0])["data"]
    assert first["id"] == "read"
    assert first["titles"] == {"da": "Læs nu!", "en": "Read!"}
    assert first["link"] == "https://t.me/MeldindBot?start=c_read"
    assert datetime.fromisoformat(first["deadline"]) == until


async def test_only_what_an_address_is_told_of(hooks: Hooks) -> None:
    async with receiving() as one, receiving() as two:
        await hooks.adds(one.url, "w1", ["report.withdrawn"])
        await hooks.adds(two.url, "w2", ["report.published"])
        await hooks.publishes()
        await hooks.sends()
    assert (len(one.got), len(two.got)) == (0, 1)
    assert two.read(secret("w2"))
    with pytest.raises(Exception, match="No matching signature"):
        two.read(secret("w1"))


async def test_it_is_tried_again_under_the_same_id_and_with_a_new_time(hooks: Hooks) -> None:
    async with receiving(status=503) as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes()
        await hooks.sends()
        await hooks.sends()
        assert len(receiver.got) == 1
        (delivery,) = (await hooks.webhook()).deliveries
        assert (delivery.state, delivery.status, delivery.trouble, delivery.attempts) == ("waiting", 503, "status", 1)
        receiver.status = 200
        await hooks.later(seconds=7)
        assert len(set(receiver.ids())) == 1
        first, second = (headers["webhook-timestamp"] for headers, _body in receiver.got)
        assert int(second) == int(first) + 7
        webhook = await hooks.webhook()
        assert (webhook.failing_since, webhook.waiting) == (None, 0)
        await hooks.later(days=1)
    assert len(receiver.got) == 2


async def test_who_asks_for_time_is_left_alone_so_long(hooks: Hooks) -> None:
    async with receiving(status=429, headers="Retry-After: 1800\r\n") as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1")
        await hooks.sends()
        await hooks.publishes("r2")
        await hooks.later(minutes=29)
        assert len(receiver.got) == 1
        receiver.status = 200
        await hooks.later(minutes=2)
    assert [json.loads(body)["data"]["id"] for _headers, body in receiver.got] == ["r1", "r1", "r2"]


async def test_after_a_day_it_is_given_up_and_owners_are_told_once(hooks: Hooks) -> None:
    async with receiving(status=500) as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1")
        await hooks.publishes("r2")
        for _hour in range(26 * 6):
            await hooks.later(minutes=10)
        assert 10 <= len(receiver.got) // 2 <= 16
        webhook = await hooks.webhook()
        assert [each.state for each in webhook.deliveries] == ["given_up", "given_up"]
        assert (webhook.state, webhook.waiting) == ("active", 0)
        assert len(await hooks.told()) == 1
        assert "har ikke modtaget" in (await hooks.told())[0]
        receiver.status = 200
        await hooks.publishes("r3")
        await hooks.sends()
    assert (await hooks.webhook()).failing_since is None


async def test_after_days_without_success_nothing_more_is_sent(hooks: Hooks) -> None:
    async with receiving(status=500) as receiver:
        await hooks.adds(receiver.url)
        for day in range(4):
            await hooks.publishes(f"r{day}")
            for _hours in range(8):
                await hooks.later(hours=3)
        assert (await hooks.webhook()).state == "failing"
        tried = len(receiver.got)
        await hooks.publishes("r9")
        await hooks.later(hours=1)
        assert len(receiver.got) == tried
    assert len(await hooks.told()) == 2


async def test_an_address_that_is_gone_is_left(hooks: Hooks) -> None:
    async with receiving(status=410) as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1")
        await hooks.publishes("r2")
        await hooks.sends()
        await hooks.later(hours=5)
    assert len(receiver.got) == 1
    assert (await hooks.webhook()).state == "gone"
    assert len(await hooks.told()) == 1


async def test_a_slow_receiver_holds_up_no_other(hooks: Hooks) -> None:
    async with receiving(pause=1.5) as slow, receiving() as fast:
        await hooks.adds(slow.url, "w1")
        await hooks.adds(fast.url, "w2")
        for number in range(4):
            await hooks.publishes(f"r{number}")
        for _look in range(10):
            await hooks.sender.look()
            await asyncio.sleep(0.05)
        assert len(fast.got) == 4
        assert len(slow.got) == 1
        await hooks.sender.stop(0.0)
    assert slow.most_at_once == 1


async def test_two_workers_send_each_event_once(hooks: Hooks) -> None:
    other = Hooks(hooks.storage)
    async with receiving(pause=0.05) as receiver:
        await hooks.adds(receiver.url)
        for number in range(6):
            await hooks.publishes(f"r{number}")
        other.now = hooks.now
        for _look in range(60):
            await asyncio.gather(hooks.sender.look(), other.sender.look())
            await asyncio.sleep(0.02)
            if len(receiver.got) == 6:
                break
        await asyncio.gather(hooks.sends(), other.sends())
    assert len(receiver.got) == len(set(receiver.ids())) == 6


async def test_what_was_under_way_when_a_worker_died_is_sent_again_under_the_same_id(
    database_url: str,
) -> None:
    migrate(database_url)
    storage = Storage.open(database_url)
    hooks = Hooks(storage)
    await hooks.owner()
    async with receiving(pause=30) as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes()
        await hooks.sender.look()
        await asyncio.wait_for(receiver.came.wait(), 5)
        for task in hooks.sender._under_way:
            task.cancel()  # nothing of it is stored, as when the process dies
        await storage.close()
        storage = Storage.open(database_url)
        again = Hooks(storage)
        again.now = hooks.now
        await again.sender.look()
        assert not again.sender._under_way  # it may still be on its way
        ended = update(webhook_deliveries).values(claimed_until=again.now - timedelta(minutes=1))
        await storage.write(lambda work: work._connection.execute(ended))
        receiver.pause = 0
        await again.sends()
    assert len(receiver.got) == 2
    assert len(set(receiver.ids())) == 1
    await storage.close()


async def test_a_test_is_sent_at_once_and_its_owner_is_told(hooks: Hooks) -> None:
    async with receiving(status=500) as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes()
        await hooks.sends()
        await hooks.keep(WebhookTested("w1"))
        await hooks.sends()
        receiver.status = 200
        await hooks.keep(WebhookTested("w1"))
        await hooks.sends()
    tests = [each for each in receiver.read(secret()) if each["type"] == "webhook.test"]
    assert [each["data"] for each in tests] == [{}, {}]
    told = await hooks.told()
    assert ["500" in each for each in told] == [True, False]


async def test_a_test_of_an_address_inside_ends_it(hooks: Hooks) -> None:
    hooks.sender.use(Poster(Guard(https_only=False)))
    async with receiving() as receiver:
        await hooks.adds(f"http://localhost:{receiver.port}/")
        await hooks.keep(WebhookTested("w1"))
        await hooks.sends()
        await hooks.publishes()
        await hooks.sends()
    assert receiver.got == []
    assert (await hooks.webhook()).state == "refused"
    assert len(await hooks.told()) == 1


async def test_what_is_paused_is_not_told_and_what_is_removed_is_gone(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1")
        await hooks.keep(WebhookChanged("w1", "state", "paused"))
        await hooks.publishes("r2")
        await hooks.sends()
        await hooks.keep(WebhookChanged("w1", "state", "active"))
        await hooks.publishes("r3")
        await hooks.sends()
        assert [each["data"]["id"] for each in receiver.read(secret())] == ["r3"]
        await hooks.publishes("r4")
        await hooks.keep(WebhookRemoved("w1"))
        await hooks.sends()
    assert len(receiver.got) == 1
    rows = select(webhook_deliveries.c.id)
    assert await hooks.storage.read(lambda work: work._connection.scalars(rows).all()) == []


async def test_what_is_removed_while_it_is_sent_stays_removed(hooks: Hooks) -> None:
    async with receiving(pause=0.3, status=500) as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes()
        await hooks.sender.look()
        await hooks.keep(WebhookRemoved("w1"))
        await hooks.sends()
    assert await hooks.storage.read(lambda work: work.webhooks.all()) == []
    assert await hooks.told() == []


async def test_with_a_new_secret_both_are_used_for_a_day(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        value = {"number": 2, "proof": proof_of(secret(number=2))}
        await hooks.keep(WebhookChanged("w1", "secret", value))
        await hooks.publishes("r1")
        await hooks.sends()
        assert receiver.read(secret(number=1)) == receiver.read(secret(number=2))
        receiver.got.clear()
        hooks.now += timedelta(days=2)
        await hooks.publishes("r2")
        await hooks.sends()
    ((headers, _body),) = receiver.got
    assert len(headers["webhook-signature"].split()) == 1


async def test_another_bot_on_a_copy_of_the_database_sends_nothing(hooks: Hooks) -> None:
    copy = Hooks(hooks.storage, token="654321:another-token")
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes()
        copy.now = hooks.now
        await copy.sends()
        assert receiver.got == []
        assert (await hooks.webhook()).state == "unsigned"
        value = {"number": 2, "proof": proof_of(copy.sender._secrets.of(secret_name("w1", 2)))}
        await hooks.keep(WebhookChanged("w1", "secret", value))
        assert (await hooks.webhook()).state == "active"


async def test_an_author_who_is_forgotten_with_the_reports(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes("r1", title="Sprogcafé")
        await hooks.sends()
        await keep(hooks.storage, ReportWithdrawn("r1"), PersonForgotten(True), who=ANA, now=hooks.now)
        await hooks.sends()
    assert [each["type"] for each in receiver.read(secret())] == ["report.published", "report.withdrawn"]


async def test_no_secret_stands_in_the_database(hooks: Hooks) -> None:
    await hooks.adds("https://hooks.example.org/x")
    rows = await hooks.storage.read(lambda work: str(work._connection.exec_driver_sql("SELECT * FROM webhooks").all()))
    assert secret() not in rows
    assert secret().removeprefix("whsec_") not in rows
    audit = await hooks.storage.read(lambda work: str(list(work.audit.lines())))
    assert "hooks.example.org" in audit
    assert "/x" not in audit


async def test_old_ones_are_forgotten(hooks: Hooks) -> None:
    async with receiving() as receiver:
        await hooks.adds(receiver.url)
        await hooks.publishes()
        await hooks.sends()
    then = hooks.now + timedelta(days=29)
    assert (await hooks.storage.write(lambda work: work.retention.webhooks(then, 0))).number == 0
    then += timedelta(days=2)
    assert (await hooks.storage.write(lambda work: work.retention.webhooks(then, 0))).number == 1
