"""Partners say which organisation they are from, coordinators confirm it, and see who takes part where."""

from datetime import timedelta
from itertools import count

from conversations.language.events import Pressed, SharedLocation
from conversations.model.outcomes import OrganisationDecided, OrganisationRegistered, Outcome, RolesChanged
from conversations.model.people.members import Invitation, Member
from conversations.model.people.organisations import Organisation
from conversations.model.people.person import Person
from conversations.model.registers import MunicipalityFound
from tests.conversations.dialogue import Dialogue

ODENSE = MunicipalityFound("DK-0461", "Odense")


def somebody(language: str = "en", *, beside: Dialogue | None = None, role: str = "", name: str = "") -> Dialogue:
    """Who knows one municipality."""
    talk = Dialogue(language, beside=beside, roles=(role,) if role else (), name=name)
    number = talk.memory.person.id
    talk.memory.people.known.setdefault(number, Member(number, "", frozenset(), language=language))
    talk._ids = (f"p{talk.memory.person.id}n{number}" for number in count(1))
    return talk


def registers(talk: Dialogue, kind: str = "Integration council", name: str = "Integrationsrådet i Odense") -> None:
    talk.commands("/start")
    talk.presses("Register as a partner")
    talk.presses(kind)
    talk.writes(name)
    talk.writes("odense")
    talk.presses("Yes, register it")


def kept(talk: Dialogue) -> Organisation:
    own = talk.memory.partners.own()
    assert own is not None
    return own


def decisions(talk: Dialogue) -> list[Outcome]:
    return [each for each in talk.memory.history if isinstance(each, OrganisationDecided | RolesChanged)]


def council_and_coordinator(language: str = "en") -> tuple[Dialogue, Dialogue]:
    council = somebody(language)
    return council, somebody(beside=council, role="coordinator", name="Maja")


def test_a_council_registers_and_a_coordinator_confirms_it() -> None:
    council, coordinator = council_and_coordinator()
    council.commands("/start")
    council.presses("Register as a partner")
    council.bot("What kind of organisation are you from?", buttons=["Housing association", "Another kind ›"])
    council.presses("Integration council")
    council.bot("What is the organisation called?", "Libraries and coordinators can see this name.")
    council.writes("Integrationsrådet i Odense")
    council.bot("In which municipality is it?", buttons=["The whole country"])
    council.writes("oden")
    council.presses("Odense")
    council.bot(
        "Is this right?", "Integration council: Integrationsrådet i Odense, Odense", "A coordinator must confirm it."
    )
    council.presses("Yes, register it")
    council.bot(
        "Thank you.",
        "Would you like notifications about new initiatives?",
        buttons=["Get notifications", "Find initiatives"],
    )
    assert kept(council).state == "waiting"
    coordinator.bot("Someone has asked to register as a partner.", "Integrationsrådet i Odense, Odense")
    coordinator.presses("Confirm")
    assert decisions(coordinator) == [
        OrganisationDecided(kept(council).id, confirmed=True),
        RolesChanged(1, frozenset({"partner"})),
    ]
    council.bot("Your organisation is confirmed.", "Integrationsrådet i Odense")
    assert council.labels() == ["Find initiatives", "Get notifications"]
    council.presses("Get notifications")
    council.bot("What would you like notifications about?")
    coordinator.bot("It is confirmed.", "Integrationsrådet i Odense")


def test_what_one_mostly_comes_for_is_offered_first() -> None:
    both = ["Find initiatives", "Get notifications"]
    for role, first in (("", ["Report an initiative"]), ("partner", both), ("coordinator", ["Review queue"])):
        talk = somebody(role=role)
        for command in ("/start", "/help", "/cancel"):
            talk.commands(command)
            assert talk.labels()[: len(first)] == first
            assert {"Report an initiative", *both} <= set(talk.labels())
            assert "My reports" not in talk.labels()  # there are none
            assert ({"Calls", "Weekly digest"} <= set(talk.labels())) is (role == "coordinator")


def test_ones_reports_and_ones_organisation_are_offered_where_there_are_any() -> None:
    council = somebody(role="partner")
    council.commands("/start")
    assert "My organisation" not in council.labels()
    council.presses("Choose organisation")
    council.presses("Integration council")
    council.writes("Integrationsrådet i Odense")
    council.writes("odense")
    council.presses("Yes, register it")
    council.commands("/start")
    council.presses("My organisation")
    council.bot("Integrationsrådet i Odense")
    talk = somebody()
    talk.commands("/report")
    talk.writes("odense")
    talk.commands("/help")
    talk.presses("My reports")
    talk.bot("Your drafts and reports: 1")


def test_who_registers_on_the_way_to_something_goes_back_to_it() -> None:
    council, _coordinator = council_and_coordinator()
    council.commands("/subscribe")
    council.presses("Everything new")
    council.presses("Subscribe")
    council.bot("Partners also get notifications about what libraries share only with each other.")
    council.presses("Register as a partner")
    council.presses("Integration council")
    council.writes("Integrationsrådet i Odense")
    council.writes("odense")
    council.presses("Yes, register it")
    council.bot("Thank you.")
    assert "Would you like" not in council.said()
    council.commands("/subscribe")
    council.presses("Everything new")
    council.presses("Subscribe")
    assert "Partners also" not in council.said()


def test_who_is_declined_is_told_and_may_try_again() -> None:
    council, coordinator = council_and_coordinator()
    registers(council)
    first = kept(council).id
    coordinator.presses("Decline")
    council.bot("Your organisation could not be confirmed.", "/settings")
    assert decisions(coordinator) == [OrganisationDecided(first, confirmed=False)]
    registers(council, name="Integrationsrådet i Odense Kommune")
    assert kept(council).id != first
    assert kept(council).state == "waiting"


