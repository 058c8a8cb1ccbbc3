"""Contact persons: named by a librarian, asked by themselves, found only after their own yes."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from conversations.language.events import Pressed
from conversations.model.contacts import Subject
from conversations.model.experts import ANSWER_WITHIN, LINK_HOLDS
from conversations.model.outcomes import ExpertDescribed, ExpertNamed, NominationAnswered, NominationTakenBack
from conversations.model.people.organisations import Side
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reviews.test_review import reported

CODE = "a-code-nobody-guesses_"
LINK = f"/start x_{CODE}"


class Scene:
    """A librarian with a sent report, somebody who may be named, somebody who looks for advice, and a coordinator."""

    def __init__(self, named: str = "en", librarian: str = "en") -> None:
        self.librarian = Dialogue(librarian)
        self.coordinator = self._beside(roles=("coordinator",), name="Maja")
        self.named = self._beside(named)
        self.seeker = self._beside()
        reported(self.librarian)
        self.librarian.memory.contacts.subjects["r1"] = Subject(
            "Language café", Side("library", "Odense Bibliotekerne", "Odense")
        )

    def _beside(self, language: str = "en", **more: object) -> Dialogue:
        talk = Dialogue(language, beside=self.librarian, **more)  # type: ignore[arg-type]
        talk._ids = (f"p{talk.memory.person.id}x{number}" for number in count(1))
        return talk

    def names(self, name: str = "The host of the café") -> None:
        self.librarian.takes(Pressed("open", "r1"))
        self.librarian.presses("Name a contact person")
        if "Name another" in self.librarian.labels():
            self.librarian.presses("Name another")
        self.librarian.writes(name)

    def agrees(self) -> None:
        self.names()
        self.named.commands(LINK)
        self.named.presses("Give advice")
        self.named.presses("Next")
        self.named.presses("Yes, list me")


def found(talk: Dialogue, words: str = "") -> list[str]:
    talk.commands(f"/experts {words}".strip())
    return [label for label in talk.labels() if label[:1].isdigit()]


@pytest.fixture(autouse=True)
def code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code as long as a real one."""
    before = Dialogue.context
    monkeypatch.setattr(Dialogue, "context", lambda talk: replace(before(talk), new_code=lambda: CODE))


def test_somebody_is_named_asked_and_found_after_three_taps() -> None:
    scene = Scene()
    scene.names()
    scene.librarian.bot(
        "Send this link to The host of the café", f"/start x_{CODE}", "decide for themselves", "the name is deleted"
    )
    assert found(scene.seeker) == []
    scene.named.commands(LINK)
    scene.named.bot(
        "You have been named as a contact person",
        "Named by: Library: Odense Bibliotekerne, Odense",
        "Because of: “Language café”",
        "Nobody finds you unless you say yes.",
        "What can others ask you to do?",
        buttons=["Give advice", "Speak at a theme day", "Join a national project", "No, thank you"],
    )
    scene.named.presses("Give advice")
    assert found(scene.seeker) == []
    scene.named.presses("Next")
    scene.named.bot(
        "May others see this?", "The host of the café", "Give advice", "Language café", "Immigrants", "English"
    )
    scene.named.presses("Yes, list me")
    scene.named.bot("You are listed now.", buttons=["Change it", "Remove me"])
    scene.librarian.bot("The host of the café agreed to be listed", "“Language café”")
    assert found(scene.seeker) == ["1. The host of the café"]
    scene.seeker.presses("1. The host of the café")
    scene.seeker.bot("The host of the café", "Odense", "Give advice", buttons=["Contact"])


def test_a_no_is_one_kind_sentence_and_the_librarian_hears_it_once_without_the_name() -> None:
    scene = Scene()
    scene.names()
    scene.named.commands(LINK)
    scene.named.writes("no thanks")
    scene.named.bot("that is quite all right. Your name is deleted")
    scene.librarian.bot("would rather not be listed. The name is deleted.", "“Language café”")
    assert "host" not in scene.librarian.said()
    told = scene.librarian.did
    scene.named.commands(LINK)
    scene.named.bot("This has been answered already.")
    assert scene.librarian.did == told
    assert [each for each in scene.named.memory.history if isinstance(each, NominationAnswered)] == [
        NominationAnswered(scene.librarian.memory.experts.named_in("r1")[0].id, False)
    ]
    scene.librarian.takes(Pressed("naming", "r1"))
    scene.librarian.bot("Said no; the name is deleted.")


def test_both_phones_of_one_person_answer_once() -> None:
    scene = Scene()
    scene.names()
    other = scene._beside()
    for each in (scene.named, other):
        each.commands(LINK)
        each.presses("Give advice")
        each.presses("Next")
    scene.named.presses("Yes, list me")
    other.presses("Yes, list me")
    other.bot("This has been answered already.")
    other.takes(Pressed("no_thanks", "p9", other.screen.report, other.screen.step))  # type: ignore[union-attr]
    assert len(scene.librarian.memory.experts.experts) == 1
    assert not [each for each in other.memory.history if isinstance(each, ExpertDescribed | NominationAnswered)]


