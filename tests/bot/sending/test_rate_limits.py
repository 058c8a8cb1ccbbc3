"""The limits on a virtual clock: whatever is to be sent when, they are kept, and no time is wasted."""

import heapq
import itertools
from collections import defaultdict
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.botapi.cloud.clock import Clock
from bot.botapi.cloud.flood import Flood
from bot.botapi.specification.errors import ApiError
from bot.sending.rate_limits import RateLimits

SECOND, MINUTE = 1.0, 60.0


@dataclass
class Run:
    """What was sent when, by an ideal sender that wakes up at just the right time."""

    pace: RateLimits = field(default_factory=RateLimits)
    now: float = 0.0
    sent: list[tuple[float, int, bool]] = field(default_factory=list)

    def notices(self, chats: list[int], replies: list[tuple[float, int]]) -> None:
        """Send a notice to each of `chats`, while replies go at their times."""
        coming = sorted(replies)
        heapq.heapify(waiting := [(0.0, number, chat) for number, chat in enumerate(chats)])
        while waiting:
            due, number, chat = heapq.heappop(waiting)
            at = max(self.now + self.pace.room(self.now), due)
            if coming and coming[0][0] <= at:
                self.now, who = coming.pop(0)
                self._send(who, notice=False)
                heapq.heappush(waiting, (due, number, chat))
                continue
            self.now = at
            wait = max(self.pace.room(at), self.pace.notice_wait(chat, at))
            if wait > 1e-9:
                heapq.heappush(waiting, (at + wait, number, chat))
            else:
                self._send(chat, notice=True)

    def _send(self, chat: int, *, notice: bool) -> None:
        self.pace.sent(chat, self.now, notice=notice)
        if notice:
            self.pace.answered(self.now, self.now)
        self.sent.append((self.now, chat, notice))


def most_within(times: list[float], span: float) -> int:
    """The largest number of `times` in any `span` of seconds, without its end."""
    most = first = 0
    for last, time in enumerate(times):
        while time - times[first] >= span - 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


chats = st.lists(st.one_of(st.integers(1, 60), st.integers(-3, -1)), max_size=150)
talk = st.lists(st.tuples(st.floats(0, 20), st.integers(1, 60)), max_size=60)
calm_talk = st.lists(st.tuples(st.floats(0.2, 2), st.integers(1000, 1200)), max_size=40, unique_by=lambda each: each[1])
"""Replies, each so long after the one before: the five a second that notices leave room for."""


@given(chats, talk)
def test_whatever_is_to_be_sent_when_the_limits_are_kept(to: list[int], replies: list[tuple[float, int]]) -> None:
    run = Run()
    run.notices(to, replies)
    assert sorted(chat for _, chat, notice in run.sent if notice) == sorted(to)
    assert most_within([at for at, _, notice in run.sent if notice], SECOND) <= 25
    for at, _, notice in run.sent:
        before = [each for each, *_ in run.sent if at - SECOND + 1e-9 < each < at]
        last = max((each for each, _, told in run.sent if told and each < at), default=0.0)
        assert not notice or len(before) < 30 or at - last >= SECOND - 1e-9
    told: defaultdict[int, list[float]] = defaultdict(list)
    for at, chat, notice in run.sent:
        if notice:
            told[chat].append(at)
    for chat, times in told.items():
        assert most_within(times, SECOND) <= 1
        assert chat > 0 or most_within(times, MINUTE) < 20


@given(chats, calm_talk)
def test_telegram_as_we_know_it_refuses_nothing_of_it(to: list[int], gaps: list[tuple[float, int]]) -> None:
    times = itertools.accumulate(gap for gap, _chat in gaps)
    replies = [(at, chat) for at, (_gap, chat) in zip(times, gaps, strict=True)]
    run = Run()
    run.notices(to, replies)
    clock = Clock(0.0)
    flood = Flood(clock, on=True)
    for at, chat, _ in run.sent:
        clock.advance(max(0.0, at - clock.now()))
        flood.spend(chat)


def test_ten_thousand_people_are_told_at_the_pace_that_is_permitted() -> None:
    run = Run()
    run.notices(list(range(1, 10_001)), [])
    assert 10_000 / run.now >= 0.999 * 25
    assert len(run.pace._chats) <= 25 * MINUTE + 1


