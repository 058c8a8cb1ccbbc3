"""Numbers and dates at their questions: what is asked back, and what need not be asked."""

import pytest

from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_report import adding, talked_to


def at_participants() -> Dialogue:
    talk = adding("Results")
    for _ in range(2):
        talk.presses("Skip")
    talk.bot("About how many people took part?")
    return talk


def test_a_month_without_a_year_asks_which_year() -> None:
    talk = talked_to("period_start")
    talk.writes("in October")
    talk.bot("Which year?", buttons=["October 2025", "October 2024"])
    talk.presses("October 2025")
    talk.bot("Who do you do this with?")
    assert talk.answers()["period_start"] == "2025-10"


def test_another_date_may_be_typed_instead_of_a_year() -> None:
    talk = talked_to("period_start")
    talk.writes("in October")
    talk.writes("spring 2024")
    talk.bot("Who do you do this with?")
    assert talk.answers()["period_start"] == "2024-21"


def test_a_start_that_is_not_decided_needs_no_button() -> None:
    talk = talked_to("period_start", status="Planned")
    talk.writes("we have not decided yet")
    assert talk.answers()["period_start"] == "undecided"


def test_what_is_said_with_the_number_is_not_asked() -> None:
    talk = at_participants()
    talk.writes("about 20 each time")
    talk.bot("How many volunteers help?")
    assert talk.answers()["participants"] == {"least": 20, "most": 20, "approximate": True, "counted": "each_time"}


def test_nobody_came_either_each_time_or_in_all() -> None:
    talk = at_participants()
    talk.writes("nobody")
    talk.bot("How many volunteers help?")
    assert talk.answers()["participants"] == {"least": 0, "most": 0, "approximate": False, "counted": None}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("20 families", "And how many people is that, roughly?"),
        ("ages 3 to 6", "I read that as ages."),
        ("a handful", "Roughly how many is that?"),
    ],
)
def test_what_is_no_number_of_people_is_asked_about(typed: str, asked: str) -> None:
    talk = at_participants()
    talk.writes(typed)
    talk.bot(asked)
    talk.writes("12")
    talk.bot("Is that in total, or each time?")


def test_one_of_two_numbers_is_chosen_with_a_tap() -> None:
    talk = at_participants()
    talk.writes("10 each time, 120 in all")
    talk.bot("Which number do you mean?", buttons=["10 each time", "120 in all"])
    talk.presses("120 in all")
    talk.bot("How many volunteers help?")
    assert talk.answers()["participants"] == {"least": 120, "most": 120, "approximate": False, "counted": "in_all"}
