"""Lists that can be read without a program in the browser: all initiatives, and those of a theme, a place, a year."""

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from bot.files.pages.marking import said
from bot.language.catalogues import Catalogue
from bot.site.files import SiteFile, mark, text_file
from bot.site.index import ALL, ListPage
from bot.site.pages.layout import Way, rendered
from bot.site.pages.showing import (
    KIND_LABELS,
    Counted,
    card_view,
    in_alphabet,
    list_label,
    list_path,
    shown_of,
    way,
)
from bot.site.site import Site
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import GROUPS, PROGRESS, THEMES
from conversations.language.languages import LANGUAGES
from conversations.language.words import Words, _, counted, labelled

LISTED = ("theme", "group", "stage", "country", "municipality", "year")
"""The kinds of list that have pages here; calls and collections have pages of their own."""

IN_ORDER = {"theme": tuple(THEMES), "group": tuple(GROUPS), "stage": tuple(PROGRESS), "country": tuple(COUNTRY_NAMES)}
"""The keys of kinds whose order is that of the questions."""


ALWAYS = {kind: IN_ORDER[kind] for kind in ("theme", "country")}
"""Lists that have a page also while nothing is in them, because they have a feed."""


def list_files(site: Site) -> Iterator[SiteFile]:
    """Yields the pages of all lists, and the page that leads to them."""
    yield from pages_of(site, ALL)
    for kind in LISTED:
        for key in {**dict.fromkeys(ALWAYS.get(kind, ())), **site.index.lists(kind)}:
            yield from pages_of(site, f"{kind}/{key}")
    whole = {kind: site.index.lists(kind) for kind in (*KIND_LABELS, "collection")}
    for language in LANGUAGES:
        made_of = mark(whole, site.index.count(), site.titles(), site.address)
        yield text_file(f"{language}/browse.html", made_of, partial(_browse, site, language))


def pages_of(site: Site, name: str) -> Iterator[SiteFile]:
    """Yields the pages of one list in every language."""
    pages = site.index.pages(name) or [ListPage(1, 1, None)]
    for place, page in enumerate(pages):
        newest, latest = place == len(pages) - 1, place == len(pages) - 2
        cards = site.index.cards(name, page)
        count = site.index.count(name) if newest else 0
        made_of = mark([shown_of(card) for card in cards], page.page, newest, latest, count, site.address)
        for language in LANGUAGES:
            path = f"{language}/{list_path(name, None if newest else page.page)}"
            yield text_file(path, made_of, partial(_page, site, language, name, page, len(pages)))


def counted_lists(site: Site, kind: str, catalogue: Catalogue, up: str = "") -> list[Counted]:
    """Returns links to the lists of a kind that have initiatives, with their numbers, in a reader's order."""
    lists = site.index.lists(kind)
    labels = {key: list_label(f"{kind}/{key}", site, catalogue) for key in lists}
    match kind:
        case "stage" | "country":
            keys = [key for key in IN_ORDER[kind] if key in lists]
        case "year":
            keys = sorted(lists, reverse=True)
        case _:
            keys = in_alphabet(labels, catalogue)
    return [Counted(f"{up}{list_path(f'{kind}/{key}')}", labels[key], catalogue.say(lists[key])) for key in keys]


def how_many(number: int) -> Words:
    """Returns the number of initiatives of a list."""
    return counted("One initiative", "{n} initiatives", number)


def _page(site: Site, language: str, name: str, page: ListPage, pages: int) -> str:
    catalogue = site.catalogue(language)
    newest = page.page == pages
    path = list_path(name, None if newest else page.page)
    up = "../" * path.count("/")
    title = _title(name, site, catalogue)
    if not newest:
        # Translators: an older page of a list; {list} is what the list has, as in "Theme: Language café".
        title = said(_("{list}, page {n}", list=title.striptags(), n=page.page), catalogue)
    values = {
        "title": title,
        "opening": (),
        "lines": [catalogue.say(how_many(site.index.count(name)))] if newest else [],
        "button": None,
        "heading": "",
        "those": [card_view(card, up, catalogue) for card in site.index.cards(name, page)],
        **turning(name, page, pages, up, catalogue),
    }
    return rendered(site, language, path, "list.html", values)


def turning(name: str, page: ListPage, pages: int, up: str, catalogue: Catalogue) -> dict[str, object]:
    """Returns the ways from a page of a list to the pages beside it."""
    newer = None if page.page >= pages else page.page + 1
    older = page.page - 1
    return {
        "turning": catalogue.say(labelled("site", "Pages of this list")),
        "newer": newer and way(f"{up}{list_path(name, None if newer == pages else newer)}", _("‹ Newer"), catalogue),
        "older": older and way(f"{up}{list_path(name, older)}", _("Older ›"), catalogue),
    }


def _title(name: str, site: Site, catalogue: Catalogue) -> Markup:
    if name == ALL:
        return said(_("All initiatives"), catalogue)
    kind = name.partition("/")[0]
    label = list_label(name, site, catalogue)
    return Markup("{}: {}").format(catalogue.say(KIND_LABELS[kind]), label)


def _browse(site: Site, language: str) -> str:
    catalogue = site.catalogue(language)
    groups: list[tuple[str, Sequence[Counted]]] = []
    for kind, label in KIND_LABELS.items():
        if kind == "municipality":
            groups += _municipalities(site, catalogue)
        elif found := counted_lists(site, kind, catalogue):
            groups.append((catalogue.say(label), found))
    everything = Way(list_path(ALL), catalogue.say(_("All initiatives")))
    values = {"title": catalogue.say(labelled("site", "All lists")), "groups": groups, "everything": everything}
    return rendered(site, language, "browse.html", "browse.html", values)


def _municipalities(site: Site, catalogue: Catalogue) -> Iterator[tuple[str, Sequence[Counted]]]:
    found = counted_lists(site, "municipality", catalogue)
    for country, name in COUNTRY_NAMES.items():
        there = [each for each in found if each.to.startswith(f"municipality/{country}-")]
        if there:
            yield catalogue.say(_("Municipalities: {country}", country=name)), there
