"""One measured run of one bot, and the numbers that come of it."""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.bench.bots import MeasuredBot
from tests.bench.phones import Answer
from tests.bench.running import Load, Reading, Running, running

MANY = 10_000
"""Updates after which memory is looked at."""

MANY_AT_MOST = 60.0
"""Seconds they may take; where it is slower the number is left out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run goes: warming up and measuring, in seconds; `to_many` goes on until MANY updates are answered."""

    load: Load
    warm_up: float
    seconds: float
    to_many: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """The numbers of one run. Milliseconds are from the tap or text to its answer on the screen."""

    bot: str
    phones: int
    seconds: float
    updates: int
    updates_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    press_p50_ms: float
    press_p95_ms: float
    calls_per_update: float
    cpu_seconds_per_1000: float
    database_cpu_seconds_per_1000: float
    bench_busy: float
    """The share of a core that the server and the phones took: near 1 it is they that were measured."""
    first_answer_s: float
    resident_mb: float
    resident_mb_after_many: float | None
    receipts: int
    kept: int | None
    problems: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For a line of JSON."""
        return {
            name: round(value, 3) if isinstance(value, float) else value
            for name, value in asdict(self).items()
            if value is not None
        }


async def measure(bot: MeasuredBot, plan: Plan) -> Run:
    """Let `bot` answer the phones and read the meters."""
    after_many = None
    async with running(bot, plan.load) as run:
        await asyncio.sleep(plan.warm_up)
        before = run.read()
        await asyncio.sleep(plan.seconds)
        after = run.read()
        if plan.to_many:
            with contextlib.suppress(TimeoutError):
                await run.loop.answered(MANY, MANY_AT_MOST)
                after_many = run.process.resident()
    return reckoned(run, before, after, after_many)


def reckoned(run: Running, before: Reading, after: Reading, after_many: float | None) -> Run:
    """What the meters say about the time between two looks at them."""
    answers = run.loop.answers[before.answers : after.answers]
    seconds, updates = after.at - before.at, max(len(answers), 1)
    p50, p95, p99 = milliseconds(answers, 0.5, 0.95, 0.99)
    press_p50, press_p95 = milliseconds([answer for answer in answers if answer.pressed], 0.5, 0.95)
    return Run(
        bot=run.bot.name,
        phones=len(run.loop.phones),
        seconds=seconds,
        updates=len(answers),
        updates_per_second=len(answers) / seconds,
        p50_ms=p50,
        p95_ms=p95,
        p99_ms=p99,
        press_p50_ms=press_p50,
        press_p95_ms=press_p95,
        calls_per_update=(after.calls - before.calls) / updates,
        cpu_seconds_per_1000=(after.bot_cpu - before.bot_cpu) / updates * 1000,
        database_cpu_seconds_per_1000=(after.database_cpu - before.database_cpu) / updates * 1000,
        bench_busy=(after.bench_cpu - before.bench_cpu) / seconds,
        first_answer_s=run.first_answer,
        resident_mb=run.resident,
        resident_mb_after_many=after_many,
        receipts=len(run.loop.receipts),
        kept=run.kept,
        problems=tuple(run.loop.problems),
    )


def milliseconds(answers: Sequence[Answer], *shares: float) -> list[float]:
    """Below which time these `shares` of `answers` came; 0 where there are none."""
    taken = sorted(answer.seconds for answer in answers) or [0.0]
    return [taken[min(int(share * len(taken)), len(taken) - 1)] * 1000 for share in shares]
