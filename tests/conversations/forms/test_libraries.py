"""The question which library somebody writes for, answered in her own words."""

import pytest

from tests.conversations.dialogue import Dialogue


def at_the_library(language: str = "en") -> Dialogue:
    talk = Dialogue(language=language)
    talk.starts_report()
    return talk


@pytest.mark.parametrize(
    "typed", ["I'm from Odense", "jeg er fra odense", "odense bib", "hovedbiblioteket i odense", "odnese"]
)
def test_a_library_is_known_by_its_place(typed: str) -> None:
    talk = at_the_library()
    talk.writes(typed)
    talk.bot("Library: Odense")


def test_what_is_known_from_hearsay_is_proposed_and_taken_by_a_tap() -> None:
    talk = at_the_library()
    talk.writes("kbh")
    talk.bot("Is it Københavns Biblioteker?", buttons=["Københavns Biblioteker", "Another organisation: kbh"])
    assert talk.answers().get("library") is None
    talk.presses("Københavns Biblioteker")
    talk.bot("Library: Københavns Biblioteker")


def test_a_proposed_library_is_taken_by_yes() -> None:
    talk = at_the_library("da")
    talk.writes("gellerup")
    talk.bot("Er det Aarhus Kommunes Biblioteker?")
    talk.writes("ja")
    talk.bot("Bibliotek: Aarhus Kommunes Biblioteker")


def test_a_name_of_several_places_asks_which() -> None:
    talk = at_the_library("da")
    talk.writes("nykøbing")
    for name in ("Odsherred Bibliotek og Kulturhuse", "Guldborgsund-bibliotekerne", "Morsø Folkebibliotek"):
        assert name in talk.labels()


def test_a_library_outside_the_register_is_another_organisation() -> None:
    talk = at_the_library()
    talk.writes("Malmö City Library")
    talk.bot("I found no library with that name.", buttons=["Another organisation: Malmö City Library"])
    talk.presses("Another organisation: Malmö City Library")
    talk.bot("Which municipality is it in?")


def test_a_library_without_a_row_is_kept_with_its_municipality() -> None:
    talk = at_the_library("da")
    talk.writes("fanø bibliotek")
    assert talk.answers()["library"] == {"key": None, "name": "fanø bibliotek", "municipality": "DK-0563"}
