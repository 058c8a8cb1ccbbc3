"""One page an initiative, in each language; and the page of one that was withdrawn."""

from collections.abc import Iterator
from functools import partial

from bot.site.files import SiteFile, mark, text_file
from bot.site.index import Card
from bot.site.site import Site
from conversations.language.languages import LANGUAGES
from storage.site.public import PublicInitiative


def page_path(language: str, this: str) -> str:
    """Returns where the page of an initiative stands."""
    return f"{language}/i/{this}.html"


def initiative_files(site: Site, each: PublicInitiative, card: Card) -> Iterator[SiteFile]:
    """Yields the pages of one initiative."""
    for language in LANGUAGES:
        yield text_file(page_path(language, card.id), mark(card.made_of, site.bot), partial(_page, each))


def withdrawn_files(site: Site, this: str) -> Iterator[SiteFile]:
    """Yields the pages that say that an initiative was withdrawn."""
    for language in LANGUAGES:
        yield text_file(page_path(language, this), mark(site.bot), lambda: "withdrawn")


def _page(each: PublicInitiative) -> str:
    return each.initiative.title
