"""Starting a trial from the command line, and who is let in."""

import asyncio
import contextlib
import os
import re
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import psutil
import pytest

from bot.trial.starting import free_port
from tests.bot.process import COMMAND, environment
from tests.bot.trial.opening import Trial

pytestmark = pytest.mark.timeout(180)

REAL = "123456789:AAHreal-token-of-somebody-elses-bot"
SOON = 60.0


@contextlib.asynccontextmanager
async def started(folder: Path, *words: str, **given: str) -> AsyncIterator[tuple[Process, str]]:
    """`meldind …` in a process of its own, and the line it prints; in the end it is interrupted as by Ctrl+C."""
    variables = {**environment(None, folder), "CI": "1", **given}
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *words, env=variables, cwd=folder, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(SOON):
            yield process, (await process.stdout.readline()).decode()
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.wait()


def address(line: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+/", line)
    assert found, line
    return found[0]


async def state(line: str) -> str:
    async with aiohttp.ClientSession() as session, session.get(f"{address(line)}trial/state") as response:
        return str((await response.json())["bot"])


async def runs(line: str) -> None:
    """Wait until the bot of the trial runs."""
    while await state(line) != "running":  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.05)


def test_a_second_trial_takes_another_port() -> None:
    first = free_port(None)
    assert free_port(first) == first
    assert free_port(0) != 0


async def test_try_prints_one_line_with_the_address(tmp_path: Path, port: int) -> None:
    began = time.monotonic()
    async with started(tmp_path, "try", "--no-browser", "--port", str(port)) as (process, line):
        ready = time.monotonic() - began
        assert line.startswith("The phones are at http://127.0.0.1:")
        await runs(line)
        sys.stdout.write(
            f"a usable page after {ready:.2f} s, a bot that answers after {time.monotonic() - began:.2f} s\n"
        )
        process.send_signal(signal.SIGINT)
        said, complained = await process.communicate()
        assert (process.returncode, said, complained) == (0, b"", b"")
    assert (tmp_path / "try.db").exists()


async def test_run_without_a_token_is_a_trial(tmp_path: Path) -> None:
    async with started(tmp_path, "run") as (_process, line):
        assert line.startswith("BOT_TOKEN is not set, so this is a trial on this machine.")
        await runs(line)


async def test_a_real_token_stays_unused_and_nothing_leaves_this_machine(tmp_path: Path, port: int) -> None:
    given = {"BOT_TOKEN": REAL, "DATABASE_URL": "postgresql://elsewhere.invalid/real", "MELDIND_MODE": "webhook"}
    more = {"WEBHOOK_URL": "https://elsewhere.invalid/hook", "WEBHOOK_SECRET": "s"}
    async with started(tmp_path, "try", "--port", str(port), **given, **more) as (process, line):
        assert line.startswith("The token in BOT_TOKEN stays unused")
        assert REAL not in line
        await runs(line)
        me = psutil.Process(process.pid)
        (bot,) = me.children()
        assert bot.environ()["BOT_TOKEN"] != REAL
        assert bot.environ()["TELEGRAM_API_URL"] == address(line).rstrip("/")
        for _ in range(20):
            for each in (me, bot):
                for connection in each.net_connections("inet"):
                    assert connection.laddr.ip == "127.0.0.1"
                    assert not connection.raddr or connection.raddr.ip == "127.0.0.1"
            await asyncio.sleep(0.05)


async def test_a_trial_that_is_killed_takes_its_bot_along(tmp_path: Path, port: int) -> None:
    async with started(tmp_path, "try", "--port", str(port)) as (process, line):
        await runs(line)
        (bot,) = psutil.Process(process.pid).children()
        process.kill()
        await asyncio.to_thread(bot.wait, 10)


async def test_a_second_trial_on_the_same_data_is_refused_with_a_line(tmp_path: Path, port: int) -> None:
    async with started(tmp_path, "try", "--port", str(port)) as (_process, line):
        await runs(line)
        async with started(tmp_path, "try") as (second, said):
            _, complained = await second.communicate()
            assert (second.returncode, said) == (1, "")
            assert complained.decode().startswith("meldind: Another process")
            assert complained.decode().endswith(f"It is at {address(line)}\n")


async def test_a_port_that_is_taken_is_said(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        async with started(tmp_path, "try", "--port", str(port)) as (process, _line):
            _, complained = await process.communicate()
            assert process.returncode == 1
            assert complained.decode().startswith(f"meldind: Port {port} is taken")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "meldind.example.org"}, 403),
        ({"Host": "169.254.169.254"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
@pytest.mark.parametrize("path", ["", "trial/state", "trial/texts", "page/main.js", "control/state"])
async def test_only_the_page_itself_is_let_in(
    without_bot: Trial, path: str, headers: dict[str, str], status: int
) -> None:
    async with aiohttp.ClientSession() as session, session.get(without_bot.address + path, headers=headers) as response:
        assert response.status == status


async def test_pages_elsewhere_cannot_use_the_switches(without_bot: Trial) -> None:
    async with aiohttp.ClientSession(headers={"Origin": "https://example.org"}) as session:
        for path in ("trial/bot/start", "trial/people", "control/faults"):
            async with session.post(without_bot.address + path, json={}) as response:
                assert response.status == 403
    assert without_bot.bot.state == "stopped"


async def test_the_browser_is_told_to_fetch_nothing_from_elsewhere(without_bot: Trial) -> None:
    async with aiohttp.ClientSession() as session, session.get(without_bot.address) as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


async def test_it_listens_on_loopback_only(without_bot: Trial) -> None:
    me = psutil.Process(os.getpid())
    port = int(without_bot.server.url.rpartition(":")[2])
    (listening,) = [each for each in me.net_connections("inet") if each.status == "LISTEN" and each.laddr.port == port]
    assert listening.laddr.ip == "127.0.0.1"


async def test_nonsense_is_refused(without_bot: Trial) -> None:
    url = without_bot.address
    bodies = (b"", b"{}", b"[]", b'{"first_name": " ", "role": "partner", "language": "da"}')
    async with aiohttp.ClientSession() as session:
        for body in (*bodies, b'{"first_name": "A", "role": "king", "language": "da"}'):
            async with session.post(f"{url}trial/people", data=body) as response:
                assert response.status == 400
        for path in ("page/../front.py", "page/none.js", "trial/bot/dance", "trial/people/1/start", "elsewhere"):
            async with session.post(url + path) as response:
                assert response.status == 404
