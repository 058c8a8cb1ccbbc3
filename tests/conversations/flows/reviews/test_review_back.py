"""A report that comes back to coordinators, an answer to what they asked, and where they stand after deciding."""

from dataclasses import replace

import pytest

from conversations.context.session import InFlow
from conversations.language.events import Edited, Pressed
from conversations.model.calls import WholeCall
from conversations.model.outcomes import Answered, ReportSentAgain
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_telling import TOLD
from tests.conversations.flows.reviews.test_review import STORY, office, reported, status


def asked(ann: Dialogue, about: str = "Start", question: str = "Did it not start in 2025?") -> None:
    ann.presses("Ask a question")
    ann.presses(about)
    ann.writes(question)


def corrects(author: Dialogue, *answers: tuple[str, str]) -> None:
    """The author changes these answers of the report that was sent."""
    author.takes(Pressed("open", "r1"))
    for label, text in answers:
        author.presses(f"✏️ {label}")
        author.writes(text)


def test_an_answer_typed_when_nothing_is_open_is_the_answer() -> None:
    author, ann = office("en")
    reported(author)
    author.commands("/help")
    asked(ann)
    author.writes("October 2025")
    author.bot(
        "Is that your answer to the coordinators?", "Language café", "“Did it not start in 2025?”", "October 2025"
    )
    author.presses("Answer")
    author.bot("Thank you. Your answer has been sent to the coordinators.")
    assert author.answers()["period_start"] == "2025-10"
    assert status(author) == "submitted"
    ann.bot("For review:", "Asked: “Did it not start in 2025?”", "Start: before March 2026, now October 2025")


def test_an_answer_of_several_messages_needs_no_done() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann, "Description", "What do they talk about?")
    author.writes("They talk about daily life in the town, and sing.")
    author.writes("Coffee is free.")
    author.bot("They talk about daily life in the town, and sing.\nCoffee is free.")
    author.presses("Answer")
    assert author.answers()["summary"] == "They talk about daily life in the town, and sing.\nCoffee is free."
    assert status(author) == "submitted"


def test_words_that_are_no_answer_lead_to_the_question() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    author.writes("some time ago")
    author.presses("Answer")
    author.bot("When did it start?")
    assert status(author) == "changes_requested"
    author.writes("2024")
    assert status(author) == "submitted"


def test_who_meant_something_else_goes_on_where_they_were() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    author.writes("Hello?")
    author.presses("No")
    assert author.memory.session.at is None
    assert status(author) == "changes_requested"


def test_an_answer_typed_at_the_report_itself_and_a_button_to_the_question() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    author.takes(Pressed("open", "r1"))
    author.bot("Needs changes", "A coordinator asks about Start: “Did it not start in 2025?”", buttons=["Answer"])
    author.writes("October 2025")
    author.presses("Answer")
    assert status(author) == "submitted"


def test_of_two_questions_the_one_is_answered_that_is_chosen() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    reported(author, "Café number 2")
    ann.takes(Pressed("card", "r2"))
    asked(ann, "Name", "Which number?")
    author.commands("/help")
    author.writes("Café in the park")
    author.presses("Answer: “Café number 2”")
    assert author.answers("r2")["title"] == "Café in the park"
    assert author.memory.review.reports["r1"].status == "changes_requested"


def test_what_was_taken_back_meanwhile_is_not_answered() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    author.commands("/help")
    author.writes("October 2025")
    screen = author.screen
    ann.screen = ann.notices["card:r1"]
    ann.presses("Withdraw")
    author.screen = screen
    author.presses("Answer")
    author.bot("That question has been answered already, or was withdrawn.")
    assert author.answers()["period_start"] == "2026-03"


@pytest.mark.parametrize(("label", "reason"), [("Send back", "Explain a little more."), ("Decline", "Twice.")])
def test_the_reason_is_on_the_report_for_its_author(label: str, reason: str) -> None:
    author, ann = office("en")
    reported(author)
    ann.presses(label)
    ann.writes(reason)
    author.commands("/myreports")
    author.takes(Pressed("open", "r1"))
    author.bot("Language café", f"Reason: {reason}", "Library")


def test_a_report_that_comes_back_says_what_changed_old_beside_new() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Send back")
    ann.writes("More, please.")
    corrects(author, ("Name", "Café in the park"), ("Start", "2024"))
    author.presses("Send again")
    ann.bot(
        "For review: “Café in the park”",
        "Name: before Language café, now Café in the park",
        "Start: before March 2026, now 2024",
    )
    assert "Description: before" not in ann.said()


def test_a_report_that_comes_back_as_it_was_says_so() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Send back")
    ann.writes("More, please.")
    corrects(author)
    author.presses("Send again")
    ann.bot("Nothing has been changed since it was sent back.")


