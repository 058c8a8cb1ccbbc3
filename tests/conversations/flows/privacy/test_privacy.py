"""What people are told of what is kept about them, and by whom it is kept."""

import pytest

from conversations.model.outcomes import ControllerNamed, PrivacyShown
from conversations.model.privacy import KINDS, VERSION
from tests.conversations.dialogue import Dialogue


def shown(talk: Dialogue) -> list[str]:
    """The versions of the notice that the person was shown."""
    return [each.version for each in talk.memory.history if isinstance(each, PrivacyShown)]


@pytest.mark.parametrize("first", ["/start", "/report", "/start c_none", "/help", "/settings", "/privacy", "hello"])
def test_a_newcomer_reads_the_notice_first_and_once(first: str) -> None:
    talk = Dialogue(privacy_seen="")
    (talk.commands if first.startswith("/") else talk.writes)(first)
    assert "Your data" in talk.said()
    assert "Privacy notice of" in talk.said()
    assert "has changed" not in talk.said()
    talk.starts_report()
    assert "Your data" not in talk.said()
    assert shown(talk) == [VERSION]


def test_a_story_out_of_the_blue_is_answered_with_the_notice_too() -> None:
    talk = Dialogue(privacy_seen="")
    talk.writes("Every Tuesday newcomers and neighbours meet over coffee in the park.")
    talk.bot("Your data", "/privacy")


def test_whoever_saw_an_earlier_notice_is_shown_the_new_one_once() -> None:
    talk = Dialogue(privacy_seen="2025-01-01")
    talk.commands("/myreports")
    talk.bot("The privacy notice has changed.", "Your data", "You have no reports yet.")
    talk.commands("/myreports")
    assert "Your data" not in talk.said()
    assert shown(talk) == [VERSION]


def test_every_kind_of_what_is_kept_tells_what_why_and_how_long() -> None:
    talk = Dialogue()
    talk.commands("/privacy")
    talk.bot(
        "Your data", "Data controller: the library organisation that runs this bot", "Your rights", "Privacy notice of"
    )
    for kind in KINDS:
        talk.presses(talk.reads(kind.title))
        talk.bot(talk.reads(kind.what), "Why:", "How long:")
        talk.presses("‹ Back")
    assert len({kind.key for kind in KINDS}) == len(KINDS)


def test_every_screen_of_the_notice_fits_on_a_small_phone() -> None:
    for language in ("da", "sl", "en"):
        talk = Dialogue(language)
        talk.commands("/privacy")
        assert len(talk.said()) < 800
        for kind in KINDS:
            talk.presses(talk.reads(kind.title))
            assert len(talk.said()) < 500
            talk.commands("/privacy")


def test_the_owner_writes_who_is_responsible_and_the_notice_says_it() -> None:
    talk = Dialogue(roles=("owner",))
    talk.commands("/settings")
    talk.presses("Data controller")
    talk.bot("Who is responsible for the data in this bot?", "Now: the library organisation that runs this bot")
    talk.writes("x" * 201)
    talk.bot("at most 200 characters")
    talk.writes("Kamnik Library, dpo@example.org.")
    talk.bot("Saved: Kamnik Library")
    assert ControllerNamed("Kamnik Library, dpo@example.org.") in talk.memory.history
    talk.commands("/privacy")
    talk.bot("Data controller: Kamnik Library, dpo@example.org\n")


def test_nobody_but_the_owner_is_asked_who_is_responsible() -> None:
    talk = Dialogue(roles=("coordinator",))
    talk.commands("/settings")
    assert "Data controller" not in talk.labels()
