"""`meldind try --terminal`: the whole bot on this machine, with a phone in the terminal."""

import asyncio
import sys
import threading
from pathlib import Path

from bot.botapi import BotApiServer, Phone
from bot.botapi.cloud.people import NotPossible
from bot.botapi.phones.phone import Screen
from bot.runtime.logs import set_up_logging
from bot.runtime.settings import Settings
from bot.serving import opened, serving_alone
from bot.telegram.http import run_requests

HOW = """\
Type as you would on the phone. A number presses the button with that number; \\3 sends the number 3 itself.
  :photo FILE   :file FILE   :location 55.68 12.57   :quit"""

NAMES = {"da": "Ida", "sl": "Maja"}
"""Who is at the phone, by language; anybody else is Emily."""


def play(settings: Settings, language: str) -> None:
    """Start everything, and serve the person at this terminal until they quit or their input ends."""
    set_up_logging(settings.log, "error" if settings.log_level == "info" else settings.log_level)
    run_requests(_play(settings, language))


async def _play(settings: Settings, language: str) -> None:
    async with BotApiServer() as server:
        database_url = f"sqlite:///{settings.data_dir.resolve() / 'try.db'}"
        trial = settings.but(database_url=database_url, api_url=server.url, mode="polling", http=None, proxy=None)
        with serving_alone(trial):
            async with opened(trial, server.token) as application, application.running():
                await Terminal(server.phone(language, NAMES.get(language, "Emily"))).talk()


class Terminal:
    """A phone with standard output as screen and standard input as keyboard."""

    def __init__(self, phone: Phone) -> None:
        self._phone = phone
        self._shown: dict[int, Screen] = {}
        self._toasts = 0
        self._at_a_keyboard = sys.stdin.isatty()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()

    async def talk(self) -> None:
        """Perform typed lines, and show the bot's reactions."""
        if self._at_a_keyboard:
            _show(HOW)
        self._listen()
        await self._phone.starts()
        await self._answer()
        while (line := await self._next_line()) is not None:
            try:
                if not await self._do(line):
                    return
            except (NotPossible, OSError, ValueError) as error:
                _show(f"({error})")
            else:
                await self._answer()

    async def _do(self, line: str) -> bool:
        """Perform `line`; False: it ends the session."""
        command, _, rest = line.partition(" ")
        match command:
            case ":quit" | ":q":
                return False
            case ":photo":
                await self._phone.sends_photo(_content(rest))
            case ":file":
                await self._phone.sends_document(_content(rest), Path(rest.strip()).name)
            case ":location":
                await self._phone.shares_location(*_degrees(rest))
            case _ if line.isdecimal() and 0 < int(line) <= len(self._buttons()):
                message, label = self._buttons()[int(line) - 1]
                await self._phone.presses(label, message_id=message)
            case _:
                await self._phone.types(line.removeprefix("\\"))
        return True

    async def _answer(self) -> None:
        try:
            await self._phone.waits()
        except TimeoutError:
            _show("(no answer)")
        for screen in self._phone.messages:
            if screen.by_bot and self._shown.get(screen.message_id) != screen:
                self._shown[screen.message_id] = screen
                self._draw(screen)
        for toast in self._phone.toasts[self._toasts :]:
            _show(f"({toast})")
        self._toasts = len(self._phone.toasts)

    def _draw(self, screen: Screen) -> None:
        _show("─" * 60)
        _show(screen.text)
        number = 0
        for row in screen.buttons:
            numbered = []
            for label in row:
                number += 1
                numbered.append(self._coloured(f"{number} [{label}]"))
            _show("  " + "   ".join(numbered))

    def _coloured(self, text: str) -> str:
        return f"\x1b[36m{text}\x1b[0m" if self._at_a_keyboard and sys.stdout.isatty() else text

    def _buttons(self) -> list[tuple[int, str]]:
        """Returns the numbered buttons: those of the newest screen with buttons."""
        for screen in reversed(self._phone.messages):
            if screen.by_bot and screen.buttons:
                return [(screen.message_id, label) for label in screen.labels]
        return []

    async def _next_line(self) -> str | None:
        while (line := await self._lines.get()) is not None:
            if line := line.strip():
                return line
        return None

    def _listen(self) -> None:
        """Read the keyboard or a pipe in a daemon thread beside the event loop."""
        loop = asyncio.get_running_loop()

        def read() -> None:
            try:
                for line in sys.stdin:
                    loop.call_soon_threadsafe(self._lines.put_nowait, line)
                loop.call_soon_threadsafe(self._lines.put_nowait, None)
            except RuntimeError:  # the loop is closed: nobody is waiting
                return

        threading.Thread(target=read, daemon=True).start()


def _content(name: str) -> bytes:
    return Path(name.strip()).expanduser().read_bytes()


def _degrees(typed: str) -> tuple[float, float]:
    try:
        latitude, longitude = (float(number) for number in typed.replace(",", " ").split())
    except ValueError:
        raise ValueError(":location takes two numbers, as in :location 55.68 12.57") from None
    return latitude, longitude


def _show(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