def test_a_question_about_what_was_told_in_one_message_is_answered_beside_it() -> None:
    author, ann = office("en")
    author.commands("/report")
    message = author.writes(TOLD["en"])
    author.presses("Anyone (public)")
    for text in ("odense", "Tea on Tuesdays"):
        author.writes(text)
    author.presses("Nobody else")
    author.presses("Send report")
    asked(ann, "Who it is for", "Only refugees?")
    author.writes("also immigrants")
    author.presses("Answer")
    author.bot("Chosen: Refugees, Immigrants")
    author.presses("Next")
    assert author.answers()["target_groups"] == ["refugees", "immigrants"]
    assert status(author) == "submitted"
    ann.bot("For review:", "Who it is for: before Refugees, now Refugees, Immigrants")
    author.takes(Edited(TOLD["en"].replace("coffee", "tea"), message))
    author.presses("Yes, replace it")
    author.bot("Saved. The earlier version is kept.")
    assert author.answers()["summary"] == TOLD["en"].replace("coffee", "tea")


def test_who_was_asked_may_say_that_it_is_right() -> None:
    author, ann = office("en")
    reported(author)
    asked(ann)
    author.presses("Answer")
    author.writes("March 2026")
    author.bot("The answer stays as it was.")
    assert author.memory.history[-1] == ReportSentAgain("r1")
    ann.bot("Start now: March 2026")


def test_a_correction_tells_of_all_that_was_changed_that_day_and_of_nothing_else() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Publish")
    corrects(author, ("Name", "Café in the park"))
    ann.bot("Corrected after it was published", "Name: before Language café, now Café in the park")
    corrects(author, ("Start", "2024"))
    ann.bot("Name: before Language café, now Café in the park", "Start: before March 2026, now 2024")
    ann.screen = None
    given = len([each for each in author.memory.history if isinstance(each, Answered)])
    corrects(author, ("Start", "2024"))
    author.bot("The answer stays as it was.")
    assert ann.screen is None
    assert len([each for each in author.memory.history if isinstance(each, Answered)]) == given
    corrects(author, ("Start", "March 2026"), ("Name", "Language café"))
    ann.bot("It is again as it was before.")


def test_a_correction_of_the_next_day_tells_of_that_day() -> None:
    author, ann = office("en")
    reported(author)
    ann.presses("Publish")
    corrects(author, ("Name", "Café in the park"))
    author.now = author.now.replace(day=author.now.day + 1)
    corrects(author, ("Start", "2024"))
    ann.bot("Corrected after it was published", "Start: before March 2026, now 2024")
    assert "Name:" not in ann.said()


def test_the_whole_report_keeps_no_live_buttons_after_the_decision() -> None:
    author, ann, bo = office("en", "en")
    reported(author)
    ann.presses("Read full report")
    ann.bot(STORY, buttons=["Publish", "Contact details"])
    bo.now = ann.now
    ann.presses("Publish")
    ann.screen = ann.notices["whole:r1"]
    ann.bot("Published: “Language café”", "By Ann.", STORY)
    assert ann.labels() == ["Contact details", "Hand over"]
    assert "whole:r1" not in bo.notices


@pytest.mark.parametrize(
    "decides", [("Send back", "It names people who take part."), ("Decline", "It looks like a test.")]
)
def test_after_deciding_a_coordinator_is_back_at_what_waits(decides: tuple[str, str]) -> None:
    author, ann = office("en")
    ann.memory.calls.kept["c"] = WholeCall("c", "en", "open", {"en": "Crisis"})
    reported(author)
    reported(author, "Café number 2")
    ann.takes(Pressed("call_change", "c"))
    opened = ann.memory.session.at
    assert isinstance(opened, InFlow)
    ann.takes(Pressed("card", "r1"))
    for label in decides:
        ann.presses(label)
    assert ann.turn is not None
    (ann.screen,) = ann.turn.screens
    ann.bot("The author will see your reason.", "One report is waiting for review.", "Café number 2")
    assert ann.memory.session.at is None
    ann.presses("Café number 2")
    ann.presses("Ask a question")
    ann.presses("‹ Cancel")
    ann.bot("One report is waiting for review.", "Café number 2")


def test_after_deciding_a_draft_that_was_being_written_can_be_gone_on_with() -> None:
    author, ann = office("en")
    reported(author)
    next(ann._ids)  # the number of the author's report
    ann.starts_report()
    ann.writes("aarhus")
    place = ann.memory.session.at
    ann.takes(Pressed("card", "r1"))
    ann.presses("Send back")
    ann.presses("It names people who take part.")
    assert ann.memory.session.at == place
    assert ann.turn is not None
    (ann.screen,) = ann.turn.screens
    ann.presses("Back to my report ›")
    ann.bot("What stage is it at?")


@pytest.mark.parametrize(
    ("label", "then"), [("Change language", "English"), ("Stop reminders", ""), ("Change time zone", "")]
)
def test_a_press_in_the_settings_never_lands_in_an_old_search(label: str, then: str) -> None:
    author = Dialogue()
    author.commands("/search café")
    found = author.said()
    author.commands("/settings")
    assert "‹ Results" not in author.labels()
    for press in filter(None, (label, then)):
        author.presses(press)
        assert author.said() != found
        assert "‹ Results" not in author.labels()


def test_the_library_that_was_asked_for_in_the_settings_leads_to_no_old_search() -> None:
    author = Dialogue()
    author.memory.person = replace(author.memory.person, library=None)
    author.commands("/search café")
    author.commands("/settings")
    author.presses("Change library")
    author.writes("odense")
    author.bot("Library: Odense Biblioteker og Borgerservice")
    assert author.memory.session.at is None