def test_everything_can_be_typed_in_any_language() -> None:
    scene = Scene(named="da")
    scene.names()
    talk = scene.named
    talk.commands(LINK)
    talk.writes("råd og oplæg")
    talk.presses("✏️ Sprog")
    talk.writes("dansk, engelsk og arabisk")
    talk.bot("Taler: dansk, engelsk, arabisk")
    talk.presses("✏️ Bibliotek")
    talk.writes("Vejle Bibliotekerne")
    talk.presses("✏️ Navn")
    talk.writes("Sprogcaféens vært")
    talk.writes("ja")
    talk.bot("Sprogcaféens vært", "Vejle", "arabisk")
    for words in (
        "arabisk i vejle",
        "nogen der taler arabisk",
        "ekspert i sprogcafé",
        "oplægsholder på sprogcafé",
        "Denmark",
    ):
        assert found(scene.seeker, words) == ["1. Sprogcaféens vært"], words


def test_nobody_who_fits_all_of_it_is_said_and_those_who_fit_the_rest_are_shown() -> None:
    scene = Scene()
    scene.agrees()
    assert found(scene.seeker, "language café in Kamnik") == ["1. The host of the café"]
    scene.seeker.bot("Left out:")
    assert found(scene.seeker, "language café in Vejle") == ["1. The host of the café"]
    scene.seeker.bot("Nobody there fits; these are from Syddanmark.")
    assert found(scene.seeker, "home delivery") == []
    scene.seeker.bot("Nobody who agreed fits that.", buttons=["All contact persons", "Offer yourself"])
    scene.seeker.writes("all contact persons")
    assert "1. The host of the café" in scene.seeker.labels()
    scene.seeker.writes("1")
    scene.seeker.bot("Can be asked to: Give advice")


def test_a_message_is_relayed_and_no_address_is_shown() -> None:
    scene = Scene()
    scene.agrees()
    contacts = scene.seeker.memory.contacts
    (expert,) = scene.seeker.memory.experts.experts
    contacts.reporters[f"e.{expert}"] = 3
    contacts.subjects[f"e.{expert}"] = Subject("The host of the café", Side("library", "Odense", "Odense"))
    scene.seeker.memory.partners.libraries[4] = Side("library", "Vejle Bibliotekerne", "Vejle")
    found(scene.seeker)
    scene.seeker.presses("1. The host of the café")
    scene.seeker.presses("Contact")
    scene.seeker.bot("Message to The host of the café", buttons=["We would like your advice"])
    scene.seeker.presses("We would like your advice")
    scene.seeker.writes("desk@vejle.example")
    scene.seeker.presses("Send")
    scene.named.bot("A message to you as a contact person", "Vejle Bibliotekerne", "“We would like your advice”")
    scene.named.presses("Yes, put us in touch")
    scene.named.writes("host@example.org")
    scene.seeker.bot("You are in touch", "host@example.org", buttons=["About this person"])


def test_an_address_is_shown_only_if_they_write_it_for_others() -> None:
    scene = Scene()
    scene.agrees()
    scene.named.presses("Change it")
    scene.named.presses("✏️ Contact details")
    scene.named.bot(
        "Without one, others write to you through the bot", buttons=["None: only through the bot", "‹ Back"]
    )
    scene.named.writes("cafe@example.org")
    scene.named.bot("Saved.", "cafe@example.org")
    found(scene.seeker)
    scene.seeker.presses("1. The host of the café")
    scene.seeker.bot("Contact details: cafe@example.org")


def test_they_are_removed_at_once_on_their_word() -> None:
    scene = Scene()
    scene.agrees()
    scene.named.commands("/experts")
    scene.named.writes("my entry")
    scene.named.writes("remove me")
    scene.named.bot("You are not listed any more")
    assert found(scene.seeker) == []
    scene.librarian.takes(Pressed("naming", "r1"))
    scene.librarian.bot("Agreed, and is not listed any more.")
    scene.seeker.takes(Pressed("expert", "p3x1"))
    scene.seeker.bot("That person is not listed any more.")
    scene.seeker.takes(Pressed("contact", "e.p3x1"))
    scene.seeker.bot("That person is not listed any more.")


