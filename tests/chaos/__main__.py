"""The command line of the campaigns; `make chaos` calls it."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from math import inf
from pathlib import Path
from random import Random

from bot.botapi import BotApiServer
from bot.botapi.phones.transcript import transcript
from tests.bench.process import ROOT
from tests.chaos.campaign import Campaign
from tests.chaos.databases import Trouble, database
from tests.chaos.fleet import fleet
from tests.chaos.plan import boundaries, lives
from tests.chaos.telling import Told

FOLDER = ROOT / "build" / "chaos"
"""On the disk of the project: the temporary folder may be in memory, where nothing has to reach a disk."""

ENOUGH_FOR_ALL = 100
"""Kills after which every boundary must have been reached: else it has moved, and nothing is proven about it."""

DATABASES = ("sqlite", "postgresql")


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=100, help="lives of the bot on each database (default: 100)")
    parser.add_argument("--database", choices=DATABASES, action="append", help="default: both, one after the other")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn by lot depends on it alone (default: 1)")
    parser.add_argument("--phones", type=int, default=8, help="librarians who report at once (default: 8)")
    parser.add_argument("--minutes", type=float, default=inf, help="end after so long, whatever is left")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve one PostgreSQL (default: 1)")
    parser.add_argument("--helpers", type=int, default=0, help="processes of `meldind worker` beside them (default: 0)")
    asked = parser.parse_args(arguments)
    if (asked.workers > 1 or asked.helpers) and asked.database != ["postgresql"]:
        parser.error("several processes serve only PostgreSQL: --database=postgresql")
    return asked


async def campaign(kind: str, asked: argparse.Namespace) -> Told:
    """One campaign on a new database of that `kind`."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    kills, seed, workers, helpers = int(asked.kills), int(asked.seed), int(asked.workers), int(asked.helpers)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder, database(kind, Path(folder)) as troubled:
        if Trouble.FULL not in troubled.troubles:
            sys.stderr.write("Full and broken disks are left out: to mount one takes root, on Linux.\n")
        async with (
            BotApiServer(seed=seed) as server,
            fleet(server, troubled.url, Path(folder), workers, Random(seed), helpers) as bot,
        ):
            told = Campaign(server, troubled, bot, seed, asked.phones)
            plan = lives(Random(seed), kills, troubled.troubles, polls=workers == 1)
            until = asyncio.get_running_loop().time() + 60 * asked.minutes
            await told.run(plan, lambda line: print(f"{kind}: {line}", file=sys.stderr, flush=True), until)
            if told.record.lives >= ENOUGH_FOR_ALL:
                missing = (each for each in boundaries(polls=workers == 1) if not told.record.kills[each])
                told.record.problems += [f"never killed there: {each.value}" for each in missing]
            if told.record.problems:
                _keep_transcripts(told, FOLDER / f"broken-{kind}-{seed}.txt")
    beside = f", {helpers} meldind worker" if helpers else ""
    name = (kind if workers == 1 else f"{kind}, {workers} workers") + beside
    return Told(name, seed, f"{datetime.now(UTC):%Y-%m-%d}", told)


def _keep_transcripts(told: Campaign, file: Path) -> None:
    """Write down the chats of those who have something to complain of."""
    concerned = {problem.partition(":")[0] for problem in told.record.problems}
    chats = (told.server.world.chats[each.chat] for each in told.crowd.everybody if each.token in concerned)
    file.write_text("\n\n".join(transcript(told.server.world, chat) for chat in chats))
    sys.stderr.write(f"The chats concerned are in {file}\n")


def main() -> int:
    """Do what is asked; 1 when a promise was broken."""
    asked = options()
    broken = 0
    for kind in asked.database or DATABASES:
        told = asyncio.run(campaign(kind, asked))
        figures = told.as_json()
        sys.stdout.write(f"{told.table()}\n\n{json.dumps(figures, ensure_ascii=False)}\n\n")
        sys.stdout.flush()
        broken += len(figures["broken"])
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
