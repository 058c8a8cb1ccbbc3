"""The figures in what people write about a result, in three languages."""

from typing import Any

import pytest

from conversations.reading.numbers.evidence_figures import LONGEST_ABOUT, read_figures


def read(text: str, language: str) -> list[tuple[Any, ...]]:
    figures = read_figures(text, language)
    return [(each.unit, each.least, each.most, each.approximate, each.of, each.year) for each in figures]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("næsten 60 procent af familierne læste mere", "da", [("percent", 60, 60, True, None, "")]),
        ("71,2 % af lektiecaféerne fortsatte i 2014", "da", [("percent", 71.2, 71.2, False, None, "2014")]),
        ("97% anketiranih podpira knjižnice (2011)", "sl", [("percent", 97, 97, False, None, "2011")]),
        ("67 odstotkov", "sl", [("percent", 67, 67, False, None, "")]),
        ("sixty per cent", "en", [("percent", 60, 60, False, None, "")]),
        ("over 60 %", "da", [("percent", 60, None, False, None, "")]),
        ("60-70 % said so", "en", [("percent", 60, 70, False, None, "")]),
        ("60 % til 70 %", "da", [("percent", 60, 70, False, None, "")]),
        ("mellem 40 og 60 %", "da", [("percent", 40, 60, False, None, "")]),
        ("43 of 50 answered yes, 2015", "en", [("of", 43, 43, False, 50, "2015")]),
        ("to ud af tre", "da", [("of", 2, 2, False, 3, "")]),
        ("8 od desetih otrok bere več", "sl", [("of", 8, 8, False, 10, "")]),
        ("Tri četrtine udeležencev", "sl", [("of", 3, 3, False, 4, "")]),
        ("Halvdelen fik job", "da", [("of", 1, 1, False, 2, "")]),
        ("ca. 500 udlån i 2023", "da", [("number", 500, 500, True, None, "2023")]),
        ("več kot 1.200 izposoj", "sl", [("number", 1200, None, False, None, "")]),
        ("od 2014 do 2016 je prišlo 120 ljudi", "sl", [("number", 120, 120, False, None, "")]),
        ("3. marts 2026 mødtes vi", "da", []),
        ("see https://x.dk/2019/3", "en", []),
        ("2025", "en", []),
        ("60 of 40", "en", [("number", 60, 60, False, None, ""), ("number", 40, 40, False, None, "")]),
        ("The children read more.", "en", []),
    ],
)
def test_a_figure_is_read_with_its_ends_and_its_year(text: str, language: str, found: list[tuple[Any, ...]]) -> None:
    assert read(text, language) == found


def test_shares_come_before_numbers_and_each_has_its_own_words() -> None:
    found = read_figures("We asked 50 families in 2025. 43 of 50 read more with their children.", "en")
    assert [(each.unit, each.about) for each in found] == [
        ("of", "43 of 50 read more with their children."),
        ("number", "We asked 50 families in 2025."),
    ]


def test_a_figure_alone_has_no_words_and_long_ones_are_cut_at_a_word() -> None:
    assert [each.about for each in read_figures("60 %", "da")] == [""]
    (long,) = read_figures("43 of 50 families " + "read more and more " * 20, "en")
    assert long.about.endswith("…")
    assert len(long.about) <= LONGEST_ABOUT
