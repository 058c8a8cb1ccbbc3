"""The stream of all events for watchers: server-sent events under `/control/events`."""

import asyncio
import json
from dataclasses import dataclass, field

from aiohttp import web

from bot.botapi.cloud.journal import Entry, Journal
from bot.botapi.cloud.world import Change, Chat, Json, World

WAITING = 10_000  # events; a listener that falls further behind is disconnected
KEEP_ALIVE = 15.0  # seconds


@dataclass(slots=True)
class Events:
    """Sends every call and every change of a chat to all listeners."""

    _queues: "set[asyncio.Queue[bytes | None]]" = field(default_factory=set)

    def listen_to(self, world: World, journal: Journal) -> None:
        """Start to send changes of `world` and entries of `journal`."""
        world.listeners.append(self.on_change)
        journal.listeners.append(self.on_call)

    def on_change(self, chat: Chat, change: Change) -> None:
        """A chat has changed: event `change`, with the chat's id."""
        if self._queues:
            self._send("change", {"chat_id": chat.id, **change.as_json()})

    def on_call(self, entry: Entry) -> None:
        """A call has been answered: event `call`."""
        if self._queues:
            self._send("call", entry.as_json())

    def tell(self, kind: str, data: Json) -> None:
        """Send an event of another kind to all listeners."""
        if self._queues:
            self._send(kind, data)

    def close(self) -> None:
        """End every stream."""
        for queue in self._queues:
            queue.put_nowait(None)

    async def stream(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer `request` with events until it or the server ends."""
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        queue: asyncio.Queue[bytes | None] = asyncio.Queue(WAITING + 1)
        self._queues.add(queue)
        try:
            await response.prepare(request)
            await response.write(b": here\n\n")
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE):
                        event = await queue.get()
                except TimeoutError:
                    event = b": still here\n\n"
                if event is None:
                    break
                await response.write(event)
        finally:
            self._queues.discard(queue)
        return response

    def _send(self, kind: str, data: Json) -> None:
        event = f"event: {kind}\ndata: {json.dumps(data)}\n\n".encode()
        for queue in list(self._queues):
            if queue.qsize() >= WAITING:
                self._queues.discard(queue)
                queue.put_nowait(None)
            else:
                queue.put_nowait(event)
