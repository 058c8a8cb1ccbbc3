"""The same updates the long way: fetched over HTTP by the whole bot, which answers the local Bot API server."""

import json
from pathlib import Path
from random import Random

from bot.botapi import BotApiServer
from bot.botapi.cloud.journal import Entry
from tests.bot.stage import Stage, settings_for
from tests.fuzz.bot import becomes, quarantined
from tests.fuzz.run import ROLES, Finding, cast, explained
from tests.fuzz.sending import Senders

TOGETHER = 40
"""Updates that wait at Telegram at once."""


async def fuzz_over_http(updates: int, seed: int, folder: Path) -> list[Finding]:
    """Let the bot fetch `updates` of them; what should not have come of it."""
    random = Random(seed)
    findings: list[Finding] = []
    async with BotApiServer() as server:
        # People whom the server knows, so that the bot can write to them.
        senders = cast(random, [server.phone("en", f"Person {nth}").person_id for nth in range(40)])
        server.journal.listeners.append(lambda entry: _sees(senders, entry))
        stage = Stage(server, settings_for(server, folder))
        await stage.start()
        try:
            for sender, role in zip(senders.people, ROLES, strict=False):
                await becomes(stage.storage, sender, role)
            for nth in range(updates):
                _kind, _sender, update, _ways = senders.next()
                body = {kind: content for kind, content in update.items() if kind != "update_id"}
                if _can_be_sent(body):
                    server.cloud.updates.push_raw(body, 0)
                if nth % TOGETHER == TOGETHER - 1 or nth == updates - 1:
                    await stage.settles()
            reasons = await stage.finds(quarantined)
        except TimeoutError:
            findings.append(Finding("updates are left waiting", [*server.cloud.updates.waiting][:3]))
            reasons = await stage.finds(quarantined)
        finally:
            await stage.stop()
        findings += [Finding(f"a request that Telegram refuses: {each}", each.params) for each in server.violations]
    return findings + [Finding("a turn failed", reason) for _, reason in reasons if not explained(reason)]


def _can_be_sent(body: object) -> bool:
    """Whether the server itself can write it out; what is nested more deeply cannot come over HTTP."""
    try:
        json.dumps(body)
    except RecursionError:
        return False
    return True


def _sees(senders: Senders, entry: Entry) -> None:
    keyboard = (entry.params.get("reply_markup") or {}).get("inline_keyboard", [])
    message = entry.params.get("message_id") or senders.random.randint(1, 50)
    for data in (button["callback_data"] for row in keyboard for button in row if "callback_data" in button):
        for sender in senders.people:
            if sender.id == entry.chat_id:
                sender.seen.append((message, data))
