"""An owner sets a webhook up in the chat, and the other system is told what is published, signed."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from bot.webhooks.posting import Poster, PostResult
from tests.bot.comparing import kept_as_read
from tests.bot.playing import without_moments
from tests.bot.reviewing import gives
from tests.bot.stage import Stage, on_stage, until
from tests.bot.webhooks.receivers import Receiver, local_guard, receiving
from tests.bot.whole.test_secrets import tables
from tests.storage.publishing import publish

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "room": "Webhooks", "new": "Add an address", "kind": "Call opened", "add": "Add it", "show": "Show the webhook",
        "test": "Send a test", "pause": "Pause", "again": "Use it again", "remove": "Remove", "yes": "Yes, remove it",
        "arrived": "The test message has arrived", "failed": "The test message did not arrive",
    },
    "da": {
        "room": "Webhooks", "new": "Tilføj en adresse", "kind": "Opfordring åbnet", "add": "Tilføj",
        "show": "Vis webhooken", "test": "Send en testbesked", "pause": "Sæt på pause", "again": "Tag den i brug igen",
        "remove": "Fjern", "yes": "Ja, fjern den", "arrived": "Testbeskeden er nået frem",
        "failed": "Testbeskeden nåede ikke frem",
    },
    "sl": {
        "room": "Webhooki", "new": "Dodaj naslov", "kind": "Poziv odprt", "add": "Dodaj", "show": "Prikaži webhook",
        "test": "Pošlji preskus", "pause": "Začasno ustavi", "again": "Spet uporabi", "remove": "Odstrani",
        "yes": "Da, odstrani", "arrived": "Preskusno sporočilo je prispelo",
        "failed": "Preskusno sporočilo ni prispelo",
    },
}  # fmt: skip
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")


class Relay(Poster):
    """Brings what is for the public address to a receiver on this machine."""

    def __init__(self, receiver: Receiver) -> None:
        super().__init__(local_guard())
        self._receiver = receiver

    async def post(self, url: str, headers: Mapping[str, str], body: bytes, attempt: int = 0) -> PostResult:
        assert url == "https://hooks.example.org/meldind"
        return await super().post(self._receiver.url, headers, body, attempt)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.mark.parametrize("language", sorted(LABELS))
async def test_a_webhook_from_its_address_to_its_end(language: str, bot_app: Stage, receiver: Receiver) -> None:
    says = LABELS[language]
    assert bot_app.application is not None
    bot_app.application.webhooks.use(Relay(receiver))
    talk = bot_app.talk(language)
    await talk.starts()
    await gives(bot_app, talk, "owner")

    await talk.writes("/settings")
    await talk.presses(says["room"])
    await talk.presses(says["new"])
    await talk.writes("https://192.168.1.20/meldind")
    await talk.writes("https://hooks.example.org/meldind")
    await talk.presses(says["kind"])
    await talk.presses(says["add"])
    secret = next(found for screen in talk.phone.messages for found in SECRET.findall(screen.text))
    await talk.phone.sees(says["arrived"])
    await publish(bot_app.storage, "r1", title="Sprogcafé")
    bot_app.application.webhooks.timer.look_now()

    async def all_came() -> bool:
        return len(receiver.got) == 2

    await until(all_came)
    test, published = (Webhook(secret).verify(body, dict(headers)) for headers, body in receiver.got)
    assert (test["type"], published["type"], published["data"]["title"]) == (
        "webhook.test",
        "report.published",
        "Sprogcafé",
    )
    await until_sent(bot_app)
    await talk.presses(says["show"])
    receiver.status = 503
    await talk.presses(says["test"])
    await talk.phone.sees(says["failed"])
    await talk.presses(says["show"])
    await talk.presses(says["pause"])
    await talk.presses(says["again"])
    await talk.presses(says["remove"])
    await talk.presses(says["yes"])
    text = SECRET.sub("whsec_(secret)", await bot_app.transcript(talk))
    held: list[tuple[str, Any]] = await bot_app.finds(lambda work: list(tables(work)))
    assert [name for name, rows in held if secret in rows or secret.removeprefix("whsec_") in rows] == []
    kept_as_read(f"webhooks.{language}", without_moments(text) + "\n")


async def until_sent(stage: Stage) -> None:
    """Wait until what was sent is kept as sent."""

    async def nothing_waits() -> bool:
        return await stage.finds(lambda work: work.webhook_queue.waiting()) == {}

    await until(nothing_waits)


async def test_after_a_restart_the_same_secret_signs(tmp_path: Path, receiver: Receiver, database_url: str) -> None:
    async with on_stage(tmp_path, database_url=database_url) as stage:
        assert stage.application is not None
        stage.application.webhooks.use(Relay(receiver))
        talk = stage.talk("en")
        await talk.starts()
        await gives(stage, talk, "owner")
        await talk.writes("/settings")
        for label in ("Webhooks", "Add an address"):
            await talk.presses(label)
        await talk.writes("https://hooks.example.org/meldind")
        await talk.presses("Add it")
        secret = next(found for screen in talk.phone.messages for found in SECRET.findall(screen.text))
        await until_sent(stage)
        await stage.restart()
        stage.application.webhooks.use(Relay(receiver))
        await publish(stage.storage, "r1", title="Sprogcafé")
        stage.application.webhooks.timer.look_now()
        await until_sent(stage)
    _test, published = receiver.read(secret)
    assert published["data"]["id"] == "r1"
