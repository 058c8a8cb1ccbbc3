"""Plain HTTP requests to the server, for what no well-behaved library would send."""

from typing import Any

import aiohttp

from bot.botapi import BotApiServer


async def ask(server: BotApiServer, method: str, **params: Any) -> dict[str, Any]:
    """The whole answer to a call with a JSON body."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{server.token}/{method}", json=params) as response,
    ):
        answer: dict[str, Any] = await response.json()
        assert answer["ok"] is (response.status == 200)
        return answer


async def refused(server: BotApiServer, method: str, **params: Any) -> str:
    """Why a call is refused."""
    answer = await ask(server, method, **params)
    assert not answer["ok"], answer
    return str(answer["description"])
