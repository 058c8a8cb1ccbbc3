"""Pages to print or to save as PDF: HTML without external resources."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from bot.files.digest_tables import tables
from bot.language.catalogues import Catalogue
from conversations.flows.digests.saying import nothing, opening, title
from conversations.language.words import _
from conversations.model.calls import zone_of
from conversations.model.digests.digest import Digest


def digest_page(digest: Digest, catalogue: Catalogue) -> str:
    """`digest` as a page."""
    opened = [nothing(digest)] if digest.is_empty else opening(digest)
    made = digest.made_at.astimezone(zone_of(digest.zone)).date()
    return page(
        "digest.html",
        catalogue,
        {
            "title": catalogue.say(title(digest)),
            "opening": [catalogue.say(line) for line in opened],
            "tables": tables(digest, catalogue),
            "made": catalogue.say(_("Meldind, made on {date}.", date=made)),
        },
    )


def page(template: str, catalogue: Catalogue, values: Mapping[str, Any]) -> str:
    """Returns the page of `template` with `values`, all of which are escaped."""
    environment = _environment()
    environment.filters["cell"] = lambda cell: catalogue.say(cell) if isinstance(cell, date | int) else cell
    return environment.get_template(template).render(language=catalogue.language, css=_read("page.css"), **values)


def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_read), autoescape=select_autoescape(), undefined=StrictUndefined, trim_blocks=True
    )


@cache
def _read(name: str) -> str:
    return resources.files("bot.files").joinpath(name).read_text("utf-8")
