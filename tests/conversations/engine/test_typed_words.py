"""Whoever does not tap writes: the words of buttons work wherever there are buttons, in every language."""

import pytest

from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_moving_about import LIST
from tests.conversations.flows.reports.test_report import SUMMARY, talked_to


@pytest.mark.parametrize(
    "typed", ["Send report", "send indmelding", "Pošlji prispevek", "SEND REPORT", "poslji prispevek"]
)
def test_a_report_is_sent_with_words(typed: str) -> None:
    talk = talked_to("end")
    talk.writes(typed)
    talk.bot("Thank you. Your report has been sent.")


@pytest.mark.parametrize(("typed", "status"), [("ja", "withdrawn"), ("Yes", "withdrawn"), ("ne", "submitted")])
def test_a_last_question_is_answered_with_a_word(typed: str, status: str) -> None:
    talk = talked_to("end")
    talk.writes("send report")
    talk.presses("Add more")
    talk.writes("withdraw")
    talk.bot("Withdraw “Homework café”?")
    talk.writes(typed)
    assert talk.memory.reports.kept["r1"].status == status


def test_the_pencil_and_the_modules_are_reached_with_words() -> None:
    talk = talked_to("end")
    talk.writes("name")
    talk.bot("What is it called?")
    talk.writes("tilbage til indmeldingen")
    talk.bot("Check your report")
    talk.writes("ime")
    talk.writes("Homework club")
    talk.bot("Name: Homework club")
    talk.writes("add more")
    talk.writes("Help, sharing and funding")
    talk.bot("Help, sharing and funding · 1 of")


def test_what_is_asked_about_a_text_is_answered_with_words() -> None:
    talk = talked_to("title")
    talk.writes(LIST)
    talk.bot("Is this one initiative or several?")
    talk.writes("one")
    talk.bot("Your text is saved for the description.")
    talk.commands("/cancel")
    talk.writes("mine indmeldinger")
    talk.bot("Your drafts and reports: 1")


def test_going_on_is_written_after_days_away() -> None:
    talk = talked_to("title")
    talk.goes_away(72)
    talk.writes("hello")
    talk.writes("continue")
    talk.bot("3 of 9", "What is it called?")


@pytest.mark.parametrize("typed", ["nobody", "ingen", "z nikomer", "Nihče", "none", "no", "nej", "ne"])
def test_nobody_else_is_said_in_many_ways(typed: str) -> None:
    talk = talked_to("partners")
    talk.writes(typed)
    talk.bot("9 of 9")
    assert talk.answers()["partners"] == {"types": ["none"], "names": []}


@pytest.mark.parametrize("typed", ["da", "Dansk", "dansk"])
def test_a_language_is_named_with_the_command(typed: str) -> None:
    talk = talked_to("themes")
    talk.commands(f"/language {typed}")
    talk.bot("5 af 9", "Hvad handler det om?")


def test_a_text_for_a_description_is_no_button() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.writes("Report an initiative, they said, and so we do: " + SUMMARY)
    talk.bot("Shall I start a new report with this text?")


def test_what_a_press_is_told_in_a_short_word_is_said_to_whoever_writes() -> None:
    talk = talked_to("summary")
    talk.writes("Homework")
    talk.writes("done")
    assert talk.turn is not None
    assert talk.turn.screens
    talk.bot("Write a little more: 22 characters are missing.", "What do you do, who is it for, and why?")


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("osebe s posebnimi potrebami", "people_with_disabilities"),
        ("handicappede", "people_with_disabilities"),
        ("migranter", "immigrants"),
        ("starostniki", "older_people"),
    ],
)
def test_a_group_is_known_by_what_libraries_call_it(typed: str, chosen: str) -> None:
    talk = talked_to("target_groups")
    talk.writes(typed)
    talk.writes("next")
    assert talk.answers()["target_groups"] == [chosen]
