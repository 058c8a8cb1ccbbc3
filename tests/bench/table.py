"""Numbers of several runs, side by side."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median

from tests.bench.measuring import Run

COLUMNS: Mapping[str, Callable[[Run], float | None]] = {
    "updates/s": lambda run: run.updates_per_second,
    "p50 ms": lambda run: run.p50_ms,
    "p95 ms": lambda run: run.p95_ms,
    "p99 ms": lambda run: run.p99_ms,
    "press p50 ms": lambda run: run.press_p50_ms,
    "calls/update": lambda run: run.calls_per_update,
    "CPU s/1,000": lambda run: run.cpu_seconds_per_1000,
    "database CPU s/1,000": lambda run: run.database_cpu_seconds_per_1000,
    "first answer s": lambda run: run.first_answer_s,
    "MB at the end": lambda run: run.resident_mb,
    "MB after 10,000": lambda run: run.resident_mb_after_many,
}


def by_bot(runs: Sequence[Run]) -> Mapping[str, list[Run]]:
    """The runs of each bot, in their order."""
    found: dict[str, list[Run]] = {}
    for run in runs:
        found.setdefault(run.bot, []).append(run)
    return found


def medians(runs: Sequence[Run]) -> str:
    """The medians of each bot's runs, and its throughput as a multiple of the first bot's, round by round."""
    bots = by_bot(runs)
    first = next(iter(bots.values()))
    rows = []
    for name, its in bots.items():
        middle = [_middle([column(run) for run in its]) for column in COLUMNS.values()]
        ratio = median(
            mine.updates_per_second / other.updates_per_second for mine, other in zip(its, first, strict=False)
        )
        rows.append([name, *middle, f"{ratio:.2f}"])
    return markdown(["median of runs", *COLUMNS, "× the first"], rows)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as documents have it."""
    lines = [head, ["---", *("---:" for _column in head[1:])], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _middle(values: Sequence[float | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    middle = median(known)
    return f"{middle:.0f}" if middle >= 100 else f"{middle:.2f}" if middle < 10 else f"{middle:.1f}"
