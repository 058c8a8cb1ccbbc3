"""The browser's part beside the Bot API: the page, its texts, and the switches of the trial under `/trial/`."""

import asyncio
import json
import mimetypes
from collections.abc import Callable, Mapping
from http import HTTPStatus
from importlib import resources
from pathlib import Path

from aiohttp import web

from bot.botapi.cloud.cloud import Cloud
from bot.botapi.cloud.people import hand
from bot.botapi.cloud.world import Json
from bot.trial.bot_process import BotProcess
from bot.trial.cast import ROLES, Cast, Role
from bot.trial.site import site_file
from bot.trial.texts import Texts, page_texts
from conversations.context.links import INVITATION
from conversations.language.languages import LANGUAGES, NAMES

LONGEST_NAME = 40
PATIENCE = 20.0  # seconds to wait for the invitation codes of a starting bot
A_MOMENT = 0.05

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""With these headers, the browser prevents the page from fetching anything from other servers."""


class Front:
    """Answers the browser. `about` is the fixed information about this trial for the page, `site` the folder of the
    site that the bot keeps.
    """

    def __init__(self, bot: BotProcess, cloud: Cloud, cast: Cast, about: Json, site: Path) -> None:
        self._bot = bot
        self._cloud = cloud
        self._cast = cast
        self._about = about
        self._site = site
        self._texts: Texts | None = None
        page = resources.files("bot.trial").joinpath("page")
        self._files = {each.name: each for each in page.iterdir() if each.is_file()}
        self._does: Mapping[str, Callable[[], None]] = {
            "start": bot.start,
            "stop": bot.stop,
            "kill": bot.kill,
            "restart": bot.restart,
        }

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request."""
        match [request.method, *request.path.split("/")[1:]]:
            case ["GET", ""]:
                return self._file("index.html")
            case ["GET", "page", name]:
                return self._file(name)
            case ["GET", "site"]:
                return web.Response(status=HTTPStatus.FOUND, headers={"Location": "/site/"})
            case ["GET", "site", *path]:
                return await asyncio.to_thread(site_file, self._site, path, HEADERS)
            case ["GET", "trial", "texts"]:
                return _reply(await self._all_texts())
            case ["GET", "trial", "state"]:
                return _reply(self._state())
            case ["POST", "trial", "people"]:
                return self._enter(await request.read())
            case ["POST", "trial", "people", person, "start"] if person.isdecimal():
                return await self._start(int(person))
            case ["POST", "trial", "bot", action] if action in self._does:
                await asyncio.to_thread(self._does[action])
                return _reply(self._state())
            case _:
                return web.Response(status=HTTPStatus.NOT_FOUND, text="There is nothing here.")

    def _file(self, name: str) -> web.Response:
        file = self._files.get(name)
        if file is None:
            return web.Response(status=HTTPStatus.NOT_FOUND, text="There is no such file.")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return web.Response(body=file.read_bytes(), content_type=kind, charset="utf-8", headers=HEADERS)

    async def _all_texts(self) -> Texts:
        if self._texts is None:
            self._texts = await asyncio.to_thread(page_texts)
        return self._texts

    def _state(self) -> Json:
        return {
            **self._about,
            "bot": self._bot.state,
            "people": self._cast.as_json(),
            "languages": NAMES,
            "roles": ROLES,
        }

    def _enter(self, body: bytes) -> web.Response:
        """Add a phone: {"first_name", "role", "language"}."""
        try:
            given = json.loads(body)
            name, role, language = given["first_name"].strip(), given["role"], given["language"]
        except (ValueError, LookupError, TypeError, AttributeError):
            return web.Response(status=HTTPStatus.BAD_REQUEST, text="first_name, role and language are needed.")
        if not 0 < len(name) <= LONGEST_NAME or role not in ROLES or language not in LANGUAGES:
            return web.Response(status=HTTPStatus.BAD_REQUEST, text="There is no such person.")
        self._cast.enter(name, role, language)
        return _reply(self._state())

    async def _start(self, person: int) -> web.Response:
        """Let a person open the bot for the first time: a coordinator or a partner by an invitation link."""
        role = self._cast.roles.get(person)
        if role is None:
            return web.Response(status=HTTPStatus.NOT_FOUND, text="There is no such person.")
        code = "" if role == "librarian" else await self._code(role)
        hand(self._cloud, person).starts(f"{INVITATION}{code}" if code else "")
        return _reply({})

    async def _code(self, role: Role) -> str:
        """Returns the code of an invitation; "" if the bot has not printed it."""
        for _ in range(int(PATIENCE / A_MOMENT)):
            if role in self._bot.invitations or self._bot.state not in ("starting", "running"):
                break
            await asyncio.sleep(A_MOMENT)
        return self._bot.invitations.get(role, "")


def _reply(result: object) -> web.Response:
    return web.Response(body=json.dumps(result).encode(), content_type="application/json", headers=HEADERS)
