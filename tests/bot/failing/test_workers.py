"""Several workers on one PostgreSQL: order, nothing twice, and what one leaves behind another takes up."""

import asyncio
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.botapi import Phone
from conversations.context.session import Session, Turn
from conversations.model.outcomes import DigestWanted, DraftStarted, TimezoneChosen
from storage.messages.outbox import Kind, Outgoing
from storage.messages.workers import SENDING
from storage.session.unit_of_work import UnitOfWork
from tests.bot.crew import Crew, crew
from tests.bot.reporting import FIRST_ASKED
from tests.bot.stage import NAMES, Talk, until
from tests.storage.chat import next_due_at

pytestmark = pytest.mark.timeout(240)

ASKED = [FIRST_ASKED, "What stage is it at?", "What is it called?", "What do you do, who is it for, and why?"]


def told(chat: int, words: str, kind: Kind = "notice") -> Outgoing:
    return Outgoing(chat, "sendMessage", {"text": words}, kind, datetime.now(UTC), key=f"{kind}:{chat}:{words}")


async def called(made: Crew, before: list[int]) -> int:
    """The number of the worker that got the next message after the calls `before`, once it has confirmed it.

    The counts `before` must be read when nothing waits: a call is counted only when Telegram has its answer, and the
    bot's message may be on the phone before that.
    """

    async def is_counted() -> bool:
        return made.calls != before

    await until(is_counted)
    return next(number for number, calls in enumerate(made.calls) if calls != before[number])


async def readers(made: Crew, count: int) -> list[Phone]:
    """People whom the bot may write to."""
    phones = [made.server.phone("en", f"Reader {number}") for number in range(count)]
    for phone in phones:
        await phone.starts()
    for phone in phones:
        await phone.sees("Welcome", 60)
    await made.settles()
    return phones


async def times_seen(phone: Phone, words: str) -> int:
    await phone.looks()
    return sum(words in screen.text for screen in phone.messages if screen.by_bot)


async def holder(made: Crew) -> int:
    """The number of the worker process that holds the lease."""

    def look(work: UnitOfWork) -> str:
        query = text("SELECT w.name FROM leases l JOIN workers w ON w.id = l.worker_id WHERE l.name = :name")
        return str(work.outbox._connection.scalar(query, {"name": SENDING}))

    name = await made.storage.read(look)
    return next(number for number, worker in enumerate(made.workers) if name.endswith(f"/{worker.pid}"))


async def news_begins(made: Crew, count: int) -> tuple[list[Phone], int]:
    """So many are being told of the news, the first already was; who they are, and which worker tells them."""
    phones = await readers(made, count)
    notices = [told(phone.person_id, "News") for phone in phones]
    await made.storage.write(lambda work: work.outbox.add_many(notices))
    await phones[0].sees("News", 60)
    return phones, await holder(made)


async def test_everybodys_messages_are_answered_in_their_order_and_nothing_twice(
    postgres_url: str, tmp_path: Path
) -> None:
    async with crew(postgres_url, tmp_path) as made:
        talks = [Talk(made.server.phone("en", f"Emily {number}")) for number in range(12)]
        for talk in talks:  # whoever answers first is slow, and may be overtaken by the other
            made.server.cloud.faults.add("delay", method="sendMessage", chat_id=talk.phone.person_id, seconds=2)
        for words in ("/report", "Aarhus", "running", "Language café"):
            for talk in talks:
                await talk.phone.types(words)
        for talk in talks:
            await talk.phone.sees(ASKED[-1], 60)
        await made.settles()
        for talk in talks:
            await talk.phone.looks()
            said = [screen.text for screen in talk.phone.messages if screen.by_bot]
            asked = [next(words for words in ASKED if words in shown) for shown in said]
            assert asked == ASKED
        assert min(made.calls) > 0, made.calls


async def test_notices_come_once_whoever_dies(postgres_url: str, tmp_path: Path) -> None:
    async with crew(postgres_url, tmp_path) as made:
        phones, first = await news_begins(made, 40)
        await made.workers[first].kill()
        for phone in phones:
            await phone.sees("News", 60)
        await made.settles()
        assert await holder(made) != first
        shown = Counter([await times_seen(phone, "News") for phone in phones])
        # What was under way when it was killed may come once more, and only that.
        assert set(shown) <= {1, 2}
        doubts = await made.storage.read(
            lambda work: work.outbox._connection.scalar(text("SELECT count(*) FROM outbox WHERE doubts > 0"))
        )
        assert shown[2] <= doubts


async def test_what_a_worker_that_died_had_not_handled_or_shown_another_does(postgres_url: str, tmp_path: Path) -> None:
    async with crew(postgres_url, tmp_path) as made:
        talk = Talk(made.server.phone("en", NAMES["en"]))
        await talk.starts()
        for number in (0, 1):
            await made.settles()
            slow = made.server.cloud.faults.add("delay", method="sendMessage", times=None, seconds=30)
            before = list(made.calls)
            await talk.phone.types("/help" if number else "/report")
            dying = await called(made, before)
            await made.workers[dying].kill()
            slow.times = 0
            await talk.phone.sees("What I can do" if number else FIRST_ASKED, 60)
            await made.workers[dying].start()
            await made.are_there(2)
        await made.settles()


