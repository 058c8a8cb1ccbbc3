"""Where a webhook's address leads: looked up at every delivery, and only to the public internet."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeAlias

from conversations.model.webhooks.address import is_public

Resolve: TypeAlias = Callable[[str, int], Awaitable[Sequence[str]]]

AT_ONCE = 8
"""Look-ups at the same time, in threads of their own: a name server that is silent holds up nobody else."""

_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="names")


class PrivateAddress(Exception):  # noqa: N818 - what it is, not an error of ours
    """The name leads into a private network, or to this machine."""


class UnknownHost(Exception):  # noqa: N818
    """There is no such name, or no name server that knows it."""


async def looked_up(host: str, port: int) -> Sequence[str]:
    """Returns the IP addresses of a host. Raises UnknownHost."""
    ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = await asyncio.get_running_loop().run_in_executor(_threads, ask)
    except (OSError, UnicodeError):
        raise UnknownHost(host) from None
    return list(dict.fromkeys(str(address[0]) for *_others, address in found))


class Guard:
    """Decides which addresses may be called: those that are `allowed`, if they begin with https.

    `resolve` and `allowed` are given by tests, whose receivers are on this machine.
    """

    def __init__(
        self, resolve: Resolve = looked_up, allowed: Callable[[str], bool] = is_public, *, https_only: bool = True
    ) -> None:
        self._resolve = resolve
        self._allowed = allowed
        self.https_only = https_only

    async def addresses(self, host: str, port: int) -> Sequence[str]:
        """Returns where to connect to. Raises UnknownHost, or PrivateAddress if one of the addresses is not allowed."""
        found = await self._resolve(host, port)
        if not found:
            raise UnknownHost(host)
        if not all(self._allowed(address) for address in found):
            raise PrivateAddress(host)
        return sorted(found, key=lambda address: ":" in address)  # IPv4 first
