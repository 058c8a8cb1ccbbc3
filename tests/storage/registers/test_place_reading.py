"""The places that people name: inside a running text, and as a whole answer."""

import pytest

from storage.registers.place_reading import places_in, read_answer
from storage.registers.port import StoredRegisters

REGISTERS = StoredRegisters(lambda _words: ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi har en sprogcafé på Vejle Bibliotek hver tirsdag.", ["Vejle"]),
        ("Kulturfest i Vollsmose den 14. juni, med Jobcenter Aarhus", ["Odense", "Aarhus"]),
        ("V knjižnici na Jesenicah vsako sredo ob 17h", ["Jesenice"]),
        ("pri nas v Kopru, včasih tudi iz Murske Sobote ali v Škofji Loki", ["Koper", "Murska Sobota", "Škofja Loka"]),
        ("pravljice za malčke v novem mestu", ["Novo mesto"]),
        ("Goriška knjižnica je dobila 300 knjig", ["Nova Gorica"]),
        ("berejo v ptujski knjižnici, bistriška knjižnica pa ne", ["Ptuj", "Slovenska Bistrica", "Ilirska Bistrica"]),
        ("We met in Copenhagen and at Maribor city library", ["København", "Maribor"]),
        ("kvinder jobsøgning frb", ["Frederiksberg"]),
        ("På vejen hjem kan man give sig tid, og børnene bor i byen", []),
        ("Sprejmejo tudi bled mirna grad in tabor za otroke", []),
        ("Srečanja so v centru, ob sredah, na vrtu", []),
    ],
)
def test_municipalities_in_a_running_text(text: str, expected: list[str]) -> None:
    found = REGISTERS.places_in(text)
    assert [each.name for place in found for each in place.municipalities] == expected
    assert all(not place.is_area for place in found)


@pytest.mark.parametrize(
    ("text", "regions", "country"),
    [
        ("flygtninge i nordjylland", ("Nordjylland",), "DK"),
        ("alt fra Region Sjælland", ("Sjælland",), "DK"),
        ("jezikovne kavarne na Gorenjskem", ("Gorenjska",), "SI"),
        ("na Štajerskem", ("Podravska", "Savinjska"), "SI"),
        ("na danskem učna pomoč", (), "DK"),
        ("slovenske biblioteker", (), "SI"),
    ],
)
def test_regions_and_countries_in_a_running_text(text: str, regions: tuple[str, ...], country: str) -> None:
    (found,) = REGISTERS.places_in(text)
    assert (found.regions, found.country, found.library) == (regions, country, "")


def test_a_place_is_found_where_it_stands() -> None:
    text = "Vi mødes på Gellerup Bibliotek i morgen"
    (found,) = REGISTERS.places_in(text)
    assert text[found.start : found.end] == "Gellerup Bibliotek"
    assert (found.library, found.sure) == ("dk-0751", False)  # general knowledge: proposed, never stored unasked


def test_a_name_of_several_municipalities_means_none_of_them() -> None:
    (found,) = REGISTERS.places_in("Vi bor i Nykøbing")
    assert [each.name for each in found.municipalities] == ["Odsherred", "Guldborgsund", "Morsø"]
    assert (found.library, found.sure) == ("", False)


def test_only_small_words_name_no_place() -> None:
    assert not read_answer("ne najdem naše").municipalities
    assert not read_answer("folkebiblioteket").municipalities
    assert places_in("") == []
