"""Who is proposed to whom, and what becomes of it: two who both say yes are in touch; a no is nobody's business."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.flows.contacts.proposals import proposed
from conversations.language.events import Pressed
from conversations.model.contacts import Subject
from conversations.model.initiatives import Initiative
from conversations.model.matchmaking import AT_ONCE, REASONS, Pairing, Seeker, of_initiative, proposals, why
from conversations.model.outcomes import Outcome, PairingAnswered, ProposalsChosen
from conversations.model.people.organisations import KINDS, Organisation, Side
from tests.conversations.dialogue import Dialogue

LIBRARY = Seeker(1, "library", "r1", "odense", "DK-0461", "running", frozenset({"language_cafe"}))
OTHER = Seeker(2, "library", "r2", "kamnik", "SI-043", "running", frozenset({"language_cafe"}))
COUNCIL = Seeker(3, "integration_council", municipality="DK-0461")


def some(*keys: str) -> frozenset[str]:
    return frozenset(keys)


def test_a_library_that_looks_for_partners_and_a_council_of_its_municipality() -> None:
    looking = replace(LIBRARY, wants=some("partners"))
    assert why(looking, COUNCIL) == why(COUNCIL, looking) == "partners"
    assert why(LIBRARY, COUNCIL) is None
    assert why(looking, replace(COUNCIL, municipality="DK-0101")) is None
    assert why(replace(looking, municipality=""), replace(COUNCIL, municipality="")) is None


@pytest.mark.parametrize(
    ("wanted", "kind", "reason"),
    [
        ("volunteers", "volunteer_centre", "volunteers"),
        ("volunteers", "housing_association", None),
        ("funding", "funder", "funding"),
        ("sparring", "integration_council", "sparring"),
        ("materials", "ngo", None),
    ],
)
def test_what_is_looked_for_and_who_gives_it(wanted: str, kind: str, reason: str | None) -> None:
    assert why(replace(LIBRARY, wants=some(wanted)), replace(COUNCIL, kind=kind)) == reason


def test_two_libraries_that_both_look_for_a_sister() -> None:
    one, other = replace(LIBRARY, offers=some("sister_library")), replace(OTHER, offers=some("sister_library"))
    assert why(one, other) == "sister_library"
    assert why(one, OTHER) is None
    assert why(one, replace(other, library="odense")) is None
    assert why(one, replace(COUNCIL, kind="other_library", municipality="SI-043")) == "sister_library"


def test_who_plans_it_visits_who_does_it() -> None:
    one, other = replace(LIBRARY, offers=some("study_visit")), replace(OTHER, offers=some("study_visit"))
    assert why(one, other) is None
    assert why(replace(one, progress="planned"), other) == "study_visit"
    assert why(one, replace(other, progress="planned")) == "study_visit"
    assert why(replace(one, progress="planned"), replace(other, themes=some("reading"))) is None


def test_who_asks_how_it_is_done_and_who_can_tell() -> None:
    asks, tells = replace(LIBRARY, wants=some("sparring")), replace(OTHER, offers=some("theme_day"))
    assert why(asks, tells) == why(tells, asks) == "sparring"
    assert why(asks, replace(tells, themes=some("reading"))) is None


def test_both_would_apply_together() -> None:
    one, other = replace(LIBRARY, offers=some("joint_application")), replace(OTHER, offers=some("joint_application"))
    assert why(one, other) == "joint_application"
    assert why(one, replace(other, themes=some("reading"))) is None


def test_the_best_come_first_each_person_once_and_not_too_many() -> None:
    new = replace(LIBRARY, wants=some("partners"), offers=some("sister_library"))
    sisters = [replace(OTHER, person=10 + n, library=f"l{n}", offers=some("sister_library")) for n in range(5)]
    twice = replace(sisters[0], report="r9", themes=some())
    found = proposals(new, [twice, *sisters, COUNCIL])
    assert [(each.person, reason) for each, reason in found][:2] == [(3, "partners"), (10, "sister_library")]
    assert len(found) == AT_ONCE
    assert found[1][0].report == "r2"


SEEKERS = st.builds(
    Seeker,
    person=st.integers(1, 3),
    kind=st.sampled_from(["library", *(choice.key for choice in KINDS)]),
    report=st.sampled_from(["", "r1", "r2"]),
    library=st.sampled_from(["odense", "kamnik"]),
    municipality=st.sampled_from(["", "DK-0461"]),
    progress=st.sampled_from(["planned", "running"]),
    themes=st.frozensets(st.sampled_from(["reading", "language_cafe"])),
    wants=st.frozensets(st.sampled_from(["partners", "volunteers", "sparring", "funding"])),
    offers=st.frozensets(st.sampled_from(["sister_library", "study_visit", "joint_application", "theme_day"])),
)


@given(one=SEEKERS, other=SEEKERS)
def test_it_is_the_same_whoever_comes_first_and_nobody_is_proposed_to_themselves(one: Seeker, other: Seeker) -> None:
    reason = why(one, other)
    assert reason == why(other, one)
    assert reason is None or (reason in REASONS and one.person != other.person and (one.report or other.report))


def initiative(**answers: object) -> Initiative:
    day = datetime(2026, 11, 20, tzinfo=UTC)
    return Initiative("r1", 1, "da", day, day, "", "k", "Odense", "DK-0461", "Odense", "", "DK", answers)


def test_what_only_coordinators_see_is_proposed_to_nobody() -> None:
    assert of_initiative(initiative(sharing="public", contribute=["sister_library"]), 1) is not None
    assert of_initiative(initiative(sharing="network", support_wanted=["partners"]), 1) is not None
    assert of_initiative(initiative(sharing="coordinators", contribute=["sister_library"]), 1) is None
    assert of_initiative(initiative(sharing="public"), 1) is None


# What the two are told, and what comes of it


class Scene:
    """A council and a library of one municipality, who were just told of each other."""

    def __init__(self, council: str = "en", library: str = "en") -> None:
        self.council = Dialogue(council)
        self.library = Dialogue(library, beside=self.council)
        until = self.council.now + timedelta(days=14)
        self.pairing = Pairing(7, 1, 2, "", "cafe234567", "partners", until)
        books = self.council.memory
        books.contacts.pairings[7] = self.pairing
        books.contacts.subjects["cafe234567"] = report = Subject("Sprogcafé", Side("library", "Odense", "Odense"))
        books.partners.kept[1] = Organisation("o1", 1, "integration_council", "Rådet", "Odense", "confirmed")
        organisation = Subject("", Side("integration_council", "Rådet", "Odense"))
        told = ((self.council, None, report), (self.library, report, organisation))
        for talk, own, other in told:
            talk.screen = proposed(self.pairing, talk.memory.person.id, own, other)
            talk.notices["pairing:7"] = talk.screen

    def yes(self, talk: Dialogue, contact: str) -> None:
        talk.takes(Pressed("pair_yes", "7"))
        talk.writes(contact)

    def answers(self, *talks: Dialogue) -> list[Outcome]:
        return [each for talk in talks for each in talk.memory.history if isinstance(each, PairingAnswered)]


def read(talk: Dialogue) -> str:
    assert talk.screen is not None
    return "\n".join(talk.reads(line.text) for line in talk.screen.lines)


def test_each_reads_of_the_other_what_it_may() -> None:
    scene = Scene(council="da")
    assert "Måske søger I hinanden." in read(scene.council)
    assert "Bibliotek: Odense, Odense" in read(scene.council)
    assert "Deres initiativ: ”Sprogcafé”" in read(scene.council)
    assert scene.council.labels() == ["Læs mere", "Ja, sæt os i kontakt", "Nej tak", "Slå forslag fra"]
    assert "Integration council: Rådet, Odense" in read(scene.library)
    assert "Your report: “Sprogcafé”" in read(scene.library)
    assert "Read more" not in scene.library.labels()


@pytest.mark.parametrize("first", ["council", "library"])
def test_yes_and_yes_puts_them_in_touch_whoever_is_first(first: str) -> None:
    scene = Scene()
    one, other = (scene.council, scene.library) if first == "council" else (scene.library, scene.council)
    scene.yes(one, "one@example.org")
    one.bot("Thank you. If they say yes too, you will both be told here.", buttons=["Withdraw my yes"])
    assert "pairing:7" in other.notices
    assert "one@example.org" not in read(other)
    scene.yes(other, "other@example.org")
    other.bot("You are in touch: “Sprogcafé”", "one@example.org", "They have received yours: other@example.org")
    one.bot("You are in touch: “Sprogcafé”", "other@example.org", "They have received yours: one@example.org")


def test_a_no_looks_to_the_other_like_no_answer() -> None:
    """What the one who says yes sees is the same, whether the other said no or has not answered."""
    seen = []
    for refuses in (False, True):
        scene = Scene()
        if refuses:
            turn = scene.library.takes(Pressed("pair_no", "7"))
            assert not turn.notices
            scene.library.bot("OK. Nobody will be told.")
        scene.yes(scene.council, "raad@example.org")
        assert scene.council.turn
        assert not scene.council.turn.notices
        seen.append(scene.council.said())
    assert seen[0] == seen[1]


def test_whatever_is_pressed_twice_is_once() -> None:
    scene = Scene()
    scene.yes(scene.council, "raad@example.org")
    scene.council.takes(Pressed("pair_yes", "7"))
    scene.council.bot("Thank you. If they say yes too")
    for _ in range(2):
        scene.library.takes(Pressed("pair_no", "7"))
    assert scene.answers(scene.council, scene.library) == [
        PairingAnswered(7, "yes", "raad@example.org"),
        PairingAnswered(7, "no"),
    ]
    scene.yes(scene.library, "odense@example.org")
    for talk, theirs in ((scene.council, "odense@example.org"), (scene.library, "raad@example.org")):
        for action in ("pair_yes", "pair_no"):
            talk.takes(Pressed(action, "7"))
            talk.bot("You are in touch", theirs)
    assert len(scene.answers(scene.council, scene.library)) == 3


def test_a_yes_can_be_taken_back_until_the_other_says_yes() -> None:
    scene = Scene()
    scene.yes(scene.council, "raad@example.org")
    scene.council.presses("Withdraw my yes")
    scene.yes(scene.library, "odense@example.org")
    scene.library.bot("Thank you. If they say yes too")
    assert not scene.council.memory.contacts.pairings[7].is_connected


def test_after_two_weeks_it_stands_no_more() -> None:
    scene = Scene()
    scene.yes(scene.council, "raad@example.org")
    scene.library.takes(Pressed("pair_yes", "7"))
    scene.library.goes_away(15 * 24)
    scene.library.writes("odense@example.org")
    scene.library.bot("That suggestion is out of date.")
    turn = scene.library.takes(Pressed("pair_yes", "7"))
    assert scene.library.toast() == "That suggestion is out of date."
    assert not turn.outcomes


@pytest.mark.parametrize("argument", ["", "8", "x", "9" * 30, "²", "7; --"])
def test_a_proposal_is_nobody_elses_business(argument: str) -> None:
    scene = Scene()
    stranger = Dialogue(beside=scene.council)
    for action in ("pair_yes", "pair_no"):
        for talk, this in ((stranger, "7"), (scene.council, argument)):
            turn = talk.takes(Pressed(action, this))
            assert not turn.outcomes
            assert not turn.notices


def test_never_again_and_again() -> None:
    scene = Scene()
    scene.council.presses("Stop suggestions")
    scene.council.bot("Turn them on again in /settings")
    scene.council.commands("/settings")
    scene.council.bot("Suggested contacts: off")
    scene.council.presses("Turn suggestions on")
    chosen = [each for each in scene.council.memory.history if isinstance(each, ProposalsChosen)]
    assert chosen == [ProposalsChosen(False), ProposalsChosen(True)]
    assert scene.council.memory.person.proposals
