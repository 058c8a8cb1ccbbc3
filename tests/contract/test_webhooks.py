"""Webhooks are looked up alike in memory and in databases."""

from conversations.model.outcomes import WebhookAdded, WebhookChanged, WebhookRemoved, WebhookTested
from conversations.model.webhooks.webhook import TEST, Webhook, WebhookDelivery
from tests.contract.kept import NOW, Kept, later

URL = "https://hooks.example.org/x"


async def test_a_webhook_and_what_changes_in_it(kept: Kept) -> None:
    assert await kept.ask(lambda find: find.webhooks.all()) == []
    await kept.keep(WebhookAdded("w2", URL, ["report.published"], "proof"))
    await kept.keep(WebhookAdded("w1", f"{URL}y", ["call.opened"], "proof"), now=later(hours=1))
    assert [each.id for each in await kept.ask(lambda find: find.webhooks.all())] == ["w2", "w1"]
    for what, value in (
        ("events", ["call.opened", "call.closed"]),
        ("secret", {"number": 2, "proof": "other"}),
        ("state", "paused"),
    ):
        await kept.keep(WebhookChanged("w2", what, value))
    assert await kept.ask(lambda find: find.webhooks.one("w2")) == Webhook(
        "w2", URL, ("call.opened", "call.closed"), "paused", 2
    )
    await kept.keep(WebhookRemoved("w2"))
    assert await kept.ask(lambda find: find.webhooks.one("w2")) is None
    assert len(await kept.ask(lambda find: find.webhooks.all())) == 1


async def test_a_new_secret_wakes_what_could_not_be_signed(kept: Kept) -> None:
    await kept.keep(WebhookAdded("w1", URL, ["call.opened"], "proof"), WebhookChanged("w1", "state", "unsigned"))
    await kept.keep(WebhookChanged("w1", "secret", {"number": 2, "proof": "other"}))
    found = await kept.ask(lambda find: find.webhooks.one("w1"))
    assert found is not None
    assert (found.state, found.secret) == ("active", 2)


async def test_a_test_waits_and_is_not_sent_once_it_is_paused(kept: Kept) -> None:
    await kept.keep(WebhookAdded("w1", URL, ["call.opened"], "proof"), WebhookTested("w1"))
    waiting = WebhookDelivery(TEST, "waiting", NOW, next_at=NOW)
    found = await kept.ask(lambda find: find.webhooks.one("w1"))
    assert found is not None
    assert (found.waiting, tuple(found.deliveries)) == (1, (waiting,))
    assert [each.waiting for each in await kept.ask(lambda find: find.webhooks.all())] == [1]
    await kept.keep(WebhookChanged("w1", "state", "paused"))
    found = await kept.ask(lambda find: find.webhooks.one("w1"))
    assert found is not None
    assert (found.waiting, [each.state for each in found.deliveries]) == (0, ["passed"])
