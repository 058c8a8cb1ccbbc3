"""A process for heavy work, as the process that started it sees it."""

import asyncio
import contextlib
import json
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from bot.heavy.errors import Gone, HeavyDied, HeavyFailed, TooLarge
from bot.heavy.registry import Heavy
from storage.engine.errors import DatabaseAway
from storage.messages.heavy_jobs import HeavyResult

INHERITED = ("HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "PATH", "PYTHONPATH", "TZ", "VIRTUAL_ENV")
"""The variables that the process gets, and those of PostgreSQL's library; among them is none with the token."""

Progress: TypeAlias = Callable[[int], Awaitable[None]]
"""Is told now and then how many rows are written, perhaps as many as before; what it raises ends the job."""


class HeavyProcess:
    """Starts with the first job, does one after another, and starts anew if it has ended."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._process: Process | None = None
        self._folder: Path | None = None

    @property
    def number(self) -> int | None:
        """The number of the process in the system; None: it does not run."""
        return None if self._process is None or self._process.returncode is not None else self._process.pid

    async def do(self, heavy: Heavy, given: Mapping[str, Any], progress: Progress) -> HeavyResult:
        """Do a job. If it ends in any other way than by itself, the process is killed, so that nothing goes on.

        Raises a HeavyFailed, Gone, a StorageError, and what `progress` raises.
        """
        whole = False
        try:
            async with asyncio.timeout(heavy.seconds):
                said = await self._said(heavy, given, progress)
                whole = "ended" in said
                _must_be_made(said, heavy)
                content = await self._content(said["made"])
                whole = True
        except TimeoutError:
            raise HeavyFailed({"error": f"took more than {heavy.seconds:g} seconds"}) from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise HeavyDied({"error": "its process died"}) from None
        finally:
            if not whole:
                await self.end()
        return HeavyResult(content, said["told"])

    async def end(self) -> None:
        """Kill the process if it runs."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()
        self._process = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _said(self, heavy: Heavy, given: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
        """Returns the last message about a job, before its content."""
        process = await self._started()
        assert process.stdin is not None  # noqa: S101 - they are pipes
        assert process.stdout is not None  # noqa: S101
        process.stdin.write(_line({"where": heavy.where, "given": given}))
        await process.stdin.drain()
        while True:
            line = await process.stdout.readline()
            if not line.endswith(b"\n"):
                raise HeavyDied({"error": "its process died"})
            said: dict[str, Any] = json.loads(line)
            if "at" not in said:
                return said
            await progress(said["at"])

    async def _content(self, size: int) -> bytes:
        assert self._process is not None  # noqa: S101 - it was asked before
        assert self._process.stdout is not None  # noqa: S101
        return await self._process.stdout.readexactly(size)

    async def _started(self) -> Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        await self.end()
        # A folder of its own for files under way, so that nothing of a killed process stays.
        self._folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="meldind-"))
        # A group of its own: Ctrl+C in the terminal reaches only the bot, which then ends it. Not a session of its own:
        # Linux shares the processor out among sessions first, so that being nice would mean nothing.
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.heavy.child"),
            stdin=PIPE,
            stdout=PIPE,
            stderr=None if sys.stderr is not None else DEVNULL,
            env={**_environment(), "TMPDIR": str(self._folder)},
            process_group=0,
        )
        assert self._process.stdin is not None  # noqa: S101 - it is a pipe
        self._process.stdin.write(_line({"database": self._url}))
        return self._process


def _must_be_made(said: Mapping[str, Any], heavy: Heavy) -> None:
    """Raise what says why there is no content, or that it is too large."""
    match said.get("ended"):
        case "gone":
            raise Gone
        case "storage":
            raise DatabaseAway(str(said["why"].get("reason", "The database is away.")))
        case "failed":
            raise HeavyFailed(said["why"])
        case _:
            pass
    if said["made"] > heavy.most:
        raise TooLarge({"error": f"made {said['made']} bytes"})


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in INHERITED or name.startswith(("LC_", "PG"))}


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"
