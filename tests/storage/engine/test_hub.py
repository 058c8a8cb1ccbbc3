"""A hub runs several things by turns in one thread."""

import socket
import threading
import time
from collections.abc import Callable

import pytest

from storage.engine.hub import READABLE, WRITABLE, Hub, elsewhere, sleep, wait

PATIENCE = 20.0
"""Seconds after which a test fails instead of waiting on."""


def run(*work: Callable[[], None]) -> None:
    """Run all of `work` by turns in a thread, until each has come to its end."""
    hub, left = Hub(), len(work)
    errors: list[BaseException] = []

    def finishing(this: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            nonlocal left
            try:
                this()
            except BaseException as error:  # noqa: BLE001 - it is raised for the test
                errors.append(error)
            left -= 1

        return run

    thread = threading.Thread(target=lambda: hub.run([finishing(this) for this in work], lambda: left > 0), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it does not end"
    hub.close()
    for error in errors:
        raise error


def test_while_one_waits_for_a_socket_another_goes_on() -> None:
    here, there = socket.socketpair()
    said = []

    def reads() -> None:
        assert wait(here.fileno(), READABLE) == READABLE
        said.append(here.recv(10))

    def writes() -> None:
        said.append(b"first")
        there.send(b"then")

    with here, there:
        run(reads, writes)
    assert said == [b"first", b"then"]


def test_a_socket_that_can_be_written_to_does_not_hide_that_it_can_be_read() -> None:
    here, there = socket.socketpair()
    with here, there:
        there.send(b"x")
        run(lambda: _is(wait(here.fileno(), READABLE | WRITABLE), READABLE | WRITABLE))
        assert wait(here.fileno(), READABLE | WRITABLE) == READABLE | WRITABLE


def test_whoever_waits_for_a_connection_that_is_cut_goes_on() -> None:
    here, there = socket.socketpair()
    with here:
        run(lambda: _is(wait(here.fileno(), READABLE), READABLE), there.close)


def test_while_one_sleeps_others_go_on_and_the_shorter_sleep_ends_first() -> None:
    woke = []

    def sleeps(seconds: float) -> None:
        sleep(seconds)
        woke.append(seconds)

    run(lambda: sleeps(0.2), lambda: sleeps(0.1), lambda: woke.append(0.0))
    assert woke == [0.0, 0.1, 0.2]


def test_what_runs_elsewhere_holds_up_nobody_and_raises_where_it_was_asked_for() -> None:
    goes_on, seen = threading.Event(), []

    def refuses() -> str:
        assert goes_on.wait(PATIENCE)
        raise OSError("refused")

    def asks() -> None:
        with pytest.raises(OSError, match="refused"):
            elsewhere(refuses)
        seen.append(elsewhere(threading.current_thread) is threading.current_thread())

    run(asks, goes_on.set)
    assert seen == [False]


def test_a_ring_from_another_thread_ends_its_pause() -> None:
    hub = Hub()
    calls: list[None] = []

    def between() -> bool:
        calls.append(None)
        return len(calls) < 3

    thread = threading.Thread(target=lambda: hub.run([], between), daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while thread.is_alive() and time.monotonic() < until:
        hub.ring()
        time.sleep(0.001)
    hub.close()
    assert len(calls) == 3


def test_outside_of_a_hub_each_waits_for_itself() -> None:
    assert elsewhere(threading.current_thread) is threading.current_thread()
    began = time.monotonic()
    sleep(0.05)
    assert time.monotonic() - began >= 0.05


def _is(found: int, expected: int) -> None:
    assert found == expected
