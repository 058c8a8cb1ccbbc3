"""The site of what is public, as the bot of the trial keeps it in step, under `/site/`."""

import mimetypes
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from aiohttp import web

from bot.site.state import HIDDEN

NOT_YET = "The site is written a few seconds after the start, and a minute after each change. This page looks again."

KINDS: Mapping[str, str] = {
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
}
"""The kinds of files that not every machine knows."""


def site_folder(data_dir: Path) -> Path:
    """Returns the folder of the site of a trial, beside its files."""
    return data_dir.resolve() / "try" / "site"


def site_file(folder: Path, path: Sequence[str], headers: Mapping[str, str]) -> web.Response:
    """Returns a file of the site, or what to do until it is there."""
    if not (folder / "index.html").is_file():
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=NOT_YET, headers={**headers, "Refresh": "2"})
    file = folder.joinpath(*(part for part in path if part)).resolve()
    if file.is_dir():
        file /= "index.html"
    if HIDDEN in path or not file.is_relative_to(folder) or not file.is_file():
        return web.Response(status=HTTPStatus.NOT_FOUND, text="There is no such page.", headers=headers)
    kind = KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    charset = "utf-8" if kind.startswith(("text/", "application/j")) else None
    return web.Response(body=file.read_bytes(), content_type=kind, charset=charset, headers=headers)
