"""Study visits: who can receive one and who would like to make one; who fits, by country, theme and month."""

from dataclasses import replace

import pytest

from conversations.model.events.visits import VisitWish, fits, in_common, matches
from conversations.model.outcomes import VisitWished
from conversations.model.people.organisations import Side
from tests.conversations.dialogue import Dialogue

HOST = VisitWish(1, "host", "odense", "DK", ("2027-03", "2027-04"), ("language_cafe",))
GUEST = VisitWish(2, "guest", "kamnik", "SI", ("2027-04",), ("language_cafe", "reading_group"), ("DK",))


@pytest.mark.parametrize(
    ("changed", "fitting"),
    [
        ({}, True),
        ({"role": "host"}, False),
        ({"person": 1}, False),
        ({"library": "odense"}, False),
        ({"months": ("2027-05",)}, False),
        ({"months": ()}, True),
        ({"themes": ("reading_group",)}, False),
        ({"themes": ()}, True),
        ({"countries": ("SI",)}, False),
        ({"countries": ()}, True),
    ],
)
def test_who_fits(changed: dict[str, object], fitting: bool) -> None:
    guest = replace(GUEST, **changed)  # type: ignore[arg-type]
    assert fits(HOST, guest) is fits(guest, HOST) is fitting


def test_the_best_come_first_and_what_both_agree_on_is_told() -> None:
    weak = replace(HOST, person=3, library="vejle", themes=(), months=())
    assert matches(GUEST, [weak, HOST]) == [HOST, weak]
    assert in_common(HOST, GUEST) == (("2027-04",), ("language_cafe",))
    assert in_common(weak, GUEST) == (GUEST.months, GUEST.themes)


def test_a_host_in_four_taps() -> None:
    talk = Dialogue("en", library={"key": "dk-0461", "name": "Odense"})
    talk.commands("/events")
    talk.presses("Study visits")
    talk.presses("We can receive a visit")
    talk.bot("First report an initiative")
    talk.memory.partners.libraries[1] = Side("library", "Odense", "Odense")
    talk.memory.subscriptions.speaks_for = "DK-0461"
    talk.presses("We can receive a visit")
    talk.bot("In which months?", buttons=["March 2027", "Next"])
    talk.writes("marts og april")
    talk.presses("Next")
    talk.bot("On which themes?")
    talk.writes("language café")
    if "Next" in talk.labels():
        talk.presses("Next")
    talk.bot(
        "Saved. When somebody fits, you are both told here", "You can receive a visit. When: March 2027, April 2027."
    )
    kept = [each for each in talk.memory.history if isinstance(each, VisitWished)]
    assert kept == [VisitWished(VisitWish(1, "host", "dk-0461", "DK", ("2027-03", "2027-04"), ("language_cafe",)))]
    talk.presses("Receive no more visits")
    talk.bot("Done. Nobody new will be suggested to you for that.")
    assert talk.memory.events.wishes() == []


def test_a_guest_says_where_to() -> None:
    talk = Dialogue("sl", library={"name": "Kamnik"})
    talk.memory.partners.libraries[1] = Side("library", "Kamnik", "Kamnik")
    talk.memory.subscriptions.speaks_for = "SI-043"
    talk.commands("/events")
    talk.writes("strokovni obiski")
    talk.writes("radi bi šli na obisk")
    talk.bot("V katerih mesecih?")
    talk.presses("Naprej")
    talk.bot("Na katerih področjih?")
    talk.presses("Naprej")
    talk.bot("Kam bi radi šli?", buttons=["Danska", "Vse države"])
    talk.writes("danska")
    talk.bot("Shranjeno.", "Radi bi šli na obisk. Kdaj: kateri koli mesec. Področja: vsa področja. Država: Danska")
    assert talk.memory.events.wishes() == [VisitWish(1, "guest", "Kamnik", "SI", countries=("DK",))]
