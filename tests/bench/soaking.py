"""A fixed number of answers a second for minutes: nothing lost, and how long people wait."""

import asyncio

from tests.bench.bots import MeasuredBot
from tests.bench.comparing import tell
from tests.bench.measuring import milliseconds, reckoned
from tests.bench.running import Load, running
from tests.bench.table import markdown

HEAD = ("soak", "asked for /s", "answers/s", "p50 ms", "p95 ms", "p99 ms", "CPU s/1,000", "reports", "lost")

PHONES_FOR_A_RATE = 4.0
"""Phones for each answer a second: so many that one is free even where answers take a second or two."""


async def soak(bot: MeasuredBot, rate: float, warm_up: float, seconds: float) -> tuple[list[str], list[str]]:
    """`bot` under `rate` answers a second: a row of the table, and what went wrong."""
    load = Load(phones=round(PHONES_FOR_A_RATE * rate), rate=rate)
    async with running(bot, load) as run:
        await asyncio.sleep(warm_up)
        before = run.read()
        await asyncio.sleep(seconds)
        after = run.read()
    measured = reckoned(run, before, after, None)
    tell({"soak": rate, **measured.as_json()})
    p50, p95, p99 = milliseconds(run.loop.answers[before.answers : after.answers], 0.5, 0.95, 0.99)
    cpu = measured.cpu_seconds_per_1000 + measured.database_cpu_seconds_per_1000
    row = [
        *(bot.name, f"{rate:g}", f"{measured.updates_per_second:.1f}"),
        *(f"{p50:.0f}", f"{p95:.0f}", f"{p99:.0f}", f"{cpu:.2f}", f"{run.kept}", f"{len(run.loop.problems)}"),
    ]
    return row, run.loop.problems


def table(rows: list[list[str]]) -> str:
    """The rows as documents have them."""
    return markdown(HEAD, rows)
