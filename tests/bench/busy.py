"""An export of a full database and a digest are made: how long people wait meanwhile for their replies."""

import asyncio
import contextlib
import tempfile
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

from bot.botapi.cloud.people import Hand
from bot.botapi.cloud.world import Change, Chat
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bench.bots import MeasuredBot, meldind
from tests.bench.comparing import tell
from tests.bench.databases import Kind
from tests.bench.growing import filled
from tests.bench.measuring import milliseconds
from tests.bench.phones import Answer, labels_of
from tests.bench.running import FOLDER, Load, Running, running
from tests.bench.table import markdown

HEAD = ("", "calm p50 ms", "p95 ms", "p99 ms", "busy p50 ms", "p95 ms", "p99 ms", "ratio of p99", "export s")

RATE = 20.0
"""Answers a second, so few that the machine has room for both."""

PHONES_FOR_A_RATE = 4.0
DIGEST_EVERY = 5.0
PATIENCE = 1800.0

SHARES = (0.5, 0.95, 0.99)


async def busy(
    kinds: Sequence[Kind], reports: int, rate: float, warm_up: float, seconds: float, rounds: int
) -> tuple[str, list[str]]:
    """Calm and busy by turns, on a database of each kind with so many `reports`: a table over all rounds, and what
    went wrong.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows, problems = [], []
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=FOLDER)))
        for kind in kinds:
            bot = meldind(stack.enter_context(filled(kind, reports, folder)))
            row, wrong = await _measured(bot, rate, warm_up, seconds, rounds)
            rows.append(row)
            problems += [f"{bot.name}: {each}" for each in wrong]
    return markdown(HEAD, rows), problems


async def _measured(
    bot: MeasuredBot, rate: float, warm_up: float, seconds: float, rounds: int
) -> tuple[list[str], list[str]]:
    seen: dict[str, list[Answer]] = {"calm": [], "busy": []}
    lasted = []
    async with running(bot, Load(phones=round(PHONES_FOR_A_RATE * rate), rate=rate)) as run:
        storage = Storage.open(str(run.database_url))
        await storage.write(_decided)
        ann = await _coordinator(run, storage)
        await asyncio.sleep(warm_up)
        for number in range(1, rounds + 1):
            answers = {"calm": await _during(run, asyncio.sleep(seconds))}
            begun = perf_counter()
            answers["busy"] = await _during(run, _file_and_digests(f"export{number}", ann, storage))
            lasted.append(perf_counter() - begun)
            for when, those in answers.items():
                seen[when] += those
            tell(
                {
                    "bot": bot.name,
                    "round": number,
                    "answers": {when: len(those) for when, those in answers.items()},
                    "export_s": round(lasted[-1], 1),
                    **{f"{when}_ms": _rounded(those) for when, those in answers.items()},
                }
            )
        states = await storage.read(partial(_states))
        await storage.close()
    problems = run.loop.problems + [f"an export ended as {state}" for state in states if state != "done"]
    calm, during = _rounded(seen["calm"]), _rounded(seen["busy"])
    ratio = during[-1] / calm[-1]
    cells = [f"{each:.1f}" for each in (*calm, *during)]
    return [bot.name, *cells, f"{ratio:.2f}", f"{median(lasted):.0f}"], problems


def _rounded(answers: list[Answer]) -> list[float]:
    """The times below which half, 95 and 99 percent of the answers came, in milliseconds."""
    return [round(each, 1) for each in milliseconds(answers, *SHARES)]


def _decided(work: UnitOfWork) -> None:
    """Publish what the database began with: a digest lists all that waits for a decision, which are few."""
    work._connection.execute(text("UPDATE reports SET status = 'published' WHERE created_at < '2026-01-01'"))


async def _during(run: Running, work: Awaitable[None]) -> list[Answer]:
    begun = len(run.loop.answers)
    await work
    return run.loop.answers[begun:]


async def _coordinator(run: Running, storage: Storage) -> Hand:
    """Somebody who may see figures, and opens the spreadsheet of each digest."""
    server = run.loop.server
    person = server.world.add_person("Ann", language_code="en")
    person.started = True
    hand = Hand(server.cloud, person, server.world.chats[person.id])

    def become(work: UnitOfWork) -> None:
        standing = work.people.arrive(person.id, person.id, "en", datetime.now(UTC), "Ann")
        work.members.become(standing.person.id, frozenset({"coordinator"}))

    def opens(chat: Chat, change: Change) -> None:
        if chat.id == person.id and change.message and change.by is None and change.kind == "message":
            labels = labels_of(change.message)
            if "Spreadsheet" in labels:
                message = int(change.message["message_id"])
                asyncio.get_running_loop().call_soon(hand.presses, message, labels["Spreadsheet"])

    await storage.write(become)
    server.world.listeners.append(opens)
    return hand


async def _file_and_digests(this: str, ann: Hand, storage: Storage) -> None:
    """Ask for a spreadsheet of every report, and now and then for a digest, until the first has come."""
    person = ann.person.id

    def ask(work: UnitOfWork) -> None:
        number = work._connection.scalar(text("SELECT id FROM people WHERE telegram_id = :it"), {"it": person})
        work.exports.ask(this, int(number or 0), "xlsx", False, "en", datetime.now(UTC))

    await storage.write(ask)
    async with asyncio.timeout(PATIENCE):
        asked = -DIGEST_EVERY
        while await storage.read(partial(_is_asked, this)):
            if perf_counter() - asked >= DIGEST_EVERY:
                asked = perf_counter()
                ann.types("/digest 2020-W10")
            await asyncio.sleep(0.25)


def _is_asked(this: str, work: UnitOfWork) -> bool:
    query = text("SELECT count(*) FROM exports WHERE id = :this AND state = 'asked'")
    return bool(work._connection.scalar(query, {"this": this}))


def _states(work: UnitOfWork) -> list[str]:
    return [str(state) for state in work._connection.scalars(text("SELECT state FROM exports"))]
