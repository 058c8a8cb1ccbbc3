"""Cleaning and comparing what people write."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.text import clean_line, clean_text, fold, length_utf16

NASTY = (
    "\x00\t\r\n\u0085\u2028\u200b\u200d\u202e\u2066\ufeff\ufe0f\u030c\ud800\udc00\ufffe ab\u010d\u00e6\u00f8oe-\u2013"
)
any_text = st.text(st.one_of(st.sampled_from(NASTY + "👩👧🏽❤"), st.characters(exclude_categories=())))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Sprogcafé om onsdagen \n", "Sprogcafé om onsdagen"),
        ("e\u030c", "ě"),
        ("Cˇ", "Cˇ"),
        ("c\u030crnomelj", "črnomelj"),
        ("a\x00b\x07c", "abc"),
        ("a\tb", "a b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\n\n\n\n\nb", "a\n\nb"),
        ("a \n \n \n b", "a\n\n b"),
        ("a\u202eb\u2066c\u2069", "abc"),
        ("bib\u200blio\u00adtek", "bibliotek"),
        ("halv\ud83d", "halv\ufffd"),
        ("👩\u200d👧 og 👩🏽\u200d💻 og ❤\ufe0f\u200d🔥", "👩\u200d👧 og 👩🏽\u200d💻 og ❤\ufe0f\u200d🔥"),
        ("a\u200db", "ab"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("xml \ufffe\uffff", "xml"),
        ("//Nethood #OstaniDoma Simbioz@ <b> & |", "//Nethood #OstaniDoma Simbioz@ <b> & |"),
        ("", ""),
        ("\u200b \n", ""),
        ("\ufe0f\u3164", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(written: str, kept: str) -> None:
    assert clean_text(written) == kept


@given(any_text)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_text(clean_line(text)) == clean_line(text)


@given(any_text)
def test_what_is_kept_can_be_stored_and_sent(text: str) -> None:
    kept = clean_text(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert "\n\n\n" not in kept
    assert kept == unicodedata.normalize("NFC", kept)
    assert "\n" not in clean_line(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("København", "kobenhavn", "KOEBENHAVN", "Kobenhavn", "Ko\u0308benhavn"),
        ("Aarhus", "Århus", "arhus", "A\u030arhus"),
        ("Črnomelj", "črnomelj", "crnomelj", "C\u030cRNOMELJ"),
        ("Ærø", "aero", "aeroe", "ÆRØ"),
        ("Næstved", "naestved"),
        ("Tårnby", "taarnby", "tarnby"),
        ("Høje-Taastrup", "hoje-taastrup", "Høje Tåstrup", "høje–taastrup"),
        ("Dobrova - Polhov Gradec", "Dobrova-Polhov Gradec", "dobrova – polhov\u00a0gradec"),
        ("Šmarje pri Jelšah", "smarje  pri jelsah"),
        ("Škofja Loka", "skofja loka"),
        ("café", "cafe"),
        ("Straße", "strasse"),
    ],
)
def test_spellings_of_one_name_are_equal(spellings: tuple[str, ...]) -> None:
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_different_names_stay_different() -> None:
    names = ("Odder", "Odense", "Struer", "Ribnica", "Ribnica na Pohorju", "Sorø", "Samsø", "Nordfyns", "Læsø", "Lejre")
    assert len({fold(name) for name in names}) == len(names)


@given(any_text)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


def test_telegram_counts_an_emoji_as_two() -> None:
    assert length_utf16("æ") == 1
    assert length_utf16("📚") == 2
    assert length_utf16("\ud83d") == 1


@given(st.text())
def test_length_is_what_the_encoding_says(text: str) -> None:
    assert length_utf16(text) == sum(2 if ord(c) > 0xFFFF else 1 for c in text)
