"""The site for other programs: feeds, calendars, tables and what describes them."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from bot.files.open_data import data_package, dcat, public_tables
from bot.files.open_data.calendars import CALLS, EVENTS, calls_calendar, events_calendar
from bot.files.open_data.dcat import Dataset, Distribution, dcat_catalogue
from bot.files.open_data.feeds import MOST_ENTRIES, Feed, FeedEntry, atom, title_of
from bot.language.catalogues import Catalogue
from bot.site.files import SiteFile, mark, page_path
from bot.site.index import ALL, Card
from bot.site.pages.head import calendar_path, feed_path, link_to, list_page, topic_words, topics_of
from bot.site.site import Site
from conversations.context.links import CALL, EVENT
from conversations.language.languages import LANGUAGES
from conversations.model.calls import WholeCall
from conversations.model.events.event import LibraryEvent
from storage.session.publishing import public_initiatives

PUBLISHER = "Meldind"
"""Who publishes the data where the bot's name is not known."""

FALLBACK = "en"
"""The language of the calendars at the fixed addresses; those in the others are in the folders of the languages."""


def feed_files(site: Site) -> Iterator[SiteFile]:
    """Yields the feeds: of all, of every theme, country and call, whether or not anything is in them yet."""
    for kind, key in topics_of(site):
        cards = site.index.last_changed(f"{kind}/{key}" if kind else ALL, MOST_ENTRIES)
        made_of = mark(site.address, topic_words(site, kind, key), [(card.id, card.made_of) for card in cards])
        for language in LANGUAGES:
            yield SiteFile(
                feed_path(language, kind, key), made_of, partial(_write_feed, site, language, kind, key, cards)
            )


def calendar_files(site: Site) -> Iterator[SiteFile]:
    """Yields the calendars of open calls and of coming events, in every language and at their fixed addresses."""
    calls = [call for call in site.calls if call.takes(site.now)]
    events = [event for event in site.events if event.status == "published" and not event.is_over(site.now)]
    for language in ("", *LANGUAGES):
        catalogue = site.catalogue(language or FALLBACK)
        yield SiteFile(
            calendar_path("calls", language), mark(site.bot, calls), partial(_write_calls, site, calls, catalogue)
        )
        yield SiteFile(
            calendar_path("events", language), mark(site.bot, events), partial(_write_events, site, events, catalogue)
        )


def table_files(site: Site) -> Iterator[SiteFile]:
    """Yields the tables of all public initiatives, and the descriptions of what the site has as data."""
    all_of_it = site.index.made_of()
    yield SiteFile(
        public_tables.CSV, all_of_it, lambda file: public_tables.write_csv(public_initiatives(site.storage), file)
    )
    yield SiteFile(
        public_tables.JSONL,
        all_of_it,
        lambda file: public_tables.write_json_lines(public_initiatives(site.storage), file),
    )
    yield _json(data_package.NAME, data_package.data_package(site.catalogues, site.address))
    changed = site.index.last_changed(ALL, 1)
    last = datetime.fromisoformat(max(changed[0].published_at, changed[0].changed_at)) if changed else None
    yield _json(dcat.NAME, dcat_catalogue(DATASETS, site.catalogues, site.address, last, site.bot or PUBLISHER))


DATASETS = (
    Dataset(
        "reports",
        data_package.TITLE,
        data_package.ABOUT,
        (
            Distribution(public_tables.CSV, "text/csv", "CSV"),
            Distribution(public_tables.JSONL, "application/json", "JSON"),
            Distribution(feed_path(FALLBACK), "application/atom+xml", "ATOM"),
        ),
        described_by=data_package.NAME,
    ),
    Dataset("calls", CALLS, CALLS, (Distribution(calendar_path("calls"), "text/calendar", "ICS"),)),
    Dataset("events", EVENTS, EVENTS, (Distribution(calendar_path("events"), "text/calendar", "ICS"),)),
)
"""What the site has as data."""


def _write_feed(site: Site, language: str, kind: str, key: str, cards: Sequence[Card], file: BinaryIO) -> None:
    here, catalogue = feed_path(language, kind, key), site.catalogue(language)
    there = {each.initiative.id: each for each in site.storage.read_now(partial(_these, [card.id for card in cards]))}
    entries = [
        FeedEntry(there[card.id].initiative, link_to(site, page_path(language, card.id), here))
        for card in cards
        if card.id in there
    ]
    feed = Feed(
        name=f"{kind}/{key}" if kind else ALL,
        language=language,
        title=catalogue.say(title_of(kind, topic_words(site, kind, key))),
        address=link_to(site, here, here),
        page=link_to(site, list_page(language, kind, key), here),
        entries=entries,
    )
    for part in atom(feed, catalogue):
        file.write(part)


def _these(reports: Sequence[str], work: Any) -> Any:
    return work.public.these(reports)


def _json(path: str, told: Any) -> SiteFile:
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    return SiteFile(path, mark(text), lambda file: file.write(text.encode()))


def _write_calls(site: Site, calls: Sequence[WholeCall], catalogue: Catalogue, file: BinaryIO) -> None:
    file.write(calls_calendar(calls, catalogue, lambda call: site.into_bot(CALL + call.slug)))


def _write_events(site: Site, events: Sequence[LibraryEvent], catalogue: Catalogue, file: BinaryIO) -> None:
    file.write(events_calendar(events, catalogue, lambda event: site.into_bot(EVENT + event.id)))
