"""The frame of every page: its head, the ways to the other pages and languages, and its foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.files.digest_pages import SELF_REPORTED
from bot.language.catalogues import Catalogue
from bot.site.pages.head import head_links
from bot.site.site import Site
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.words import Words, _, labelled

# Translators: the name of the catalogue on the web, on top of every page.
NAME = _("Initiatives of public libraries")

WAYS: Sequence[tuple[str, Words]] = (
    ("index.html", labelled("site", "Search")),
    ("browse.html", labelled("site", "All lists")),
    ("calls.html", _("Calls")),
    ("collections.html", _("Collections")),
    ("events.html", labelled("digest", "Events")),
    ("weeks.html", labelled("site", "Week by week")),
)
"""The pages that every page leads to, as they stand in the folder of a language."""

DATA_PAGE, DATA = "data.html", labelled("site", "Open data")
"""The page of what there is for other programs, to which the foot of every page leads."""


@dataclass(frozen=True, slots=True)
class Way:
    """A link: where to, and what it is called. `here` marks the page that one is on."""

    to: str
    label: str | Markup
    here: bool = False


def rendered(site: Site, language: str, path: str, template: str, values: Mapping[str, Any]) -> str:
    """Returns the page of `template` at `path` within the folder of a language.

    `values` have at least its `title`; all that is not HTML is escaped.
    """
    catalogue = site.catalogue(language)
    up = "../" * path.count("/")
    frame = {
        **_said_everywhere(catalogue),
        "language": language,
        "root": f"{up}../",
        "home": up,
        "ways": [Way(f"{up}{to}", label, here=to == path) for to, label in _ways(catalogue)],
        "languages": [
            (each, NAMES[each], f"{up}../{each}/{path}", site.absolute(f"{each}/{path}")) for each in LANGUAGES
        ],
        "canonical": site.absolute(f"{language}/{path}"),
        "root_address": site.absolute("index.html"),
        "data": Way(f"{up}{DATA_PAGE}", catalogue.say(DATA), here=path == DATA_PAGE),
        "head": head_links(site, language, f"{language}/{path}"),
        "head_of_page": Markup(),
        "whose": "",
        "description": "",
        "sources": (),
        "made": "",
    }
    return _environment().get_template(template).render({**frame, **values})


@lru_cache(maxsize=32)
def _said_everywhere(catalogue: Catalogue) -> Mapping[str, str]:
    """What every page says."""
    return {
        "site_name": catalogue.say(NAME),
        "ways_label": catalogue.say(labelled("site", "Pages")),
        "skip": catalogue.say(labelled("site", "Go to the content")),
        "languages_label": catalogue.say(labelled("site", "Languages")),
        "source": catalogue.say(SELF_REPORTED),
    }


@lru_cache(maxsize=32)
def _ways(catalogue: Catalogue) -> Sequence[tuple[str, str]]:
    return [(to, catalogue.say(label)) for to, label in WAYS]


def fixed(name: str) -> str:
    """Returns a file of the design that is the same for every page: `site.css`, `site.js` or `icon.svg`."""
    return f"{_read('page.css')}\n{_read(name)}" if name == "site.css" else _read(name)


def root_page(languages: Sequence[tuple[str, str, str]], address: str) -> str:
    """Returns the page that leads to the languages: each with the name of the site and its own name in it."""
    values = {"languages": languages, "address": address}
    return _environment().get_template("root.html").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


@cache
def _read(name: str) -> str:
    """A file of the site's design, or of that of other pages (`report.html` stands in the site's frame)."""
    own = resources.files("bot.site.pages").joinpath(name)
    return (own if own.is_file() else resources.files("bot.files.pages").joinpath(name)).read_text("utf-8")
