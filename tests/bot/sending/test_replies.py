"""Replies on their way out: one chat's in the order in which they were said, whoever said them."""

from datetime import UTC, datetime, timedelta

from storage.messages.outbox import OutboxRow, Outgoing
from storage.session.unit_of_work import UnitOfWork
from tests.bot.stage import Stage, until


async def test_what_a_dead_worker_left_comes_before_what_waits_for_it(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    here, long_ago = chat.phone.person_id, datetime(2026, 11, 22, tzinfo=UTC)
    assert bot_app.application is not None

    def say(work: UnitOfWork) -> list[OutboxRow]:
        parts = ({"text": f"Part {number}"} for number in range(4))
        return [work.outbox.add(Outgoing(here, "sendMessage", part, "reply", long_ago)) for part in parts]

    bot_app.server.cloud.faults.add("delay", method="sendMessage", chat_id=here, times=1, seconds=2)
    left, own, left_too, own_too = await bot_app.storage.write(say)
    bot_app.application.sender._offer([own])

    async def is_on_its_way() -> bool:
        return not bot_app.server.cloud.faults.active

    await until(is_on_its_way)
    for offered in (own_too, left, left_too):
        bot_app.application.sender._offer([offered])
    await bot_app.settles()
    await chat.phone.looks()
    parts = [screen.text for screen in chat.phone.messages if screen.text.startswith("Part")]
    assert parts == ["Part 1", "Part 0", "Part 2", "Part 3"]  # the second was on its way already


async def test_what_was_dated_by_a_clock_that_was_ahead_goes_out_at_the_next_start(bot_app: Stage) -> None:
    chat = bot_app.talk()
    await chat.starts()
    here, tomorrow = chat.phone.person_id, datetime.now(UTC) + timedelta(days=1)
    say = Outgoing(here, "sendMessage", {"text": "Dated too late"}, "reply", tomorrow)
    await bot_app.storage.write(lambda work: work.outbox.add(say))
    assert bot_app.application is not None
    await bot_app.application.sender.take_up()
    await bot_app.settles()
    await chat.phone.looks()
    assert "Dated too late" in [screen.text for screen in chat.phone.messages]
