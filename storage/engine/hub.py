"""One thread that does several things by turns: while one of them waits for the database, another goes on.

Each is a greenlet, a function that can be left in the middle and gone on with. So what it runs may be written as if it
waited, and only one thread competes for Python's lock, however many connections there are.
More in docs/notes/0026-why-turns-on-postgresql-share-one-thread.md.
"""

import heapq
import itertools
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent import futures
from typing import Any, TypeVar, cast

from greenlet import getcurrent, greenlet

READABLE, WRITABLE = 1, 2
"""What may be waited for at a socket; the numbers are psycopg's."""

_EVENTS = {READABLE: select.POLLIN, WRITABLE: select.POLLOUT, READABLE | WRITABLE: select.POLLIN | select.POLLOUT}

Result = TypeVar("Result")


class _Branch(greenlet):
    """What runs by turns with others of its hub."""

    def __init__(self, work: Callable[[], None], hub: "Hub") -> None:
        super().__init__(work)
        self.hub = hub


class Hub:
    """Runs functions by turns, in the thread that calls `run`."""

    def __init__(self) -> None:
        self._poll = select.poll()
        self._at_sockets: dict[int, greenlet] = {}
        self._at_times: list[tuple[float, int, greenlet]] = []
        self._numbers = itertools.count()
        self._ready: deque[tuple[greenlet, Any]] = deque()
        self._bell, self._rope = os.pipe()
        os.set_blocking(self._bell, False)
        os.set_blocking(self._rope, False)
        self._poll.register(self._bell, select.POLLIN)
        self._sleeps = False

    def run(self, all_work: Sequence[Callable[[], None]], between: Callable[[], bool]) -> None:
        """Run `all_work` by turns until `between`, which is called before each pause, returns False."""
        for work in all_work:
            _Branch(work, self).switch()
        while True:
            while self._ready:
                ready, given = self._ready.popleft()
                ready.switch(given)
            self._sleeps = True  # from here on who has something to do rings
            if not between():
                break
            if not self._ready:
                self._await()
            self._sleeps = False

    def close(self) -> None:
        """Give back what it took, after `run` has ended and when nobody rings any more."""
        os.close(self._bell)
        os.close(self._rope)

    def ring(self) -> None:
        """End the pause of the hub, from any thread."""
        if self._sleeps:
            self._sleeps = False
            os.write(self._rope, b"\0")

    def go_on(self, branch: greenlet, given: Any = None) -> None:
        """Let a branch that waits for nothing but this go on, with `given` as the result of its `stand`.

        From another thread, `ring` afterwards.
        """
        self._ready.append((branch, given))

    def stand(self) -> Any:
        """Let the others run until somebody calls `go_on` for this branch; returns what it was given."""
        return cast("greenlet", getcurrent().parent).switch()

    def wait(self, socket: int, what: int) -> int:
        """Let the others run until the socket is readable or writable; returns which, or both."""
        self._poll.register(socket, _EVENTS[what])
        self._at_sockets[socket] = getcurrent()
        happened: int = self.stand()
        return happened

    def sleep(self, seconds: float) -> None:
        """Let the others run for so long."""
        heapq.heappush(self._at_times, (time.monotonic() + seconds, next(self._numbers), getcurrent()))
        self.stand()

    def elsewhere(self, f: Callable[[], Result]) -> Result:
        """Let the others run while a thread of its own runs `f`; returns or raises what that does."""
        branch, told = getcurrent(), futures.Future[Result]()

        def run() -> None:
            try:
                told.set_result(f())
            except BaseException as error:  # noqa: BLE001 - it is raised where it was asked for
                told.set_exception(error)
            self.go_on(branch)
            self.ring()

        threading.Thread(target=run, name="storage-elsewhere", daemon=True).start()
        self.stand()
        return told.result()

    def _await(self) -> None:
        """Wait for a socket, a time or a ring; whoever waited for it is ready then."""
        pause = None
        if self._at_times:
            pause = max(0.0, self._at_times[0][0] - time.monotonic()) * 1000
        for socket, happened in self._poll.poll(pause):
            if socket == self._bell:
                os.read(self._bell, 4096)
                continue
            self._poll.unregister(socket)
            self._ready.append((self._at_sockets.pop(socket), _possible(happened)))
        while self._at_times and self._at_times[0][0] <= time.monotonic():
            self._ready.append((heapq.heappop(self._at_times)[-1], None))


def hub_here() -> Hub | None:
    """Returns the hub that runs the caller by turns with others; None outside of one."""
    return getattr(getcurrent(), "hub", None)


def wait(socket: int, what: int) -> int:
    """Wait until the socket is readable or writable; returns which, or both. In a hub the others go on."""
    if hub := hub_here():
        return hub.wait(socket, what)
    poll = select.poll()
    poll.register(socket, _EVENTS[what])
    ((_socket, happened),) = poll.poll()
    return _possible(happened)


def elsewhere(f: Callable[[], Result]) -> Result:
    """Run `f`; in a hub in another thread, while the others go on."""
    hub = hub_here()
    return hub.elsewhere(f) if hub else f()


def sleep(seconds: float) -> None:
    """Wait for so long; in a hub the others go on."""
    hub = hub_here()
    hub.sleep(seconds) if hub else time.sleep(seconds)


def _possible(happened: int) -> int:
    """Returns what a socket is by the events of poll. One that was cut is readable: to read it tells how."""
    return READABLE * bool(happened & ~select.POLLOUT) | WRITABLE * bool(happened & select.POLLOUT)
