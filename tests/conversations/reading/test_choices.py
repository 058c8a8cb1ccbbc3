"""A choice typed instead of pressed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading.choices import Match, nearest, split_choices

STATUS = (
    ("Planned", "Planlagt", "Načrtovano"),
    ("Running", "I gang", "V teku"),
    ("Finished", "Afsluttet", "Zaključeno"),
    ("Paused", "På pause", "Začasno ustavljeno"),
)
THEMES = (
    ("Language café", "Sprogcafé", "Jezikovna kavarna"),
    ("Language course", "Sprogkursus", "Jezikovni tečaj"),
    ("Homework help", "Lektiehjælp", "Učna pomoč"),
    ("Work placements and jobs", "Praktik og job", "Praksa in zaposlitev"),
    ("Well-being and loneliness", "Trivsel og ensomhed", "Dobro počutje, osamljenost"),
)


@pytest.mark.parametrize(
    ("typed", "index"),
    [
        ("Planlagt", 0),
        ("planlagt.", 0),
        ("PLANNED", 0),
        ("nacrtovano", 0),
        ("plan", 0),
        ("planlgt", 0),
        ("palnlagt", 0),
        ("planlaggt", 0),
        ("planlakt", 0),
        ("i gang", 1),
        ("I-gang", 1),
        ("v teku", 1),
        ("”Afsluttet”", 2),
        ("zakljuceno", 2),
        ("pa pause", 3),
        ("paa pause", 3),
    ],
)
def test_what_is_certain(typed: str, index: int) -> None:
    assert nearest(typed, STATUS).index == index


@pytest.mark.parametrize(
    ("typed", "first"),
    [("sprog", 0), ("language", 0), ("job", 3), ("ensomhed", 4), ("kursus", 1), ("pomoč", 2)],
)
def test_what_is_not_certain_is_offered(typed: str, first: int) -> None:
    match = nearest(typed, THEMES)
    assert match.index is None
    assert match.near[0] == first


def test_nothing_is_offered_that_is_only_alike_by_a_few_letters() -> None:
    assert nearest("brezdomci", (("Romi",), ("Bolniki",), ("Priseljenci",))) == Match(None)


@pytest.mark.parametrize("typed", ["", " ", "...", "\u200d"])
def test_nothing_typed_is_near_nothing(typed: str) -> None:
    assert nearest(typed, STATUS).index is None


@pytest.mark.parametrize("typed", ["pl", "ja", "i"])
def test_one_or_two_letters_are_never_certain(typed: str) -> None:
    assert nearest(typed, STATUS).index is None


def test_a_short_word_with_a_slip_is_not_certain() -> None:
    assert nearest("mlade", (("Mladi",), ("Starejši",))).index == 0
    assert nearest("unga", (("Unge",), ("Ældre",))).index is None


def test_equally_close_choices_are_both_offered() -> None:
    match = nearest("drenga", (("Drenge",), ("Drengo",), ("Piger",)))
    assert match.index is None
    assert set(match.near[:2]) == {0, 1}


def test_a_beginning_shared_by_two_offers_both() -> None:
    assert set(nearest("jezik", THEMES).near[:2]) == {0, 1}


def test_a_full_label_wins_over_a_longer_one_that_begins_so() -> None:
    assert nearest("Children", (("Children at risk",), ("Children",))).index == 1


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("sprogcafé, lektiehjælp og job", ("sprogcafé", "lektiehjælp", "job")),
        ("učna pomoč in jezikovni tečaj", ("učna pomoč", "jezikovni tečaj")),
        ("homework help and language café", ("homework help", "language café")),
        ("børn\nunge\n", ("børn", "unge")),
        ("- børn\n- unge", ("børn", "unge")),
        ("børn/unge; ældre", ("børn", "unge", "ældre")),
        ("alle", ("alle",)),
        ("", ()),
        (" , og ", ("og",)),
    ],
)
def test_parts(text: str, parts: tuple[str, ...]) -> None:
    assert split_choices(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("praktik og job", ("praktik og job",)),
        ("Sprogcafé og praktik og job", ("Sprogcafé", "praktik og job")),
        ("praktik og job og lektiehjælp", ("praktik og job", "lektiehjælp")),
        ("dobro pocutje, osamljenost, ucna pomoc", ("dobro pocutje, osamljenost", "ucna pomoc")),
        ("praktik, job", ("praktik", "job")),
    ],
)
def test_a_label_that_holds_a_separator_stays_whole(text: str, parts: tuple[str, ...]) -> None:
    assert split_choices(text, THEMES) == parts


@given(st.text(), st.lists(st.lists(st.text(), max_size=3), max_size=5))
def test_any_text_can_be_asked(typed: str, labels: list[list[str]]) -> None:
    match = nearest(typed, labels)
    assert match.index is None or not match.near
    assert all(0 <= index < len(labels) for index in match.near)
    assert all(part.strip() == part != "" for part in split_choices(typed, labels))


def test_a_long_text_takes_no_time() -> None:
    assert nearest("sprog " * 10_000, THEMES).index is None
    assert len(split_choices(" og , " * 10_000, THEMES)) <= 10_000


@given(st.sampled_from(range(len(THEMES))), st.sampled_from(range(3)))
def test_every_label_finds_its_choice(choice: int, language: int) -> None:
    label = THEMES[choice][language]
    assert nearest(label, THEMES).index == choice
    assert split_choices(label, THEMES) == (label,)
