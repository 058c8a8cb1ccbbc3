"""Somebody who writes for an organisation that is not in the register of libraries."""

import pytest

from conversations.model.outcomes import Answered, LibraryRemembered
from tests.conversations.dialogue import Dialogue


def asked_for_its_municipality(language: str = "en") -> Dialogue:
    talk = Dialogue(language)
    talk.starts_report()
    talk.writes("Foreningen Æblet")
    talk.presses(next(label for label in talk.labels() if label.endswith("Foreningen Æblet")))
    return talk


def library_of(talk: Dialogue) -> object:
    given = [each for each in talk.memory.history if isinstance(each, Answered) and each.question == "library"]
    assert len(given) == 1
    assert LibraryRemembered(given[0].value) in talk.memory.history
    return given[0].value


@pytest.mark.parametrize(
    ("language", "sentence", "label"),
    [
        ("en", "Which municipality is it in?", "In none: abroad or everywhere"),
        ("da", "Hvilken kommune ligger det i?", "Ingen: i udlandet eller overalt"),
        ("sl", "V kateri občini je?", "V nobeni: v tujini ali povsod"),
    ],
)
def test_it_is_asked_where_it_is(language: str, sentence: str, label: str) -> None:
    talk = asked_for_its_municipality(language)
    assert sentence in talk.said()
    assert talk.labels()[0] == label
    talk.presses(label)
    assert library_of(talk) == {"key": None, "name": "Foreningen Æblet"}


def test_a_municipality_that_is_written_in_full_is_taken() -> None:
    talk = asked_for_its_municipality()
    talk.writes("odense")
    assert library_of(talk) == {"key": None, "name": "Foreningen Æblet", "municipality": "DK-0461"}


def test_a_part_of_the_name_offers_those_that_have_it() -> None:
    talk = asked_for_its_municipality()
    talk.writes("Høje")
    assert "Tap the municipality" in talk.said()
    talk.presses("Høje-Taastrup")
    assert library_of(talk) == {"key": None, "name": "Foreningen Æblet", "municipality": "DK-0169"}


def test_a_municipality_that_is_none_is_asked_for_again() -> None:
    talk = asked_for_its_municipality()
    talk.writes("Xyzzyville")
    assert "I know no municipality with that name." in talk.said()
    talk.writes("Koper")
    assert library_of(talk) == {"key": None, "name": "Foreningen Æblet", "municipality": "SI-050"}
