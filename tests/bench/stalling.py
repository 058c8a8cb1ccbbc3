"""One chat's calls of the Bot API stall: what that is to the others."""

import asyncio
from statistics import median

from tests.bench.bots import MeasuredBot
from tests.bench.comparing import tell
from tests.bench.measuring import Plan, milliseconds
from tests.bench.phones import Answer
from tests.bench.running import Running, running
from tests.bench.table import markdown

STALL = 5.0
"""Seconds."""


async def stall(bot: MeasuredBot, plan: Plan, rounds: int) -> tuple[str, list[str]]:
    """Calm and stalled by turns, `rounds` times each: a table of the others' times, and what went wrong."""
    calm: list[float] = []
    stalled: list[float] = []
    async with running(bot, plan.load) as run:
        await asyncio.sleep(plan.warm_up)
        for number in range(1, rounds + 1):
            calm.append(_p95(await _watched(run, plan.seconds)))
            victim = run.loop.add()
            fault = run.loop.server.cloud.faults.add("delay", chat_id=victim.chat, times=None, seconds=STALL)
            answers = await _watched(run, plan.seconds)
            stalled.append(_p95([answer for answer in answers if answer.phone != victim.number]))
            victim.leaving = True
            fault.times = 0
            tell({"bot": bot.name, "round": number, "calm_p95_ms": calm[-1], "stalled_p95_ms": stalled[-1]})
    ratio = median(during / before for during, before in zip(stalled, calm, strict=True))
    row = [bot.name, f"{median(calm):.1f}", f"{median(stalled):.1f}", f"{ratio:.2f}"]
    return markdown(["", "calm p95 ms", "one chat stalls, the others' p95 ms", "ratio"], [row]), run.loop.problems


async def _watched(run: Running, seconds: float) -> list[Answer]:
    begun = len(run.loop.answers)
    await asyncio.sleep(seconds)
    return run.loop.answers[begun:]


def _p95(answers: list[Answer]) -> float:
    return round(milliseconds(answers, 0.95)[0], 2)
