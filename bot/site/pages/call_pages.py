"""The calls, and a page of each with the initiatives that answer it."""

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from bot.files.pages.marking import said, written
from bot.language.catalogues import Catalogue
from bot.site.files import SiteFile, mark, text_file
from bot.site.index import ListPage
from bot.site.pages.layout import Way, rendered
from bot.site.pages.list_pages import how_many, turning
from bot.site.pages.showing import card_view, list_path, shown_of, way
from bot.site.site import Site
from conversations.context.links import CALL
from conversations.flows.digests.labels import GROUPS, THEMES
from conversations.language.languages import LANGUAGES
from conversations.language.words import InLanguages, Listed, Place, _, labelled
from conversations.model.calls import WholeCall


def call_files(site: Site) -> Iterator[SiteFile]:
    """Yields the page of all calls, and the pages of each."""
    calls = sorted(site.calls, key=lambda call: (not call.takes(site.now), call.slug))
    told = [(_told(site, call), site.index.count(f"call/{call.slug}")) for call in calls]
    for language in LANGUAGES:
        made_of = mark(told, site.address)
        yield text_file(f"{language}/calls.html", made_of, partial(_calls, site, language, calls))
    for call in calls:
        yield from _pages_of(site, call)


def in_its_language(text: InLanguages, catalogue: Catalogue) -> Markup:
    """Returns a text in the reader's language if it exists, else in its own, marked with it."""
    language = catalogue.language if text.texts.get(catalogue.language) else text.language
    found = text.texts.get(language) or next(iter(text.texts.values()), "")
    return written(found, language, catalogue)


def _pages_of(site: Site, call: WholeCall) -> Iterator[SiteFile]:
    name = f"call/{call.slug}"
    pages = site.index.pages(name) or [ListPage(1, 1, None)]
    for place, page in enumerate(pages):
        newest, latest = place == len(pages) - 1, place == len(pages) - 2
        cards = [shown_of(card) for card in site.index.cards(name, page)]
        made_of = mark(
            cards, page.page, newest, latest, newest and _told(site, call), call.titles, site.address, site.bot
        )
        for language in LANGUAGES:
            path = f"{language}/{list_path(name, None if newest else page.page)}"
            yield text_file(path, made_of, partial(_page, site, language, call, page, len(pages)))


def _told(site: Site, call: WholeCall) -> Sequence[object]:
    """All that is shown of a call, to be compared."""
    texts = (dict(call.titles), dict(call.introductions), call.organisers, call.language)
    lists = (list(call.themes), list(call.target_groups))
    return (call.slug, texts, lists, call.last_day, call.takes(site.now), call.status)


def _state(site: Site, call: WholeCall) -> Place:
    if not call.takes(site.now):
        return _("This call is closed.")
    if call.last_day is None:
        return _("There is no deadline.")
    return _("Deadline: end of {day}", day=call.last_day)


def _calls(site: Site, language: str, calls: Sequence[WholeCall]) -> str:
    catalogue = site.catalogue(language)
    entries = [
        (
            Way(list_path(f"call/{call.slug}"), in_its_language(call.title, catalogue)),
            [said(_state(site, call), catalogue), said(how_many(site.index.count(f"call/{call.slug}")), catalogue)],
            "",
        )
        for call in calls
    ]
    values = {
        "title": catalogue.say(_("Calls")),
        "about": catalogue.say(_("A call invites libraries to report initiatives about something.")),
        "sections": [("", entries)] if entries else [],
        "nothing": catalogue.say(labelled("site", "There are none yet.")),
    }
    return rendered(site, language, "calls.html", "entries.html", values)


def _page(site: Site, language: str, call: WholeCall, page: ListPage, pages: int) -> str:
    catalogue = site.catalogue(language)
    name, newest = f"call/{call.slug}", page.page == pages
    path = list_path(name, None if newest else page.page)
    title = in_its_language(call.title, catalogue)
    those = [card_view(card, "../", catalogue) for card in site.index.cards(name, page)]
    count = site.index.count(name)
    values = {
        "title": title if newest else said(_("{list}, page {n}", list=title.striptags(), n=page.page), catalogue),
        "opening": list(_introduction(call, catalogue)) if newest else [],
        "lines": [said(line, catalogue) for line in _lines(site, call)] if newest else [],
        "button": _answer(site, call, catalogue) if newest else None,
        "heading": catalogue.say(how_many(count)) if newest and count else "",
        "those": those,
        **turning(name, page, pages, "../", catalogue),
    }
    return rendered(site, language, path, "list.html", values)


def _introduction(call: WholeCall, catalogue: Catalogue) -> Iterator[Markup]:
    if call.introductions:
        yield in_its_language(InLanguages(call.introductions, call.language), catalogue)


def _lines(site: Site, call: WholeCall) -> Iterator[Place]:
    yield _state(site, call)
    if call.organisers:
        yield _("Organisers: {names}", names=call.organisers)
    if call.themes:
        yield _("Themes: {themes}", themes=Listed(tuple(THEMES.get(key, key) for key in call.themes)))
    if call.target_groups:
        yield _("Who it is for: {groups}", groups=Listed(tuple(GROUPS.get(key, key) for key in call.target_groups)))


def _answer(site: Site, call: WholeCall, catalogue: Catalogue) -> Way | None:
    link = site.into_bot(CALL + call.slug)
    return way(link, _("Answer this call, in Telegram"), catalogue) if link and call.takes(site.now) else None
