"""An answer whose question does not apply any more is kept, and is there again when it does."""

from conversations.forms.initiative import INITIATIVE
from tests.conversations.flows.reports.test_report import adding


def test_the_outcome_of_work_that_is_only_planned_after_all() -> None:
    talk = adding("Results")
    talk.writes("The children finish their homework.")
    talk.presses("Done")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    talk.presses("‹ Back to the report")
    talk.bot("What changed: The children finish their homework.")
    talk.presses("✏️ Stage")
    talk.presses("Planned")
    assert "What changed" not in talk.said()
    assert talk.answers()["outcome"] == "The children finish their homework."
    talk.presses("✏️ Stage")
    talk.presses("Finished")
    talk.bot("What changed: The children finish their homework.")


def test_no_end_is_no_answer_once_it_has_ended() -> None:
    answers = {"status": "running", "period_end": "permanent"}
    assert INITIATIVE.relevant_answers(answers)["period_end"] == "permanent"
    assert "period_end" not in INITIATIVE.relevant_answers({**answers, "status": "finished"})
