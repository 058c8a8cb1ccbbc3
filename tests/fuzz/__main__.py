"""The command line of the fuzzing; `make fuzz` calls it. Ends with 1 where there is a finding."""

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

import structlog

from tests.fuzz.over_http import fuzz_over_http
from tests.fuzz.run import fuzz
from tests.fuzz.telling import told

MEMORY = Path("/dev/shm")  # no answer of a fuzzed bot has to outlive the machine


def main() -> int:
    """Run and tell."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--updates", type=int, default=20_000, help="how many come in (default: 20000)")
    parser.add_argument("--seed", type=int, default=20261122, help="the same seed gives the same run")
    parser.add_argument(
        "--http", type=int, metavar="N", help="how many also come over HTTP (default: one in a hundred)"
    )
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        report = asyncio.run(fuzz(asked.updates, asked.seed, Path(folder)))
        by_http = asked.updates // 100 if asked.http is None else asked.http
        report.findings += asyncio.run(fuzz_over_http(by_http, asked.seed, Path(folder)))
    sys.stdout.write(told(report, by_http))
    return 1 if report.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
