"""The bot of a trial: the real `meldind run` in a separate process, so that it can be killed."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Literal

from bot.trial.options import Options

State = Literal["starting", "running", "stopping", "stopped", "killed", "failed"]

STOP_SECONDS = 16.0
"""Seconds that an orderly stop may take; the bot's own limit is a little shorter."""


class BotProcess:
    """Starts, stops and kills the bot; `state` is its current state.

    It uses only the given token and Bot API server, regardless of the environment and `.env`, so a trial never reaches
    a real bot. It ends with this process, however this process ends.
    """

    def __init__(self, url: str, token: str, options: Options) -> None:
        self._environment = {"BOT_TOKEN": token, "TELEGRAM_API_URL": url, "MELDIND_MODE": "polling"}
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self.state: State = "stopped"
        self.invitations: dict[str, str] = {}
        """Invitation codes by role, once the bot has printed them."""
        self.on_change: Callable[[], None] = lambda: None
        """Called, in any thread, when the state changes."""

    def start(self) -> None:
        """Start it unless it is running; only the first start empties or fills its database."""
        with self._lock:
            if self._process is not None:
                return
            command = [sys.executable, "-m", "bot.trial.child", *self._options.for_child()]
            self._options = Options(empty=True)
            # A new session: Ctrl+C in the terminal reaches only the trial, which then stops the bot.
            self._process = subprocess.Popen(  # noqa: S603 - nothing in it comes from outside  # nosec B603
                command,
                env=os.environ | self._environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        self._be("starting")
        threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()

    def is_heard(self) -> None:
        """Record that the bot has called, so it is running."""
        if self.state == "starting":
            self._be("running")

    def stop(self) -> None:
        """Stop it in an orderly way, and wait until it has ended."""
        self._end(signal.SIGTERM, "stopping", "stopped")

    def kill(self) -> None:
        """Kill it, as in a power cut."""
        self._end(signal.SIGKILL, "stopping", "killed")

    def restart(self) -> None:
        """Stop it in an orderly way and start it again."""
        self.stop()
        self.start()

    def _end(self, number: signal.Signals, meanwhile: State, after: State) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        self._be(meanwhile)
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        process.kill()
        process.wait()
        _hang_up(process)
        self._be(after)

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        self._read(process)
        process.wait()
        with self._lock:
            failed = self._process is process
            if failed:
                self._process = None
        if failed:
            _hang_up(process)
            self._be("failed")

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        """Read the codes that it prints at its start; pass other output to the terminal."""
        if process.stdout is None:
            return
        with process.stdout as said:
            for line in said:
                if line.startswith(b'{"invitations"'):
                    self.invitations = json.loads(line)["invitations"]
                else:
                    sys.stdout.write(line.decode(errors="replace"))

    def _be(self, state: State) -> None:
        self.state = state
        self.on_change()


def _hang_up(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        process.stdin.close()
