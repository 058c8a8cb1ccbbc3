"""The data sets of a site as DCAT-AP describes them (JSON-LD), so that data portals can take them up."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.files.open_data.data_package import ABOUT, TITLE
from bot.files.open_data.public_records import moment
from bot.language.catalogues import Catalogues
from conversations.language.languages import LANGUAGES
from conversations.language.words import Words

NAME = "catalog.jsonld"

Json: TypeAlias = dict[str, Any]

_AUTHORITY = "http://publications.europa.eu/resource/authority"
"""The lists of the EU's Publications Office, which DCAT-AP prescribes."""

_LANGUAGES = {"da": "DAN", "sl": "SLV", "en": "ENG"}
_COUNTRIES = {"DK": "DNK", "SI": "SVN"}

_CONTEXT: Json = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Written out, so that a reader needs nothing else."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file of a data set: its address within the site, its media type, and its kind in the EU's list."""

    path: str
    media_type: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set in the catalogue: `key` is a name within it that stays."""

    key: str
    title: Words
    about: Words
    files: tuple[Distribution, ...]
    described_by: str = ""


def dcat_catalogue(
    datasets: Iterable[Dataset], catalogues: Catalogues, address: str, changed_at: datetime | None, publisher: str
) -> Json:
    """Returns the catalogue. `address` is that of the site and ends with a slash; "" makes addresses relative to where
    the file is read. `changed_at` is when the data last changed, `publisher` who publishes the site.
    """
    this = f"{address}{NAME}"
    sets = list(datasets)
    agent: Json = {"@id": f"{this}#publisher", "@type": "foaf:Agent", "foaf:name": publisher}
    whole: Json = {
        "@id": f"{this}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": _in_all(TITLE, catalogues),
        "dct:description": _in_all(ABOUT, catalogues),
        "dct:publisher": _to(agent),
        "dct:language": [_language(each) for each in LANGUAGES],
        "foaf:homepage": {"@id": address or "./"},
        "dcat:dataset": [{"@id": f"{this}#{each.key}"} for each in sets],
    }
    nodes: list[Json] = [whole, agent]
    for each in sets:
        nodes += _dataset(each, this, address, catalogues, _to(agent))
    if changed_at is not None:
        modified = {"@value": moment(changed_at), "@type": "xsd:dateTime"}
        for node in nodes:
            if node["@type"] in ("dcat:Catalog", "dcat:Dataset"):
                node["dct:modified"] = modified
    return {"@context": _CONTEXT, "@graph": nodes}


def _dataset(each: Dataset, this: str, address: str, catalogues: Catalogues, publisher: Json) -> Iterator[Json]:
    files = [(f"{this}#{each.key}-{number}", file) for number, file in enumerate(each.files, 1)]
    found: Json = {
        "@id": f"{this}#{each.key}",
        "@type": "dcat:Dataset",
        "dct:identifier": each.key,
        "dct:title": _in_all(each.title, catalogues),
        "dct:description": _in_all(each.about, catalogues),
        "dct:publisher": publisher,
        "dct:language": [_language(language) for language in LANGUAGES],
        "dct:spatial": [{"@id": f"{_AUTHORITY}/country/{code}"} for code in _COUNTRIES.values()],
        "dct:accrualPeriodicity": {"@id": f"{_AUTHORITY}/frequency/UPDATE_CONT"},
        "dct:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC"},
        "dcat:theme": [{"@id": f"{_AUTHORITY}/data-theme/{theme}"} for theme in ("EDUC", "SOCI")],
        "dcat:distribution": [{"@id": name} for name, _file in files],
    }
    if each.described_by:
        found["foaf:page"] = {"@id": f"{address}{each.described_by}"}
    yield found
    for name, file in files:
        media = f"http://www.iana.org/assignments/media-types/{file.media_type}"
        yield {
            "@id": name,
            "@type": "dcat:Distribution",
            "dct:title": file.path,
            "dcat:accessURL": {"@id": f"{address}{file.path}"},
            "dcat:downloadURL": {"@id": f"{address}{file.path}"},
            "dcat:mediaType": {"@id": media},
            "dct:format": {"@id": f"{_AUTHORITY}/file-type/{file.kind}"},
        }


def _to(node: Json) -> Json:
    return {"@id": node["@id"]}


def _language(language: str) -> Json:
    return {"@id": f"{_AUTHORITY}/language/{_LANGUAGES[language]}"}


def _in_all(words: Words, catalogues: Catalogues) -> list[Json]:
    return [{"@language": language, "@value": catalogues.say(words, language)} for language in LANGUAGES]
