"""A database full of reports: what an answer costs there, against one with few."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from tests.bench.bots import meldind
from tests.bench.comparing import compare
from tests.bench.databases import Kind, PostgresServer, SqliteFile
from tests.bench.filling import fill
from tests.bench.measuring import Plan, Run
from tests.bench.running import FOLDER
from tests.bench.table import by_bot, markdown

FEW = 1_000


async def grow(kinds: Sequence[Kind], many: int, plan: Plan, rounds: int) -> tuple[str, list[Run]]:
    """Meldind on each kind of database with few and with `many` reports: a table of ratios, and the runs."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER)))
        grown = [stack.enter_context(filled(kind, size, folder)) for kind in kinds for size in (FEW, many)]
        runs = await compare([meldind(kind) for kind in grown], plan, rounds)
    each = list(by_bot(runs).values())
    return markdown(HEAD, [_row(few, full) for few, full in zip(each[::2], each[1::2], strict=True)]), runs


HEAD = ("against few reports", "CPU s/1,000, few", "CPU s/1,000", "ratio", "updates/s, few", "updates/s", "ratio")


def _row(few: list[Run], full: list[Run]) -> list[str]:
    return [full[0].bot, *_cells(few, full, _cpu), *_cells(few, full, _throughput)]


def _cells(few: list[Run], full: list[Run], of: Callable[[Run], float]) -> list[str]:
    before, after = [of(run) for run in few], [of(run) for run in full]
    ratio = median(a / b for a, b in zip(after, before, strict=True))
    return [f"{median(before):.2f}", f"{median(after):.2f}", f"{ratio:.2f}"]


def _cpu(run: Run) -> float:
    return run.cpu_seconds_per_1000 + run.database_cpu_seconds_per_1000


def _throughput(run: Run) -> float:
    return run.updates_per_second


@contextlib.contextmanager
def filled(kind: Kind, size: int, folder: Path) -> Iterator[Kind]:
    """A kind of database that begins with `size` reports."""
    own = folder / f"{kind.name}-{size}"
    own.mkdir()
    name = f"{kind.name} with {size:,} reports"
    with kind.new(own) as url:
        fill(url, size)
        match kind:
            case SqliteFile():
                yield replace(kind, name=name, like=Path(url.removeprefix("sqlite:///")))
            case PostgresServer():
                yield replace(kind, name=name, like=url.partition("@/")[2].partition("?")[0])
            case _:
                raise TypeError(f"no copy can be made of {kind.name}")
