"""The Bot API, as far as the bot talks to it: methods by their names, parameters and results as JSON."""

import json
import mimetypes
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from bot.errors import BadRequest
from bot.http import READ_SECONDS, UPLOAD_SECONDS, Connections
from bot.results import result

POLL_CONNECTIONS = 4
"""More than one, so that a connection that hangs does not make the bot deaf."""

OTHER_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Upload:
    """A file among the parameters of a request."""

    content: bytes = field(repr=False)
    name: str


class BotApi:
    """The Bot API server at `root`, asked with `token`."""

    def __init__(self, token: str, root: str) -> None:
        self.token = token
        self._polling = Connections(root, POLL_CONNECTIONS)
        self._others = Connections(root, OTHER_CONNECTIONS)

    @property
    def number(self) -> int:
        """The bot's own id, which is the first part of its token."""
        return int(self.token.partition(":")[0])

    async def connect(self) -> None:
        """Take requests from now on. Asks Telegram nothing: the first answer does not wait for it."""
        self._polling.open()
        self._others.open()

    async def reconnect_polling(self) -> None:
        """Throw the polling connections away and open new ones."""
        await self._polling.close()
        self._polling.open()

    async def disconnect(self) -> None:
        """Close the connections."""
        await self._polling.close()
        await self._others.close()

    async def ask(self, method: str, parameters: Mapping[str, Any], read_timeout: float | None = None) -> Any:
        """Ask for one method of the Bot API, and return its result. Raises a TelegramError."""
        path = f"/bot{self.token}/{method}"
        connections = self._polling if method == "getUpdates" else self._others
        if any(isinstance(value, Upload) for value in parameters.values()):
            body, kind = _form(parameters)
            return result(*await connections.post(path, body, kind, UPLOAD_SECONDS))
        body = json.dumps(parameters).encode()
        return result(*await connections.post(path, body, "application/json", read_timeout or READ_SECONDS))

    async def download(self, reference: str) -> bytes:
        """The content of the file that `reference` (a file id) stands for."""
        found = await self.ask("getFile", {"file_id": reference})
        path = found.get("file_path")
        if not path:
            raise BadRequest("The file is no longer there")
        status, body = await self._others.get(f"/file/bot{self.token}/{quote(path)}", UPLOAD_SECONDS)
        return body if status == HTTPStatus.OK else result(status, body)


def _form(parameters: Mapping[str, Any]) -> tuple[bytes, str]:
    """`parameters` with a file among them: the body of the request and its content type."""
    boundary = secrets.token_hex(16)
    parts = []
    for name, value in parameters.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        match value:
            case Upload(content, file_name):
                mime = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
                head += f'; filename="{_quoted(file_name)}"\r\nContent-Type: {mime}'
            case str():
                content = value.encode()
            case _:
                content = json.dumps(value).encode()
        parts += [head.encode(), b"\r\n\r\n", content, b"\r\n"]
    return b"".join([*parts, f"--{boundary}--\r\n".encode()]), f"multipart/form-data; boundary={boundary}"


def _quoted(file_name: str) -> str:
    """As browsers write it."""
    return file_name.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")
