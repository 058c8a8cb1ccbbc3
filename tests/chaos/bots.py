"""The bot in a process of its own, with a trap or without."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

from bot.botapi import BotApiServer
from tests.bench.process import ROOT
from tests.bot.process import environment
from tests.chaos.boundaries import JUMP, STRIKE, WITHIN
from tests.chaos.plan import JUMPS, Clock, Life

STOPPING = 20.0
"""Seconds an orderly stop may take."""


class Bot:
    """`meldind run`, or another `command`, started again and again on the same database."""

    def __init__(
        self, server: BotApiServer, database_url: str, folder: Path, command: str = "run", **settings: str
    ) -> None:
        self._command = command
        self.log = folder / "log.txt"
        self._folder = folder
        self._environment: Mapping[str, str] = {
            **environment(server, folder, **settings),
            "DATABASE_URL": database_url,
            "MELDIND_LOG_LEVEL": "warning",
            "PYTHONPATH": str(ROOT),
        }
        self._process: Process | None = None

    async def start(self, life: Life | None = None) -> None:
        """Start it; in `life` it may have to kill itself, or its clock jumps."""
        trap = {STRIKE: f"{life.boundary.name} {life.n}"} if life and life.boundary in WITHIN else {}
        if life and isinstance(life.injection, Clock):
            trap[JUMP] = f"{JUMPS[life.injection]} {life.seconds}"
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.chaos.starter", self._command),
                env={**self._environment, **trap},
                cwd=self._folder,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    @property
    def runs(self) -> bool:
        """Whether it has been started, and has not ended."""
        return self._process is not None and self._process.returncode is None

    def kill(self) -> None:
        """End it with SIGKILL, at once; nothing happens if it has ended."""
        self._signal(signal.SIGKILL)

    def halt(self) -> None:
        """Let it stand still, if it runs."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on, if it runs."""
        self._signal(signal.SIGCONT)

    async def ended(self) -> int:
        """Wait for its end; its exit code, or the negative number of the signal that ended it."""
        assert self._process is not None
        return await self._process.wait()

    async def stop(self) -> int:
        """Ask it to stop; its exit code."""
        assert self._process is not None
        self._signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOPPING):
                return await self._process.wait()
        except TimeoutError:
            self.kill()
            return await self._process.wait()

    def _signal(self, number: int) -> None:
        if self._process and self.runs:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def said(self, lines: int = 12) -> str:
        """The last of what it printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