def test_thirty_in_any_second_and_twenty_in_any_minute_to_a_group_is_what_telegram_takes() -> None:
    clock, most = Clock(0.0), {1: 30, -5: 20}
    for chat, taken in most.items():
        flood = Flood(clock, on=True)
        for number in range(taken):
            flood.spend(chat + number if chat > 0 else chat)
            clock.advance((0.9 if chat > 0 else 59.0) / taken)
        with pytest.raises(ApiError):
            flood.spend(chat + taken if chat > 0 else chat)
        clock.advance(MINUTE)


def test_four_to_one_person_may_follow_each_other_at_once_even_after_a_refusal() -> None:
    pace = RateLimits()
    pace.refused(0.0, 1.0)
    waits = []
    for _ in range(5):
        waits.append(pace.reply_wait(1, 2.0))
        pace.sent(1, 2.0, notice=False)
    assert waits == [0.0, 0.0, 0.0, 0.0, 1.0]


def test_a_group_is_told_up_to_eighteen_times_a_minute() -> None:
    run = Run()
    run.notices([-5] * 19, [])
    assert [at >= MINUTE for at, *_ in run.sent] == [False] * 18 + [True]


def test_a_reply_never_waits_behind_notices() -> None:
    run = Run()
    run.notices(list(range(1, 500)), [])
    assert run.pace.reply_wait(7, run.now) == 0
    assert run.pace.room(run.now) > 0


def test_many_replies_slow_notices_down_but_do_not_stop_them() -> None:
    run = Run()
    run.notices(list(range(1, 41)), [(number / 50, 100 + number % 100) for number in range(2000)])
    told = [at for at, _, notice in run.sent if notice]
    assert len(told) == 40
    assert all(later - earlier <= SECOND + 0.04 + 1e-9 for earlier, later in itertools.pairwise(told))
    assert most_within(told[-5:], SECOND) == 1


def test_what_other_workers_send_counts() -> None:
    run = Run()
    run.pace.elsewhere = 20
    run.notices(list(range(1, 101)), [])
    assert most_within([at for at, *_ in run.sent], SECOND) <= 30 - 20


def test_a_pause_holds_for_everything_and_the_longer_one_counts() -> None:
    pace = RateLimits()
    pace.pause(10.0)
    pace.pause(5.0)
    assert (pace.reply_wait(1, 4.0), pace.room(4.0), pace.paused(12.0)) == (6.0, 6.0, 0.0)


def test_replies_keep_to_the_figures_once_telegram_has_refused_one() -> None:
    pace = RateLimits()
    clock = Clock(0.0)
    flood = Flood(clock, on=True)
    refused = 0
    now = at = 0.0
    for number in range(400):
        chat = 1 + number % 3  # three people who never stop pressing
        now += pace.reply_wait(chat, now)
        clock.advance(now - clock.now())
        pace.sent(chat, now, notice=False)
        try:
            flood.spend(chat)
        except ApiError as error:
            refused += 1
            at = now
            pace.refused(now, float((error.parameters or {})["retry_after"]))
    assert refused == 1
    assert flood.ignored == 0
    for _ in range(10):
        pace.sent(7, at + 590, notice=False)
    assert pace.reply_wait(7, at + 590) > 0  # for ten minutes
    later = at + 660
    for _ in range(50):
        assert pace.reply_wait(1, later) == 0
        pace.sent(1, later, notice=False)


@pytest.mark.parametrize("chat", [5, -5])
def test_a_chat_that_must_wait_does_not_keep_others_waiting(chat: int) -> None:
    run = Run()
    run.notices([chat] * 40 + list(range(100, 150)), [])
    others = [at for at, to, _ in run.sent if to >= 100]
    assert max(others) <= 3.0


@given(st.lists(st.floats(0, 5), min_size=1, max_size=10))
def test_what_arrives_together_after_a_stall_of_the_network_is_not_too_much(stalls: list[float]) -> None:
    pace, clock, now, chat = RateLimits(), Clock(0.0), 0.0, 0
    flood = Flood(clock, on=True)
    for stall in stalls:
        over, under_way = now + stall, list[tuple[int, float]]()
        while now < over:  # nothing arrives
            if (wait := pace.room(now)) > 0:
                now += wait
                continue
            chat += 1
            pace.sent(chat, now, notice=True)
            under_way.append((chat, now))
        clock.advance(now - clock.now())
        for each, sent_at in under_way:
            flood.spend(each)
            pace.answered(sent_at, now)
        for _ in range(60):  # all arrives at once
            while (wait := pace.room(now)) > 0:
                now += wait
            chat += 1
            pace.sent(chat, now, notice=True)
            clock.advance(now - clock.now())
            flood.spend(chat)
            pace.answered(now, now)
