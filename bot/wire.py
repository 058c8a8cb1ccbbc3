"""HTTP/1.1 as far as the Bot API needs it: one request at a time on a connection that stays open.

Why by hand, and what it saves: docs/notes/0011-why-the-bot-api-is-called-without-a-library.md.
"""
# ruff: noqa: N818 - a name that says what happened reads better where it is caught

import asyncio
import re
from dataclasses import dataclass

LARGEST_HEAD = 64 * 1024

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?")
_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_LENGTH = re.compile(rb"\d{1,15}")


class Malformed(Exception):
    """What came is no answer of HTTP/1.1."""


class TooLarge(Exception):
    """The answer is larger than it may be."""


class Broken(Exception):
    """The connection ended before the answer did."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer; `last`: the connection takes no further request."""

    status: int
    body: bytes
    last: bool


class AnswerReader:
    """Reads one answer, in whichever pieces it comes; its body has at most `largest` bytes."""

    def __init__(self, largest: int) -> None:
        self._largest = largest
        self._received = bytearray()
        self._status = 0  # not known yet
        self._length: int | None = None  # None: in chunks, or until the end
        self._chunks: bytearray | None = None
        self._last = False

    def feed(self, data: bytes) -> Answer | None:
        """The answer, if `data` completes it. Raises Malformed or TooLarge."""
        self._received += data
        while not self._status:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                if len(self._received) > LARGEST_HEAD:
                    raise Malformed("a head without an end")
                return None
            self._read_head(bytes(self._received[:end]))
            del self._received[: end + 4]
        if self._chunks is not None:
            return self._chunked(self._chunks)
        if len(self._received) > self._largest:
            raise TooLarge
        if self._length is None or len(self._received) < self._length:
            return None
        return self._whole(bytes(self._received[: self._length]), left=len(self._received) - self._length)

    def end(self) -> Answer | None:
        """The answer, if it is one that lasts until the connection ends, which is now."""
        if not self._status or self._length is not None or self._chunks is not None:
            return None
        return Answer(self._status, bytes(self._received), last=True)

    def _read_head(self, head: bytes) -> None:
        first, *lines = head.split(b"\r\n")
        found = _STATUS.fullmatch(first)
        if found is None:
            raise Malformed("no status")
        status = int(found[1])
        if status < 200:  # an interim answer: the real one follows
            if status == 101:
                raise Malformed("another protocol")
            return
        self._status = status
        self._last = first.startswith(b"HTTP/1.0")
        for line in lines:
            name, colon, value = line.partition(b":")
            if not colon or not name or name != name.strip():
                raise Malformed("a header that is none")
            match name.lower():
                case b"content-length":
                    self._read_length(value.strip())
                case b"transfer-encoding":
                    if value.strip().lower() != b"chunked":
                        raise Malformed("an encoding that was not asked for")
                    self._chunks = bytearray()
                case b"connection":
                    self._last = value.strip().lower() == b"close"
                case _:
                    pass
        if status in (204, 304):
            self._length, self._chunks = 0, None
        elif self._chunks is not None and self._length is not None:
            raise Malformed("two lengths")

    def _read_length(self, value: bytes) -> None:
        if not _LENGTH.fullmatch(value) or self._length not in (None, int(value)):
            raise Malformed("no length")
        self._length = int(value)
        if self._length > self._largest:
            raise TooLarge

    def _chunked(self, body: bytearray) -> Answer | None:
        """Take the chunks that are there in full."""
        while found := _SIZE.match(self._received):
            size, start = int(found[1], 16), found.end()
            if size == 0:
                return self._after_chunks(bytes(body), start - 2)
            if len(body) + size > self._largest:
                raise TooLarge
            if len(self._received) < start + size + 2:
                return None
            if self._received[start + size : start + size + 2] != b"\r\n":
                raise Malformed("a chunk of another size")
            body += self._received[start : start + size]
            del self._received[: start + size + 2]
        if len(self._received) > LARGEST_HEAD or b"\r\n" in self._received:
            raise Malformed("a chunk without a size")
        return None

    def _after_chunks(self, body: bytes, start: int) -> Answer | None:
        """What may still come after the last chunk ends with an empty line."""
        end = self._received.find(b"\r\n\r\n", start)
        if end < 0:
            if len(self._received) > LARGEST_HEAD:
                raise Malformed("a trailer without an end")
            return None
        return self._whole(body, left=len(self._received) - end - 4)

    def _whole(self, body: bytes, left: int) -> Answer:
        # What comes without having been asked for belongs to nobody: nothing more is asked on this connection.
        return Answer(self._status, body, last=self._last or left > 0)


class Connection(asyncio.Protocol):
    """An open connection. It is asked one thing at a time."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._reader: AnswerReader | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self.idle_since = 0.0
        self.open = True
        """Whether it takes a request."""

    async def ask(self, request: bytes, seconds: float, largest: int) -> Answer:
        """Send `request` and wait for its answer.

        Raises TimeoutError, Broken, Malformed or TooLarge; then, and when it is cancelled, the connection is closed.
        """
        if self._transport is None or not self.open:
            raise Broken("closed")
        loop = asyncio.get_running_loop()
        self._reader = AnswerReader(largest)
        answer: asyncio.Future[Answer] = loop.create_future()
        self._answer = answer
        self._transport.write(request)
        timer = loop.call_later(seconds, self._fail, TimeoutError())
        try:
            found = await answer
        except BaseException:
            self.close()
            raise
        finally:
            timer.cancel()
            self._answer = self._reader = None
        if found.last:
            self.close()
        self.idle_since = loop.time()
        return found

    def close(self) -> None:
        """Let go of it, whatever is under way."""
        self.open = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """From asyncio: it is open."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - which asyncio cannot say in types
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """From asyncio: something has come."""
        if self._reader is None or self._answer is None or self._answer.done():
            self.close()  # nobody has asked
            return
        try:
            answer = self._reader.feed(data)
        except (Malformed, TooLarge) as error:
            self._fail(error)
        else:
            if answer is not None:
                self._answer.set_result(answer)

    def connection_lost(self, exc: Exception | None) -> None:
        """From asyncio: it has ended."""
        self.open = False
        answer = self._reader.end() if self._reader is not None and exc is None else None
        if answer is None:
            self._fail(Broken("ended" if exc is None else type(exc).__name__))
        elif self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
