from datetime import datetime
from typing import Any

from storage.messages.outbox import Kind, OutboxRow, Outgoing
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.storage.chat import ANA, BO, NOW, later, next_due_at


def message(text: str = "Hej", kind: Kind = "reply", chat: int = ANA, due: datetime = NOW, **more: Any) -> Outgoing:
    return Outgoing(chat, "sendMessage", {"chat_id": chat, "text": text}, kind, due, **more)


async def add(storage: Storage, *outgoing: Outgoing) -> list[OutboxRow]:
    return await storage.write(lambda work: [work.outbox.add(each) for each in outgoing])


async def due(storage: Storage, now: datetime = NOW, limit: int = 100) -> list[OutboxRow]:
    """What is to be delivered: replies, then what the sender of notices finds."""
    return await storage.read(lambda work: (work.outbox.due(now, limit) + work.delivery_queue.due(now, limit))[:limit])


async def test_what_is_added_is_due_as_it_was_given(storage: Storage) -> None:
    (row,) = await add(storage, message("Dobrodošli 🙂", press="query", toast="Shranjeno"))
    assert await due(storage) == [row]
    assert row == OutboxRow(
        id=row.id,
        chat_id=ANA,
        method="sendMessage",
        payload={"chat_id": ANA, "text": "Dobrodošli 🙂"},
        kind="reply",
        due_at=NOW,
        key=None,
        press="query",
        toast="Shranjeno",
        person_id=None,
        attempts=0,
    )


async def test_replies_go_before_notices_and_notices_before_digests(storage: Storage) -> None:
    rows = await add(
        storage, message("1", "digest"), message("2", "notice"), message("3"), message("4", "notice"), message("5")
    )
    one, two, three, four, five = rows
    assert await due(storage) == [three, five, two, four, one]
    assert await due(storage, limit=2) == [three, five]


async def test_nothing_goes_before_its_time(storage: Storage) -> None:
    assert await storage.read(next_due_at) is None
    await add(storage, message("later", due=later(seconds=1)), message("much later", due=later(hours=1)))
    assert await due(storage) == []
    assert await storage.read(next_due_at) == later(seconds=1)
    assert [row.payload["text"] for row in await due(storage, later(seconds=1))] == ["later"]


async def test_what_a_clock_that_was_ahead_has_dated_does_not_wait_for_it(storage: Storage) -> None:
    await add(storage, message("soon", due=later(minutes=9)))
    assert not await storage.read(lambda work: work.outbox.is_dated_too_late(NOW))
    await add(storage, message("reply", due=later(hours=1)), message("notice", "notice", due=later(days=1)))
    assert await storage.read(lambda work: work.outbox.is_dated_too_late(NOW))
    assert await storage.write(lambda work: work.outbox.bring_forward(NOW)) == 2
    assert [row.payload["text"] for row in await due(storage)] == ["reply", "notice"]
    assert not await storage.read(lambda work: work.outbox.is_dated_too_late(NOW))


async def test_how_long_the_oldest_reply_waits_whatever_notices_do(storage: Storage) -> None:
    await add(storage, message("notice", "notice", due=later(seconds=-60)))
    assert await storage.read(lambda work: work.outbox.oldest_reply()) is None
    await add(storage, message("reply", due=later(seconds=5)))
    assert await storage.read(lambda work: work.outbox.oldest_reply()) == later(seconds=5)


async def test_of_one_key_only_the_last_unsent_one_goes_out(storage: Storage) -> None:
    await add(storage, message("1 picture", key="album", due=later(seconds=1)))
    await add(storage, message("2 photos", key="album", due=later(seconds=2)), message("else", key="another"))
    assert [row.payload["text"] for row in await due(storage, later(minutes=1))] == ["2 photos", "else"]


async def test_what_comes_after_a_key_was_sent_is_a_new_message(storage: Storage) -> None:
    (first,) = await add(storage, message("1 picture", key="album"))
    await storage.write(lambda work: work.outbox.sent(first.id, 5, NOW))
    await add(storage, message("2 photos", key="album"))
    assert [row.payload["text"] for row in await due(storage)] == ["2 photos"]


async def test_thousands_are_added_at_once_and_take_the_place_of_what_they_replace(storage: Storage) -> None:
    (old, other) = await add(storage, message("old", "notice", key="notice:7"), message("other", "notice", key="x"))
    many = [message(str(number), "notice", chat=number, key=f"notice:{number}") for number in range(1, 2001)]
    await storage.write(lambda work: work.outbox.add_many(many))
    await storage.write(lambda work: work.outbox.add_many([]))
    found = await due(storage, limit=5000)
    assert [row.payload["text"] for row in found] == ["other", *(str(number) for number in range(1, 2001))]
    assert old.id not in {row.id for row in found}
    assert found[0] == other
    assert {row.key for row in found} == {"x", *(each.key for each in many)}


