"""What authors answer to follow-ups, by tap and in words, and what the report says then."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from conversations.context.session import Session, Turn
from conversations.flows.followups.asking import question_screen
from conversations.model.followups.looking import AskedFollowUp
from conversations.model.followups.questions import FollowUp
from conversations.model.outcomes import (
    Answered,
    DraftStarted,
    FollowUpAnswered,
    FollowUpPutOff,
    ReportPublished,
    ReportSubmitted,
    ReportWithdrawn,
)
from tests.conversations.dialogue import Dialogue

ODENSE: dict[str, str | None] = {"key": "dk-0461", "name": "Odense Biblioteker og Borgerservice"}
PLAN: dict[str, Any] = {
    "library": ODENSE,
    "status": "planned",
    "title": "Language café",
    "summary": "We talk over coffee, for people who learn the language.",
    "themes": ["language_cafe"],
    "target_groups": ["immigrants"],
    "period_start": "2026-11",
    "partners": {"types": ["none"], "names": []},
    "sharing": "public",
}
RUNNING: dict[str, Any] = {**PLAN, "status": "running", "period_start": "2025"}


class Chat(Dialogue):
    """An author with one published report, who is asked about it."""

    def __init__(self, language: str = "en", **answers: Any) -> None:
        super().__init__(language, library=ODENSE)
        told = (Answered("p1", question, value) for question, value in (PLAN | answers).items())
        self.keeps(DraftStarted("p1"), *told, ReportSubmitted("p1"), ReportPublished("p1", 1))
        self.memory.followups.reader = self.memory.person.id

    def keeps(self, *outcomes: object) -> None:
        turn = Turn(Session(1), (), outcomes, language=self.memory.person.language)  # type: ignore[arg-type]
        self.memory.keep(turn, self.now - timedelta(days=40))

    def is_asked(self, kind: FollowUp, number: int = 7) -> None:
        """The timed message with the question."""
        person = self.memory.person.id
        self.memory.followups.questions[number] = AskedFollowUp(number, "p1", kind, person, self.now)
        self.screen = replace(question_screen(kind, self.answers("p1"), number), revision=0)
        self.notices[f"occasion:{number}"] = self.screen

    def said_is(self, *parts: str) -> None:
        """The question says this."""
        assert self.screen is not None
        said = "\n".join(self.reads(line.text) for line in self.screen.lines)
        assert all(part in said for part in parts), said

    def presses_first(self, action: str) -> None:
        """The first button with that action."""
        assert self.screen is not None
        self.takes(self.press_of(next(each for row in self.screen.rows for each in row if each.action == action)))

    def status(self) -> object:
        return self.answers("p1")["status"]

    def last(self) -> str:
        """What was answered last to the question."""
        return next(str(each.answer) for each in self.turn.outcomes if isinstance(each, FollowUpAnswered))  # type: ignore[union-attr]


def test_a_plan_has_started() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.said_is("Has “Language café” started?", "Planned start: November 2026")
    talk.presses("Yes, it has started")
    talk.bot("Good to hear. The report now says that it is running.", buttons=["Open the report"])
    assert (talk.status(), talk.last()) == ("running", "started")


def test_a_plan_that_started_before_its_date_is_asked_for_the_right_one() -> None:
    talk = Chat(period_start="2027-03")
    talk.is_asked(FollowUp.START)
    talk.presses("Yes, it has started")
    talk.bot("The report says that it starts later: March 2027", "When did it start?")
    talk.writes("2 November")
    assert (talk.status(), talk.answers("p1")["period_start"]) == ("running", "2026-11-02")


def test_a_plan_has_moved() -> None:
    talk = Chat(period_end="2026-12")
    talk.is_asked(FollowUp.START)
    talk.presses("It has been moved")
    talk.bot("When do you expect to start?", buttons=["Not decided yet"])
    talk.writes("April 2027")  # after the end of the old plan, which moves with it
    assert (talk.status(), talk.answers("p1")["period_start"]) == ("planned", "2027-04")
    assert talk.answers("p1")["period_end"] is None


def test_a_plan_was_dropped_and_taken_up_again() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.presses("It will not happen")
    talk.bot("the plan was dropped", buttons=["Open the report"])
    assert talk.status() == "stopped"
    talk.presses("Open the report")
    talk.bot("Stage: Dropped", buttons=["Mark as planned again", "Mark as running"])
    talk.presses("Mark as planned again")
    assert talk.status() == "planned"


def test_one_that_has_ended_is_asked_three_things() -> None:
    talk = Chat(**RUNNING, period_end="2026-10")
    talk.is_asked(FollowUp.RESULT)
    talk.said_is("Has “Language café” ended?", "Reported end: October 2026")
    talk.presses("It has ended")
    talk.bot("1 of 3", "What has changed for the people who take part?")
    talk.writes("They speak more in shops.")  # it ends like a whole text, so no Done is needed
    talk.bot("2 of 3", "About how many people took part?")
    talk.writes("about 30 in all")
    talk.bot("3 of 3", "How do you know?")
    talk.presses_first("on")
    talk.presses("Next")
    talk.bot("Thank you. That was all.")
    answers = talk.answers("p1")
    assert (answers["status"], answers["outcome"]) == ("finished", "They speak more in shops.")
    assert answers["participants"]
    assert answers["evidence_types"]


def test_one_without_an_end_is_asked_for_it_first() -> None:
    talk = Chat(**RUNNING)
    talk.is_asked(FollowUp.YEARLY)
    talk.presses("It has ended")
    talk.bot("1 of 4", "When did it end?")
    talk.writes("last month")
    talk.bot("2 of 4", "What has changed")
    talk.presses("Skip")
    talk.bot("3 of 4")
    talk.presses("Skip")
    talk.bot("Thank you. That was all.")  # nothing is known of what changed, so not how it is known either
    assert talk.answers("p1")["period_end"] == "2026-10"


def test_the_three_questions_can_be_left_and_come_back_to() -> None:
    talk = Chat(**RUNNING, period_end="2026-10")
    talk.is_asked(FollowUp.RESULT)
    talk.presses("It has ended")
    talk.writes("they speak more")
    talk.presses("Done")
    talk.bot("2 of 3")
    talk.presses("‹ Back")
    talk.bot("1 of 3", "they speak more")
    talk.commands("/search café")
    talk.commands("/myreports")
    talk.presses_first("open")
    talk.bot("What changed: they speak more")


def test_one_goes_on() -> None:
    talk = Chat(**RUNNING, period_end="2026-10")
    talk.is_asked(FollowUp.RESULT)
    talk.presses("It goes on")
    talk.bot("When will it end?", buttons=["It has no end date"])
    talk.presses("It has no end date")
    assert (talk.status(), talk.answers("p1")["period_end"]) == ("running", "permanent")


@pytest.mark.parametrize(
    ("label", "status"),
    [("Yes, it is running", "running"), ("It is paused", "paused"), ("Something has changed", "running")],
)
def test_once_a_year(label: str, status: str) -> None:
    talk = Chat(**RUNNING)
    talk.is_asked(FollowUp.YEARLY)
    talk.presses(label)
    assert talk.status() == status
    assert any(isinstance(each, FollowUpAnswered) for each in talk.turn.outcomes)  # type: ignore[union-attr]


def test_a_paused_one_runs_again() -> None:
    talk = Chat(**RUNNING | {"status": "paused"})
    talk.is_asked(FollowUp.YEARLY)
    talk.said_is("Is “Language café” still paused?")
    talk.presses("It is running again")
    assert talk.status() == "running"


def test_later() -> None:
    talk = Chat(**RUNNING)
    talk.is_asked(FollowUp.YEARLY)
    talk.presses("Not now")
    assert talk.toast() == "OK, I will ask again in a week."
    assert FollowUpPutOff(7) in talk.turn.outcomes  # type: ignore[union-attr]


# Two phones, and what was taken back meanwhile


def test_it_is_answered_twice_from_two_phones() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    other_phone = talk.screen
    talk.presses("Yes, it has started")
    talk.screen = other_phone
    talk.presses("It will not happen")
    talk.bot("You have answered this already: Yes, it has started", buttons=["Open the report"])
    assert talk.status() == "running"
    assert talk.turn is not None
    assert not talk.turn.outcomes
    assert not talk.turn.notices


def test_the_report_was_withdrawn_meanwhile() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.keeps(ReportWithdrawn("p1"))
    talk.presses("Yes, it has started")
    talk.bot("This report is closed, so you do not need to answer.")
    assert talk.status() == "planned"


def test_the_report_belongs_to_somebody_else_now() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.memory.reports.kept.clear()
    talk.presses("Yes, it has started")
    talk.bot("That report now belongs to a colleague, or it is gone. You do not need to answer.")


def test_the_report_says_something_else_by_now() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.keeps(Answered("p1", "status", "running"))
    talk.presses("It will not happen")
    talk.bot("Nothing was changed: the report says “Running” by now.", buttons=["Open the report"])
    assert talk.status() == "running"


def test_a_question_that_nobody_asked() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.memory.followups.questions.clear()
    talk.presses("Yes, it has started")
    talk.bot("That question is no longer open.")


# In words

WORDS = [
    ("en", FollowUp.START, PLAN, "yes", "started", "running"),
    ("en", FollowUp.START, PLAN, "it's up and running", "started", "running"),
    ("en", FollowUp.START, PLAN, "cancelled, sadly", "dropped", "stopped"),
    ("da", FollowUp.START, PLAN, "ja", "started", "running"),
    ("da", FollowUp.START, PLAN, "vi er gået i gang", "started", "running"),
    ("da", FollowUp.START, PLAN, "det er aflyst", "dropped", "stopped"),
    ("da", FollowUp.START, PLAN, "bliver ikke til noget", "dropped", "stopped"),
    ("sl", FollowUp.START, PLAN, "da", "started", "running"),
    ("sl", FollowUp.START, PLAN, "smo začeli", "started", "running"),
    ("sl", FollowUp.START, PLAN, "odpovedano", "dropped", "stopped"),
    ("sl", FollowUp.START, PLAN, "ga ne bo", "dropped", "stopped"),
    ("en", FollowUp.YEARLY, RUNNING, "still running", "running", "running"),
    ("en", FollowUp.YEARLY, RUNNING, "on hold for now", "paused", "paused"),
    ("en", FollowUp.YEARLY, RUNNING, "it has finished", "ended", "finished"),
    ("da", FollowUp.YEARLY, RUNNING, "det kører stadig", "running", "running"),
    ("da", FollowUp.YEARLY, RUNNING, "holder pause", "paused", "paused"),
    ("da", FollowUp.YEARLY, RUNNING, "vi er stoppet", "ended", "finished"),
    ("sl", FollowUp.YEARLY, RUNNING, "še vedno poteka", "running", "running"),
    ("sl", FollowUp.YEARLY, RUNNING, "imamo premor", "paused", "paused"),
    ("sl", FollowUp.YEARLY, RUNNING, "ne poteka več", "ended", "finished"),
    ("sl", FollowUp.YEARLY, RUNNING, "se je zaključila", "ended", "finished"),
    ("en", FollowUp.RESULT, {**RUNNING, "period_end": "2026-10"}, "no, it goes on", "goes_on", "running"),
    ("da", FollowUp.RESULT, {**RUNNING, "period_end": "2026-10"}, "nej", "goes_on", "running"),
    ("sl", FollowUp.RESULT, {**RUNNING, "period_end": "2026-10"}, "še poteka", "goes_on", "running"),
]


@pytest.mark.parametrize(("language", "kind", "answers", "text", "answer", "status"), WORDS)
def test_in_words(
    language: str, kind: FollowUp, answers: dict[str, object], text: str, answer: str, status: str
) -> None:
    talk = Chat(language, **answers)
    talk.is_asked(kind)
    talk.writes(text)
    assert (talk.last(), talk.status()) == (answer, status)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "moved to April 2027"),
        ("da", "det er flyttet til april 2027"),
        ("da", "udskudt til april 2027"),
        ("sl", "prestavljeno na april 2027"),
    ],
)
def test_moved_and_to_when_in_one_go(language: str, text: str) -> None:
    talk = Chat(language)
    talk.is_asked(FollowUp.START)
    talk.writes(text)
    assert (talk.last(), talk.answers("p1")["period_start"]) == ("moved", "2027-04")


def test_moved_without_saying_when_is_asked() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.writes("not yet")
    talk.bot("When do you expect to start?")
    assert talk.answers("p1")["period_start"] == "2026-11"


def test_a_no_that_may_mean_two_things_is_asked_again() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.writes("no")
    talk.bot("Which of these is it?", buttons=["It has been moved", "It will not happen"])
    assert talk.status() == "planned"


def test_what_came_of_it_is_told_at_once() -> None:
    talk = Chat(**RUNNING | {"status": "finished", "period_end": "2026-10"})
    talk.is_asked(FollowUp.RESULT)
    talk.writes("Most of them speak the language at work now.")
    talk.bot("1 of 3", "Most of them speak the language at work now.", buttons=["Done"])


def test_words_that_say_nothing_of_it_are_read_as_ever() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.writes("hello there")
    assert talk.status() == "planned"
    assert not [each for each in talk.turn.outcomes if isinstance(each, FollowUpAnswered)]  # type: ignore[union-attr]


def test_what_is_written_in_a_draft_belongs_to_it() -> None:
    talk = Chat()
    talk.starts_report()
    talk.is_asked(FollowUp.START)
    talk.writes("yes")
    assert talk.status() == "planned"


def test_after_two_weeks_words_are_no_answer() -> None:
    talk = Chat()
    talk.is_asked(FollowUp.START)
    talk.now = datetime(2026, 12, 24, 9, tzinfo=UTC)
    talk.writes("yes")
    assert talk.status() == "planned"


def test_one_that_ended_runs_again_with_another_end() -> None:
    talk = Chat(**RUNNING | {"status": "finished", "period_end": "2026-10"})
    talk.commands("/myreports")
    talk.presses_first("open")
    talk.presses("Mark as running again")
    talk.bot("When will it end?")
    assert talk.status() == "running"
