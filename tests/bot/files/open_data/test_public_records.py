"""A public initiative as a record: the export's columns, only keys that exist, and no exact numbers of few people."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.files.open_data.public_records import COLUMNS, public_record
from bot.files.open_data.public_tables import write_csv, write_json_lines
from bot.files.reports.tables import columns
from conversations.forms.initiative import INITIATIVE
from conversations.model.initiatives import Initiative
from storage.site.public import PublicInitiative

NOW = datetime(2026, 11, 23, 8, 30, 15, 99, tzinfo=UTC)
TOLD = Initiative(
    "abc234",
    2,
    "da",
    NOW,
    NOW,
    "rum",
    "",
    "Odense Bibliotekerne",
    "DK-0461",
    "Odense",
    "Syddanmark",
    "DK",
    {"title": "=Sprogcafé", "status": "running", "themes": ["language_cafe"], "period_start": "2026-03"},
)


def with_answers(few: tuple[str, ...] = (), **answers: Any) -> PublicInitiative:
    return PublicInitiative(replace(TOLD, answers={**TOLD.answers, **answers}), few=few)


def answers_of(this: PublicInitiative) -> dict[str, Any]:
    found: dict[str, Any] = public_record(this)["answers"]
    return found


def test_the_columns_are_those_of_the_export_without_persons_files_and_answers_to_coordinators() -> None:
    left_out = set(columns(with_contacts=True)) - set(COLUMNS)
    personal = {question.key for question in INITIATIVE.questions if question.personal}
    own = {f"own_{number}" for number in range(1, 6)}
    when_written = {"created_at", "submitted_at"}
    files = {"attachments", "attachment_names", "photo", "photo_consent"}
    assert left_out == personal | own | when_written | files | {"sharing", "campaign"}
    assert set(COLUMNS) < set(columns(with_contacts=False))


def test_a_record_is_the_json_of_the_export() -> None:
    assert public_record(with_answers()) == {
        "id": "abc234",
        "call": "rum",
        "status": "published",
        "language": "da",
        "published_at": "2026-11-23T08:30:15Z",
        "library": {
            "name": "Odense Bibliotekerne",
            "isil": None,
            "municipality_code": "0461",
            "municipality": "Odense",
            "region": "Syddanmark",
            "country": "DK",
        },
        "answers": {
            "status": "running",
            "title": "=Sprogcafé",
            "themes": ["language_cafe"],
            "period_start": "2026-03",
        },
        "revision": 2,
    }


def test_few_people_are_only_told_to_be_fewer_than_five() -> None:
    told = answers_of(with_answers(few=("participants", "evidence_figure")))
    assert told["participants"] == {"least": 0, "most": 4, "approximate": False}
    assert "evidence_figure" not in told


@pytest.mark.parametrize(
    ("question", "answer", "left"),
    [
        ("status", "abolished", None),
        ("themes", ["language_cafe", "gardening"], ["language_cafe"]),
        ("themes", ["gardening"], None),
        ("frequency", {"least": 1}, None),
        ("partners", {"types": ["ngo", "guild"], "names": ["Røde Kors"]}, {"types": ["ngo"], "names": ["Røde Kors"]}),
    ],
)
def test_keys_that_no_vocabulary_has_are_left_out(question: str, answer: Any, left: Any) -> None:
    assert answers_of(with_answers(**{question: answer})).get(question) == left


def test_a_place_is_told_by_its_words_or_where_it_is_within_ten_metres() -> None:
    named = {"place": "Medborgerhuset", "latitude": 55.123456, "longitude": 10.123456}
    assert answers_of(with_answers(location=named))["location"] == {**named, "latitude": None, "longitude": None}
    shared = {**named, "place": ""}
    assert answers_of(with_answers(location=shared))["location"] == {
        "place": "",
        "latitude": 55.1235,
        "longitude": 10.1235,
    }


def test_both_tables_say_the_same_and_no_cell_is_a_formula() -> None:
    those = [with_answers(), with_answers(summary="Første linje\nanden linje")]
    table, lines = io.BytesIO(), io.BytesIO()
    write_csv(those, table)
    write_json_lines(those, lines)
    rows = list(csv.DictReader(io.StringIO(table.getvalue().decode("utf-8-sig"), newline="")))
    records = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [row["id"] for row in rows] == [record["id"] for record in records] == ["abc234", "abc234"]
    assert (rows[0]["title"], records[0]["answers"]["title"]) == ("'=Sprogcafé", "=Sprogcafé")
    assert rows[1]["summary"] == "Første linje\nanden linje"
    assert (rows[0]["library_municipality_code"], rows[0]["answer_status"]) == ("0461", "running")


def test_nothing_to_tell_is_a_table_with_columns_only() -> None:
    table = io.BytesIO()
    write_csv([], table)
    assert table.getvalue().decode("utf-8-sig").strip().split(",") == list(COLUMNS)
