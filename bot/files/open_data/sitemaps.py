"""The sitemap (sitemaps.org) of a site, in parts, and robots.txt. Both need the site's whole address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.files.open_data.public_records import moment

MOST_PAGES = 50_000
"""Addresses that one part may have."""

INDEX = "sitemap.xml"
ROBOTS = "robots.txt"

_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page in every language: its paths within the site by language, and when it last changed if that is known."""

    paths: Mapping[str, str]
    changed_at: datetime | None = None


def part_name(number: int) -> str:
    """Returns the path of a part of the sitemap, from 1."""
    return f"sitemap-{number}.xml"


def sitemap_part(pages: Iterable[SitePage], address: str, default: str) -> Iterator[bytes]:
    """Yields a part of the sitemap: every page in every language, each naming the others.

    `address` is that of the site and ends with a slash; `default` is the language for readers of no other.
    """
    yield _HEAD.encode()
    for page in pages:
        others = Markup().join(
            Markup('<xhtml:link rel="alternate" hreflang="{}" href="{}{}"/>').format(language, address, path)
            for language, path in (*page.paths.items(), ("x-default", page.paths[default]))
        )
        at = Markup("<lastmod>{}</lastmod>").format(moment(page.changed_at)) if page.changed_at else ""
        for path in page.paths.values():
            yield Markup("<url><loc>{}{}</loc>{}{}</url>\n").format(address, path, at, others).encode()
    yield b"</urlset>\n"


def sitemap_index(parts: int, address: str) -> bytes:
    """Returns the index, which names that many parts."""
    named = Markup().join(
        Markup("<sitemap><loc>{}{}</loc></sitemap>\n").format(address, part_name(number))
        for number in range(1, parts + 1)
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}\n{named}</sitemapindex>\n".encode()


def robots(address: str) -> bytes:
    """Returns robots.txt: everybody may read everything; the sitemap is named if the site's address is known."""
    named = f"\nSitemap: {address}{INDEX}\n" if address else ""
    return f"User-agent: *\nAllow: /\n{named}".encode()