async def test_a_row_replaced_while_it_is_being_sent_takes_nothing_with_it(storage: Storage) -> None:
    (first,) = await add(storage, message("1 picture", key="album"))
    (second,) = await add(storage, message("2 photos", key="album"))  # the first is on its way meanwhile
    await storage.write(lambda work: work.outbox.sent(first.id, 5, NOW))
    assert await due(storage) == [second]
    assert await storage.read(lambda work: work.outbox.last_shown(ANA)) == 5
    (third,) = await add(storage, message("3 photos", key="album"))
    await storage.write(lambda work: work.outbox.again(second.id, NOW, "429"))
    assert await due(storage) == [third]


async def test_however_a_delivery_ends_the_row_is_not_due_any_more(storage: Storage) -> None:
    sent, failed, cancelled = await add(storage, message(), message(), message())
    await storage.write(lambda work: work.outbox.sent(sent.id, 5, NOW))
    await storage.write(lambda work: work.outbox.failed(failed.id, "400 Bad Request", NOW))
    await storage.write(lambda work: work.outbox.cancelled(cancelled.id, NOW))
    assert await due(storage) == []


async def test_a_row_that_did_not_go_out_is_due_again(storage: Storage) -> None:
    (row,) = await add(storage, message())
    await storage.write(lambda work: work.outbox.again(row.id, later(seconds=30), "429"))
    assert await due(storage, later(seconds=29)) == []
    (again,) = await due(storage, later(seconds=30))
    assert (again.id, again.attempts, again.due_at) == (row.id, 1, later(seconds=30))


async def test_that_a_reply_may_have_arrived_is_kept_for_whoever_sends_it_next(storage: Storage) -> None:
    (row,) = await add(storage, message())
    await storage.write(lambda work: work.outbox.again(row.id, NOW, "the answer was lost", doubtful=True))
    await storage.write(lambda work: work.outbox.again(row.id, NOW, "no answer yet"))
    (again,) = await due(storage)
    assert (again.attempts, again.doubts) == (2, 1)


async def test_replies_wait_for_the_one_before_them(storage: Storage) -> None:
    before, this, after, other = await add(storage, message(), message(), message(), message(chat=BO))
    await storage.write(lambda work: work.outbox.again(this.id, later(seconds=30), "429"))
    assert [row.id for row in await due(storage)] == [before.id, other.id]
    assert [row.id for row in await due(storage, later(seconds=30))][:3] == [before.id, this.id, after.id]


async def test_the_last_reply_shown_in_a_chat(storage: Storage) -> None:
    assert await storage.read(lambda work: work.outbox.last_shown(ANA)) is None
    first, second, notice, other, _waiting = await add(
        storage, message(), message(), message(kind="notice"), message(chat=BO), message()
    )
    for number, row in enumerate((first, second, notice, other), 11):
        await storage.write(lambda work, row=row, number=number: work.outbox.sent(row.id, number, NOW))  # type: ignore[misc]
    assert await storage.read(lambda work: work.outbox.last_shown(ANA)) == 12
    assert await storage.read(lambda work: work.outbox.last_shown(BO)) == 14


async def test_nothing_more_goes_to_a_chat_that_blocked_the_bot(storage: Storage) -> None:
    _ana, bo = await add(storage, message(), message(chat=BO))
    await storage.write(lambda work: work.outbox.cancel_for(ANA))
    assert await due(storage) == [bo]


async def test_of_thousands_every_one_takes_the_place_of_what_waits_under_its_key(storage: Storage) -> None:
    numbers = (1, 499, 500, 501, 999, 1000, 1001, 1500, 1501)
    old = await add(storage, *(message("old", "notice", chat=each, key=f"notice:{each}") for each in numbers))
    many = [message(str(each), "notice", chat=each, key=f"notice:{each}") for each in range(1, 1502)]
    await storage.write(lambda work: work.outbox.add_many(many))
    found = await due(storage, limit=5000)
    assert [row.payload["text"] for row in found] == [str(each) for each in range(1, 1502)]
    assert not {row.id for row in found} & {row.id for row in old}


STOPPED = (2, 499, 502, 1200)
"""Those who stopped the bot: none is the first or last of a part in which many are looked up."""


async def test_all_of_many_people_have_an_address_but_those_who_stopped_the_bot(storage: Storage) -> None:
    def come(work: UnitOfWork) -> dict[int, int]:
        found = {}
        for number in range(1, 1202):
            person = work.people.arrive(number, number, "en", NOW).person.id
            found[person] = number
        for number in STOPPED:
            work.people.stopped(number)
        return found

    people = await storage.write(come)
    addresses = await storage.read(lambda work: work.notices.addresses(people))
    there = {person: number for person, number in people.items() if number not in STOPPED}
    assert {person: address.chat for person, address in addresses.items()} == there
