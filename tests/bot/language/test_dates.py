"""Dates and numbers, as each language writes them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.catalogues import Catalogues
from conversations.language.words import Listed, PartialDate, Percent, Words, _, counted
from conversations.reading.numbers.numbers import Numbers

CATALOGUES = Catalogues(ZoneInfo("Europe/Copenhagen"))


@pytest.mark.parametrize(
    ("language", "said"), [("da", "3. august 2026"), ("sl", "3.\u00a08.\u00a02026"), ("en", "3 August 2026")]
)
def test_a_day(language: str, said: str) -> None:
    assert CATALOGUES.say(PartialDate("2026-08-03"), language) == said
    assert CATALOGUES.say(date(2026, 8, 3), language) == said


@pytest.mark.parametrize(("language", "said"), [("da", "marts 2026"), ("sl", "marec 2026"), ("en", "March 2026")])
def test_a_month_is_lower_case_where_it_is(language: str, said: str) -> None:
    assert CATALOGUES.say(PartialDate("2026-03"), language) == said


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2026", "2026"),
        ("2011/2012", "2011/2012"),
        ("2014/2018", "2014–2018"),
        ("2014-06/2018-02", "June 2014 – February 2018"),
        ("2003/..", "since 2003"),
        ("2003-05/..", "since May 2003"),
        ("2026-11-16/2026-11-22", "16–22 November 2026"),
        ("2026-11-30/2026-11-30", "30 November 2026"),
        ("2026-11-30/2026-12-06", "30 November 2026 – 6 December 2026"),
        ("2026-22", "summer 2026"),
        ("2026-35", "quarter 3 of 2026"),
        ("2026-40", "first half of 2026"),
        ("199X", "the 1990s"),
        ("2015~", "about 2015"),
        ("2026-13", "2026-13"),
        ("someday", "someday"),
    ],
)
def test_what_is_known_of_a_date_and_no_more(edtf: str, said: str) -> None:
    assert CATALOGUES.say(PartialDate(edtf), "en") == said


@pytest.mark.parametrize(("language", "clock"), [("da", "14.05"), ("sl", "14.05"), ("en", "14:05")])
def test_a_moment_is_told_in_the_time_of_the_place(language: str, clock: str) -> None:
    assert clock in CATALOGUES.say(datetime(2026, 8, 3, 12, 5, tzinfo=UTC), language)


@pytest.mark.parametrize(("language", "said"), [("da", "30.000"), ("sl", "30.000"), ("en", "30,000")])
def test_thousands_are_grouped_as_the_language_does(language: str, said: str) -> None:
    assert CATALOGUES.say(30000, language) == said
    assert said in CATALOGUES.say(Numbers(30000, None, approximate=False), language)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (Numbers(30, 30, approximate=False), "30"),
        (Numbers(30, 30, approximate=True), "about 30"),
        (Numbers(10, 12, approximate=False), "10–12"),
        (Numbers(10, 12, approximate=True), "about 10–12"),
        (Numbers(30, None, approximate=False), "30 or more"),
        (Numbers(0, 20, approximate=False), "up to 20"),
        (Numbers(0, 0, approximate=False), "0"),
    ],
)
def test_how_many(numbers: Numbers, said: str) -> None:
    assert CATALOGUES.say(numbers, "en") == said


def test_sentences_without_a_translation_are_english() -> None:
    words = Words("Nobody translates {this}", {"this": Listed(("a", _("b"), 3))}, context="no such context")
    assert CATALOGUES.say(words, "sl") == "Nobody translates a, b, 3"


def test_counts_choose_their_form() -> None:
    assert CATALOGUES.say(counted("{n} house and no translation", "{n} houses and no translation", 1), "en") == (
        "1 house and no translation"
    )
    assert CATALOGUES.say(counted("{n} house and no translation", "{n} houses and no translation", 1001), "en") == (
        "1,001 houses and no translation"
    )


def test_a_language_the_bot_does_not_speak_is_english() -> None:
    assert CATALOGUES["it"].language == "en"


@pytest.mark.parametrize(
    ("language", "edtf", "said"),
    [
        ("sl", "2025-09/..", "od septembra 2025"),
        ("sl", "2025-21/..", "od pomladi 2025"),
        ("da", "2025-09/..", "siden september 2025"),
        ("sl", "2026-11-16/2026-11-22", "16.–22.\N{NO-BREAK SPACE}11.\N{NO-BREAK SPACE}2026"),
        ("da", "2026-11-16/2026-11-22", "16.–22. november 2026"),
    ],
)
def test_spans_and_beginnings_in_each_language(language: str, edtf: str, said: str) -> None:
    assert CATALOGUES.say(PartialDate(edtf), language) == said


@pytest.mark.parametrize(
    ("language", "percent", "said"),
    [
        ("en", Percent(97, 97), "97%"),
        ("da", Percent(71.2, 71.2), "71,2\u00a0%"),
        ("sl", Percent(60, 70), "60–70\u00a0%"),
        ("en", Percent(60, None), "60% or more"),
        ("en", Percent(0, 20), "up to 20%"),
        ("da", Percent(60, 60, approximate=True), "ca. 60\u00a0%"),
    ],
)
def test_a_percentage_keeps_its_ends_and_its_space(language: str, percent: Percent, said: str) -> None:
    assert CATALOGUES.say(percent, language) == said
