"""The network between the bot and PostgreSQL, which can swallow everything that is sent."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

SOCKET = ".s.PGSQL.5432"
"""The name by which libpq finds a server in a folder."""

AT_ONCE = 1 << 16
"""Bytes that are passed on together."""


class Network:
    """Passes on what goes to and fro, in a thread of its own; whoever meets a hole is told nothing of it."""

    def __init__(self, folder: Path, server: Path) -> None:
        """Listen in `folder` for the server that listens in the folder `server`."""
        self.folder = folder
        self._here = folder / SOCKET
        self._there = server / SOCKET
        self._loop = asyncio.new_event_loop()
        self._passable = asyncio.Event()
        self._passable.set()
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._ready = threading.Event()

    def begin(self) -> None:
        """Begin to listen."""
        self._thread.start()
        self._ready.wait()

    def end(self) -> None:
        """Cut all connections, and listen no more."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def swallow(self) -> None:
        """From now on nothing arrives on either side, and no connection is refused, made or cut."""
        self._loop.call_soon_threadsafe(self._passable.clear)

    def heal(self) -> None:
        """Deliver what was held up, as after a short outage."""
        self._loop.call_soon_threadsafe(self._passable.set)

    def heal_and_forget(self) -> None:
        """Cut the connections of before, as a firewall does that has forgotten them; new ones can be made."""

        def forget() -> None:
            for connection in self._connections:
                connection.cancel()
            self._passable.set()

        self._loop.call_soon_threadsafe(forget)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_unix_server(self._connected, self._here))
        self._here.chmod(0o777)
        self._ready.set()
        self._loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0.1))
        self._loop.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        far: asyncio.StreamWriter | None = None
        try:
            await self._passable.wait()
            answers, far = await asyncio.open_unix_connection(self._there)
            ways = {
                asyncio.create_task(self._pass_on(reader, far)),
                asyncio.create_task(self._pass_on(answers, writer)),
            }
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
        except (OSError, asyncio.CancelledError):
            pass  # the server does not run, or the connection is cut
        finally:
            self._connections.discard(task)
            for each in (writer, far):
                if each is not None:
                    each.close()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while sent := await reader.read(AT_ONCE):
                await self._passable.wait()
                writer.write(sent)
                await writer.drain()
            await self._passable.wait()  # an end of the connection does not arrive either


@contextlib.contextmanager
def network(server: Path) -> Iterator[Network]:
    """A network before the server that listens in that folder, while the block runs."""
    folder = server / "network"
    folder.mkdir()
    made = Network(folder, server)
    made.begin()
    try:
        yield made
    finally:
        made.end()
