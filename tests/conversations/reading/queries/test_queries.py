"""What is read of a wish in somebody's own words."""

from datetime import date

import pytest

from conversations.reading.queries.query import Query, named_places
from conversations.reading.queries.reading import read_query
from tests.conversations.dialogue import REGISTERS

TODAY = date(2026, 11, 30)


def read(text: str, language: str) -> Query:
    return read_query(text, language, TODAY, REGISTERS)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Sprogcafé i Vejle", "da", Query(themes=("language_cafe",), places=("DK-0630",))),
        ("findes der nogen der laver lektiehjælp?", "da", Query(themes=("homework_help",))),
        ("anything for refugees and immigrants", "en", Query(groups=("refugees", "immigrants"))),
        ("kaj imate za begunce", "sl", Query(groups=("refugees",))),
        ("havekasser", "da", Query(words=("havekasser",))),
        ("alt fra region sjælland", "da", Query(places=("DK:Sjælland",))),
    ],
)
def test_a_wish_is_read_into_its_parts(text: str, language: str, expected: Query) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(("text", "language"), [("alt", "da"), ("vse", "sl"), ("everything", "en"), ("all", "en")])
def test_a_wish_for_everything_restricts_nothing(text: str, language: str) -> None:
    assert read(text, language).everything


def test_the_words_that_said_something_are_told() -> None:
    assert read("sprogcafé i Vejle", "da").said == {"language_cafe": ["sprogcafé"], "DK-0630": ["Vejle"]}


def test_places_are_named_as_people_name_them() -> None:
    assert named_places(["DK-0630", "DK:Sjælland", "SI"], REGISTERS) == [
        "Vejle",
        "region:Sjælland",
        "country:SI",
    ]
