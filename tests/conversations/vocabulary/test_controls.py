"""Words that say what to do: skip, done, back, stop, cancel, help, at every question, in each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.vocabulary.controls import ACTIONS, control
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_report import talked_to


@pytest.mark.parametrize(
    ("language", "typed", "action"),
    [
        ("en", "that's it, thanks", "done"),
        ("en", "i have to go, will finish later", "stop"),
        ("en", "never mind, delete it", "cancel"),
        ("en", "go back one please", "back"),
        ("en", "what do you mean?", "help"),
        ("en", "no idea", "skip"),
        ("da", "det kan jeg ikke svare på", "skip"),
        ("da", "vi stopper her for i dag", "stop"),
        ("da", "/spring over", "skip"),
        ("da", "drop det hele", "cancel"),
        ("da", "tilbge", "back"),
        ("da", "hvad skal jeg skrive?", "help"),
        ("sl", "to bi bilo vse, hvala", "done"),
        ("sl", "bom nadaljevala jutri", "stop"),
        ("sl", "tega ne vemo", "skip"),
        ("sl", "eno vprašanje nazaj", "back"),
        ("sl", "prekliči vse", "cancel"),
        ("sl", "kako to deluje", "help"),
        ("sl", "spring over", "skip"),
        ("da", "?", "help"),
        ("en", "-", "skip"),
    ],
)
def test_what_words_say_to_do(language: str, typed: str, action: str) -> None:
    assert control(typed, language) == action


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("da", "Hjælp til hjemløse"),
        ("da", "Vi stopper madspild"),
        ("en", "Back to school"),
        ("en", "We help people to stop smoking"),
        ("sl", "Pomoč pri domačih nalogah"),
        ("sl", "Nazaj v šolo"),
        ("en", ""),
    ],
)
def test_what_tells_something_says_nothing_to_do(language: str, typed: str) -> None:
    assert control(typed, language) is None


@pytest.mark.parametrize(
    ("typed", "optional", "chosen", "ready", "action"),
    [
        ("no", True, False, False, "skip"),
        ("no", False, False, False, None),
        ("ok", False, True, False, "done"),
        ("ok", False, False, False, None),
        ("looks good, send", False, False, True, "yes"),
        ("no wait, don't send", False, False, True, "no"),
        ("ja send den", False, False, True, "yes"),
        ("še ne", False, False, True, "no"),
    ],
)
def test_what_yes_and_no_say_depends_on_the_place(
    typed: str, optional: bool, chosen: bool, ready: bool, action: str | None
) -> None:
    assert control(typed, "en", optional=optional, chosen=chosen, ready=ready) == action


@given(st.text(), st.sampled_from(["da", "sl", "en"]))
def test_any_text_may_be_asked(text: str, language: str) -> None:
    assert control(text, language) in (None, *ACTIONS)


@pytest.mark.parametrize("typed", ["stop nu, tak", "cancel it", "moram iti"])
@pytest.mark.parametrize("question", ["title", "summary", "themes", "partners"])
def test_a_draft_is_left_by_words_at_every_question(question: str, typed: str) -> None:
    talk = talked_to(question)
    talk.writes(typed)
    talk.bot("Saved as a draft. /report brings you back to it.")
    assert question not in talk.answers()


def test_a_word_that_may_be_the_title_is_asked_about() -> None:
    talk = talked_to("title")
    talk.writes("STOP")
    talk.bot("Stop here, or is “STOP” the name?", buttons=["It is the name", "Stop here"])
    talk.presses("It is the name")
    assert talk.answers()["title"] == "STOP"


def test_a_word_that_may_be_the_title_may_also_stop() -> None:
    talk = talked_to("title")
    talk.writes("konec")
    talk.presses("Stop here")
    talk.bot("Saved as a draft.")
    assert "title" not in talk.answers()


def test_another_title_may_follow_a_word_in_doubt() -> None:
    talk = talked_to("title")
    talk.writes("help")
    talk.bot("Do you need help, or is “help” the name?")
    talk.writes("Homework café")
    assert talk.answers()["title"] == "Homework café"


def test_help_tells_how_to_answer_and_asks_again() -> None:
    talk = talked_to("target_groups")
    talk.writes("hvad mener du?")
    talk.bot("Answer in your own words or tap a button.", "Who is it for?")


def test_a_needed_answer_is_not_skipped() -> None:
    talk = talked_to("themes")
    talk.writes("skip this")
    talk.bot("This answer is needed.", "What is it about?")


def test_what_is_written_is_finished_with_a_word() -> None:
    talk = talked_to("target_groups")
    talk.presses("Children")
    talk.writes("det var det")
    assert talk.answers()["target_groups"] == ["children"]


def test_back_goes_back() -> None:
    talk = talked_to("themes")
    talk.writes("go back a step")
    talk.bot("who is it for, and why?")


def test_a_slash_in_front_makes_no_difference() -> None:
    talk = talked_to("title")
    talk.commands("/back")
    talk.bot("What stage is it at?")


@pytest.mark.parametrize("typed", ["stop nu, tak", "nehaj prosim"])
def test_a_flow_is_left_by_words(typed: str) -> None:
    talk = Dialogue()
    talk.commands("/subscribe")
    talk.presses("Choose step by step")
    talk.writes(typed)
    talk.bot("Stopped. Everything so far is saved.")


@pytest.mark.parametrize(
    ("language", "text", "action"),
    [("en", "stooop", "stop"), ("da", "færdiiig", "done"), ("sl", "nazaaaj", "back")],
)
def test_letters_that_are_drawn_out_count_once(language: str, text: str, action: str) -> None:
    assert control(text, language) == action


@pytest.mark.parametrize(("language", "text"), [("en", "none, go on"), ("da", "ingen, videre"), ("sl", "nič, naprej")])
def test_nothing_and_on_skips_what_may_be_left_out(language: str, text: str) -> None:
    assert control(text, language, optional=True) == "skip"


def test_a_title_of_several_words_that_say_to_go_on_is_a_title() -> None:
    talk = talked_to("title")
    talk.writes("The next one")
    assert talk.answers()["title"] == "The next one"
