"""The settings: environment variables, or a `.env` file in the working directory."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies_environment, proxy_bypass
from zoneinfo import ZoneInfo

import attrs
import environ
from dotenv import dotenv_values

from bot.runtime.errors import Unusable, alternatives
from conversations.language.languages import LANGUAGES

TELEGRAM = "https://api.telegram.org"

_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"[^:\s]*:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}")
_PROXY = re.compile(r"(?:https?|socks5h?)://(?:[^@/\s]+@)?[^@/\s]+/?")
_ROOT = re.compile(r"https?://[^/\s]+")

LAST_PORT = 65535
LEVELS = ("debug", "info", "warning", "error")


def _setting(
    name: str,
    default: object = None,
    test: Callable[[Any], object] | None = None,
    should: str = "",
    converter: Callable[[Any], object] | None = None,
) -> Any:
    """Returns the variable `name`, converted by `converter`; `should` describes valid values if `test` fails.

    Errors do not show the value, because it may be a secret.
    """

    def check(_settings: object, _attribute: object, value: object) -> None:
        if test and value is not None and not test(value):
            raise ValueError(f"{name} {should}.")

    return environ.var(default=default, converter=converter, name=name, validator=check)


def _one_of(name: str, *choices: str) -> Any:
    """Returns a variable with these choices; the first is the default."""
    return _setting(name, choices[0], choices.__contains__, f"should be {alternatives(choices)}")


def _is_a_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        return False
    return True


def _is_an_address(given: str) -> bool:
    return _ADDRESS.fullmatch(given) is not None and 0 < int(given.rpartition(":")[2]) <= LAST_PORT


def _address(name: str, default: str | None = None) -> Any:
    should = f"should be host:port, for example 127.0.0.1:8443, with a port from 1 to {LAST_PORT}"
    return _setting(name, default, _is_an_address, should)


def _root(name: str, default: str | None = None) -> Any:
    return _setting(name, default, _ROOT.match, "should begin with https://", lambda url: url and url.rstrip("/"))


def _check_database(_settings: object, _attribute: object, url: str | None) -> None:
    if url is not None:
        # Imported late, so that the page of a trial does not wait for it.
        from storage.engine.errors import UnknownDatabase
        from storage.engine.urls import normalise_url

        try:
            normalise_url(url)
        except UnknownDatabase as error:
            raise ValueError(f"DATABASE_URL: {error}") from None


def _number(given: int | str) -> int:
    return int(given) if str(given).isdecimal() else -1


@environ.config(prefix="", frozen=True)
class Settings:
    """All settings. `read_settings` makes them."""

    token: str | None = _setting(
        "BOT_TOKEN", None, _TOKEN.fullmatch, "is not a bot token. Copy all of it from @BotFather"
    )
    database_url: str | None = environ.var(default=None, name="DATABASE_URL", validator=_check_database)
    data_dir: Path = _setting("MELDIND_DATA_DIR", "data", converter=Path)
    api_url: str = _root("TELEGRAM_API_URL", TELEGRAM)
    proxy: str | None = _setting(
        "MELDIND_PROXY", None, _PROXY.fullmatch, "should be http://host:port, https://… or socks5://…"
    )
    mode: Literal["polling", "webhook"] = _one_of("MELDIND_MODE", "polling", "webhook")
    webhook_url: str | None = _root("WEBHOOK_URL")
    webhook_listen: str = _address("WEBHOOK_LISTEN", "127.0.0.1:8443")
    webhook_secret: str | None = _setting(
        "WEBHOOK_SECRET", None, _WEBHOOK_SECRET.fullmatch, "should be 1 to 256 letters, digits, _ and -"
    )
    http: str | None = _address("MELDIND_HTTP")
    timezone_name: str = _setting(
        "MELDIND_TIMEZONE", "Europe/Copenhagen", _is_a_timezone, "is not a time zone. Use a name such as Europe/Dublin"
    )
    language: str = _setting("MELDIND_LANGUAGE", "en", LANGUAGES.__contains__, f"should be {alternatives(LANGUAGES)}")
    site: Path | None = _setting("MELDIND_SITE", None, converter=lambda folder: folder and Path(folder))
    site_url: str | None = _root("MELDIND_SITE_URL")
    flood_limit: int = _setting(
        "MELDIND_FLOOD_LIMIT", 120, lambda most: most >= 0, "should be a number, 0 for no limit", _number
    )
    log: Literal["text", "json"] = _one_of("MELDIND_LOG", "text", "json")
    log_level: Literal["debug", "info", "warning", "error"] = _setting(
        "MELDIND_LOG_LEVEL", "info", LEVELS.__contains__, f"should be {alternatives(LEVELS)}"
    )

    def __attrs_post_init__(self) -> None:
        if self.mode == "webhook":
            _ = self.webhook

    def __repr__(self) -> str:
        return "Settings"  # two of them are secrets

    def but(self, **changes: object) -> "Settings":
        """Returns the same settings with some others."""
        this: Any = self  # for mypy, which does not know classes made by environ
        changed: Settings = attrs.evolve(this, **changes)
        return changed

    @property
    def webhook(self) -> tuple[str, str]:
        """The webhook's address, and the secret that Telegram sends."""
        if self.webhook_url is None:
            raise ValueError("WEBHOOK_URL is missing: with MELDIND_MODE=webhook, Telegram has to know where to call.")
        if self.webhook_secret is None:
            raise ValueError("WEBHOOK_SECRET is missing: it proves that a call comes from Telegram.")
        return self.webhook_url, self.webhook_secret

    @property
    def way_out(self) -> str | None:
        """The proxy for the Bot API: MELDIND_PROXY, or HTTPS_PROXY with NO_PROXY."""
        api = urlsplit(self.api_url)
        if self.proxy is not None or api.scheme != "https":
            return self.proxy
        known = getproxies_environment()
        return None if proxy_bypass(api.netloc) else known.get("https") or known.get("all")

    def way_out_to(self, host: str) -> str | None:
        """Returns the proxy for https to another host, as for the Bot API."""
        if self.proxy is not None:
            return self.proxy
        known = getproxies_environment()
        return None if proxy_bypass(host) else known.get("https") or known.get("all")

    @property
    def timezone(self) -> ZoneInfo:
        """The time zone for those who have set none."""
        return ZoneInfo(self.timezone_name)

    @property
    def database(self) -> str:
        """The database's URL; without one, an SQLite file under the data directory."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'meldind.db'}"


def read_settings() -> Settings:
    """Read the settings of this process. Raises Unusable with one line that lists all errors."""
    try:
        file = dotenv_values(".env", encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"The file .env cannot be read: {error}.") from None
    # Empty variables, which compose files may set, count as not set.
    given = {name: value for of in (file, os.environ) for name, value in of.items() if value}
    wrong = [*_misspelt(given, file)]
    while isinstance(settings := _made(given), str):
        wrong.append(settings)
        name = settings.split()[0].rstrip(":")
        given.pop(name, None)
        if name in _STAND_INS:
            given[name] = _STAND_INS[name]
    if wrong:
        raise Unusable(" ".join(wrong))
    return settings


def _made(given: dict[str, str]) -> Settings | str:
    """Returns the settings, or their first error."""
    try:
        settings: Settings = environ.to_config(Settings, given)
    except ValueError as error:
        return str(error)
    return settings


_STAND_INS = {"WEBHOOK_URL": "https://example.org", "WEBHOOK_SECRET": "x"}  # nosec B105 - never used to prove anything
"""Valid values used in place of wrong ones, so that further errors are found too."""


def _misspelt(given: Iterable[str], file: Iterable[str]) -> Iterator[str]:
    """A line for each name that is similar to a setting's; outside of the file only for names with Meldind's prefix.

    Other names are ignored: they may be for other programs.
    """
    names = [line.split()[0] for line in environ.generate_help(Settings).splitlines()]
    for name in given:
        if name not in names and (name in file or name.startswith("MELDIND_")):
            for meant in get_close_matches(name, names, 1, 0.8):
                yield f"There is no setting {name}. Did you mean {meant}?"
