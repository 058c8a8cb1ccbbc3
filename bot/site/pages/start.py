"""The start page of each language, with search, filters and the map; the page before it; what all pages share."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from bot.files.digest_pages import sources
from bot.files.pictures.maps import LANGUAGE_OF, CountryMap, Told, country_map
from bot.language.catalogues import Catalogue
from bot.site.files import SiteFile, mark, text_file
from bot.site.index import ALL
from bot.site.pages.layout import NAME, Way, fixed, rendered, root_page
from bot.site.pages.list_pages import counted_lists, how_many
from bot.site.pages.showing import KIND_LABELS, LABELS, card_view, list_path
from bot.site.site import Site
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.language.languages import LANGUAGES, NAMES, language_words
from conversations.language.words import _, counted, labelled
from conversations.reading.searching import ENDINGS
from storage import registers

NEWEST = 6
"""Initiatives on the start page."""

COUNTED_FORMS = (0, 1, 2, 3, 5, 100)
"""Numbers that together have every plural form of the languages; the search tells by them how many it found."""


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter of the search: its kind, its label, what no choice is called, and the choices with their labels."""

    kind: str
    label: str
    any: str
    choices: Sequence[tuple[str, Markup]]


def design_files(_site: Site) -> Iterator[SiteFile]:
    """Yields what all pages have in common."""
    for name in ("site.css", "site.js", "icon.svg"):
        yield text_file(name, "", partial(fixed, name))


def start_files(site: Site) -> Iterator[SiteFile]:
    """Yields the page that leads to the languages, and the start page of each."""
    told = [(each, site.catalogue(each).say(NAME), NAMES[each]) for each in LANGUAGES]
    yield text_file("index.html", mark(site.address), partial(root_page, told, site.absolute("")))
    whole = {kind: site.index.lists(kind) for kind in KIND_LABELS}
    newest = [card.made_of for card in site.index.newest(ALL, NEWEST)]
    stages = {key: sorted(found) for key, found in site.index.stages().items()}
    made_of = mark(whole, newest, stages, site.titles(), site.index.count(), site.address, site.bot)
    for language in LANGUAGES:
        yield text_file(f"{language}/index.html", made_of, partial(_start, site, language))


def _start(site: Site, language: str) -> str:
    catalogue = site.catalogue(language)
    say = catalogue.say
    maps, places = _maps(site, catalogue)
    municipalities = counted("one municipality", "{n} municipalities", len(site.index.lists("municipality")))
    values = {
        "title": say(NAME),
        "description": say(ABOUT),
        "told": say(ABOUT),
        "numbers": [say(how_many(site.index.count())), say(municipalities)],
        "search": {
            "words": say(_("Search the initiatives")),
            "button": say(labelled("site", "Find")),
            "filters": say(labelled("site", "Filters")),
            "reset": say(labelled("site", "Clear all")),
            "more": say(labelled("site", "Show more")),
            "found": say(labelled("site", "Results")),
        },
        "filters": list(_filters(site, catalogue)),
        "words": Markup(_for_program(catalogue)),  # noqa: S704  # nosec B704 - no "<" is left in it
        "maps": maps,
        "places": places,
        "newest_label": say(labelled("site", "Newest")),
        "newest": [card_view(card, "", catalogue) for card in site.index.newest(ALL, NEWEST)],
        "everything": Way(list_path(ALL), say(_("All initiatives"))),
        "groups": [
            (say(label), found)
            for kind, label in KIND_LABELS.items()
            if kind in ("theme", "group", "country") and (found := counted_lists(site, kind, catalogue))
        ],
        "sources": sources(maps, catalogue),
    }
    return rendered(site, language, "index.html", "start.html", values)


ABOUT = _("What public libraries do so that everybody can take part: told by the libraries themselves.")


def _maps(site: Site, catalogue: Catalogue) -> tuple[list[CountryMap], Mapping[str, str]]:
    """The maps of the countries with initiatives, and where the name of a municipality leads."""
    stages, numbers = site.index.stages(), site.index.lists("municipality")
    maps: list[CountryMap] = []
    places: dict[str, str] = {}
    for country in COUNTRY_NAMES:
        told: dict[str, Told] = {}
        for here in registers.municipalities(country):
            key = f"{country}-{here.code}"
            near = registers.served_from(country, here.code)
            heard = stages.get(key)
            there = key
            if not heard and near:
                there = f"{country}-{near.municipality.code}"
                heard = stages.get(there)
            if heard:
                state = "planned" if heard <= {"planned", "stopped"} else "reported"
                told[key] = Told(state, numbers.get(key, 0))
                places[f"{country}{here.name}"] = list_path(f"municipality/{there}")
        if told:
            maps.append(country_map(country, told, catalogue))
    return maps, places


def _filters(site: Site, catalogue: Catalogue) -> Iterator[FilterView]:
    any_words = {
        "country": labelled("country", "All countries"),
        "municipality": labelled("site", "All municipalities"),
        "year": labelled("site", "All years"),
    }
    for kind, label in KIND_LABELS.items():
        choices = [
            (each.to.partition("/")[2].removesuffix(".html"), each.label)
            for each in counted_lists(site, kind, catalogue)
        ]
        if choices:
            any_label = catalogue.say(any_words.get(kind, labelled("site", "All")))
            yield FilterView(kind, catalogue.say(label), any_label, choices)


def _for_program(catalogue: Catalogue) -> str:
    """What the search says and what its results are called, in the reader's language, as JSON within HTML."""
    say = catalogue.say
    told = {
        "language": catalogue.language,
        "languages": {each: say(language_words(each)) for each in LANGUAGES},
        "stages": {key: say(label) for key, label in LABELS["stage"].items()},
        "found": {str(number): say(how_many(number)) for number in COUNTED_FORMS},
        "none": say(_("Nothing was found. Try fewer words or other filters.")),
        "failed": say(_("The search cannot be loaded. The lists below have all initiatives.")),
        "untitled": say(labelled("title", "a report without a name")),
        "local": LANGUAGE_OF,
        "endings": ENDINGS,
    }
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
