"""A message that is changed in the chat: its part of an answer changes too, after asking where it was saved."""

import pytest

from conversations.language.events import Edited
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_moving_about import LIST
from tests.conversations.flows.reports.test_report import SUMMARY, talked_to


def test_a_changed_part_is_found_wherever_it_waits() -> None:
    talk = talked_to("summary")
    message = talk.writes("The beginnning")
    talk.presses("‹ Back")
    talk.takes(Edited("The beginning", message))
    talk.bot("Your edited message has been saved.", "What is it called?")
    talk.commands("/cancel")
    talk.takes(Edited("The very beginning", message))
    talk.bot("Your edited message has been saved.")
    talk.starts_report()
    talk.presses("Continue ›")
    talk.presses("Keep this answer ›")
    talk.bot("4 of 9", "The very beginning")


def test_a_changed_part_keeps_its_place_and_the_limit() -> None:
    talk = talked_to("summary")
    first = talk.writes("First.")
    talk.writes("Second.")
    talk.takes(Edited("At first.", first))
    talk.bot("Your edited message has been saved.", "At first.\nSecond.")
    talk.takes(Edited("x" * 1600, first))
    talk.bot("That is too long", "At first.\nSecond.")


def test_a_description_of_one_message_is_changed_with_it_after_asking() -> None:
    talk = talked_to("summary")
    message = talk.writes(SUMMARY)
    talk.takes(Edited(SUMMARY.replace("Wednesday", "Thursday"), message))
    talk.bot("You changed a message. Shall I replace the saved answer?", "Thursday")
    talk.presses("Yes, replace it")
    assert "Thursday" in str(talk.answers()["summary"])


def test_each_message_of_a_description_can_be_changed_after_done() -> None:
    talk = talked_to("summary")
    first, second = talk.writes(SUMMARY), talk.writes("Cofee is free.")
    talk.writes("Come along with friends.")
    talk.takes(Edited("Coffee is free.", second))
    talk.bot("You changed a message. Shall I replace that part of the saved answer?", "Description: Coffee is free.")
    talk.presses("Yes, replace it")
    talk.bot("Saved. The earlier version is kept.", "5 of 9")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free.\nCome along with friends."
    talk.takes(Edited("Every Wednesday.", first))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == "Every Wednesday.\nCoffee is free.\nCome along with friends."


def test_a_changed_part_of_a_saved_answer_keeps_to_the_limit() -> None:
    talk = talked_to("summary")
    talk.writes(SUMMARY)
    message = talk.writes("Coffee is free.")
    talk.takes(Edited("x" * 1450, message))
    talk.presses("Yes, replace it")
    talk.bot("That is too long", "The answer stays as it was.")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free."


def test_a_part_that_was_left_without_done_can_be_changed_too() -> None:
    talk = talked_to("end")
    talk.presses("✏️ Description")
    talk.writes(SUMMARY.removesuffix("."))
    message = talk.writes("Cofee is free")
    talk.presses("‹ Back to the report")
    talk.takes(Edited("Coffee is free.", message))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == SUMMARY.removesuffix(".") + "\nCoffee is free."


def test_a_changed_message_during_another_question_comes_back_to_it() -> None:
    talk = talked_to("title")
    message = talk.writes("Homwork café")
    talk.writes(LIST)
    talk.takes(Edited("Homework café", message))
    talk.presses("Yes, replace it")
    talk.bot("Is this one initiative or several?")
    assert talk.answers()["title"] == "Homework café"


def test_the_text_that_is_asked_about_changes_with_its_message() -> None:
    talk = talked_to("status")
    message = talk.writes(SUMMARY, forwarded=True)
    talk.takes(Edited(SUMMARY.upper(), message))
    talk.presses("Start a new report with it")
    assert talk.answers("r2")["summary"] == SUMMARY.upper()


def test_one_of_several_messages_that_are_asked_about_changes_alone() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    message = talk.writes("Cofee is free.", forwarded=True)
    talk.takes(Edited("Coffee is free.", message))
    talk.bot("Your edited message has been saved.", SUMMARY, "Coffee is free.")
    talk.presses("Start a new report with it")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nCoffee is free."
    talk.takes(Edited("And coffee is free.", message))
    talk.bot("Shall I replace that part of the saved answer?")
    talk.presses("Yes, replace it")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nAnd coffee is free."


def test_the_text_that_a_draft_began_with_can_be_changed() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    message = talk.writes(SUMMARY, forwarded=True)
    talk.takes(Edited(SUMMARY.upper(), message))
    talk.bot("Shall I replace the saved answer?")
    talk.presses("Yes, replace it")
    talk.bot("Saved.", "Who can see this report?")
    assert talk.answers()["summary"] == SUMMARY.upper()


def test_a_changed_caption_changes_the_description_that_it_became() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.sends_photo(SUMMARY)
    talk.takes(Edited(SUMMARY.upper(), 1))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == SUMMARY.upper()


def test_a_list_that_is_one_initiative_can_be_changed() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    message = talk.writes(LIST)
    talk.presses("One initiative")
    talk.takes(Edited(LIST.upper(), message))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == LIST.upper()


def test_a_list_of_which_several_drafts_were_made_offers_itself_as_the_answer_of_none() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    message = talk.writes(LIST)
    talk.presses("3 initiatives")
    talk.takes(Edited(LIST.upper(), message))
    talk.bot(
        "I no longer know what that message was for, so nothing was changed. Tap ✏️ to change an answer.",
        "What stage is it at?",
    )


def test_what_was_written_before_going_on_with_a_draft_changes_with_its_message() -> None:
    talk = talked_to("title")
    talk.commands("/cancel")
    message = talk.writes("Homwork café")
    talk.takes(Edited("Homework café", message))
    talk.bot("Your edited message has been saved.", "You wrote: Homework café")
    talk.presses("Answer with “Homework café”")
    assert talk.answers()["title"] == "Homework café"


def test_a_change_that_changes_nothing_is_said_to() -> None:
    talk = talked_to("themes")
    talk.takes(Edited("something", 999))
    talk.bot("I no longer know what that message was for, so nothing was changed. Tap ✏️ to change an answer.", "5 of 9")


@pytest.mark.parametrize(
    "question", ["title", "summary", "themes", "target_groups", "period_start", "partners", "sharing", "end"]
)
def test_whatever_is_changed_wherever_one_stands_replaces_no_answer_unasked(question: str) -> None:
    for message in range(1, 20):
        talk = talked_to(question)
        before = talk.answers()
        talk.takes(Edited("Something quite different that is long enough for a description.", message))
        assert talk.answers() == before, message
        assert talk.turn is not None
        assert talk.turn.screens, message
