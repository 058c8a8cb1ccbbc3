"""Subscribers hear of what is published: once, in time, and never of what is not for them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.receiving.groups import moved
from conversations.model.outcomes import ReportPublished
from storage.models import outbox
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.readers import Readers

ANA, BO, EVA = 101, 102, 103
NO_LONGER = "This initiative is no longer shown. Its library has withdrawn it, or shows it to others only."


@pytest.fixture
async def readers(database_url: str) -> AsyncIterator[Readers]:
    migrate(database_url)
    storage = Storage.open(database_url)
    yield Readers(storage)
    await storage.close()


async def test_nothing_is_told_before_it_is_published_and_then_once(readers: Readers) -> None:
    await readers.subscribes(ANA)
    await readers.subscribes(ANA, "s2", themes=("language_cafe",))
    await readers.subscribes(BO, "s3", themes=("homework_help",))
    report = await readers.reports(publish=False)
    await readers.look()
    assert readers.arrived == []
    await readers.publishes(report)
    await readers.look()
    assert [chat for chat, _text in readers.arrived] == [ANA]
    assert readers.reads(ANA) == ["New: “Café r1”"]


async def test_everybody_reads_it_in_their_language_and_its_author_not_at_all(readers: Readers) -> None:
    await readers.subscribes(50, "s0")
    await readers.subscribes(ANA)
    await readers.reads_in(ANA, "sl")
    await readers.reports()
    await readers.look()
    assert readers.reads(ANA) == ["Novo: »Café r1«"]
    assert readers.heard(50) == 0


async def test_a_report_for_the_network_reaches_those_in_it_and_one_for_coordinators_nobody(readers: Readers) -> None:
    for who in (ANA, BO):
        await readers.subscribes(who, f"s{who}")
    await readers.becomes(ANA, "partner")
    await readers.becomes(EVA, "coordinator")
    await readers.subscribes(EVA, "s3")
    await readers.reports(sharing="network")
    hidden = await readers.reports(sharing="coordinators")
    await readers.look()
    assert [readers.heard(who) for who in (ANA, BO, EVA)] == [1, 0, 1]
    await readers.corrects(hidden, sharing="public")
    await readers.look()
    assert [readers.heard(who) for who in (ANA, BO, EVA)] == [2, 1, 2]


async def test_what_is_opened_to_more_people_comes_to_those_alone(readers: Readers) -> None:
    for who in (ANA, BO):
        await readers.subscribes(who, f"s{who}")
    await readers.becomes(ANA, "partner")
    report = await readers.reports(sharing="network")
    await readers.corrects(report, sharing="public")
    await readers.look()
    assert [readers.heard(who) for who in (ANA, BO)] == [1, 1]
    await readers.corrects(report, sharing="network")
    await readers.look()
    assert (readers.reads(ANA), readers.reads(BO)) == (["New: “Café r1”"], [NO_LONGER])
    await readers.corrects(report, sharing="public")
    await readers.look()
    assert readers.reads(BO) == ["New: “Café r1”"]
    assert readers.heard(BO) == 1


async def test_a_correction_and_a_withdrawal_change_the_notice(readers: Readers) -> None:
    await readers.subscribes(ANA)
    report = await readers.reports()
    await readers.look()
    await readers.corrects(report, title="Café on Wednesdays")
    await readers.look()
    assert readers.reads(ANA) == ["New: “Café on Wednesdays”"]
    await readers.withdraws(report)
    await readers.look()
    assert readers.reads(ANA) == [NO_LONGER]
    assert readers.heard(ANA) == 1


async def test_what_was_not_yet_sent_is_replaced_or_never_comes(readers: Readers) -> None:
    await readers.subscribes(ANA)
    await readers.reads_in(BO, "en")
    corrected, withdrawn = await readers.reports(), await readers.reports()
    await readers.corrects(corrected, title="Café on Wednesdays")
    await readers.withdraws(withdrawn)
    await readers.send()  # before the timer has looked
    assert withdrawn not in "".join(readers.reads(ANA))
    await readers.look()
    assert readers.reads(ANA) == ["New: “Café on Wednesdays”"]
    assert readers.heard(ANA) == 1


async def test_what_is_published_again_is_not_told_again(readers: Readers) -> None:
    await readers.subscribes(ANA)
    told = await readers.reports()
    await readers.look()
    recalled = await readers.reports()
    for report in (told, recalled):
        await readers.withdraws(report)
    await readers.look()
    for report in (told, recalled):
        await readers.publishes_again(report)
    await readers.look()
    assert readers.reads(ANA) == ["New: “Café r1”", "New: “Café r2”"]
    assert readers.heard(ANA) == 2


async def test_a_daily_summary_comes_in_the_morning_and_says_what_is_still_so(readers: Readers) -> None:
    await readers.subscribes(ANA, pace="daily")
    kept, withdrawn, closed = [await readers.reports() for _number in range(3)]
    await readers.look()
    assert readers.arrived == []
    await readers.withdraws(withdrawn)
    await readers.corrects(closed, sharing="network")
    await readers.corrects(kept, title="Café on Wednesdays")
    await readers.waits(days=1)
    assert readers.reads(ANA) == ["One new initiative"]
    assert "“Café on Wednesdays”" in readers.arrived[0][1]
    await readers.waits(days=1)
    assert readers.heard(ANA) == 1
    await readers.withdraws(kept)
    await readers.look()
    assert "One is no longer shown." in "".join(readers.shown[ANA].values())


async def test_a_weekly_summary_comes_on_its_day_in_the_time_zone_of_the_person(readers: Readers) -> None:
    await readers.subscribes(ANA, pace="weekly", weekday=0, hour=8)
    await readers.reads_in(ANA, "en", "America/New_York")
    for _number in range(2):
        await readers.reports()
    readers.now = datetime(2026, 11, 30, 12, 59, tzinfo=UTC)  # Monday, 7:59 there
    await readers.look()
    assert readers.heard(ANA) == 0
    await readers.waits(minutes=1)
    assert readers.reads(ANA) == ["2 new initiatives"]


async def test_at_night_a_notice_waits_for_the_morning(readers: Readers) -> None:
    await readers.subscribes(ANA)
    readers.now = datetime(2027, 3, 27, 22, 0, tzinfo=UTC)  # 23:00; at night the clocks go forward
    await readers.reports()
    await readers.look()
    readers.now = datetime(2027, 3, 28, 5, 59, tzinfo=UTC)
    await readers.look()
    assert readers.heard(ANA) == 0
    await readers.waits(minutes=1)  # 8:00 in summer time
    assert readers.reads(ANA) == ["New: “Café r1”"]


async def test_whoever_pauses_or_ends_before_the_summary_hears_nothing(readers: Readers) -> None:
    subscription = await readers.subscribes(ANA, pace="daily")
    await readers.subscribes(BO, "s2", pace="daily")
    await readers.reports()
    await readers.pauses(ANA, subscription)
    await readers.ends(BO, "s2")
    await readers.waits(days=1)
    assert readers.arrived == []
    await readers.pauses(ANA, subscription, paused=False)
    await readers.reports()
    await readers.waits(days=1)
    assert readers.heard(ANA) == 1


async def test_whoever_has_blocked_the_bot_hears_of_what_comes_after_they_return(readers: Readers) -> None:
    await readers.subscribes(ANA)
    readers.blocked.add(ANA)
    await readers.reports()
    await readers.look()
    await readers.reports()
    await readers.look()
    readers.blocked.clear()
    await readers.reads_in(ANA, "en")  # any message revives it
    await readers.reports()
    await readers.look()
    assert readers.reads(ANA) == ["New: “Café r3”"]


async def test_a_transaction_that_ends_in_an_error_tells_nobody(readers: Readers) -> None:
    await readers.subscribes(ANA)
    report = await readers.reports(publish=False)

    def broken(work: object) -> None:
        readers.turn_in(work, 1, ReportPublished(report, 1))  # type: ignore[arg-type]
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await readers.storage.write(broken)
    await readers.look()
    assert readers.arrived == []
    await readers.publishes(report)
    await readers.look()
    assert readers.heard(ANA) == 1


async def test_a_group_gets_what_everybody_may_see_until_the_bot_is_removed(readers: Readers) -> None:
    group, supergroup = -7, -1007
    await readers.reads_in(ANA, "da")
    await readers.becomes(ANA, "partner")

    def opened(work: UnitOfWork) -> None:
        ana = work.people.arrive(ANA, ANA, "da", readers.now).person
        work.subscribed_chats.ask(group, "Rådet", "da", ana.id, readers.now)
        assert work.subscribed_chats.open(group, readers.now)

    await readers.storage.write(opened)
    await readers.subscribes(ANA, chat=group)
    shared = await readers.reports()
    await readers.reports(sharing="network")
    await readers.look()
    assert (readers.reads(group), readers.heard(ANA)) == (["Nyt: ”Café r1”"], 0)
    for _twice in range(2):
        await readers.storage.write(lambda work: moved(work, group, supergroup, readers.now))
    await readers.reports()
    await readers.look()
    assert readers.reads(supergroup) == ["Nyt: ”Café r3”"]
    await readers.storage.write(lambda work: work.subscribed_chats.forget(supergroup, readers.now))
    await readers.withdraws(shared)
    await readers.reports()
    await readers.look()
    assert readers.heard(supergroup) == 1


async def test_one_withdrawal_changes_the_summary_of_several_and_leaves_the_others(readers: Readers) -> None:
    await readers.subscribes(ANA, pace="daily")
    first, withdrawn, last = [await readers.reports() for _number in range(3)]
    await readers.waits(days=1)
    assert readers.reads(ANA) == ["3 new initiatives"]
    await readers.withdraws(withdrawn)
    await readers.look()
    (said,) = readers.shown[ANA].values()
    assert [f"“Café {each}”" in said for each in (first, withdrawn, last)] == [True, False, True]
    assert "One is no longer shown." in said
    assert readers.heard(ANA) == 1


async def test_for_somebody_who_has_stopped_the_bot_nothing_waits_to_be_sent(readers: Readers) -> None:
    await readers.subscribes(ANA)
    await readers.subscribes(BO, "s2", pace="daily")
    await readers.subscribes(EVA, "s3")
    for who in (ANA, BO):
        await readers.storage.write(lambda work, who=who: work.people.stopped(who))  # type: ignore[misc]
    await readers.reports()
    await readers.spreading.look()
    readers.now += timedelta(days=1)
    await readers.spreading.look()
    chats = await readers.storage.read(lambda work: work._connection.scalars(select(outbox.c.chat_id)).all())
    assert chats == [EVA]


async def test_who_stops_the_bot_before_the_summary_is_left_alone(readers: Readers) -> None:
    await readers.subscribes(ANA, pace="daily")
    await readers.reports()
    await readers.storage.write(lambda work: work.people.stopped(ANA))
    readers.now += timedelta(days=1)
    await readers.spreading.look()
    assert await readers.storage.read(lambda work: work._connection.scalars(select(outbox.c.chat_id)).all()) == []


async def test_nothing_is_said_anew_to_who_has_stopped_the_bot_since(readers: Readers) -> None:
    await readers.subscribes(ANA)
    report = await readers.reports()
    await readers.look()
    await readers.storage.write(lambda work: work.people.stopped(ANA))
    await readers.corrects(report, title="Café on Wednesdays")
    await readers.spreading.look()
    states = await readers.storage.read(lambda work: work._connection.scalars(select(outbox.c.state)).all())
    assert states == ["sent"]
