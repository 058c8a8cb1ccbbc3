"""What coordinators see of follow-ups, and how they hand a report to somebody else of its library."""

from datetime import timedelta

import pytest

from conversations.language.events import Pressed as Press
from conversations.model.followups.looking import AskedFollowUp, Colleague, FollowUpFigures
from conversations.model.followups.questions import FollowUp
from conversations.model.outcomes import ReportConfirmed, ReportHandedOver
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.followups.test_answers import Chat


def office(language: str = "en") -> tuple[Chat, Dialogue, Dialogue]:
    """An author with a published report, a colleague of the same library, and a coordinator."""
    author = Chat()
    colleague = Dialogue("en", beside=author, roles=["partner"], name="Bo")
    coordinator = Dialogue(language, beside=author, roles=["coordinator"], name="Cy")
    coordinator.memory.followups.near = {"p1": [Colleague(2, "Bo", "en", 3, "Homework café"), Colleague(9, "", "da")]}
    return author, colleague, coordinator


def opens_the_report(coordinator: Dialogue) -> None:
    coordinator.commands("/start r_p1")
    coordinator.presses("Read full report")


def test_who_was_asked_and_what_came_of_it() -> None:
    _author, _colleague, coordinator = office()
    day = coordinator.now - timedelta(days=3)
    coordinator.memory.followups.questions = {
        1: AskedFollowUp(1, "p1", FollowUp.START, 2, day, "started", day, "Language café"),
        2: AskedFollowUp(2, "p1", FollowUp.YEARLY, 1, day + timedelta(days=1), title="Reading group"),
    }
    coordinator.memory.followups.counted = FollowUpFigures(7, {"started": 3, "running": 2, "later": 1}, 1)
    coordinator.commands("/stats")
    if "Follow-ups" not in coordinator.labels():  # there are no figures yet
        coordinator.takes(Press("followups", "0"))
    coordinator.bot(
        "Follow-ups",
        "Asked in the last year: 7. Answered: 5.",
        "Yes, it has started 3, Yes, it is running 2, Asked to be asked later 1",
        "One initiative has not been confirmed for 18 months.",
        "1. Is it still running? 20 November 2026, Person 1: no answer yet",
        "2. Has it started? 19 November 2026, Bo: Yes, it has started",
        buttons=["1. Reading group", "2. Language café", "‹ All figures"],
    )


def test_nobody_else_sees_it() -> None:
    author, *_others = office()
    author.takes(Press("followups", "0"))
    assert author.toast() == "That needs a role that you do not have. /help shows what you can do."


def test_a_report_is_handed_over_and_both_are_told() -> None:
    author, colleague, coordinator = office()
    opens_the_report(coordinator)
    coordinator.presses("Hand over")
    coordinator.bot(
        "Who takes over “Language café”?",
        "1. Bo: 3 reports, the latest “Homework café”",
        "2. Person 9: no published report yet",
    )
    coordinator.presses("1. Bo")
    coordinator.bot("Hand over “Language café” to Bo?", buttons=["Yes, hand it over", "No, keep it"])
    coordinator.presses("Yes, hand it over")
    coordinator.bot("“Language café” is handed over to Bo. Both are told.")
    assert coordinator.turn is not None
    assert coordinator.turn.outcomes == (ReportHandedOver("p1", 2),)
    colleague.bot("You look after this report now: “Language café”", buttons=["Open the report"])
    author.bot("A colleague looks after your report now: “Language café”", "You do not need to do anything.")


def test_it_may_be_kept() -> None:
    author, _colleague, coordinator = office()
    opens_the_report(coordinator)
    coordinator.presses("Hand over")
    coordinator.presses("2. Person 9")
    coordinator.presses("No, keep it")
    coordinator.bot("Who takes over “Language café”?")
    assert not author.notices


def test_twice_is_once() -> None:
    _author, _colleague, coordinator = office()
    coordinator.takes(Press("hand_over_yes", "p1.1"))  # the author has it already
    coordinator.bot("It has been handed over already.")
    coordinator.takes(Press("hand_over_yes", "p1.77"))
    coordinator.bot("That person can no longer take it over.")
    assert not coordinator.memory.followups.handed


def test_nobody_else_of_the_library() -> None:
    _author, _colleague, coordinator = office()
    coordinator.memory.followups.near = {}
    opens_the_report(coordinator)
    coordinator.presses("Hand over")
    coordinator.bot("Nobody else of this library has started the bot")


@pytest.mark.parametrize("action", ["hand_over", "hand_to", "hand_over_yes"])
def test_only_coordinators_hand_over(action: str) -> None:
    author, *_others = office()
    author.memory.followups.near = {"p1": [Colleague(2, "Bo", "en")]}
    author.takes(Press(action, "p1" if action == "hand_over" else "p1.2"))
    assert author.toast() == "That needs a role that you do not have. /help shows what you can do."
    assert not author.memory.followups.handed


# What authors see of it


def test_a_report_says_when_it_was_last_confirmed() -> None:
    author, *_others = office()
    author.memory.followups.said = {"p1": author.now - timedelta(days=600)}
    author.commands("/myreports")
    author.bot("Nobody has confirmed these for 18 months.", buttons=["⚠️ Published · “Language café”"])
    author.presses("⚠️ Published · “Language café”")
    author.bot("⚠️ Not confirmed since 1 April 2025", buttons=["Confirm: still right"])
    author.presses("Confirm: still right")
    author.bot("Thank you. Confirmed today.", "Language café · Published · p1")
    assert "Not confirmed" not in author.said()
    assert author.turn is not None
    assert author.turn.outcomes == (ReportConfirmed("p1"),)
    author.commands("/myreports")
    author.presses("Published · “Language café”")
    author.bot("Last confirmed: 22 November 2026")
