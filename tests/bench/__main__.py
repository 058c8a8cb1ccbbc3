"""The command line of the benchmark; `make bench` calls it."""

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Sequence

from tests.bench import busy, draining, soaking
from tests.bench.bots import PEERS, PEERS_PYTHON, MeasuredBot, meldind
from tests.bench.comparing import compare, tell
from tests.bench.databases import Kind, SqliteFile, durable_postgres
from tests.bench.growing import grow
from tests.bench.machine import machine
from tests.bench.measuring import Plan
from tests.bench.running import FOLDER, Load
from tests.bench.stalling import stall
from tests.bench.table import medians


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--phones", type=int, default=50, help="how many talk at once (default: 50)")
    parser.add_argument("--seconds", type=float, help="how long each run is measured (default: 6; 300 with --soak)")
    parser.add_argument("--warm-up", type=float, default=2, help="and how long before it is (default: 2)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each bot (default: 3)")
    parser.add_argument("--no-peers", action="store_true", help="Meldind alone")
    parser.add_argument("--no-postgres", action="store_true", help="SQLite alone")
    parser.add_argument("--delay-ms", type=float, default=0, help="every Bot API call takes so much longer")
    parser.add_argument(
        "--stall", action="store_true", help="instead: one chat's calls stall, what do the others notice"
    )
    parser.add_argument("--reports", type=int, metavar="N", help="instead: a database of N reports against 1,000")
    parser.add_argument(
        "--busy",
        type=int,
        metavar="N",
        help="instead: replies while a file of N reports and digests are made",
    )
    parser.add_argument("--notices", type=int, metavar="N", help="instead: N notices drain while people talk")
    parser.add_argument(
        "--soak", action="store_true", help="instead: 50 answers a second, 100 from two workers on PostgreSQL"
    )
    parser.add_argument("--rate", type=float, help="answers a second of --soak and --busy, whatever the database")
    asked = parser.parse_args(arguments)
    if asked.seconds is None:
        asked.seconds = 300.0 if asked.soak else 30.0 if asked.notices or asked.busy else 6.0
    return asked


async def main(asked: argparse.Namespace) -> list[str]:
    """Do it; what went wrong."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    tell(machine(FOLDER))
    plan = Plan(Load(asked.phones, asked.delay_ms / 1000), asked.warm_up, asked.seconds)
    with contextlib.ExitStack() as stack:
        kinds: list[Kind] = [SqliteFile()]
        if not asked.no_postgres:
            kinds.append(stack.enter_context(durable_postgres()))
        own = [meldind(kind) for kind in kinds]
        if asked.stall:
            problems = []
            for bot in own:
                table, wrong = await stall(bot, plan, asked.rounds)
                sys.stdout.write(f"\n{table}\n\n")
                problems += wrong
            return problems
        if asked.busy:
            rate = asked.rate or busy.RATE
            table, problems = await busy.busy(kinds, asked.busy, rate, asked.warm_up, asked.seconds, asked.rounds)
            sys.stdout.write(f"\n{table}\n\n")
            return problems
        if asked.soak or asked.notices:
            rows, problems = [], []
            for bot in [_among_workers(each) for each in own]:
                if asked.soak:
                    rate = asked.rate or (50.0 if bot.workers == 1 else 100.0)
                    row, wrong = await soaking.soak(bot, rate, asked.warm_up, asked.seconds)
                else:
                    row, wrong = await draining.drain(bot, asked.notices, asked.warm_up, asked.seconds)
                rows.append(row)
                problems += [f"{bot.name}: {each}" for each in wrong]
            sys.stdout.write(f"\n{(soaking if asked.soak else draining).table(rows)}\n\n")
            return problems
        if asked.reports:
            table, runs = await grow(kinds, asked.reports, plan, asked.rounds)
        else:
            runs = await compare([*own, *_peers(asked)], plan, asked.rounds, to_many=() if asked.delay_ms else own)
            table = medians(runs)
    sys.stdout.write(f"\n{table}\n")
    return [f"{run.bot}: {problem}" for run in runs for problem in run.problems]


def _among_workers(bot: MeasuredBot) -> MeasuredBot:
    """The same; on PostgreSQL, where several workers may serve, two of them."""
    return bot if bot.database is None or isinstance(bot.database, SqliteFile) else meldind(bot.database, workers=2)


def _peers(asked: argparse.Namespace) -> Sequence[MeasuredBot]:
    if asked.no_peers:
        return ()
    if not PEERS_PYTHON.exists():
        sys.exit("The peers are not installed: make bench does that, and --no-peers leaves them out.")
    return PEERS


if __name__ == "__main__":
    wrong = asyncio.run(main(options()))
    for each in wrong:
        sys.stderr.write(f"{each}\n")
    sys.exit(1 if wrong else 0)
