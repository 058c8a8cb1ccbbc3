"""A client of a server's control interface, for the same or another process."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import aiohttp

from bot.botapi.cloud.people import NotPossible


@dataclass(slots=True)
class Remote:
    """A client of the control interface of the server at `url`: `async with Remote(url) as remote`."""

    url: str
    _session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, path: str, **query: str | int | float) -> Any:
        """GET `path` of the control interface."""
        return await self._ask("GET", path, params=query)

    async def post(self, path: str, body: Mapping[str, Any]) -> Any:
        """POST `body` to `path`."""
        return await self._ask("POST", path, json=body)

    async def delete(self, path: str) -> Any:
        """DELETE `path`."""
        return await self._ask("DELETE", path)

    async def file(self, file_id: str) -> bytes:
        """Returns the content of a file that was sent."""
        content: bytes = await self._ask("GET", f"files/{file_id}", raw=True)
        return content

    async def _ask(self, method: str, path: str, *, raw: bool = False, **options: Any) -> Any:
        """Returns the answer as JSON, text or, with `raw`, bytes. Raises NotPossible with the server's text if it
        refuses.
        """
        if self._session is None:
            raise RuntimeError("the client works only inside `async with`")
        async with self._session.request(method, f"{self.url}/control/{path}", **options) as response:
            if response.status != HTTPStatus.OK:
                raise NotPossible(await response.text())
            if raw:
                return await response.read()
            return await (response.json() if response.content_type == "application/json" else response.text())
