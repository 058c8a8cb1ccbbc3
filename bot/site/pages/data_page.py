"""The page that leads to what the site has for other programs: tables, feeds and calendars."""

from collections.abc import Iterator
from functools import partial
from typing import TypeAlias

from bot.files.open_data import data_package, dcat, public_tables
from bot.files.open_data.calendars import CALLS, EVENTS
from bot.files.open_data.data_package import ABOUT
from bot.files.pages.marking import said
from bot.site.files import SiteFile, mark, text_file
from bot.site.pages.head import calendar_path, feed_path, link_to, topic_words, topics_of
from bot.site.pages.layout import DATA, DATA_PAGE, Way, rendered
from bot.site.site import Site
from conversations.language.languages import LANGUAGES
from conversations.language.words import Words, _, labelled

Entry: TypeAlias = tuple[Way, list[str], str]

TABLES: tuple[tuple[str, Words, Words], ...] = (
    (
        public_tables.CSV,
        labelled("open data", "Table (CSV)"),
        _("A row for each initiative. Excel reads it as a live table: Data, From Web, and this address."),
    ),
    (
        public_tables.JSONL,
        labelled("open data", "For programs (JSON Lines)"),
        _("The same, with answers that have parts as they are."),
    ),
    (
        data_package.NAME,
        _("What the columns mean (Data Package)"),
        _("Every column and every choice in Danish, Slovenian and English."),
    ),
    (
        dcat.NAME,
        labelled("open data", "For data portals (DCAT-AP)"),
        _("What there is, where it is, and when it last changed."),
    ),
)
"""The files with all initiatives, and those that describe them."""


def data_files(site: Site) -> Iterator[SiteFile]:
    """Yields the page in every language."""
    made_of = mark(site.address, site.titles())
    for language in LANGUAGES:
        yield text_file(f"{language}/{DATA_PAGE}", made_of, partial(_page, site, language))


def _page(site: Site, language: str) -> str:
    catalogue, here = site.catalogue(language), f"{language}/{DATA_PAGE}"

    def entry(path: str, label: str, line: str = "") -> Entry:
        return Way(link_to(site, path, here), label), [path], line

    tables = [entry(path, catalogue.say(label), catalogue.say(line)) for path, label, line in TABLES]
    calendars = [
        entry(calendar_path(name, language), catalogue.say(label))
        for name, label in (("calls", CALLS), ("events", EVENTS))
    ]
    feeds = [
        entry(
            feed_path(language, kind, key),
            said(topic_words(site, kind, key), catalogue) if kind else catalogue.say(_("All initiatives")),
        )
        for kind, key in topics_of(site)
    ]
    values = {
        "title": catalogue.say(DATA),
        "about": catalogue.say(ABOUT),
        "sections": [
            (catalogue.say(labelled("open data", "Tables")), tables),
            (catalogue.say(labelled("open data", "Calendars to subscribe to")), calendars),
            (catalogue.say(_("Feeds (Atom): what was published or changed last")), feeds),
        ],
        "nothing": "",
    }
    return rendered(site, language, DATA_PAGE, "entries.html", values)
