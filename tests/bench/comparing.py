"""Bots in turn, round after round, so that a busy minute of the machine hits all of them."""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace

from tests.bench.bots import MeasuredBot
from tests.bench.measuring import Plan, Run, measure


async def compare(
    bots: Sequence[MeasuredBot], plan: Plan, rounds: int, to_many: Sequence[MeasuredBot] = ()
) -> list[Run]:
    """`rounds` runs of each of `bots`, each told as a line of JSON; those in `to_many` go on to many updates once."""
    runs = []
    for number in range(1, rounds + 1):
        for bot in bots:
            once = number == rounds and bot in to_many
            run = await measure(bot, replace(plan, to_many=once))
            tell({"round": number, **run.as_json()})
            runs.append(run)
    return runs


def tell(fact: object) -> None:
    """One line of JSON on standard output, at once."""
    sys.stdout.write(f"{json.dumps(fact, ensure_ascii=False)}\n")
    sys.stdout.flush()
