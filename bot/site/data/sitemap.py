"""The sitemap and robots.txt of the site. Its producer comes last: it names the pages that the others have made."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import BinaryIO

from bot.files.open_data.sitemaps import (
    INDEX,
    MOST_PAGES,
    ROBOTS,
    SitePage,
    part_name,
    robots,
    sitemap_index,
    sitemap_part,
)
from bot.site.files import SiteFile, mark, page_path
from bot.site.index import ALL, ListPage
from bot.site.site import Site
from conversations.language.languages import LANGUAGES

TOGETHER = MOST_PAGES // len(LANGUAGES)
"""Pages, each in every language, of one part."""

FALLBACK = "en"


def sitemap_files(site: Site) -> Iterator[SiteFile]:
    """Yields robots.txt and, where the site's address is known, the sitemap.

    An initiative stays in the part that its number falls into, so that one that is new or gone changes one part.
    """
    yield SiteFile(ROBOTS, mark(site.address), lambda file: file.write(robots(site.address)))
    if not site.address:
        return
    firsts = sorted({number // TOGETHER * TOGETHER for number in site.index.numbers(ALL)})
    others = -(-sum(1 for _ in site.index.other_pages()) // TOGETHER)
    made_of = mark(site.address, site.index.made_of(), [path for path, _languages in site.index.other_pages()])
    parts = [
        *(partial(_other_pages, site, number * TOGETHER) for number in range(others)),
        *(partial(_initiatives, site, first) for first in firsts),
    ]
    for number, pages in enumerate(parts, 1):
        yield SiteFile(part_name(number), made_of, partial(_write, site, pages))
    yield SiteFile(
        INDEX, mark(site.address, len(parts)), lambda file: file.write(sitemap_index(len(parts), site.address))
    )


def _write(site: Site, pages: "partial[Iterator[SitePage]]", file: BinaryIO) -> None:
    for part in sitemap_part(pages(), site.address, FALLBACK):
        file.write(part)


def _other_pages(site: Site, start: int) -> Iterator[SitePage]:
    for path, languages in islice(site.index.other_pages(), start, start + TOGETHER):
        yield SitePage({language: f"{language}/{path}" for language in languages})


def _initiatives(site: Site, first: int) -> Iterator[SitePage]:
    for card in reversed(site.index.cards(ALL, ListPage(0, first, first + TOGETHER))):
        changed_at = max(datetime.fromisoformat(at) for at in (card.published_at, card.changed_at))
        yield SitePage({language: page_path(language, card.id) for language in LANGUAGES}, changed_at)