def test_a_librarian_offers_themselves_in_their_report() -> None:
    scene = Scene()
    talk = scene.librarian
    talk._ids = (f"q{number}" for number in count(1))
    talk.takes(Pressed("open", "r1"))
    talk.presses("Name a contact person")
    talk.presses("Myself")
    talk.writes("theme days")
    talk.bot("Chosen: Speak at a theme day")
    talk.presses("Next")
    talk.bot("What is your name, as others should see it?")
    talk.writes("The reading host")
    talk.presses("Yes, list me")
    assert found(scene.seeker, "immigrants") == ["1. The reading host"]
    (nomination,) = talk.memory.experts.named_in("r1")
    assert (nomination.state, nomination.person, nomination.name) == ("agreed", 1, "")


def test_the_named_see_their_own_link_is_not_for_the_librarian() -> None:
    scene = Scene()
    scene.names()
    scene.librarian.commands(LINK)
    scene.librarian.bot("This is the link for the person you named.", buttons=["Offer yourself"])


def test_a_link_is_too_old_taken_back_or_wrong_in_one_sentence() -> None:
    scene = Scene()
    scene.names()
    scene.named.goes_away(LINK_HOLDS / timedelta(hours=1))
    scene.named.commands(LINK)
    scene.named.bot("That link is too old. Nothing about you is stored.")
    scene = Scene()
    scene.names()
    scene.librarian.presses("Take it back")
    scene.librarian.bot("The link no longer works, and the name is deleted.")
    scene.named.commands(LINK)
    scene.named.bot("This has been answered already.")
    scene.named.commands("/start x_another-code-that-is-no")
    scene.named.bot("That link cannot be used. Ask for a new one.")
    assert [
        type(each) for each in scene.librarian.memory.history if isinstance(each, ExpertNamed | NominationTakenBack)
    ] == [
        ExpertNamed,
        NominationTakenBack,
    ]


def test_a_report_withdrawn_while_it_is_asked_about() -> None:
    scene = Scene()
    scene.names()
    scene.librarian.takes(Pressed("open", "r1"))
    scene.librarian.presses("Withdraw")
    scene.librarian.presses("Yes, withdraw it")
    scene.named.commands(LINK)
    scene.named.bot("You are not asked any more: the report has been withdrawn.")


def test_a_lost_link_is_made_anew_and_the_old_one_stops() -> None:
    scene = Scene()
    scene.names("Somebody")
    scene.librarian.takes(Pressed("naming", "r1"))
    scene.librarian.bot("Somebody: asked, no answer yet.")
    scene.librarian.presses("New link: Somebody")
    scene.librarian.bot("Send this link to Somebody")
    states = [each.state for each in scene.librarian.memory.experts.nominations.values()]
    assert states == ["taken_back", "asked"]


def test_a_link_pasted_anywhere_is_followed_and_not_stored() -> None:
    scene = Scene()
    scene.names()
    scene.named.starts_report()
    scene.named.writes(f"Look: https://t.me/meldind_bot?start=x_{CODE}")
    scene.named.bot("You have been named as a contact person")


def test_silence_hides_them_and_one_tap_brings_them_back() -> None:
    scene = Scene()
    scene.agrees()
    kept = scene.named.memory.experts.experts
    (this,) = kept
    kept[this] = replace(kept[this], asked_at=scene.named.now)
    assert found(scene.seeker) == ["1. The host of the café"]
    scene.seeker.goes_away(ANSWER_WITHIN / timedelta(hours=1))
    assert found(scene.seeker) == []
    scene.named.commands("/experts")
    scene.named.presses("My entry")
    scene.named.bot("Nobody finds you at the moment", buttons=["Yes, it still holds"])
    scene.named.presses("Yes, it still holds")
    scene.named.bot("You are asked again in a year.")
    scene.named.takes(Pressed("expert_confirmed", this))
    assert found(scene.seeker) == ["1. The host of the café"]


def test_coordinators_see_counts_and_never_who_has_not_agreed() -> None:
    scene = Scene()
    scene.agrees()
    scene.names("Another")
    scene.coordinator.commands("/experts")
    scene.coordinator.bot("One person agreed to be asked.", "Agreed: 1. Asked, no answer yet: 1.")
    assert "Another" not in scene.coordinator.said()
    scene.coordinator.takes(Pressed("naming", "r1"))
    assert "Another" not in scene.coordinator.said()
    scene.seeker.commands("/experts")
    assert "no answer yet" not in scene.seeker.said()


def test_what_the_report_says_of_them_is_not_for_coordinators() -> None:
    scene = Scene()
    scene.coordinator.memory.review.personal["r1"] = {
        "resource_person": {"name": "Secret", "email": "s@example.org", "phone": ""},
        "contact": {"name": "", "email": "desk@example.org", "phone": ""},
    }
    scene.coordinator.takes(Pressed("contacts", "", "r1", revision=1))
    scene.coordinator.bot("desk@example.org")
    assert "Secret" not in scene.coordinator.said()
    scene.agrees()
    scene.coordinator.takes(Pressed("contacts", "", "r1", revision=1))
    scene.coordinator.bot("desk@example.org", "Contact person: The host of the café")
