"""Atom feeds (RFC 4287) of public initiatives, the last changed first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from markupsafe import Markup

from bot.files.open_data.public_records import last_change, moment
from bot.language.catalogues import Catalogue
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import GROUPS, THEMES
from conversations.language.words import Place, Words, _
from conversations.model.initiatives import Initiative

MOST_ENTRIES = 50
"""Entries of one feed; older ones are on the site."""

NAMES = "tag:meldind,2026:"
"""The beginning of ids (RFC 4151). They never change: not with the site's address, its language or a correction."""

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""The time of the last change of an empty feed, before any Meldind."""

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not allow."""


_HEAD = Markup("""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">
  <id>{id}</id>
  <title>{title}</title>
  <updated>{updated}</updated>
  <link rel="self" type="application/atom+xml" href="{address}"/>
  <link rel="alternate" type="text/html" hreflang="{language}" href="{page}"/>
  <author><name>Meldind</name></author>
  <generator version="{version}">Meldind</generator>
""")

_ENTRY = Markup("""\
  <entry xml:lang="{language}">
    <id>{id}</id>
    <title>{title}</title>
    <published>{published}</published>
    <updated>{updated}</updated>
    <link rel="alternate" type="text/html" hreflang="{shown_in}" href="{page}"/>
    <author><name>{author}</name></author>
{categories}    <summary>{summary}</summary>
  </entry>
""")

_CATEGORY = Markup("""\
    <category term="{key}" scheme="{scheme}" label="{label}"/>
""")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: `name` is unique among the feeds of a language, `address` its own, `page` that of the page it is of."""

    name: str
    language: str
    title: str
    address: str
    page: str
    entries: Sequence["FeedEntry"] = ()


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An initiative in the feeds of one language, with the address of its page."""

    initiative: Initiative
    page: str


def title_of(kind: str, about: Place) -> Words:
    """Returns the title of the feed of a topic; `about` names it: a theme, a country, a call."""
    match kind:
        case "theme" | "country" | "call":
            return _("What libraries do for inclusion: {about}", about=about)
        case _:
            return _("What libraries do for inclusion")


def atom(feed: Feed, catalogue: Catalogue) -> Iterator[bytes]:
    """Yields the feed as XML, entry by entry."""
    changed = max((last_change(each.initiative) for each in feed.entries), default=LONG_AGO)
    yield (
        _HEAD.format(
            language=feed.language,
            id=f"{NAMES}feed/{feed.language}/{feed.name}",
            title=_text(feed.title),
            updated=moment(changed),
            address=feed.address,
            page=feed.page,
            version=version("meldind"),
        ).encode()
    )
    for each in feed.entries:
        yield _entry(each, catalogue).encode()
    yield b"</feed>\n"


def entry_id(initiative: str) -> str:
    """Returns the id of an initiative in every feed."""
    return f"{NAMES}initiative/{initiative}"


def _entry(each: FeedEntry, catalogue: Catalogue) -> Markup:
    told = each.initiative
    return _ENTRY.format(
        language=told.language,
        id=entry_id(told.id),
        title=_text(told.title),
        published=moment(told.published_at),
        updated=moment(last_change(told)),
        page=each.page,
        shown_in=catalogue.language,
        author=_text(told.library or told.place or "Meldind"),
        categories=Markup().join(_categories(told, catalogue)),
        summary=_text(told.summary),
    )


def _categories(told: Initiative, catalogue: Catalogue) -> Iterable[Markup]:
    kinds = (("theme", THEMES, told.themes), ("group", GROUPS, told.groups), ("country", COUNTRY_NAMES, [told.country]))
    for kind, labels, keys in kinds:
        for key in keys:
            if key:
                label = _text(catalogue.say(labels.get(key, key)))
                yield _CATEGORY.format(key=_text(key), scheme=f"{NAMES}{kind}", label=label)


def _text(said: str) -> str:
    return _NO_XML.sub("", said)
