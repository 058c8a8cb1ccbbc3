"""How initiatives and their places are shown on every page of the site."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from bot.files.pages.marking import said, written
from bot.files.pictures.maps import LANGUAGE_OF
from bot.language.catalogues import Catalogue
from bot.site.index import Card
from bot.site.pages.layout import Way
from bot.site.site import Site
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import GROUPS, PROGRESS, THEMES
from conversations.language.languages import language_words
from conversations.language.words import Place, labelled
from conversations.reading.sorting import sort_key
from storage import registers


@dataclass(frozen=True, slots=True)
class CardView:
    """An initiative in short, on a page: where it leads, its title, facts in one line and a line about it."""

    to: str
    title: Markup
    facts: Sequence[Markup]
    line: Markup


@dataclass(frozen=True, slots=True)
class Counted:
    """A link to a list, and how many initiatives it has, in the reader's language."""

    to: str
    label: Markup
    number: str


def list_path(name: str, page: int | None = None) -> str:
    """Returns where a page of a list stands in the folder of a language; None: its newest page."""
    return f"{name}.html" if page is None else f"{name}.{page}.html"


def card_view(card: Card, up: str, catalogue: Catalogue) -> CardView:
    """Returns an initiative in short; `up` leads to the folder of the language."""
    return CardView(
        f"{up}i/{card.id}.html",
        title_words(card.title, card.language, catalogue),
        list(_facts(card, catalogue)),
        written(card.line, card.language, catalogue),
    )


def shown_of(card: Card) -> Sequence[object]:
    """Returns what a card shows, to be compared."""
    return (card.id, card.title, card.line, card.language, card.library, card.place, card.country, card.stage)


def title_words(title: str, language: str, catalogue: Catalogue) -> Markup:
    """Returns a title in its own language, or words for an initiative without one."""
    if title:
        return written(title, language, catalogue)
    return said(labelled("title", "a report without a name"), catalogue)


def local(name: str, country: str, catalogue: Catalogue) -> Markup:
    """Returns the name of a library or a municipality, in the language of its country."""
    return written(name, LANGUAGE_OF.get(country, ""), catalogue)


@lru_cache(maxsize=1_024)
def choice_words(kind: str, key: str, catalogue: Catalogue) -> Markup:
    """Returns the label of a theme, a group or a stage."""
    return said(LABELS[kind].get(key, key), catalogue)


@lru_cache(maxsize=256)
def _language(language: str, catalogue: Catalogue) -> Markup:
    return said(language_words(language), catalogue)


def _facts(card: Card, catalogue: Catalogue) -> Iterable[Markup]:
    if card.library:
        yield local(card.library, card.country, catalogue)
    if card.place and card.place.casefold() not in card.library.casefold():
        yield local(card.place, card.country, catalogue)
    if card.stage:
        yield choice_words("stage", card.stage, catalogue)
    yield _language(card.language, catalogue)


def list_label(name: str, site: Site, catalogue: Catalogue) -> Markup:
    """Returns what a list is called, without its kind: the theme, the municipality, the title of the call."""
    kind, _slash, key = name.partition("/")
    match kind:
        case "theme" | "group" | "stage":
            return choice_words(kind, key, catalogue)
        case "country":
            return said(COUNTRY_NAMES.get(key, key), catalogue)
        case "municipality":
            country, _dash, code = key.partition("-")
            here = registers.municipality(country, code)
            return local(here.name if here else key, country, catalogue)
        case "call":
            call = next((each for each in site.calls if each.slug == key), None)
            return said(call.title, catalogue) if call else Markup.escape(key)
        case "collection":
            found = next((each for each in site.collections if each.slug == key), None)
            return said(found.title, catalogue) if found else Markup.escape(key)
        case _:
            return Markup.escape(key)


LABELS: Mapping[str, Mapping[str, Place]] = {"theme": THEMES, "group": GROUPS, "stage": PROGRESS}
"""The labels of choices, by kind of list."""

KIND_LABELS: Mapping[str, Place] = {
    "theme": labelled("filter", "Theme"),
    "group": labelled("filter", "Who it is for"),
    "stage": labelled("filter", "Stage"),
    "country": labelled("column", "Country"),
    "municipality": labelled("column", "Municipality"),
    "year": labelled("filter", "Year"),
    "call": labelled("column", "Call"),
    "collection": labelled("site", "Collection"),
}
"""The kinds of list, in words, in the order in which they are offered."""


def in_alphabet(names: Mapping[str, Markup], catalogue: Catalogue) -> list[str]:
    """Returns the keys of `names` in the order of the reader's alphabet."""
    plain = {key: name.striptags() for key, name in names.items()}
    return sorted(plain, key=lambda key: sort_key(plain[key], catalogue.language))


def way(to: str, label: Place, catalogue: Catalogue) -> Way:
    """Returns a link with words of ours."""
    return Way(to, said(label, catalogue))
