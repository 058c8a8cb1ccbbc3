"""A report takes few messages and presses, told in one message and question by question."""

import pytest

from tests.understanding.interactions import INITIATIVES, Initiative, asked, told


@pytest.mark.parametrize("initiative", INITIATIVES, ids=lambda each: each.answers["title"])
def test_question_by_question_it_takes_at_most_fourteen(initiative: Initiative) -> None:
    assert asked(initiative) <= 14


def test_told_in_one_message_it_takes_at_most_seven_in_the_mean_and_ten_at_most() -> None:
    took = [told(initiative) for initiative in INITIATIVES]
    assert max(took) <= 10
    assert sum(took) / len(took) <= 7
