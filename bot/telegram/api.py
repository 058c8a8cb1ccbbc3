"""The client of the Bot API."""

from collections.abc import Mapping
from typing import Any

from telegram import Bot, InputFile
from telegram.error import BadRequest
from telegram.request import BaseRequest

from bot.runtime.errors import NotTelegram
from bot.telegram.http import Encoded, PooledRequest

POLL_CONNECTIONS = 4
"""More than one, so that one hanging connection does not stop the updates."""

OTHER_CONNECTIONS = 64


class BotApi(Bot):
    """python-telegram-bot's `Bot` over `PooledRequest`, which also sends requests from the outbox."""

    def __init__(self, token: str, root: str, proxy: str | None = None) -> None:
        self._polling = PooledRequest(POLL_CONNECTIONS, proxy=proxy)
        self._others = PooledRequest(OTHER_CONNECTIONS, proxy=proxy)
        super().__init__(
            token,
            base_url=f"{root}/bot",
            base_file_url=f"{root}/file/bot",
            request=self._others,
            get_updates_request=self._polling,
        )

    @property
    def number(self) -> int:
        """The bot's id, which is the first part of its token."""
        return int(self.token.partition(":")[0])

    async def connect(self) -> None:
        """Open the connections. Unlike `initialize`, it sends no request, so it does not delay the first answer."""
        await self._polling.initialize()
        await self._others.initialize()

    async def reconnect_polling(self) -> None:
        """Close the polling connections and open new ones."""
        await self._polling.shutdown()
        await self._polling.initialize()

    async def disconnect(self) -> None:
        """Close the connections."""
        await self._polling.shutdown()
        await self._others.shutdown()

    async def ask(self, method: str, parameters: Mapping[str, Any], read_timeout: float | None = None) -> Any:
        """Call a method of the Bot API by name; returns the result as JSON. Raises TelegramError."""
        seconds = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        try:
            if any(isinstance(value, InputFile) for value in parameters.values()):
                return await self._post(method, dict(parameters), read_timeout=seconds)
            # Without `_post`, which checks each parameter for JSON: that is a quarter of the cost of a call.
            request = self._polling if method == "getUpdates" else self._others
            return await request.post(f"{self.base_url}/{method}", Encoded(parameters), read_timeout=seconds)
        except KeyError as error:  # the library assumes that status 200 has a result
            raise NotTelegram("The answer has no result, so it is not Telegram's.") from error

    async def download(self, reference: str) -> bytes:
        """Returns the content of the file with the file id `reference`."""
        found = await self.ask("getFile", {"file_id": reference})
        path = found.get("file_path")
        if not path:
            raise BadRequest("The file is no longer there")
        return await self._others.retrieve(f"{self.base_file_url}/{path}")
