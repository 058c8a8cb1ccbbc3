"""Notices through the local server with its flood limits on, and what becomes of those that may have arrived."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.botapi import BotApiServer
from bot.botapi.cloud.faults import Kind as FaultKind
from bot.sending.notice_sender import SIDE_BY_SIDE
from bot.sending.rate_limits import RateLimits
from storage.messages.outbox import Kind, Outgoing
from tests.bot.failing.test_faults import states
from tests.bot.stage import Stage, on_stage, settings_for, until

pytestmark = pytest.mark.timeout(240)


def told(chat: int, words: str = "News", kind: Kind = "notice") -> Outgoing:
    return Outgoing(chat, "sendMessage", {"text": words}, kind, datetime.now(UTC))


async def tells(stage: Stage, *outgoing: Outgoing) -> None:
    await stage.storage.write(lambda work: work.outbox.add_many(outgoing))
    assert stage.application is not None
    stage.application.notice_sender.timer.look_now()


async def test_nothing_provokes_a_refusal_while_people_talk_and_groups_are_told(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path), pace=RateLimits)
        await stage.start()
        talking = [stage.talk() for _ in range(3)]
        readers = [stage.talk() for _ in range(60)]
        for talk in (*talking, *readers):
            await talk.starts()
        await asyncio.sleep(1)  # the limits begin to count here
        server.cloud.flood.on = True
        several = [told(readers[0].phone.person_id, f"News {number}") for number in range(4)]
        await tells(stage, *several, *(told(reader.phone.person_id) for reader in readers))
        for talk in talking * 3:
            await talk.writes("/help")
            await asyncio.sleep(0.4)
        await stage.settles()
        statuses = Counter(entry.status for entry in server.journal.entries if entry.method == "sendMessage")
        assert statuses[429] == 0
        assert server.cloud.flood.ignored == 0
        for reader in readers:
            await reader.phone.looks()
            assert sum("News" in each.text for each in reader.phone.messages) == (5 if reader is readers[0] else 1)
        said = [each.text for each in readers[0].phone.messages if "News" in each.text]
        assert said == ["News 0", "News 1", "News 2", "News 3", "News"]
        await stage.stop()


@pytest.mark.parametrize("kind", ["lost_answer", "internal_error"])
async def test_a_notice_that_may_have_arrived_goes_once_more_and_a_digest_does_not(
    tmp_path: Path, kind: FaultKind
) -> None:
    async with on_stage(tmp_path) as stage:
        reader = stage.talk()
        await reader.starts()
        stage.server.cloud.faults.add(kind, method="sendMessage", times=None)
        await tells(stage, told(reader.phone.person_id, "Digest", "digest"))
        await stage.settles()
        await tells(stage, told(reader.phone.person_id))
        await stage.settles()
        assert await stage.finds(states) == ["sent", "uncertain", "uncertain"]
        tries = Counter(entry.params["text"] for entry in stage.server.journal.entries if entry.faults)
        assert tries == Counter(News=2, Digest=1)


async def test_one_chat_whose_calls_stall_holds_up_no_other(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        readers = [stage.talk() for _ in range(30)]
        for reader in readers:
            await reader.starts()
        slow = readers[0].phone.person_id
        stage.server.cloud.faults.add("delay", chat_id=slow, times=None, seconds=5)
        many = [told(slow, str(number)) for number in range(60)]
        await tells(stage, *many, *(told(reader.phone.person_id) for reader in readers))
        for reader in readers[1:]:
            await reader.phone.sees("News")
        said = [
            entry.params["text"] for entry in stage.server.journal.entries if entry.chat_id == slow and entry.faults
        ]
        assert set(said) <= {"0"}
        stage.server.cloud.faults.clear()


@pytest.mark.parametrize("kind", ["blocked", "deactivated"])
async def test_who_has_stopped_the_bot_is_told_nothing_more(tmp_path: Path, kind: FaultKind) -> None:
    async with on_stage(tmp_path) as stage:
        gone, there = stage.talk(), stage.talk()
        for talk in (gone, there):
            await talk.starts()
        stage.server.cloud.faults.add(kind, chat_id=gone.phone.person_id)
        news = [told(talk.phone.person_id, words) for talk in (gone, there) for words in ("first", "second")]
        await tells(stage, *news)
        await stage.settles()
        assert await stage.finds(states) == ["sent", "sent", "failed", "cancelled", "sent", "sent"]
        reached = [each.chat for each in (await stage.finds(lambda work: work.notices.addresses(range(9)))).values()]
        assert reached == [there.phone.person_id]
        await gone.writes("/help")
        gone.bot("What I can do")


async def test_of_thousands_only_a_portion_is_taken(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        talk = stage.talk()
        await talk.starts()
        stage.server.cloud.faults.add("delay", method="sendMessage", times=None, seconds=60)
        await tells(stage, *(told(number) for number in range(1, 20_001)))
        assert stage.application is not None
        drain = stage.application.notice_sender

        async def all_that_may_are_under_way() -> bool:
            return len(drain._tasks) == SIDE_BY_SIDE

        await until(all_that_may_are_under_way)
        marked = await stage.finds(lambda work: 20_000 - len(work.delivery_queue.due(datetime.now(UTC), 30_000)))
        assert marked == SIDE_BY_SIDE
        stage.server.cloud.faults.clear()


async def test_what_is_for_one_chat_waits_for_the_notice_before_it_that_did_not_go_out(tmp_path: Path) -> None:
    async with on_stage(tmp_path) as stage:
        reader, other = stage.talk(), stage.talk()
        for talk in (reader, other):
            await talk.starts()
        here = reader.phone.person_id
        stage.server.cloud.faults.add("too_many_requests", method="sendMessage", chat_id=here, times=1, seconds=1)
        stage.server.cloud.faults.add("bad_gateway", method="sendMessage", chat_id=here, times=1)
        await tells(stage, *(told(here, words) for words in ("first", "second", "third")))
        await stage.settles()
        entries = [each for each in stage.server.journal.entries if each.chat_id == here]
        assert [each.params["text"] for each in entries if each.status == 200][-3:] == ["first", "second", "third"]


async def test_after_a_pause_that_telegram_asked_for_every_notice_arrives_once(tmp_path: Path) -> None:
    async with BotApiServer() as server:
        stage = Stage(server, settings_for(server, tmp_path), pace=RateLimits)
        await stage.start()
        readers = [stage.talk() for _ in range(8)]
        for reader in readers:
            await reader.starts()
        await asyncio.sleep(1.5)  # then all may be told at once, and are taken together
        server.cloud.faults.add("too_many_requests", method="sendMessage", times=1, seconds=3)
        await tells(stage, *(told(reader.phone.person_id) for reader in readers))
        for reader in readers:
            await reader.phone.sees("News")
        await stage.settles()
        arrived = Counter(
            entry.chat_id
            for entry in stage.server.journal.entries
            if entry.status == 200 and entry.params.get("text") == "News"
        )
        assert set(arrived.values()) == {1}
        assert len(arrived) == len(readers)
        await stage.stop()


async def test_what_was_taken_goes_out_though_a_sign_of_life_was_late_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with on_stage(tmp_path) as stage:
        reader = stage.talk()
        await reader.starts()
        assert stage.application is not None
        worker = stage.application.notice_sender._worker
        sure, asked = worker.epoch, 0

        def unsure_once_it_has_taken(lease: str) -> int | None:
            nonlocal asked
            asked += 1
            return None if 1 < asked < 4 else sure(lease)

        monkeypatch.setattr(worker, "epoch", unsure_once_it_has_taken)
        await tells(stage, told(reader.phone.person_id))
        await stage.settles()
        assert await stage.finds(states) == ["sent", "sent"]
