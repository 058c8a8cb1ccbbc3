"""Thousands of notices at Telegram's pace while people talk: how fast they drain, and whether the talkers notice."""

import asyncio
from datetime import UTC, datetime
from time import perf_counter

from bot.botapi.cloud.journal import Entry
from bot.sending.rate_limits import NOTICES
from storage.messages.outbox import Outgoing
from storage.session.storage import Storage
from tests.bench.bots import MeasuredBot
from tests.bench.comparing import tell
from tests.bench.measuring import milliseconds
from tests.bench.phones import until
from tests.bench.running import Load, Running, running
from tests.bench.table import markdown

HEAD = ("notices", "sent", "notices/s", "of the pace", "all/s", "429", "calm p95 ms", "p95 ms", "ratio", "MB")

NEWS = "A new initiative that may interest you"
PHONES, RATE = 40, 4.0
"""People who report meanwhile, and how many answers a second that are: so few that nobody meets their own limit."""

FOR_EVER = 3600.0
PATIENCE = 30.0
"""Seconds for which nothing may come before it counts as the end."""


class Watch:
    """What the server took and refused since the limits are on."""

    def __init__(self, run: Running) -> None:
        self.notices: list[float] = []
        self.messages = self.refused = 0
        run.loop.server.journal.listeners.append(self._called)

    def _called(self, entry: Entry) -> None:
        self.refused += entry.status == 429
        if entry.status == 200 and entry.method in ("sendMessage", "editMessageText"):
            self.messages += 1
            if entry.params.get("text") == NEWS:
                self.notices.append(perf_counter())


async def drain(bot: MeasuredBot, number: int, warm_up: float, seconds: float) -> tuple[list[str], list[str]]:
    """`number` notices to as many people, after `seconds` of calm: a row of the table, and what went wrong."""
    async with running(bot, Load(phones=PHONES, rate=RATE)) as run:
        await asyncio.sleep(warm_up)
        begun = len(run.loop.answers)
        await asyncio.sleep(seconds)
        calm = run.loop.answers[begun:]
        flood = run.loop.server.cloud.flood
        flood.on = True
        watch = Watch(run)
        await _tell_everybody(run, number)
        begun = len(run.loop.answers)
        await until(lambda: bool(watch.notices), PATIENCE)
        messages = watch.messages
        await until(lambda: len(watch.notices) >= number or perf_counter() - watch.notices[-1] > PATIENCE, FOR_EVER)
        busy = run.loop.answers[begun:]
        took = watch.notices[-1] - watch.notices[0]
        sent = watch.messages - messages
    problems = run.loop.problems
    if len(watch.notices) != number:
        problems.append(f"{len(watch.notices)} of {number} notices arrived")
    if watch.refused or flood.ignored:
        problems.append(f"{watch.refused} refusals were provoked, {flood.ignored} of them in a pause")
    pace = (len(watch.notices) - 1) / took
    before, during = milliseconds(calm, 0.95)[0], milliseconds(busy, 0.95)[0]
    tell(
        {
            "bot": bot.name,
            "notices": len(watch.notices),
            "seconds": round(took, 1),
            "per_second": round(pace, 2),
            "permitted": NOTICES,
            "all_per_second": round(sent / took, 2),
            "refused": watch.refused,
            "calm_p95_ms": round(before, 1),
            "draining_p95_ms": round(during, 1),
            "resident_mb": round(run.resident),
        }
    )
    row = [
        *(bot.name, f"{len(watch.notices)}", f"{pace:.2f}", f"{pace / NOTICES:.0%}", f"{sent / took:.1f}"),
        *(f"{watch.refused}", f"{before:.1f}", f"{during:.1f}", f"{during / before:.2f}", f"{run.resident:.0f}"),
    ]
    return row, problems


async def _tell_everybody(run: Running, number: int) -> None:
    """Put a notice for each of `number` people into the outbox, as one publication does."""
    world = run.loop.server.world
    readers = [world.add_person("Reader", language_code="en") for _ in range(number)]
    for reader in readers:
        reader.started = True
    now = datetime.now(UTC)
    notices = [
        Outgoing(reader.id, "sendMessage", {"text": NEWS}, "notice", now, key=f"bench:{reader.id}")
        for reader in readers
    ]
    storage = Storage.open(str(run.database_url))
    await storage.write(lambda work: work.outbox.add_many(notices))
    await storage.close()


def table(rows: list[list[str]]) -> str:
    """The rows as documents have them."""
    return markdown(HEAD, rows)
