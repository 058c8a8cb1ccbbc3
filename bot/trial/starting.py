"""Starts a trial: first the bot, which takes longest, then the page."""

import os
import secrets
import socket
import sys
import threading
import time
import webbrowser

from bot.runtime.errors import Unusable
from bot.runtime.settings import read_settings
from bot.trial.bot_process import BotProcess
from bot.trial.options import PORT, Options


def try_in_browser(options: Options, began: float, first_words: str = "") -> bool:
    """Serve the trial until it is interrupted; False: the bot could not start, and has printed why.

    `began` is when the command was called (`time.perf_counter`), `first_words` are printed before the line with the
    page's address.
    """
    _must_be_the_only_one()
    port = free_port(options.port)
    token = f"{secrets.randbelow(10**9) + 7 * 10**9}:LOCAL-{secrets.token_urlsafe(24)}"
    bot = BotProcess(f"http://127.0.0.1:{port}", token, options)
    bot.start()
    try:
        import asyncio

        from bot.trial.serving import serve

        if not first_words and read_settings().token is not None:
            first_words = "The token in BOT_TOKEN stays unused: a trial has one of its own. "

        def announce(address: str) -> None:
            seconds = time.perf_counter() - began
            sys.stdout.write(f"{first_words}The phones are at {address} (after {seconds:.1f} s; Ctrl+C ends it)\n")
            sys.stdout.flush()
            if options.browser and _has_a_browser():
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

        return asyncio.run(serve(port, token, bot, options, announce))
    finally:
        bot.stop()


def _must_be_the_only_one() -> None:
    """Raise AlreadyServed, with its address, if a trial with the same data is running."""
    lock = read_settings().data_dir / "try.db.lock"
    if lock.exists():
        from storage.engine.locks import SingleProcessLock

        with SingleProcessLock(lock):
            pass


def free_port(wished: int | None) -> int:
    """Returns the port to serve on. Raises Unusable if the requested one is taken."""
    for port in (PORT, 0) if wished is None else (wished,):
        try:
            with socket.create_server(("127.0.0.1", port)) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    raise Unusable(f"Port {wished} is taken; choose another one with --port, or leave it out.")


def _has_a_browser() -> bool:
    """Returns whether a browser window can be shown."""
    if os.environ.get("CI"):
        return False
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
