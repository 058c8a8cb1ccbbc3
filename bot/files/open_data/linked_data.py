"""An initiative as schema.org says it (JSON-LD), for the page that it stands on."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from bot.files.open_data.public_records import last_change, moment
from bot.language.catalogues import Catalogue
from conversations.flows.digests.labels import GROUPS, THEMES
from conversations.language.words import Place
from conversations.model.initiatives import Initiative
from storage.registers.written_for import written_for

Json: TypeAlias = dict[str, Any]

_DAYS = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
"""Dates that schema.org understands."""


def initiative_data(told: Initiative, page: str, inspired_by: Iterable[str], catalogue: Catalogue) -> Json:
    """Returns the initiative as JSON-LD, with labels in the reader's language.

    `page` is the address of its page in that language, `inspired_by` are those of the initiatives that inspired it.
    """
    library = _library(told)
    found: Json = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": f"{page}#initiative",
        "identifier": told.id,
        "url": page,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page, "inLanguage": catalogue.language},
        "name": told.title,
        "headline": told.title,
        "abstract": told.summary,
        "inLanguage": told.language,
        "datePublished": moment(told.published_at),
        "dateModified": moment(last_change(told)),
        "about": [_term(key, THEMES, catalogue) for key in told.themes],
        "audience": [{"@type": "Audience", "audienceType": catalogue.say(GROUPS.get(key, key))} for key in told.groups],
        "author": library,
        "publisher": library,
        "temporalCoverage": _when(told),
        "citation": [link for link in told.chosen("link") if link.startswith(("https://", "http://"))],
        "isBasedOn": [{"@type": "Report", "@id": f"{other}#initiative", "url": other} for other in inspired_by],
    }
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}


def _term(key: str, labels: Mapping[str, Place], catalogue: Catalogue) -> Json:
    return {"@type": "DefinedTerm", "termCode": key, "name": catalogue.say(labels.get(key, key))}


def _library(told: Initiative) -> Json | None:
    """Returns the library; an organisation that no register has may be another one."""
    if not told.library:
        return None
    isil = written_for({"key": told.library_key}).isil if told.library_key else ""
    address = {"@type": "PostalAddress", "addressLocality": told.place, "addressRegion": told.region}
    known = {part: value for part, value in (address | {"addressCountry": told.country}).items() if value}
    return {
        "@type": "Library" if told.library_key else "Organization",
        "name": told.library,
        **({"identifier": {"@type": "PropertyValue", "propertyID": "ISIL", "value": isil}} if isil else {}),
        **({"address": known} if len(known) > 1 else {}),
    }


def _when(told: Initiative) -> str | None:
    """Returns the span as ISO 8601 has it: its start, and its end or `..`; None: when it begins is not known."""
    start, end = (str(told.answers.get(key) or "") for key in ("period_start", "period_end"))
    if not _DAYS.fullmatch(start):
        return None
    return f"{start}/{end if _DAYS.fullmatch(end) else '..'}"
