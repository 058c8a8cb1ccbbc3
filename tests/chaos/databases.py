"""The databases of a campaign, as durable as in earnest, and what befalls them."""

import asyncio
import contextlib
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Protocol

from storage.engine.sqlite import driver
from storage.session.schema import migrate
from tests.chaos.disks import Disk, small_disk
from tests.chaos.network import Network, network
from tests.chaos.postgres import PostgresToKill, postgres_to_kill, postgres_url

MEGABYTES = {"sqlite": 256, "postgresql": 600}
"""The disk of each kind: enough for a thousand lives, and soon filled up."""


class Trouble(Enum):
    """What befalls a database; the value says it for the tables."""

    LOCKED = "database locked for a moment"
    LOCKED_LONG = "database locked for longer than SQLite waits"
    FULL = "disk full"
    READ_ONLY = "disk gone read-only"
    SERVER_KILLED = "PostgreSQL server killed"
    STANDBY = "PostgreSQL takes no writes, as in a failover"
    SWALLOWED = "network to PostgreSQL swallows everything, and delivers it later"
    FORGOTTEN = "network to PostgreSQL swallows everything, and has forgotten its connections then"


LASTS = dict.fromkeys(Trouble, 1.5) | {
    Trouble.LOCKED_LONG: 11.5,
    Trouble.FULL: 3.0,
    Trouble.SWALLOWED: 3.0,
    Trouble.FORGOTTEN: 7.0,
}
"""For how many seconds."""


class Database(Protocol):
    """A database that can be troubled."""

    url: str
    """For the bot: what befalls the network befalls it here."""
    direct_url: str
    """For the campaign."""
    troubles: frozenset[Trouble]
    """What can befall it here."""

    async def suffer(self, trouble: Trouble) -> None:
        """Let `trouble` happen and pass. It may leave a database that only `mend` makes usable again."""
        ...

    async def mend(self) -> None:
        """Make it usable again; the bot is not running."""
        ...


class Sqlite:
    """A file in `folder`, which may be a `disk` of its own."""

    def __init__(self, folder: Path, disk: Disk | None) -> None:
        self._file = folder / "meldind.db"
        self._disk = disk
        self._broken = False
        self.url = self.direct_url = f"sqlite:///{self._file}"
        self.troubles = frozenset({Trouble.LOCKED, Trouble.LOCKED_LONG})
        if disk:
            self.troubles |= {Trouble.FULL, Trouble.READ_ONLY}
        migrate(self.url)

    async def suffer(self, trouble: Trouble) -> None:
        """Let it happen."""
        if trouble in (Trouble.LOCKED, Trouble.LOCKED_LONG):
            connection = driver.connect(self._file, timeout=10, isolation_level=None, check_same_thread=False)
            with contextlib.closing(connection):
                await asyncio.to_thread(connection.execute, "BEGIN EXCLUSIVE")
                await asyncio.sleep(LASTS[trouble])
        else:
            self._broken |= trouble is Trouble.READ_ONLY
            await _suffer(self._disk, trouble)

    async def mend(self) -> None:
        """Repair the disk, if it is broken."""
        if self._disk and self._broken:
            await asyncio.to_thread(self._disk.repair)
            self._broken = False


class PostgreSql:
    """A server behind a `network`, with its data on a `disk` of its own, where that can be had."""

    def __init__(self, server: PostgresToKill, network: Network, disk: Disk | None) -> None:
        self._server = server
        self._network = network
        self._disk = disk
        self._broken = False
        self.url = postgres_url(network.folder)
        self.direct_url = server.url
        self.troubles = frozenset(Trouble) - {Trouble.FULL, Trouble.READ_ONLY}
        if disk:
            self.troubles |= {Trouble.FULL, Trouble.READ_ONLY}
        migrate(self.direct_url)

    async def suffer(self, trouble: Trouble) -> None:
        """Let it happen."""
        match trouble:
            case Trouble.LOCKED | Trouble.LOCKED_LONG:
                with self._server.connected() as connection, connection.transaction():
                    await asyncio.to_thread(
                        connection.execute, "LOCK TABLE inbox, outbox, sessions IN ACCESS EXCLUSIVE MODE"
                    )
                    await asyncio.sleep(LASTS[trouble])
            case Trouble.SERVER_KILLED:
                await asyncio.to_thread(self._server.kill)
                await asyncio.sleep(LASTS[trouble])
                await asyncio.to_thread(self._server.start)
            case Trouble.STANDBY:
                await asyncio.to_thread(self._server.become_standby)
                await asyncio.sleep(LASTS[trouble])
                await asyncio.to_thread(self._server.promote)
            case Trouble.SWALLOWED | Trouble.FORGOTTEN:
                self._network.swallow()
                await asyncio.sleep(LASTS[trouble])
                if trouble is Trouble.SWALLOWED:
                    self._network.heal()
                else:
                    self._network.heal_and_forget()
            case Trouble.FULL | Trouble.READ_ONLY:
                self._broken |= trouble is Trouble.READ_ONLY
                await _suffer(self._disk, trouble)
                if trouble is Trouble.FULL and not self._server.runs:  # it gives up where its log has no room
                    await asyncio.to_thread(self._start_again)

    async def mend(self) -> None:
        """Repair the disk, if it is broken, and start the server, if it does not run."""
        if self._disk and self._broken:
            await asyncio.to_thread(self._server.kill)
            await asyncio.to_thread(self._disk.repair)
            self._broken = False
        if not self._server.runs:
            await asyncio.to_thread(self._start_again)

    def _start_again(self) -> None:
        self._server.kill()
        self._server.start()


async def _suffer(disk: Disk | None, trouble: Trouble) -> None:
    if disk is None:
        raise ValueError(f"{trouble} takes a disk of its own")
    if trouble is Trouble.READ_ONLY:
        await asyncio.to_thread(disk.break_down)
        await asyncio.sleep(LASTS[trouble])
    elif trouble is Trouble.FULL:
        try:
            await asyncio.to_thread(disk.fill)
            await asyncio.sleep(LASTS[trouble])
        finally:
            disk.free()


@contextlib.contextmanager
def database(kind: str, place: Path) -> Iterator[Database]:
    """A database of that `kind` (sqlite, postgresql), with its files in the folder `place`."""
    with small_disk(place, MEGABYTES[kind]) as disk:
        folder = place / "disk"
        if kind == "sqlite":
            yield Sqlite(folder, disk)
        else:
            with postgres_to_kill(folder) as server, network(server.sockets) as between:
                yield PostgreSql(server, between, disk)
