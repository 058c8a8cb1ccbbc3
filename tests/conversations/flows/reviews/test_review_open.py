"""Reports about which somebody was asked, or nobody can be: what coordinators can still do about them."""

from dataclasses import replace

import pytest

from conversations.language.events import Pressed
from conversations.model.outcomes import ReportClaimed, ReportCorrected, ReportPublished, RequestTakenBack
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reviews.test_review import office, reported, status


def imported(author: Dialogue, *coordinators: Dialogue) -> None:
    """The report that was sent has nobody who can be asked; coordinators look at its card."""
    reports = author.memory.review.reports
    reports["r1"] = replace(reports["r1"], author=None)
    author.memory.reports.kept.clear()
    for each in coordinators:
        each.takes(Pressed("card", "r1"))


def asked(ann: Dialogue, about: str = "Start", question: str = "Did it not start in 2025?") -> None:
    ann.presses("Ask a question")
    ann.presses(about)
    ann.writes(question)


def seen(ann: Dialogue) -> None:
    """What the coordinator looks at is the card again."""
    ann.screen = ann.notices["card:r1"]


def test_nobody_can_be_asked_about_a_report_without_an_author_and_it_says_so() -> None:
    author, ann = office("en")
    reported(author)
    imported(author, ann)
    ann.bot("For review:", "Nobody can be asked about this report", "You can correct it yourself.")
    assert ann.labels() == ["Publish", "Correct it", "Decline", "Read full report"]
    for action in ("ask", "return"):
        ann.takes(Pressed(action, "", "r1", revision=1))
        assert ann.toast().startswith("Nobody can be asked about this report")
    assert status(author) == "submitted"
    assert ann.memory.history == []


def test_a_coordinator_corrects_a_report_without_an_author() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    imported(author, ann, bo)
    ann.presses("Correct it")
    assert "Contact" not in " ".join(ann.labels())
    ann.presses("Start")
    ann.bot("Start: March 2026", "When did it start?")
    ann.writes("some time ago")
    assert status(author) == "submitted"
    ann.writes("October 2025")
    ann.bot("Saved. The earlier version is kept.")
    assert ann.memory.history == [
        ReportClaimed("r1"),
        ReportCorrected("r1", "period_start", "2025-10", "October 2025", 1),
    ]
    bo.bot("For review: “Language café”", "Ann has been reviewing this", "Start: October 2025")
    seen(ann)
    ann.presses("Publish")
    assert status(author) == "published"


def test_what_takes_several_messages_or_taps_is_corrected_as_it_is_answered() -> None:
    author, ann = office("en")
    reported(author)
    imported(author, ann)
    ann.presses("Correct it")
    ann.presses("Description")
    ann.writes("Every Wednesday newcomers and neighbours meet.")
    ann.writes("They talk over coffee.")
    ann.presses("Done")
    seen(ann)
    ann.presses("Correct it")
    ann.presses("Themes")
    ann.presses("Language course")
    ann.writes("next")
    assert author.memory.review.reports["r1"].answers["themes"] == ["language_cafe", "language_course"]
    summary = author.memory.review.reports["r1"].answers["summary"]
    assert summary == "Every Wednesday newcomers and neighbours meet.\nThey talk over coffee."


def test_a_question_that_went_to_nobody_is_answered_by_a_coordinator() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    imported(author, ann)
    ann.bot("Waiting for an answer", "“Did it not start in 2025?”", "Nobody can be asked")
    ann.presses("Correct it")
    ann.bot("Start: March 2026", "When did it start?")
    ann.writes("March 2026")  # it was right
    assert status(author) == "submitted"
    seen(ann)
    ann.bot("For review:", "Asked: “Did it not start in 2025?”", "Start now: March 2026")


def test_one_that_was_returned_to_nobody_is_taken_back_or_corrected() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Send back")
    ann.presses("It names people who take part.")
    imported(author, ann)
    ann.presses("Correct it")
    ann.presses("Name")
    ann.writes("Café")
    assert status(author) == "submitted"
    assert author.memory.review.reports["r1"].reason is None


def test_a_published_one_without_an_author_is_corrected_and_noted() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    imported(author, ann, bo)
    ann.presses("Publish")
    ann.presses("Correct it")
    ann.presses("Name")
    ann.writes("Café")
    bo.bot("Corrected after it was published: “Café”", "Name: before Language café, now Café")
    assert status(author) == "published"


@pytest.mark.parametrize("action", ["correct", "take_back"])
def test_what_has_an_author_and_waits_is_neither_corrected_nor_taken_back(action: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.takes(Pressed(action, "", "r1", revision=1))
    assert ann.memory.history == []
    assert status(author) == "submitted"


def test_a_question_is_taken_back_and_its_author_need_do_nothing() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    asked(ann)
    author.bot("A question about your report", buttons=["Answer"])
    answer = author.press_of(author.button("Answer"))
    seen(bo)
    bo.presses("Withdraw")
    assert bo.toast() == "Withdrawn. The report is waiting for review again."
    assert bo.memory.history == [RequestTakenBack("r1", 1)]
    assert status(author) == "submitted"
    author.bot(
        "The question about your report was withdrawn: “Language café”",
        "A coordinator will read it as it is. You do not need to do anything.",
    )
    assert author.labels() == ["Open the report"]
    author.takes(answer)
    author.bot("Language café · In review")
    seen(ann)
    ann.bot("For review: “Language café”", buttons=["Publish", "Ask a question"])


def test_a_return_is_taken_back() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Send back")
    ann.writes("Please tell more.")
    seen(ann)
    ann.presses("Withdraw")
    author.bot("You do not need to change your report after all: “Language café”")
    assert status(author) == "submitted"


def test_what_is_answered_meanwhile_cannot_be_taken_back() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    seen(ann)
    press = ann.press_of(ann.button("Withdraw"))
    author.presses("Answer")
    author.writes("October 2025")
    ann.takes(press)
    assert ann.toast() == "The report has been changed in the meantime. Read it again."
    assert RequestTakenBack("r1", 1) not in ann.memory.history


def test_it_is_published_while_a_question_is_open_by_those_who_know_of_it() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    knows_nothing = bo.press_of(bo.button("Publish"))
    asked(ann)
    bo.takes(knows_nothing)
    assert bo.toast() == "Ann has asked the author about it."
    assert status(author) == "changes_requested"
    seen(bo)
    bo.presses("Publish")
    assert bo.memory.history == [ReportPublished("r1", 1)]
    author.bot("Your report has been published: “Language café”")


def test_it_is_declined_while_a_question_is_open() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    seen(ann)
    ann.presses("Decline")
    ann.presses("It has been reported already.")
    assert status(author) == "declined"
    author.bot("Your report was declined:")


def test_who_asks_an_author_that_has_stopped_the_bot_is_told_so() -> None:
    author, ann = office("en")
    reported(author)
    reports = author.memory.review.reports
    reports["r1"] = replace(reports["r1"], author_away=True)
    ann.takes(Pressed("card", "r1"))
    ann.bot("Its author has stopped the bot, and will only be told when they come back.")
    ann.presses("Ask a question")
    ann.presses("Start")
    ann.writes("When?")
    ann.bot("Its author has stopped the bot")


def test_an_author_who_is_forgotten_while_the_question_is_written_cannot_be_asked() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Ask a question")
    ann.presses("Start")
    screen = ann.screen
    imported(author)
    ann.screen = screen
    ann.writes("When?")
    ann.bot("Nobody can be asked about this report")
    assert status(author) == "submitted"