async def test_what_a_dead_worker_had_to_say_comes_before_what_another_says_next(
    postgres_url: str, tmp_path: Path
) -> None:
    async with crew(postgres_url, tmp_path) as made:
        talk = Talk(made.server.phone("en", NAMES["en"]))
        await talk.starts()
        await made.settles()
        slow = made.server.cloud.faults.add("delay", method="sendMessage", times=None, seconds=60)
        before = list(made.calls)
        await talk.phone.types("/report")

        async def is_to_be_said() -> bool:
            return await made.storage.read(next_due_at) is not None

        dying = await called(made, before)
        await until(is_to_be_said)
        await made.workers[dying].kill()
        slow.times = 0
        await talk.phone.types("/help")
        await talk.phone.sees("What I can do", 60)
        await made.settles()
        await talk.phone.looks()
        said = [screen.text for screen in talk.phone.messages if screen.by_bot]
        assert [FIRST_ASKED in text for text in said] == [False, True, False]


async def test_a_pause_that_telegram_asks_for_is_kept_by_every_worker_and_after_a_restart(
    postgres_url: str, tmp_path: Path
) -> None:
    async with crew(postgres_url, tmp_path) as made:
        (phone,) = await readers(made, 1)
        made.server.cloud.faults.add("too_many_requests", method="sendMessage", seconds=8)
        await made.storage.write(lambda work: work.outbox.add(told(phone.person_id, "News")))

        async def refused() -> bool:
            return any(entry.status == 429 for entry in made.server.journal.entries)

        await until(refused)

        async def is_kept() -> bool:
            pause = await made.storage.read(
                lambda work: work.retry_after.until(int(made.server.token.partition(":")[0]), datetime.now(UTC))
            )
            return pause is not None

        await until(is_kept)
        until_then = next(entry.at for entry in made.server.journal.entries if entry.status == 429) + 8
        for worker in made.workers:
            await worker.kill()
            await worker.start()
        await made.are_there(2)
        talks = [Talk(made.server.phone("en", f"Emily {number}")) for number in range(4)]
        for talk in talks:
            await talk.phone.types("/help")
        for talk in talks:
            await talk.phone.sees("What I can do", 60)
        await phone.sees("News", 60)
        entries = [each for each in made.server.journal.entries if each.method == "sendMessage"]
        refusal = next(number for number, each in enumerate(entries) if each.status == 429)
        assert min(each.at for each in entries[refusal + 1 :]) >= until_then - 0.1


async def test_a_worker_that_stops_leaves_its_lease_to_the_other_at_once(postgres_url: str, tmp_path: Path) -> None:
    async with crew(postgres_url, tmp_path) as made:
        phones, first = await news_begins(made, 60)
        async with asyncio.timeout(15):
            assert await made.workers[first].ends(signal.SIGTERM) == 0
        for phone in phones:
            await phone.sees("News", 60)
        await made.settles()
        assert [await times_seen(phone, "News") for phone in phones] == [1] * len(phones)


def with_all_that_is_due(work: UnitOfWork, telegram_ids: list[int]) -> None:
    """Each of them is due a reminder of a draft, a weekly digest and a file, wherever it is the middle of the day."""
    now = datetime.now(UTC)
    noon = f"Etc/GMT{now.hour - 13:+d}"
    yesterday = now - timedelta(days=1)
    for who in telegram_ids:
        person = work.people.arrive(who, who, "en", now).person
        work.members.become(person.id, frozenset({"coordinator"}))
        wanted = DigestWanted(0, yesterday.weekday(), yesterday.hour, "UTC")
        for outcome, at in (
            (TimezoneChosen(noon), now),
            (DraftStarted(f"draft{who}"), now - timedelta(days=3)),
            (wanted, now - timedelta(days=3)),
        ):
            work.keep(person, Turn(Session(1, None), (), (outcome,), language="en"), at)
        work.exports.ask(f"export{who}", person.id, "csv", False, "en", now)


async def test_reminders_weekly_digests_and_files_come_once_from_two_workers(postgres_url: str, tmp_path: Path) -> None:
    async with crew(postgres_url, tmp_path) as made:
        phones = await readers(made, 6)
        for worker in made.workers:
            await worker.kill()
        await made.storage.write(lambda work: with_all_that_is_due(work, [phone.person_id for phone in phones]))
        # A worker looks for all of it when it starts, so both do at about the same time.
        for worker in made.workers:
            await worker.start()

        async def all_came() -> bool:
            return await made.storage.read(came) >= Counter(digest=6, reminder=6, file=6)

        await until(all_came, 90)
        await made.settles()
        assert await made.storage.read(came) == Counter(digest=6, reminder=6, file=6)
        files = [each for each in made.server.journal.entries if each.method == "sendDocument" and each.status == 200]
        assert len(files) == len(phones)


def came(work: UnitOfWork) -> Counter[str]:
    """What the workers put into the outbox besides replies, and the files they made."""
    rows = work.outbox._connection.execute(
        text(
            "SELECT CASE WHEN kind = 'digest' THEN 'digest' ELSE 'reminder' END FROM outbox"
            " WHERE kind = 'digest' OR key LIKE 'occasion:%'"
            " UNION ALL SELECT 'file' FROM exports WHERE state = 'done'"
        )
    )
    return Counter(kind for (kind,) in rows)
