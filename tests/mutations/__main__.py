"""Puts faults into a copy of the project, one at a time, and tells which the named tests do not notice.

    python -m tests.mutations              all of them
    python -m tests.mutations WORD …       those in whose name, file or list one of the words stands
    python -m tests.mutations --list       their names
    python -m tests.mutations --old-texts  only whether the text that each changes is still there

A fault is an entry of one of the files *.toml here: its `name`, the `file` it is in, the `old` text, the `new` one and
the `tests` that notice it. The old text has to be there exactly once. The exit code is 1 if a fault is not noticed, if
its old text is not found, or if its tests fail without it.
"""

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
PROJECT = HERE.parent.parent
PATIENCE = 600
"""Seconds for the tests of one fault."""
NOTICED = 1
"""How pytest ends when a test has failed; it ends otherwise where it could not run them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One change to one file, and the tests that fail with it."""

    name: str
    file: str
    old: str
    new: str
    tests: list[str]
    list: str
    """The name of the file that has it."""


def every_fault() -> list[Fault]:
    """All faults, file by file in the order they stand there."""
    found = [
        Fault(**each, list=file.name)
        for file in sorted(HERE.glob("*.toml"))
        for each in tomllib.loads(file.read_text(encoding="utf-8"))["fault"]
    ]
    twice = {each.name for each in found if sum(other.name == each.name for other in found) > 1}
    if twice:
        raise SystemExit(f"Two faults have the same name: {', '.join(sorted(twice))}")
    return found


def changed(fault: Fault, project: Path) -> str | None:
    """The file with the fault in it; None where its old text is not there exactly once."""
    path = project / fault.file
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return text.replace(fault.old, fault.new) if text.count(fault.old) == 1 else None


def copied(to: Path) -> None:
    """The project as it stands, without what git does not know of."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, listed.split("\0")):
        if (PROJECT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, to / name)


def run(tests: list[str], project: Path) -> subprocess.CompletedProcess[str]:
    """The tests, in that copy of the project. Raises TimeoutExpired where they do not come to their end."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--hypothesis-seed=1", *tests]
    surroundings = {**os.environ, "PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=project, env=surroundings, check=False, capture_output=True, text=True, timeout=PATIENCE
    )


def try_out(fault: Fault, project: Path) -> str:
    """What became of a fault: "" where it is noticed, else why not."""
    with_it = changed(fault, project)
    if with_it is None:
        return "the text that it changes is not there exactly once"
    path = project / fault.file
    without = path.read_text(encoding="utf-8")
    path.write_text(with_it, encoding="utf-8")
    try:
        ended = run(fault.tests, project)
    except subprocess.TimeoutExpired:
        return ""  # a test that waits for what never comes has noticed it
    finally:
        path.write_text(without, encoding="utf-8")
    if ended.returncode == 0:
        return "NOT NOTICED"
    return (
        "" if ended.returncode == NOTICED else f"the tests could not run:\n{ended.stdout[-2000:]}{ended.stderr[-500:]}"
    )


def main(words: list[str]) -> int:
    """Try the faults that are asked for; 1 if anything is not as it should be."""
    faults = every_fault()
    if words == ["--list"]:
        print(*(f"{each.name}: {each.file}" for each in faults), sep="\n")
        return 0
    if words == ["--old-texts"]:
        gone = [each.name for each in faults if changed(each, PROJECT) is None]
        print(*gone, sep="\n", end="\n" if gone else "")
        return bool(gone)
    chosen = [
        each for each in faults if not words or any(word in f"{each.name} {each.file} {each.list}" for word in words)
    ]
    if not chosen:
        print("No fault has one of these words in its name, file or list.")
        return 1
    failed = []
    with TemporaryDirectory(prefix="mutations-") as folder:
        project = Path(folder)
        copied(project)
        tests = sorted({test for fault in chosen for test in fault.tests})
        as_they_are = run(tests, project)
        if as_they_are.returncode:
            print(f"The tests fail without any fault:\n{as_they_are.stdout[-3000:]}")
            return 1
        for fault in chosen:
            told = try_out(fault, project)
            print(f"{fault.name}: {told or 'noticed'}", flush=True)
            failed += [fault.name] if told else []
    print(f"{len(chosen) - len(failed)} of {len(chosen)} are noticed.")
    return bool(failed)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
