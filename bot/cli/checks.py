"""`meldind check`: one line for each thing to check."""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TypeAlias

from babel.messages.pofile import read_po

from bot.runtime.errors import Unusable
from bot.runtime.settings import Settings, read_settings
from conversations.language.languages import LANGUAGES
from storage.engine.database import sqlite_journal
from storage.engine.errors import StorageError
from storage.engine.urls import normalise_url, sqlite_file
from storage.session.schema import SchemaState, schema_state

Finding: TypeAlias = tuple[bool, str]
"""Whether the check passed, and its line of text."""

ENOUGH = 64 * 1024
"""Bytes that a start writes."""

_SCHEMA: dict[SchemaState, Finding] = {
    "current": (True, "up to date"),
    "older": (False, "of an earlier version. Run meldind db upgrade"),
    "newer": (False, "made by a later version of Meldind. Install that version"),
    "empty": (False, "not there yet. Run meldind db upgrade, or start the bot with meldind run"),
}


def check_all() -> list[Finding]:
    """Configuration, data directory, database, the folder of the site, translations and Telegram, in this order."""
    try:
        settings = read_settings()
    except Unusable as error:
        return [(False, f"configuration: {error}")]
    written = data_line(settings.data_dir)
    # If nothing can be written, a missing database is expected, and db upgrade does not help.
    database = [] if not written[0] and not settings.database_url else [database_line(settings.database)]
    return [
        (True, f"configuration: {settings.mode}, data in {settings.data_dir}, times in {settings.timezone_name}"),
        written,
        *database,
        *([site_line(settings.site)] if settings.site else []),
        translations_line(),
        telegram_line(settings),
    ]


def data_line(folder: Path) -> Finding:
    """Returns whether files can be written in the data directory; leaves no files."""
    if wrong := _unwritable(folder):
        return False, f"data: {wrong}; let the user that this runs as write there, make room, or set MELDIND_DATA_DIR"
    return True, f"data: {folder.absolute()} can be written to"


def site_line(folder: Path) -> Finding:
    """Returns whether the site can be kept in its folder; leaves no files."""
    from bot.site.state import foreign  # only who has a site waits for it

    if wrong := foreign(folder):
        return False, f"site: {wrong}"
    if wrong := _unwritable(folder):
        return False, f"site: {wrong}; let the user that this runs as write there, make room, or set MELDIND_SITE"
    return True, f"site: {folder.absolute()} can be written to"


def _unwritable(folder: Path) -> str:
    """Returns why nothing can be written in the folder, or where it would be made; "": it can."""
    nearest = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    try:
        with TemporaryFile(dir=nearest) as file:
            file.write(b"\0" * ENOUGH)
    except OSError as error:
        return f"nothing can be written to {nearest} ({error.strerror})"
    return ""


def database_line(url: str) -> Finding:
    """Returns the database, and whether this version can work with it."""
    try:
        parsed = normalise_url(url)
        good, state = _SCHEMA[schema_state(url)]
    except StorageError as error:
        return False, f"database: {str(error).splitlines()[0]}"
    file = sqlite_file(parsed)
    name = str(file) if file else parsed.render_as_string(hide_password=True)
    if file is None or not file.exists():
        return good, f"database: {name} is {state}"
    journal = sqlite_journal()
    return good, f"database: {name} is {state}; journal {journal.mode}: {journal.reason}"


def translations_line() -> Finding:
    """Returns whether every sentence is translated to every language; English is in the sources."""
    missing = []
    for language in LANGUAGES:
        source = resources.files("locales").joinpath(language, "LC_MESSAGES", "meldind.po")
        if not source.is_file():
            missing.append(f"{language}: no catalogue")
            continue
        with source.open("rb") as file:
            messages = [message for message in read_po(file, locale=language) if message.id]
        lacking = sum(message.fuzzy or (language != "en" and not _whole(message.string)) for message in messages)
        if lacking:
            missing.append(f"{language}: {lacking} of {len(messages)} sentences")
    if missing:
        return False, f"translations: missing in {', '.join(missing)}"
    return True, f"translations: {', '.join(LANGUAGES)} are complete"


def _whole(said: object) -> bool:
    """Returns whether a translation is complete, with all plural forms."""
    return all(said) if isinstance(said, tuple | list) else bool(said)


def telegram_line(settings: Settings) -> Finding:
    """Returns whether the Bot API can be reached with the token."""
    if settings.token is None:
        return False, "Bot API: BOT_TOKEN is not set. Get a token from @BotFather, or use meldind try"
    from telegram.error import InvalidToken, TelegramError

    from bot.telegram.http import run_requests

    way = f" through the proxy {_without_secrets(settings.way_out)}" if settings.way_out else ""
    try:
        me = run_requests(_who_am_i(settings, settings.token))
    except InvalidToken:
        return False, f"Bot API: {settings.api_url}{way} does not accept the token. Copy it again from @BotFather"
    except TelegramError as error:
        return False, f"Bot API: {settings.api_url}{way}: {error.message}"
    known = f"Bot API: {settings.api_url}{way} knows this bot as @{me['username']}"
    if me.get("has_topics_enabled"):
        return True, f"{known}, with topics in private chats: it answers in each, and notices come outside of them"
    return True, known


def _without_secrets(proxy: str) -> str:
    """Returns the proxy's address without user name and password."""
    scheme, _, rest = proxy.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"


async def _who_am_i(settings: Settings, token: str) -> Mapping[str, Any]:
    from bot.telegram.api import BotApi

    api = BotApi(token, settings.api_url, settings.way_out)
    await api.connect()
    try:
        found: Mapping[str, Any] = await api.ask("getMe", {})
    finally:
        await api.disconnect()
    return found