def test_a_second_coordinator_and_a_second_tap_change_nothing() -> None:
    council, coordinator = council_and_coordinator()
    other = somebody(beside=council, role="owner", name="Bo")
    registers(council)
    confirm = coordinator.press_of(coordinator.button("Confirm"))
    decline = other.press_of(other.button("Decline"))
    coordinator.takes(confirm)
    coordinator.takes(confirm)
    other.takes(decline)
    assert other.toast() == "It is confirmed."
    assert [each for talk in (coordinator, other) for each in decisions(talk)] == decisions(coordinator)[:2]
    assert kept(council).state == "confirmed"


def test_an_old_card_of_an_earlier_registration_confirms_nothing() -> None:
    council, coordinator = council_and_coordinator()
    registers(council)
    confirm = coordinator.press_of(coordinator.button("Confirm"))
    registers_again(council)
    coordinator.takes(confirm)
    assert coordinator.toast() == "That registration is no longer available."
    assert kept(council).state == "waiting"


def registers_again(talk: Dialogue) -> None:
    talk.commands("/settings")
    talk.presses("My organisation")
    talk.bot("Integrationsrådet i Odense", "A coordinator has not confirmed it yet.")
    talk.presses("Change it")
    talk.presses("Charity or voluntary group")
    talk.writes("Something quite different")
    talk.presses("The whole country")
    talk.bot("Charity or voluntary group: Something quite different")
    talk.presses("Yes, register it")


def test_who_was_invited_as_a_partner_needs_no_second_word() -> None:
    council, coordinator = council_and_coordinator()
    book = council.memory.people
    book.made["i1"] = Invitation("i1", "partner", 1, 0, council.now + timedelta(days=3))
    book.codes["right"] = "i1"
    council.commands("/start i_right")
    council.presses("Choose organisation")
    council.presses("Housing association")
    council.writes("Boligforeningen Vollsmose")
    council.writes("Odense")
    assert "Thank you. A coordinator must confirm your organisation. You will get a message here." not in council.said()
    council.presses("Yes, register it")
    council.bot("You are registered. Thank you!")
    assert kept(council).state == "confirmed"
    assert not coordinator.notices


def test_it_can_be_written_in_any_language_and_every_kind_is_known() -> None:
    talk = somebody("da")
    talk.commands("/start")
    talk.presses("Tilmeld råd eller forening")
    talk.writes("boligorganisation")
    talk.writes("Boligforeningen")
    talk.writes("hele landet")
    talk.bot("Boligorganisation: Boligforeningen")
    talk.presses("Ret det")
    talk.writes("ljudska univerza")
    talk.writes("Sprogskolen")
    talk.takes(SharedLocation(55.4, 10.39))
    assert "Odense" in talk.labels()


def test_slips_are_answered_and_nothing_is_registered() -> None:
    talk = somebody()
    talk.commands("/settings")
    talk.presses("My organisation")
    talk.writes("a flying circus")
    talk.bot("Tap one of the buttons.", "What kind of organisation")
    talk.presses("Another kind ›")
    talk.presses("School")
    talk.writes("x")
    talk.bot("Type the name of the organisation.")
    talk.writes("x" * 121)
    talk.bot("That is too long for a name.")
    talk.writes("Skolen")
    talk.writes("Qqqqqqq")
    talk.bot("I do not know that municipality.")
    talk.takes(Pressed("is", "DK-9999", step=talk.memory.session.step))
    talk.bot("Type the name of the municipality.")
    talk.presses("‹ Cancel")
    assert not [each for each in talk.memory.history if isinstance(each, OrganisationRegistered)]


def test_in_the_middle_of_a_report_nothing_is_lost() -> None:
    talk = somebody()
    for words in ("Report an initiative", "Question by question", "odense", "running", "Homework café"):
        talk.writes(words)
    talk.writes("We help children with their")
    talk.takes(Pressed("organisation"))
    talk.presses("Charity or voluntary group")
    talk.writes("Red Cross")
    talk.writes("Odense")
    talk.presses("Yes, register it")
    talk.bot("Thank you.", "We help children with their")


def test_coordinators_see_who_takes_part_where() -> None:
    council, coordinator = council_and_coordinator()
    registers(council)
    coordinator.presses("Confirm")
    other = somebody(beside=council)
    registers(other, "Charity or voluntary group", "Frivilligcentret")
    coordinator.commands("/people")
    coordinator.presses("Partners by municipality")
    coordinator.bot("Partners by municipality", "One partner is registered.", "One is waiting to be confirmed.")
    coordinator.presses("Frivilligcentret")
    coordinator.presses("Confirm")
    coordinator.commands("/people")
    coordinator.presses("Partners by municipality")
    coordinator.presses("Odense 2")
    coordinator.bot("Partners: Odense", "Integrationsrådet i Odense", "Frivilligcentret")


def test_who_is_no_coordinator_confirms_nobody() -> None:
    council, _coordinator = council_and_coordinator()
    registers(council)
    for action in ("partner_yes", "partner_no", "partner_card"):
        turn = council.takes(Pressed(action, kept(council).id))
        assert not turn.outcomes
        assert not turn.notices
    assert kept(council).state == "waiting"


def test_a_partner_who_changes_it_is_confirmed_again() -> None:
    council, coordinator = council_and_coordinator()
    registers(council)
    coordinator.presses("Confirm")
    council.memory.person = Person(1, "en", roles=frozenset({"partner"}))
    council.commands("/settings")
    council.presses("My organisation")
    council.bot("It is confirmed.")
    council.presses("Change it")
    council.presses("Housing association")
    council.writes("Another name")
    council.presses("The whole country")
    council.presses("Yes, register it")
    assert kept(council).state == "waiting"
    coordinator.bot("Someone has asked to register as a partner.", "Another name")
