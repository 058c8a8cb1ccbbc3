"""Long lists of municipalities: in alphabetical order, folded after a few, and every name can be reached."""

import pytest

from conversations.language.events import Pressed
from conversations.model.calls import CallStanding, WholeCall
from conversations.model.digests.looking import Place
from storage import registers
from tests.conversations.dialogue import Dialogue


def coordinator(language: str) -> Dialogue:
    return Dialogue(language, roles=("coordinator",), name="Ann")


def names_on(talk: Dialogue, label: str) -> list[str]:
    (line,) = [line for line in talk.said().splitlines() if line.startswith(label)]
    return line.removeprefix(label).removeprefix(":").strip().split(", ")


@pytest.mark.parametrize(("language", "country"), [("da", "DK"), ("sl", "SI"), ("en", "SI")])
def test_every_municipality_is_reached_in_the_order_of_the_alphabet(language: str, country: str) -> None:
    talk = coordinator(language)
    here = registers.municipalities(country)
    talk.memory.digests.places = [Place(f"{country}-{each.code}", each.name, "", "silent", 0) for each in here]
    talk.takes(Pressed("coverage_text", country))
    assert len(talk.said()) < 1200
    label = {"da": "Endnu ingen indmelding", "sl": "Še brez prispevkov", "en": "No report yet"}[language]
    alphabet = list(registers.sorted_names({each.name for each in here}, language))
    assert names_on(talk, label)[:9] == alphabet[:9]
    all_of = next(each for each in talk.labels() if each.startswith(label))
    assert str(len(here)) in all_of
    talk.presses(all_of)
    read: list[str] = []
    while len(read) < len(alphabet):
        found = names_on(talk, label)
        assert not set(found) & set(read)
        read += found
        if len(read) < len(alphabet):
            talk.presses({"da": "Flere kommuner", "sl": "Več občin", "en": "More municipalities"}[language])
    assert read == alphabet


def test_a_short_list_is_told_whole() -> None:
    talk = coordinator("en")
    places = ("reported", "planned", "silent")
    talk.memory.digests.places = [Place(f"DK-{name}", name.title(), "", name, 1) for name in places]
    talk.takes(Pressed("coverage_text", "DK"))
    talk.bot("Reported: Reported", "Only plans: Planned", "No report yet: Silent", "without a library of its own")
    assert not any("all" in label for label in talk.labels() if "figures" not in label)


def test_where_sections_are_folded_all_names_are_in_them() -> None:
    talk = coordinator("da")
    names = [each.name for each in registers.municipalities("DK")]
    talk.memory.digests.places = [Place(f"DK-{name}", name, "", "silent", 0) for name in names]
    talk.commands("/coverage DK")
    talk.bot(f"Endnu ingen indmelding ({len(names)})", "Albertslund", "Aalborg")
    assert not any(label.startswith("Endnu ingen indmelding") for label in talk.labels())


def test_who_has_answered_is_folded_and_can_be_read_to_the_end() -> None:
    talk = coordinator("en")
    talk.memory.calls.kept["c"] = WholeCall("c", "en", "open", {"en": "Inclusion now"})
    silent = tuple(f"Town {number:03}" for number in range(148))
    answered = tuple(f"City {number}" for number in range(11))
    talk.memory.calls.standings = {"c": CallStanding(11, 0, answered, ("Odense",), silent)}
    talk.takes(Pressed("call_standing", "c"))
    talk.bot(
        "Responded (11)",
        "City 9 and one more",
        "Draft started (1)",
        "Odense",
        "No response (148)",
        "Town 009 and 138 more",
    )
    assert "Town 010" not in talk.said()
    assert {"Responded (11)", "No response (148)"} <= set(talk.labels())
    assert "Draft started (1)" not in talk.labels()
    talk.presses("No response (148)")
    talk.bot("No response (148)", "Town 000", "Town 059")
    talk.presses("More municipalities")
    talk.presses("More municipalities")
    talk.bot("Town 147")
    talk.presses("‹ Back")
    talk.bot("Responded (11)")
