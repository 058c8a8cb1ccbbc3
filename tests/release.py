"""Makes a release: `make release` builds the files of one, `make release VERSION=1.2.0` first gives it its number.

In `dist/` lie then a wheel, the sources, the lock that the wheel is installed with, a CycloneDX bill of materials of
that lock, and `SHA256SUMS` of all of them.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
"""A version as Semantic Versioning has it, without what may follow the three numbers."""

_VERSION = re.compile(r'^version = "(.*)"$', re.MULTILINE)
_NEXT = "## [Unreleased]\n"


class NotReady(Exception):  # noqa: N818 - what it says is what is to be done
    """There can be no release as things stand; the words say what to do."""


def cut(changelog: str, version: str, day: date) -> str:
    """Returns the changelog with what is unreleased under `version`. Raises NotReady if nothing is."""
    before, head, after = changelog.partition(_NEXT)
    changes, rest = re.match(r"(.*?)(?=^## \[|\Z)(.*)", after, re.DOTALL | re.MULTILINE).groups()  # type: ignore[union-attr]
    if not head or not changes.strip():
        raise NotReady("CHANGELOG.md has nothing under Unreleased: write there what has changed.")
    if f"## [{version}]" in rest:
        raise NotReady(f"CHANGELOG.md has a section {version} already: choose the next number.")
    return f"{before}{head}\n## [{version}] - {day.isoformat()}\n\n{changes.strip()}\n" + (f"\n{rest}" if rest else "")


def current() -> str:
    """Returns the version in pyproject.toml."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def give_number(version: str) -> None:
    """Set `version` in pyproject.toml and CHANGELOG.md, commit both and tag the commit. Raises NotReady."""
    if not NUMBER.fullmatch(version):
        raise NotReady(f"{version} is no version: it is three numbers, as in 1.2.0.")
    if _git("status", "--porcelain"):
        raise NotReady("There are changes that are not committed: commit them or put them away.")
    if _git("tag", "--list", f"v{version}"):
        raise NotReady(f"v{version} is tagged already: choose the next number.")
    changelog, project = ROOT / "CHANGELOG.md", ROOT / "pyproject.toml"
    new = cut(changelog.read_text("utf-8"), version, datetime.now(UTC).date())
    changelog.write_text(new, "utf-8")
    project.write_text(_VERSION.sub(f'version = "{version}"', project.read_text("utf-8"), count=1), "utf-8")
    _git("commit", "--quiet", f"--message=Release {version}", "CHANGELOG.md", "pyproject.toml")
    _git("tag", "--annotate", f"--message=Meldind {version}", f"v{version}")


def build(folder: Path) -> list[Path]:
    """Build the files of a release of what is checked out into `folder`; returns them. The same sources give the
    same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = _git("log", "-1", "--format=%ct") or "1796000000"
    told = {**os.environ, "SOURCE_DATE_EPOCH": stamp, "PYTHONWARNINGS": "ignore"}
    with tempfile.TemporaryDirectory() as copied:
        sources = Path(copied) / "sources"
        _copy_tracked(sources)
        command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(sources)]
        subprocess.run(command, env=told, check=True, stdout=subprocess.DEVNULL)
    version = current()
    lock = folder / f"meldind-{version}-requirements.lock"
    shutil.copyfile(ROOT / "requirements.lock", lock)
    materials = folder / f"meldind-{version}.cdx.json"
    program = Path(sys.executable).with_name("cyclonedx-py")
    listed = [str(program), "requirements", f"--pyproject={ROOT / 'pyproject.toml'}", "--output-reproducible"]
    subprocess.run([*listed, f"--output-file={materials}", str(lock)], env=told, check=True)
    made = sorted(file for file in folder.iterdir() if file.name.startswith("meldind-"))
    sums = folder / "SHA256SUMS"
    sums.write_text(
        "".join(f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in made), "utf-8"
    )
    return [*made, sums]


def main() -> int:
    """Make a release of what is checked out; exit code 1 with a line that says why there can be none."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("--version", metavar="1.2.0", help="cut the changelog into this version, commit and tag it")
    wanted = parser.parse_args().version
    try:
        if wanted:
            give_number(wanted)
        if _git("tag", "--list", "--points-at=HEAD", f"v{current()}") == "":
            print(f"This is no tagged release: the files say {current()}, and HEAD has no tag v{current()}.")
    except NotReady as why:
        print(why, file=sys.stderr)
        return 1
    shutil.rmtree(DIST, ignore_errors=True)
    for file in build(DIST):
        print(f"{file.relative_to(ROOT)}  {file.stat().st_size:,} bytes")
    return 0


def _copy_tracked(to: Path) -> None:
    """Copy what belongs to the project: nothing that lies about in the folder comes into a release."""
    for name in _git("ls-files", "-z").split("\0"):
        if name and (source := ROOT / name).is_file():
            target = to / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
