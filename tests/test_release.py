"""The files of a release: they are built, and the wheel is installed and started where nothing else is."""

import asyncio
import hashlib
import json
import re
import signal
import subprocess
import tarfile
import venv
from asyncio.subprocess import PIPE
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import aiohttp
import pytest

from tests import locks
from tests.bot.ports import held_port
from tests.release import NotReady, build, current, cut

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[1]
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n- Maps.\n\n## [1.0.0] - 2026-11-30\n\n### Added\n- Reports.\n"


async def test_a_release_is_whole_and_runs_where_nothing_else_is(tmp_path: Path) -> None:
    """One test, for the files are built and installed once, wherever the tests run side by side."""
    made, elsewhere = tmp_path / "release", tmp_path / "elsewhere"
    elsewhere.mkdir()
    build(made)
    has_its_sums_and_what_it_is_made_of(made)
    has_all_that_the_packages_have_and_the_documents(made)
    programs = installed(made, tmp_path / "installed")
    says_its_version_and_understands(programs, elsewhere)
    with held_port() as port:
        await serves_its_phones(programs, elsewhere, port)


def installed(made: Path, folder: Path) -> Path:
    """The folder of programs of a fresh environment with the wheel, as docs/operations.md says."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    lock = [
        *pip,
        "install",
        "--no-deps",
        "--require-hashes",
        f"--requirement={made}/meldind-{current()}-requirements.lock",
    ]
    fetched = [f"--find-links={locks.WHEELS}", "--no-index"]
    if not locks.WHEELS.is_dir() or subprocess.run([*lock, *fetched], capture_output=True, check=False).returncode:
        subprocess.run(lock, check=True)
    subprocess.run([*pip, "install", "--no-deps", str(wheel(made))], check=True)
    subprocess.run([*pip, "check"], check=True)
    return folder / "bin"


def wheel(made: Path) -> Path:
    (found,) = made.glob("*.whl")
    return found


def has_its_sums_and_what_it_is_made_of(made: Path) -> None:
    lines = (made / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {name: number for number, name in (line.split("  ") for line in lines)}
    assert {file.name for file in made.iterdir()} == {*sums, "SHA256SUMS"}
    assert sums == {name: hashlib.sha256((made / name).read_bytes()).hexdigest() for name in sums}
    materials = json.loads((made / f"meldind-{current()}.cdx.json").read_text("utf-8"))
    pinned = re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    listed = {(each["name"].lower(), each["version"]) for each in materials["components"]}
    assert materials["metadata"]["component"]["version"] == current()
    assert {(name.lower(), version) for name, version in pinned} <= listed


def has_all_that_the_packages_have_and_the_documents(made: Path) -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "bot", "conversations", "locales", "storage"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    with ZipFile(wheel(made)) as archive:
        names = set(archive.namelist())
    missing = {name for name in tracked if name not in names and (ROOT / name).is_file()}
    assert missing == set()
    documents = f"meldind-{current()}.data/data/share/doc/meldind"
    assert {f"{documents}/{name}" for name in ("operations.md", "operations/meldind.service", "CHANGELOG.md")} <= names
    with tarfile.open(next(made.glob("*.tar.gz"))) as sources:
        inside = {name.partition("/")[2] for name in sources.getnames()}
    assert {"Makefile", "requirements-dev.lock", "tests/test_release.py", "docs/reference.md"} <= inside


def says_its_version_and_understands(programs: Path, folder: Path) -> None:
    def meldind(*words: str, given: str = "") -> str:
        ended = subprocess.run(
            [programs / "meldind", *words], cwd=folder, input=given, capture_output=True, text=True, check=True
        )
        return ended.stdout

    assert meldind("--version") == f"meldind {current()}\n"
    asked = {"question": "status", "input": "er i gang", "language": "da", "context": {"today": "2026-11-30"}}
    assert json.loads(meldind("understand", given=json.dumps(asked))) == {"value": "running"}
    meldind("db", "upgrade")
    assert "<html" in meldind("digest", "--language", "sl", "--format", "html")


async def serves_its_phones(programs: Path, folder: Path, port: int) -> None:
    process = await asyncio.create_subprocess_exec(
        programs / "meldind", "try", "--no-browser", "--port", str(port), cwd=folder, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(120):
            line = (await process.stdout.readline()).decode()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address, line
            async with aiohttp.ClientSession(address[0]) as session:
                page = await (await session.get("")).text()
                assert "<html" in page
                state = ""
                while state != "running":
                    state = (await (await session.get("trial/state")).json())["bot"]
                    await asyncio.sleep(0.1)
    finally:
        process.send_signal(signal.SIGINT)
        _said, complained = await process.communicate()
    assert (process.returncode, complained) == (0, b"")


def test_what_is_unreleased_becomes_a_version() -> None:
    assert cut(CHANGELOG, "1.1.0", date(2026, 12, 24)) == (
        "# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2026-12-24\n\n### Added\n- Maps.\n\n"
        "## [1.0.0] - 2026-11-30\n\n### Added\n- Reports.\n"
    )


@pytest.mark.parametrize(
    ("changelog", "version", "said"),
    [(CHANGELOG, "1.0.0", "next number"), (CHANGELOG.replace("### Added\n- Maps.\n", ""), "1.1.0", "nothing")],
)
def test_a_version_without_changes_or_twice_is_refused(changelog: str, version: str, said: str) -> None:
    with pytest.raises(NotReady, match=said):
        cut(changelog, version, date(2026, 12, 24))
