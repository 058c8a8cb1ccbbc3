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
        ("sprogcafé i region midt", "da", Query(themes=("language_cafe",), places=("DK:Midtjylland",))),
        ("ældre i vendsyssel", "da",
         Query(groups=("older_people",), places=("DK-0810", "DK-0813", "DK-0849", "DK-0860"))),
    ],
)  # fmt: skip
def test_a_wish_is_read_into_its_parts(text: str, language: str, expected: Query) -> None:
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "first", "last"),
    [
        ("sprogcafé fra 2023", "da", date(2023, 1, 1), date(2023, 12, 31)),
        ("sprogcafé siden 2023", "da", date(2023, 1, 1), None),
        ("sidste år i Vejle", "da", date(2025, 1, 1), date(2025, 12, 31)),
        ("projekti iz leta 2021", "sl", date(2021, 1, 1), date(2021, 12, 31)),
        ("lani v Kopru", "sl", date(2025, 1, 1), date(2025, 12, 31)),
        ("projects this year", "en", date(2026, 1, 1), date(2026, 12, 31)),
        ("2021-2023", "en", date(2021, 1, 1), date(2023, 12, 31)),
    ],
)
def test_when_it_was_is_a_period(text: str, language: str, first: date, last: date | None) -> None:
    assert read(text, language).period == (first, last)
    assert not read(text, language).words


@pytest.mark.parametrize(
    ("text", "language", "words", "hinted"),
    [
        ("strikkecafé", "da", ("strikkecafé",), ("wellbeing_loneliness",)),
        ("bøger på arabisk", "da", ("arabisk",), ()),
        ("knjige v albanščini", "sl", ("albanščini",), ()),
        ("books in Ukrainian", "en", ("Ukrainian",), ()),
        ("people", "en", ("people",), ()),
    ],
)
def test_words_that_are_searched_for_themselves(
    text: str, language: str, words: tuple[str, ...], hinted: tuple[str, ...]
) -> None:
    query = read(text, language)
    assert (query.words, query.hinted) == (words, hinted)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("flygtnige", "da", Query(groups=("refugees",))),
        ("sprogkafe", "da", Query(themes=("language_cafe",))),
        ("juggling", "en", Query(words=("juggling",))),
        ("projekti ki še tečejo", "sl", Query(statuses=("running",))),
        ("ensomhed", "da", Query(themes=("wellbeing_loneliness",))),
        ("ensomme", "da", Query(groups=("lonely_people",))),
        ("it", "da", Query(themes=("digital_inclusion",))),
        ("homeless copenhagen", "en", Query(groups=("homeless_people",), places=("DK-0101",))),
        ("all", "en", Query()),
    ],
)
def test_slips_endings_and_small_words(text: str, language: str, expected: Query) -> None:
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


@pytest.mark.parametrize("language", ["da", "sl", "en"])
@pytest.mark.parametrize("text", ["' OR 1=1 --", "=", "1 = 1", "ж", "€ % §"])
def test_signs_that_begin_no_word_are_no_slips(text: str, language: str) -> None:
    assert not read(text, language).themes
