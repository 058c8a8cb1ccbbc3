"""What the columns of the public table mean: a Data Package (Frictionless), made from the form itself."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from bot.files.open_data.public_records import COLUMNS, choices_of
from bot.files.open_data.public_tables import CSV, JSONL
from bot.files.reports.readable import FIELDS
from bot.files.reports.tables import column_of
from bot.language.catalogues import Catalogues
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.forms.figure import Figure
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.dates import Date
from conversations.forms.kinds.numbers import Number
from conversations.forms.kinds.partners import Partners
from conversations.forms.kinds.places import Venue
from conversations.forms.kinds.then import Then
from conversations.language.languages import LANGUAGES, language_words
from conversations.language.words import Place, Words, _, labelled
from conversations.vocabulary.choices import Choice
from storage.site.openly import OPEN_QUESTIONS

NAME = "datapackage.json"

Json: TypeAlias = dict[str, Any]

TITLE = _("What libraries do for inclusion")
ABOUT = _(
    "What public libraries told of their initiatives, as far as anyone may read it: no contact details, and no exact "
    "numbers below five. The texts are in the language in which they were written."
)

_PUBLISHED = (Choice("published", labelled("status", "Published")),)
_SPOKEN = tuple(Choice(each, language_words(each)) for each in LANGUAGES)
_COUNTRIES = tuple(Choice(key, label) for key, label in COUNTRY_NAMES.items())

_LISTED: Mapping[str, tuple[Choice, ...]] = {
    "status": _PUBLISHED,
    "language": _SPOKEN,
    "library_country": _COUNTRIES,
}
"""The columns that are no question, and have a list of values."""

_TYPES = {"published_at": "datetime", "revision": "integer"}
_REQUIRED = frozenset({"id", "status", "language", "published_at", "revision"})

_RANGE = _("A number or a range: 30, 10-12, ~30 (about), 30+ (or more), 0-4 (fewer than five)")
_HOW: tuple[tuple[type[QuestionKind], Words], ...] = (
    (Partners, _("types: keys, with commas between them; names: the names")),
    (Date, _("As exactly as it is known (EDTF): 2026, 2026-03, 2026-03-03, undecided, permanent")),
    (Number, _RANGE),
    (Figure, _("A number or a share, its year, and what it counts")),
    (Venue, _("place: its name; or its latitude and longitude")),
    (SomeOf, _("Keys, with semicolons between them")),
)
"""How answers of a kind are written."""


def data_package(catalogues: Catalogues, address: str) -> Json:
    """Returns the description of both files; `address` is that of the site, or ""."""
    package: Json = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "meldind-reports",
        **_said(TITLE, catalogues),
        "description": catalogues.say(ABOUT, "en"),
        "descriptions": _in_all(ABOUT, catalogues),
        "resources": [
            {
                "name": "reports",
                "type": "table",
                "path": CSV,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(name, catalogues) for name in COLUMNS],
                    "primaryKey": ["id"],
                    "missingValues": [""],
                },
            },
            {
                "name": "reports-jsonl",
                "type": "file",
                "path": JSONL,
                "format": "jsonl",
                "mediatype": "application/jsonl",
                "encoding": "utf-8",
                "schema": {"fields": list(_parts(catalogues)), "primaryKey": ["id"]},
            },
        ],
    }
    return package | ({"homepage": address} if address else {})


def _parts(catalogues: Catalogues) -> Iterator[Json]:
    """Yields the fields of the record, whose library and answers have parts of their own."""
    yield from (_field(name, catalogues) for name in ("id", "call", "status", "language", "published_at"))
    library = [name for name in COLUMNS if name.startswith("library_")]
    parts = {name.removeprefix("library_"): _field(name, catalogues) for name in library}
    yield {
        "name": "library",
        "type": "object",
        **_said(FIELDS["library_name"], catalogues),
        "properties": _named(parts),
    }
    answers = {key: _field(column_of(key), catalogues) for key in OPEN_QUESTIONS}
    yield {"name": "answers", "type": "object", **_said(labelled("column", "Answers"), catalogues)} | {
        "properties": _named(answers)
    }
    yield _field("revision", catalogues)


def _named(fields: Mapping[str, Json]) -> Json:
    """Returns the titles and choices of parts of an object, by their names."""
    kept = ("title", "titles", "choices")
    return {name: {part: field[part] for part in kept if part in field} for name, field in fields.items()}


def _field(name: str, catalogues: Catalogues) -> Json:
    key = _QUESTION_OF.get(name)
    question = INITIATIVE.question(key) if key else None
    label: Place = FIELDS.get(name) or (question.label if question else name)
    choices = choices_of(key) if key else _LISTED.get(name, ())
    kind = question.kind if question else None
    rules: Json = {"required": True} if name in _REQUIRED else {}
    if name == "id":
        rules["unique"] = True
    if choices and isinstance(kind, OneOf | None):
        rules["enum"] = [choice.key for choice in choices]
    elif choices and isinstance(kind, SomeOf):
        one = f"({'|'.join(choice.key for choice in choices)})"
        rules["pattern"] = f"{one}(; {one})*"
    field: Json = {"name": name, "type": _TYPES.get(name, "string"), **_said(label, catalogues)}
    if how := _how(kind):
        field |= {"description": catalogues.say(how, "en"), "descriptions": _in_all(how, catalogues)}
    if rules:
        field["constraints"] = rules
    if choices:
        field["choices"] = [{"value": each.key, "labels": _in_all(each.label, catalogues)} for each in choices]
    return field


def _how(kind: QuestionKind | None) -> Words | None:
    first = kind.first if isinstance(kind, Then) and not isinstance(kind, Partners) else kind
    return next((words for which, words in _HOW if isinstance(first, which)), None)


def _said(label: Place, catalogues: Catalogues) -> Json:
    return {"title": catalogues.say(label, "en"), "titles": _in_all(label, catalogues)}


def _in_all(label: Place, catalogues: Catalogues) -> dict[str, str]:
    return {language: catalogues.say(label, language) for language in LANGUAGES}


_QUESTION_OF = {column_of(key): key for key in OPEN_QUESTIONS}
