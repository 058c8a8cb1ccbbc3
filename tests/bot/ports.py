"""A port that a program under test can listen on, and that nobody else is given before it does."""

import contextlib
import socket
from collections.abc import Iterator


@contextlib.contextmanager
def held_port() -> Iterator[int]:
    """A port of this machine, which is bound while the block runs, but not listened on.

    A port that is only found free and let go may be another test's a moment later. Where both set SO_REUSEADDR, as
    asyncio does, a program can listen on a port that is bound like this, and the system hands it to nobody.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield int(held.getsockname()[1])
