"""The collections, and the page of each with its initiatives in the order that its coordinator chose."""

from collections.abc import Iterator
from functools import partial

from bot.files.pages.marking import said
from bot.site.files import SiteFile, mark, text_file
from bot.site.index import Card
from bot.site.pages.call_pages import in_its_language
from bot.site.pages.layout import Way, rendered
from bot.site.pages.list_pages import how_many
from bot.site.pages.showing import card_view, list_path, shown_of
from bot.site.site import Site
from conversations.language.languages import LANGUAGES
from conversations.language.words import _, labelled
from conversations.model.collections.collection import InitiativeCollection


def collection_files(site: Site) -> Iterator[SiteFile]:
    """Yields the page of all collections, and the page of each."""
    told = [(each.slug, dict(each.titles), each.language, len(each.reports)) for each in site.collections]
    for language in LANGUAGES:
        path = f"{language}/collections.html"
        yield text_file(path, mark(told, site.address), partial(_collections, site, language))
    for each in site.collections:
        cards = [card for report in each.reports if (card := site.index.card(report))]
        texts = (dict(each.titles), dict(each.introductions), each.language)
        made_of = mark(texts, [shown_of(card) for card in cards], site.address)
        for language in LANGUAGES:
            path = f"{language}/{list_path(f'collection/{each.slug}')}"
            yield text_file(path, made_of, partial(_page, site, language, each, cards))


def _collections(site: Site, language: str) -> str:
    catalogue = site.catalogue(language)
    entries = [
        (
            Way(list_path(f"collection/{each.slug}"), in_its_language(each.title, catalogue)),
            [said(how_many(len(each.reports)), catalogue)],
            "",
        )
        for each in site.collections
    ]
    values = {
        "title": catalogue.say(_("Collections")),
        "about": catalogue.say(_("Coordinators put initiatives together that belong together.")),
        "sections": [("", entries)] if entries else [],
        "nothing": catalogue.say(labelled("site", "There are none yet.")),
    }
    return rendered(site, language, "collections.html", "entries.html", values)


def _page(site: Site, language: str, each: InitiativeCollection, cards: list[Card]) -> str:
    catalogue = site.catalogue(language)
    values = {
        "title": in_its_language(each.title, catalogue),
        "opening": [in_its_language(each.introduction, catalogue)] if each.introduction else [],
        "lines": [catalogue.say(how_many(len(cards)))],
        "button": None,
        "heading": "",
        "those": [card_view(card, "../", catalogue) for card in cards],
        "newer": None,
        "older": None,
        "turning": "",
    }
    return rendered(site, language, list_path(f"collection/{each.slug}"), "list.html", values)
