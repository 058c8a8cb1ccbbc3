"""Whether the locks can be installed with the pips that people have: `python -m tests.locks`, part of what CI does.

A pip before 23.3 resolves `x[extra]` apart from the `x` that is pinned: it takes the newest there is, and refuses it
for want of a hash. So a lock breaks, untouched, on the day on which somebody releases a newer `x`. Here all of those
days have come: beside the wheels of the locks lies a made-up newer one of everything that any of them requires with an
extra.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-bench.lock",
    "requirements-clients.lock",
    "requirements-docs.lock",
    "requirements-mutants.lock",
)
PIPS = ("22.3", "23.0.1") if sys.version_info < (3, 12) else ("23.2.1",)
"""Python 3.11 came with the first, Debian 12 with the second. The third is the oldest that runs on a later Python."""
INSTALL = ("install", "--no-deps", "--require-hashes")
"""The way the Makefile and the Dockerfile install a lock, which tests/test_locks.py holds."""

FOLDER = ROOT / "build" / "locks"
WHEELS, NEWER = FOLDER / "wheels", FOLDER / "newer"


def fetch() -> None:
    """Fetch all that the locks name, and the old pips; what is here already is not fetched again."""
    WHEELS.mkdir(parents=True, exist_ok=True)
    fetch = (sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "download", "--no-deps")
    for lock in LOCKS:
        subprocess.run([*fetch, "--require-hashes", f"--requirement={lock}", f"--dest={WHEELS}"], cwd=ROOT, check=True)
    for version in PIPS:
        subprocess.run([*fetch, f"pip=={version}", f"--dest={FOLDER}"], check=True)


def required_with_extras() -> Iterator[tuple[str, str]]:
    """What the wheels require with extras, and these."""
    for wheel in WHEELS.glob("*.whl"):
        with ZipFile(wheel) as archive:
            (name,) = (name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
            told = Parser().parsestr(archive.read(name).decode(), headersonly=True)
        for requirement in told.get_all("Requires-Dist", []):
            if found := re.match(r"\s*([\w.-]+)\s*\[([^\]]+)\]", requirement):
                yield re.sub(r"[-_.]+", "_", found[1]).lower(), found[2]


def make_newer() -> list[str]:
    """Make the newer wheels; their names."""
    NEWER.mkdir(exist_ok=True)
    made: dict[str, set[str]] = {}
    for name, wanted in required_with_extras():
        made.setdefault(name, set()).update(extra.strip() for extra in wanted.split(","))
    for name, extras in made.items():
        told = f"Metadata-Version: 2.1\nName: {name}\nVersion: 9999\n"
        told += "".join(f"Provides-Extra: {extra}\n" for extra in sorted(extras))
        with ZipFile(NEWER / f"{name}-9999-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"{name}-9999.dist-info/METADATA", told)
            wheel.writestr(f"{name}-9999.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"{name}-9999.dist-info/RECORD", "")
    return sorted(made)


def tried(version: str, lock: str, *options: str) -> str:
    """What the old pip says against installing `lock`; "" when it would."""
    pip = FOLDER / f"pip-{version}-py3-none-any.whl"
    where = ("--no-index", f"--find-links={WHEELS}", f"--find-links={NEWER}")
    command = [sys.executable, str(pip / "pip"), "--isolated", "--quiet", "--disable-pip-version-check", *options]
    ended = subprocess.run(
        [*command, "--dry-run", "--ignore-installed", *where, f"--requirement={lock}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return "" if ended.returncode == 0 else ended.stderr.strip() or f"pip ended with {ended.returncode}"


def main() -> int:
    """Try every lock with every old pip, and say how it went."""
    fetch()
    names = make_newer()
    print(f"Beside the locks there are newer: {', '.join(names)}")
    tries = [(version, lock) for version in PIPS for lock in LOCKS]
    with ThreadPoolExecutor(2) as threads:
        # The trap has to be one: an old pip that resolves has to fall into it.
        trap = threads.submit(tried, PIPS[0], LOCKS[1], "install", "--require-hashes")
        said = list(threads.map(lambda each: tried(*each, *INSTALL), tries))
    for (version, lock), against in zip(tries, said, strict=True):
        print(f"{'FAIL' if against else 'ok  '}  pip {version}: {lock}")
        if against:
            print(against)
    if "--require-hashes" not in trap.result():
        print(f"FAIL  pip {PIPS[0]} does not notice what is newer, so nothing is shown: {trap.result()}")
    return int(any(said) or "--require-hashes" not in trap.result())


if __name__ == "__main__":
    sys.exit(main())
