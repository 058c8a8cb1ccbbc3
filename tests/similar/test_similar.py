"""Initiatives that are alike are found in every language, and others are not taken for alike."""

from conversations.reading.alike.likeness import likest
from conversations.reading.alike.traits import Described
from tests.similar.pairs import judged, pairs, reports


def test_what_is_alike_is_found_and_little_else() -> None:
    counts = judged("work", pairs("work"))
    assert counts.precision >= 0.9, counts
    assert counts.recall >= 0.7, counts


def test_the_halves_have_no_report_in_common_and_all_three_languages() -> None:
    work, held = reports("work"), reports("held back")
    assert not work.keys() & held.keys()
    assert {each.language for each in work.values()} == {each.language for each in held.values()} == {"da", "sl", "en"}
    assert len(pairs("work")) + len(pairs("held back")) >= 200


def test_the_same_text_of_one_place_is_found_although_nothing_in_it_is_known() -> None:
    sent = Described("da", "Zorfklup", "Grøbel med snulder", municipality="DK-0461")
    elsewhere = Described("da", "Zorfklup", "Noget helt andet om vrimlen", municipality="DK-0101")
    assert likest(sent, [("again", sent), ("elsewhere", elsewhere)]) == ["again"]


def test_the_likest_come_first_and_no_more_than_three() -> None:
    offer = Described("da", "Sprogcafé på tirsdage", "Øv dansk med frivillige", "", "DK-0630", ("language_cafe",))
    others = [
        ("near", Described("sl", "Jezikovna kavarna", "Pogovori s prostovoljci", "", "SI-070", ("language_cafe",))),
        ("twice", offer),
        ("far", Described("da", "Skakklub", "Spil skak", "", "DK-0630", ("local_community_life",))),
        ("also", Described("en", "Language café", "Practise Danish", "", "", ("language_cafe",))),
        ("too", Described("en", "Language café", "Practise Danish with us", "", "", ("language_cafe",))),
    ]
    found = likest(offer, others)
    assert found[0] == "twice"
    assert len(found) == 3
    assert "far" not in found
