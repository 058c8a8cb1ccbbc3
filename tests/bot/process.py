"""A real `meldind run` in a process of its own, to be killed."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from pathlib import Path

from bot.botapi import BotApiServer

COMMAND = (sys.executable, "-c", "from bot.cli.main import main; main()")


def environment(server: BotApiServer | None, folder: Path, **given: str) -> dict[str, str]:
    """What such a process finds set."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("MELDIND_", "WEBHOOK_"))}
    telegram = {} if server is None else {"BOT_TOKEN": server.token, "TELEGRAM_API_URL": server.url}
    own = {"MELDIND_DATA_DIR": str(folder), "MELDIND_FLOOD_LIMIT": "0", "PYTHONWARNINGS": ""}
    return {**known, **own, **telegram, **given}


class BotProcess:
    """`meldind run`, which can be killed and started again."""

    def __init__(self, server: BotApiServer, folder: Path, **given: str) -> None:
        self.command = COMMAND
        self._environment = environment(server, folder, **given)
        self._folder = folder
        folder.mkdir(exist_ok=True)
        self.log = folder / "log.txt"
        self.said = folder / "said.txt"
        self._process: Process | None = None

    async def start(self) -> None:
        with self.log.open("ab") as log, self.said.open("ab") as said:
            self._process = await asyncio.create_subprocess_exec(
                *self.command, "run", env=self._environment, cwd=self._folder, stdout=said, stderr=log
            )

    @property
    def pid(self) -> int:
        """Its number, while it runs and after."""
        assert self._process is not None
        return self._process.pid

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self.ends(signal.SIGKILL)

    async def ends(self, number: int) -> int:
        """Send it a signal, and wait for its end; its exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return await self._process.wait()

    async def waits(self) -> int:
        """Wait for its end; its exit code."""
        assert self._process is not None
        return await self._process.wait()
