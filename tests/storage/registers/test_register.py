"""The register files hold what the rest relies on."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from storage.registers import RegisterDamaged, libraries, library, municipalities, municipality, register
from storage.registers.register import ROWS


def test_everything_is_there() -> None:
    assert len(municipalities("DK")) == 98
    assert len(municipalities("SI")) == 212
    assert len(libraries("DK")) == 97
    assert len(libraries("SI")) == 58
    assert len(libraries()) == 155


def test_keys_are_short_plain_and_lead_back() -> None:
    for found in libraries():
        assert re.fullmatch(r"(dk|si)-\d{3,4}", found.key)
        assert library(found.key) is found
        assert municipality(found.country, found.municipality.code) is found.municipality
    assert library("dk-9999") is None
    assert municipality("DK", "9999") is None


def test_keys_that_are_in_reports_already() -> None:
    assert [library(key).name for key in ("dk-0101", "dk-0461", "si-043", "si-070")] == [  # type: ignore[union-attr]
        "Københavns Biblioteker",
        "Odense Biblioteker og Borgerservice",
        "Knjižnica Franceta Balantiča Kamnik",
        "Mariborska knjižnica",
    ]


def test_known_gaps_stay_empty() -> None:
    assert municipality("DK", "0563") is not None
    assert library("dk-0563") is None
    assert not any(found.isil for found in libraries("SI"))
    assert all(found.isil == f"DK-7{found.municipality.code[1:]}00" for found in libraries("DK"))


def test_regions_and_areas_add_up() -> None:
    regions = Counter(found.region for found in municipalities("DK"))
    assert regions == {"Hovedstaden": 29, "Sjælland": 17, "Syddanmark": 22, "Midtjylland": 19, "Nordjylland": 11}
    assert sorted(Counter(found.area for found in libraries("SI")).values()) == [2, 3, 4, 4, 4, 5, 6, 9, 9, 12]


def test_second_official_names() -> None:
    named = {found.name: found.other_name for found in municipalities("SI") if found.other_name}
    assert named["Koper"] == "Capodistria"
    assert len(named) == 7


def test_every_municipality_has_a_place_in_its_country() -> None:
    places = register.register().places
    assert {place.municipality for place in places} == set(municipalities())
    for place in places:
        if place.municipality.country == "DK":
            assert 54.5 < place.latitude < 58
            assert 8 < place.longitude < 15.3
        else:
            assert 45.4 < place.latitude < 46.9
            assert 13.3 < place.longitude < 16.7


def test_names_agree_between_the_files() -> None:
    here = Path(register.__file__).parent
    for file, country in (("dk_libraries.csv", "DK"), ("si_libraries.csv", "SI")):
        with (here / file).open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                found = municipality(country, row["municipality_code"])
                assert found is not None
                assert found.name == row["municipality_name"]


def test_a_file_that_is_not_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROWS, "dk_libraries.csv", 98)
    with pytest.raises(RegisterDamaged, match=r"dk_libraries\.csv has 97 rows where 98 are expected"):
        register.register.__wrapped__()
