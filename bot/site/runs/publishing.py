"""Publishes the site: reads what is public, makes the files that changed, and puts them into place."""

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import blake2b
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.language.catalogues import Catalogues
from bot.site.data.open_data import calendar_files, feed_files, table_files
from bot.site.data.sitemap import sitemap_files
from bot.site.files import SiteFile
from bot.site.index import SiteIndex
from bot.site.pages.call_pages import call_files
from bot.site.pages.collection_pages import collection_files
from bot.site.pages.data_page import data_files
from bot.site.pages.event_pages import event_files
from bot.site.pages.initiative_pages import initiative_files, withdrawn_files
from bot.site.pages.list_pages import list_files
from bot.site.pages.search_files import search_files
from bot.site.pages.start import design_files, start_files
from bot.site.pages.week_pages import week_files
from bot.site.site import Site
from bot.site.state import opened_state, whole_run
from bot.site.writer import SiteWriter
from conversations.model.collections.collection import InitiativeCollection
from storage.session.publishing import public_initiatives, withdrawn_initiatives
from storage.session.storage import Storage

Producer: TypeAlias = Callable[[Site], Iterator[SiteFile]]
"""Yields files of the site, from what the run has read."""

PRODUCERS: Sequence[Producer] = (
    design_files,
    start_files,
    list_files,
    call_files,
    collection_files,
    event_files,
    week_files,
    search_files,
    data_files,
    feed_files,
    calendar_files,
    table_files,
    sitemap_files,
)
"""What makes the site, beside the pages of initiatives; the sitemap comes last."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """Where the site is read (`https://…`, or "" if that is not known), and the bot's name, or ""."""

    zone: ZoneInfo
    address: str = ""
    bot: str = ""


@dataclass(frozen=True, slots=True)
class PublishedSite:
    """What a run did: public initiatives, files written anew, files that stayed, and files removed."""

    initiatives: int
    rewritten: int
    same: int
    removed: int


def publish(
    storage: Storage,
    catalogues: Catalogues,
    folder: Path,
    options: SiteOptions,
    now: datetime,
    progress: Callable[[int], object] = lambda _files: None,
) -> PublishedSite:
    """Bring the site in `folder` up to date; only what changed is written.

    The storage is only read; its summaries have to be up to date. `progress` is called with the number of further
    files. Raises Unusable if the folder is not a site, or another process writes it; OSError if the disk is full. Then
    the site stays as it was.
    """
    with opened_state(folder) as state:
        writer = SiteWriter(folder, state, _design())
        writer.begin()
        with whole_run(state, folder) as run:
            site = _site(storage, catalogues, state, options, now)
            for file in _files(site, run):
                writer.put(file, run)
                progress(1)
            writer.finish(run)
            if writer.rewritten:
                os.sync()  # what the state knows as written is on disk, also after a power cut
        writer.settle()
        return PublishedSite(site.index.count(), writer.rewritten, writer.same, writer.removed)


def _files(site: Site, run: int) -> Iterator[SiteFile]:
    further = _of_collections(site.collections)
    reading = site.index.read(public_initiatives(site.storage), further, run)
    for each, card in reading:
        yield from initiative_files(site, each, card, further.get(card.id, ()))
    for gone in withdrawn_initiatives(site.storage):
        if gone.was_public or (gone.was_public is None and site.index.was_shown(gone.id)):
            yield from withdrawn_files(site, gone.id)
    for producer in PRODUCERS:
        yield from producer(site)


def _of_collections(collections: Sequence[InitiativeCollection]) -> Mapping[str, Sequence[str]]:
    """The lists of collections that each initiative is in."""
    found: dict[str, list[str]] = {}
    for collection in collections:
        for report in collection.reports:
            found.setdefault(report, []).append(f"collection/{collection.slug}")
    return found


def _site(
    storage: Storage, catalogues: Catalogues, state: sqlite3.Connection, options: SiteOptions, now: datetime
) -> Site:
    return Site(
        storage=storage,
        catalogues=catalogues,
        index=SiteIndex(state),
        now=now,
        zone=options.zone,
        address=options.address and f"{options.address.rstrip('/')}/",
        bot=options.bot,
        calls=storage.read_now(lambda work: work.public.calls()),
        collections=storage.read_now(lambda work: work.public.collections()),
        events=storage.read_now(lambda work: work.public.events()),
    )


@cache
def _design() -> str:
    """A mark of all that pages are made with: templates, program, catalogues. With another one, all is made again."""
    whole = blake2b(digest_size=8)
    for package in ("bot.site", "bot.files", "bot.language", "conversations", "storage.site", "locales"):
        for file in _sources(resources.files(package)):
            whole.update(file.read_bytes())
    return whole.hexdigest()


def _sources(folder: Traversable) -> Iterator[Traversable]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith((".py", ".html", ".css", ".js", ".po", ".toml")):
            yield each
