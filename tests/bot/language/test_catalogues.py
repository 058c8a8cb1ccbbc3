"""Texts in other directions stay by themselves."""

import unicodedata

from bot.language.catalogues import FSI, PDI, isolated


def test_every_letter_from_right_to_left_is_isolated() -> None:
    every = (chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000)
    letters = [char for char in every if unicodedata.bidirectional(char) in ("R", "AL")]
    assert len(letters) > 1_000
    assert [char for char in letters if isolated(f"a {char} – b") != f"{FSI}a {char} – b{PDI}"] == []


def test_other_texts_stay_as_they_are() -> None:
    for text in ("Ærø – “Črnomelj”…", "plain", "", "𝒳 漢字 €"):
        assert isolated(text) == text
