"""One run: so many updates, what came of them, and what should not have."""

import gc
import reprlib
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import psutil
from sqlalchemy import text

from bot.sending.handled import Handled
from bot.telegram.updates import KINDS
from conversations.model.people.permissions import Role
from storage.session.unit_of_work import UnitOfWork
from tests.fuzz.bot import FuzzedBot, becomes, departs, fuzzed_bot, quarantined
from tests.fuzz.sending import TAGS, WITH_ROLES, Sender, Senders

LONGEST = 10.0
"""Seconds for one update after which it counts as a stall; far beyond what a busy machine does to an honest one."""
SLOWEST = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not have come of an update."""

    what: str
    update: object

    def __str__(self) -> str:
        return f"{self.what}\n    {shown(self.update)[:2000]}"


@dataclass(slots=True)
class Report:
    """What a run gave."""

    seed: int
    updates: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    methods: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, float, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    seconds: float = 0.0
    memory: tuple[float, float] = (0.0, 0.0)
    kept: Counter[str] = field(default_factory=Counter)


def shown(update: object) -> str:
    """`update` as it can be read, also where it is nested too deeply for Python to write it out."""
    try:
        return repr(update)
    except RecursionError:
        return reprlib.repr(update)


ROLES: tuple[Role, ...] = ("owner", "coordinator", "coordinator", "partner", "partner")


def cast(random: Random, numbers: Iterable[int]) -> Senders:
    """People with these numbers; the first have roles and press what they see, of the others many report."""
    people = [
        Sender(
            number,
            f"Person {nth}",
            random.choice(TAGS),
            diligence=0 if nth < WITH_ROLES else random.choice((0, 0.5, 0.9)),
        )
        for nth, number in enumerate(numbers)
    ]
    return Senders(random, people)


async def fuzz(updates: int, seed: int, folder: Path) -> Report:
    """Let `updates` of them come in, and look at what comes of each."""
    random = Random(seed)
    report = Report(seed, updates)
    senders = cast(random, range(1000, 1040))
    async with fuzzed_bot(folder, random) as bot:
        for sender, role in zip(senders.people, ROLES, strict=False):
            await becomes(bot.storage, sender, role)
        began, before = time.perf_counter(), _megabytes()
        last = 0
        for _ in range(updates):
            last = await _one(bot, senders, report, last)
        report.seconds, report.memory = time.perf_counter() - began, (before, _megabytes())
        report.findings += [Finding("updates are left waiting", lane) for lane in await bot.waiting()]
        report.kept = await bot.storage.read(_kept)
    return report


async def _one(bot: FuzzedBot, senders: Senders, report: Report, last: int) -> int:
    """One update, whole or broken; the number of the last one that was set aside."""
    kind, sender, given, ways = senders.next()
    report.kinds[kind] += 1
    report.broken.update(ways)
    try:
        handled, seconds, worked = await bot.take(given)
    except Exception as error:  # noqa: BLE001 - each is a finding
        report.findings.append(Finding(f"an exception left the bot: {error!r}", given))
        report.outcomes["exception"] += 1
        return last
    _note_time(report, seconds, worked, f"{kind} {shown(given)}")
    aside = await bot.storage.read(partial(quarantined, after=last))
    for number, reason in aside:
        last = max(last, number)
        report.quarantined[explained(reason) or reason] += 1
        report.findings += unexplained(reason, given)
    report.outcomes["set aside" if aside else "answered" if _says_something(handled) else "nothing to say"] += 1
    if not ways and not aside:
        _must_be_answered(report, kind, given, handled)
    for one in handled:
        await _goes_out(bot, senders, sender, one, report, given)
    return last


def explained(reason: str) -> str:
    """Why an update was set aside, without the code of the occasion; "" where the reason is that a turn failed."""
    code, _, why = reason.partition(" ")
    why = why if len(code) == 6 and code.isalnum() else reason
    return why if ": " in why or why == "not an update" else ""


def unexplained(reason: str, update: object) -> list[Finding]:
    """What is wrong with `update` having been set aside for that reason."""
    why = explained(reason)
    if not why:
        return [Finding(f"a turn failed: {reason}", update)]
    if why != "not an update" and departs(update) is None:
        return [Finding(f"an update as the specification has it was set aside: {why}", update)]
    return []


def _must_be_answered(report: Report, kind: str, update: dict[str, Any], handled: list[Handled]) -> None:
    body = update[kind]
    private = isinstance(body, dict) and body.get("chat", {}).get("type") == "private"
    if kind == "callback_query" and not any(each.press or any(row.press for row in each.rows) for each in handled):
        report.findings.append(Finding("a press is not answered", update))
    if (
        kind == "message"
        and private
        and "text" in body
        and "via_bot" not in body
        and not any(each.rows for each in handled)
    ):
        report.findings.append(Finding("a text is not answered", update))
    if kind not in KINDS and handled:
        report.findings.append(Finding("a kind of update that is not asked for was handled", update))


async def _goes_out(
    bot: FuzzedBot, senders: Senders, sender: Sender, handled: Handled, report: Report, update: object
) -> None:
    for row in handled.rows:
        report.methods[row.method] += 1
        try:
            wrong = await bot.wrong_with(row)
        except Exception as error:  # noqa: BLE001 - each is a finding
            wrong = f"it cannot be made: {error!r}"
        if wrong:
            report.findings.append(Finding(f"a request that Telegram refuses: {wrong}", update))
        owner = next((each for each in senders.people if each.id == row.chat_id), None)
        message = row.payload.get("message_id") or (owner or sender).next_message()
        await bot.sent(row, message)
        keyboard = (row.payload.get("reply_markup") or {}).get("inline_keyboard", [])
        for data in (button["callback_data"] for line in keyboard for button in line if "callback_data" in button):
            if owner:
                owner.seen.append((message, data))
            else:
                senders.in_groups.append((row.chat_id, message, data))


def _says_something(handled: list[Handled]) -> bool:
    return any(each.rows or each.press for each in handled)


def _note_time(report: Report, seconds: float, worked: float, what: str) -> None:
    report.slowest = sorted([*report.slowest, (seconds, worked, what[:120])], reverse=True)[:SLOWEST]
    if seconds > LONGEST:
        report.findings.append(Finding(f"one update took {seconds:.1f} s, {worked:.1f} s of the CPU", what))


def _kept(work: UnitOfWork) -> Counter[str]:
    tables = ("people", "reports", "answers", "audit", "inbox", "outbox")
    return Counter(
        {table: work.inbox._connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables}
    )


def _megabytes() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6
