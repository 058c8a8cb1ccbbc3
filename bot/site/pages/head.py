"""What pages say to other programs: the feeds that they belong to, and an initiative as schema.org says it."""

import json
from collections.abc import Iterator
from posixpath import dirname, relpath

from markupsafe import Markup

from bot.files.open_data.feeds import title_of
from bot.files.open_data.linked_data import initiative_data
from bot.site.files import page_path
from bot.site.site import Site
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import THEMES
from conversations.language.words import Place
from storage.site.public import PublicInitiative

FEED_KINDS = ("theme", "country", "call")
"""The kinds of list that have a feed of their own, beside the feed of all."""


def feed_path(language: str, kind: str = "", key: str = "") -> str:
    """Returns where the feed of a list stands; without a kind, that of all initiatives."""
    return f"{language}/feeds/{kind}/{key}.xml" if kind else f"{language}/feeds/all.xml"


def list_page(language: str, kind: str = "", key: str = "") -> str:
    """Returns where the first page of a list stands; without a kind, that of all initiatives."""
    return f"{language}/{kind}/{key}.html" if kind else f"{language}/index.html"


def calendar_path(name: str, language: str = "") -> str:
    """Returns where a calendar (`calls`, `events`) stands; without a language, the one at the fixed address."""
    return f"{language}/{name}.ics" if language else f"{name}.ics"


def link_to(site: Site, path: str, here: str) -> str:
    """Returns the address of a file of the site in the file `here`: whole where that is known, else relative."""
    return site.absolute(path) or relpath(path, dirname(here) or ".")


def topic_words(site: Site, kind: str, key: str) -> Place:
    """Returns the name of a theme, a country or a call; "" for all."""
    match kind:
        case "theme":
            return THEMES.get(key, key)
        case "country":
            return COUNTRY_NAMES.get(key, key)
        case _:
            return next((call.title for call in site.calls if call.slug == key), key)


def topics_of(site: Site) -> Iterator[tuple[str, str]]:
    """Yields the lists that have a feed, each by its kind and its key; first that of all, which has neither."""
    yield "", ""
    yield from (("country", country) for country in COUNTRY_NAMES)
    yield from (("call", call.slug) for call in site.calls)
    yield from (("theme", theme) for theme in THEMES)


def head_links(site: Site, language: str, path: str) -> Markup:
    """Returns links to the feed of all initiatives, and to that of the list which the page at `path` shows."""
    topics = [("", "")]
    match path.split("/"):
        case [_, kind, key, *_] if kind in FEED_KINDS:
            topics.insert(0, (kind, key.partition(".")[0]))
        case _:
            pass
    line = Markup('<link rel="alternate" type="application/atom+xml" href="{}" title="{}">\n')
    said = site.catalogue(language).say
    return Markup().join(
        line.format(
            link_to(site, feed_path(language, *topic), path), said(title_of(topic[0], topic_words(site, *topic)))
        )
        for topic in topics
    )


def json_ld(site: Site, each: PublicInitiative, language: str) -> Markup:
    """Returns the initiative as JSON-LD, for its page in that language."""
    here = page_path(language, each.initiative.id)
    others = [link_to(site, page_path(language, other.id), here) for other in each.inspired_by]
    told = initiative_data(each.initiative, link_to(site, here, here), others, site.catalogue(language))
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")  # no text can end the element
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(text))  # noqa: S704  # nosec B704
