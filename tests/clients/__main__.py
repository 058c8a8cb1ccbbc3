"""Lets bots of other libraries talk to the local Bot API server, and prints what works: `make clients`."""

import asyncio
import base64
import json
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from bot.botapi import PIXEL, BotApiServer
from tests.clients.checks import ANSWER, CHECKS, answer

HERE = Path(__file__).parent / "bots"
READY_WITHIN = 60.0  # seconds for a bot to start
CHECKED_WITHIN = 20.0  # seconds for one check
NONE = "–"  # the library does not do this
KNOWN = "nothing that Telegram overlooks"
OVERLOOKED = {"telegraf": ("has no field 'hide'", "has no parameter 'method'")}
"""What a library sends although the Bot API does not know it; Telegram does not mind, and the server keeps it."""


@dataclass(frozen=True, slots=True)
class Client:
    """A library, with how a bot that uses it is started; `answers` if it can put a call into a webhook's answer."""

    name: str
    command: tuple[str, ...]
    version: str
    answers: bool = True


def clients(environment: Path) -> list[Client]:
    """The libraries with the versions that are in the folder `environment`, as `make clients` sets it up."""
    python = environment / "bin" / "python"
    site = next(environment.glob("lib/python*/site-packages"))
    python_versions = {found.name.lower(): found.version for found in distributions(path=[str(site)])}

    def for_node(name: str) -> Client:
        version = json.loads((environment / "node_modules" / name / "package.json").read_text(encoding="utf-8"))[
            "version"
        ]
        return Client(name, ("node", str(environment / f"{name}.js")), version)

    def for_python(name: str, file: str, *, answers: bool = True) -> Client:
        return Client(name, (str(python), str(HERE / file)), python_versions[name.lower()], answers)

    return [
        for_node("grammy"),
        for_node("telegraf"),
        for_python("aiogram", "aiogram_bot.py"),
        for_python("pyTelegramBotAPI", "telebot_bot.py", answers=False),
    ]


async def tried(client: Client, *, hook: bool) -> dict[str, str]:
    """What came of each check with `client`: "" if all is right, otherwise why not."""
    found: dict[str, str] = {}
    async with BotApiServer() as server:
        phone = server.phone()
        await phone.starts()
        process = await started(client, server, hook=hook)
        try:
            for name, check in {**CHECKS, **({ANSWER: answer} if hook and client.answers else {})}.items():
                try:
                    async with asyncio.timeout(CHECKED_WITHIN):
                        await check(server, phone)
                    found[name] = ""
                except (AssertionError, TimeoutError, LookupError) as error:
                    found[name] = str(error).splitlines()[0] if str(error) else type(error).__name__
        finally:
            process.kill()
            await process.wait()
        violations = [str(violation) for violation in server.violations]
        expected = OVERLOOKED.get(client.name, ())
        found[KNOWN] = "; ".join(each for each in violations if not each.endswith(expected))
    return found


async def started(client: Client, server: BotApiServer, *, hook: bool) -> Process:
    """The process of a bot that is ready. Raises TimeoutError if it is not in time."""
    environment = {
        **os.environ,
        "API_ROOT": server.url,
        "TOKEN": server.token,
        "PICTURE": base64.b64encode(PIXEL).decode(),
        **({"HOOK": f"http://127.0.0.1:{free_port()}/hook"} if hook else {}),
    }
    process = await asyncio.create_subprocess_exec(*client.command, env=environment, stdout=PIPE)
    if process.stdout is None:
        raise RuntimeError("a bot without output")
    async with asyncio.timeout(READY_WITHIN):
        line = await process.stdout.readline()
    if line.strip() != b"ready":
        raise RuntimeError(f"the bot with {client.name} did not start")
    return process


def free_port() -> int:
    """A port of this machine that nobody uses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def row(cells: list[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


def table(results: Mapping[Client, tuple[dict[str, str], dict[str, str]]]) -> str:
    """What was tried with which client, by long polling and by a webhook."""
    heads = ["", *(f"{client.name} {client.version}" for client in results)]
    lines = [row(heads), row(["---"] * len(heads))]
    for name in (*CHECKS, ANSWER, KNOWN):
        cells = [" / ".join(said(client, name, way) for way in ways) for client, ways in results.items()]
        lines.append(row([name, *cells]))
    return "\n".join(lines)


def said(client: Client, name: str, way: Mapping[str, str]) -> str:
    """What the table says of the check `name` with `client`."""
    if name not in way:
        return NONE
    if way[name]:
        return "NO"
    return "overlooked" if name == KNOWN and client.name in OVERLOOKED else "yes"


async def main() -> int:
    """Try each client in both ways; returns 1 if anything is wrong."""
    results: dict[Client, tuple[dict[str, str], dict[str, str]]] = {}
    wrong = []
    for client in clients(Path(sys.argv[1])):
        ways = [await tried(client, hook=hook) for hook in (False, True)]
        results[client] = (ways[0], ways[1])
        for way, found in zip(("long polling", "a webhook"), ways, strict=True):
            wrong += [f"{client.name} by {way}: {name}: {why}" for name, why in found.items() if why]
    print(table(results))
    print("\nEach is by long polling / by a webhook; – is what the library does not do there.")
    for name, what in OVERLOOKED.items():
        print(f"Of {name} Telegram overlooks: {', '.join(what)}.")
    print(*wrong, sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
