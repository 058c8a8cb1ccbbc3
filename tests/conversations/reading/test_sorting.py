"""The order of names."""

from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.sorting import sort_key, sorted_names


def test_danish() -> None:
    names = ["Århus", "Aarhus", "Ærø", "Zealand", "Øster", "Albertslund", "Aabenraa", "Odense", "albertine", "Åbyhøj"]
    assert sorted_names(names, "da") == [
        "albertine", "Albertslund", "Odense", "Zealand", "Ærø", "Øster", "Aabenraa", "Åbyhøj", "Aarhus", "Århus",
    ]  # fmt: skip


def test_slovenian() -> None:
    names = [
        "Žalec",
        "Zagorje",
        "Črnomelj",
        "Celje",
        "Cerknica",
        "Dravograd",
        "Šmarje",
        "Sežana",
        "Škofja Loka",
        "Tržič",
    ]
    assert sorted_names(names, "sl") == [
        "Celje", "Cerknica", "Črnomelj", "Dravograd", "Sežana", "Škofja Loka", "Šmarje", "Tržič", "Zagorje", "Žalec",
    ]  # fmt: skip


def test_english_and_unknown_languages_ignore_accents() -> None:
    for language in ("en", "xx"):
        assert sorted_names(["Øster", "Zebra", "Čar", "Cat", "Aarhus", "Abel"], language) == [
            "Aarhus", "Abel", "Čar", "Cat", "Øster", "Zebra",
        ]  # fmt: skip


def test_words_before_longer_ones_and_numbers_by_value() -> None:
    assert sorted_names(["Ribnica na Pohorju", "Ribnica", "Ribnicani"], "sl") == [
        "Ribnica", "Ribnica na Pohorju", "Ribnicani",
    ]  # fmt: skip
    assert sorted_names(["Klub 10", "Klub 9", "Klub 007"], "da") == ["Klub 007", "Klub 9", "Klub 10"]


@given(st.lists(st.text()), st.sampled_from(("da", "sl", "en")))
def test_any_names_have_one_order(names: list[str], language: str) -> None:
    assert sorted_names(names, language) == sorted_names(reversed(names), language)
    assert all(sort_key(name, language)[1] == name for name in names)
