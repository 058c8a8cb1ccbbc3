"""Words and pictures that were acknowledged stay, whatever their writer turns to."""

import pytest

from conversations.language.events import Edited
from conversations.model.outcomes import Answered
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_moving_about import LIST
from tests.conversations.flows.reports.test_report import SUMMARY, adding, talked_to

BEGINNING = "Only the beginning"


def sent(**given: str) -> Dialogue:
    """A dialogue in front of a report that was sent."""
    talk = talked_to("end", **given)
    talk.presses("Send report")
    talk.presses("Add more")
    return talk


@pytest.mark.parametrize("leads_away", ["/report", "/cancel", "/start c_none"])
def test_what_was_gathered_waits_when_a_question_about_something_else_is_left(leads_away: str) -> None:
    talk = talked_to("title")
    message = talk.writes("Homwork café")
    talk.writes(BEGINNING)
    talk.takes(Edited("Homework café", message))
    talk.bot("You changed a message.")
    talk.commands(leads_away)
    talk.commands("/myreports")
    talk.presses("Draft · “Homwork café”")
    talk.bot("4 of 9", BEGINNING, buttons=["Done"])


def test_a_forwarded_post_in_the_middle_leaves_the_draft_as_it_was() -> None:
    talk = talked_to("summary")
    talk.writes(BEGINNING)
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    talk.writes(SUMMARY, forwarded=True)
    talk.presses("Start a new report with it")
    talk.commands("/myreports")
    talk.presses("Draft · “Homework café”")
    talk.presses("Keep this answer ›")
    talk.bot("4 of 9", BEGINNING)


def test_two_drafts_keep_what_was_gathered_in_each() -> None:
    talk = talked_to("summary")
    talk.writes(BEGINNING)
    talk.starts_report()
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.presses("Planned")
    talk.writes("Another one")
    talk.writes("Another beginning")
    for title, words in (("Homework café", BEGINNING), ("Another one", "Another beginning")) * 2:
        talk.commands("/myreports")
        talk.presses(f"Draft · “{title}”")
        talk.bot("4 of 9", words)


def test_a_description_corrected_without_done_is_corrected_all_the_same() -> None:
    talk = talked_to("end")
    talk.presses("✏️ Description")
    talk.presses("Add more text")
    talk.writes("Coffee is free")
    talk.presses("‹ Back to the report")
    talk.bot("Check your report", "Coffee is free")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free"


def test_a_sent_report_corrected_without_done_has_a_new_revision() -> None:
    talk = sent()
    talk.presses("✏️ Who it is for")
    talk.writes("Families")
    talk.presses("‹ Back to the report")
    talk.bot("Saved. The earlier version is kept.", "Who it is for: Children, Families")
    assert talk.answers()["target_groups"] == ["children", "families"]


def test_looking_at_an_answer_with_the_pencil_corrects_nothing() -> None:
    talk = sent()
    before = len(talk.memory.history)
    talk.presses("✏️ Themes")
    talk.presses("More (2 of 2)")
    talk.presses("‹ Back to the report")
    assert not [done for done in talk.memory.history[before:] if isinstance(done, Answered)]


def test_money_without_a_note_on_it_is_an_answer() -> None:
    talk = adding("Help, sharing and funding")
    while "Where does the money come from?" not in talk.said():
        talk.presses("Skip")
    talk.presses("Municipality")
    talk.presses("Next")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    while "Check your report" not in talk.said():
        talk.presses("‹ Back" if "‹ Back" in talk.labels() else "‹ Back to the report")
    talk.bot("Funding: Municipality")


def test_the_names_of_partners_stay_when_only_the_kinds_change() -> None:
    talk = talked_to("partners")
    talk.presses("School")
    talk.presses("Next")
    talk.writes("Vollsmose Skole")
    talk.presses("Anyone (public)")
    talk.presses("✏️ Working with")
    talk.presses("Charity or voluntary group")
    talk.presses("Next")
    talk.bot("What are these partners called?", "Vollsmose Skole")
    talk.presses("Keep this answer ›")
    assert talk.answers()["partners"]["names"] == ["Vollsmose Skole"]  # type: ignore[index]
    assert talk.answers()["partners"]["types"] == ["school", "ngo"]  # type: ignore[index]


def test_with_the_pencil_an_answer_goes_only_by_a_button_that_says_so() -> None:
    talk = adding("More details")
    talk.writes("juni 2026")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    talk.presses("‹ Back to the report")
    talk.presses("✏️ End")
    assert "Skip" not in talk.labels()
    talk.presses("Remove this answer")
    assert talk.answers()["period_end"] is None
    talk.presses("✏️ Name")
    assert "Remove this answer" not in talk.labels()


def test_a_story_sent_as_the_name_becomes_the_description() -> None:
    talk = talked_to("title")
    talk.writes(SUMMARY + " " + SUMMARY)
    talk.bot("Your text is saved for the description. Now type a short name.", "What is it called?")
    talk.writes("Homework café")
    talk.bot("4 of 9", SUMMARY, buttons=["Done"])


def test_a_list_that_is_one_initiative_is_added_to_what_was_written() -> None:
    talk = talked_to("summary")
    talk.writes(BEGINNING)
    talk.presses("‹ Back")
    talk.writes(LIST)
    talk.presses("One initiative")
    talk.presses("Keep this answer ›")
    talk.bot("4 of 9", BEGINNING, "Samtalekasser")


def test_a_text_that_is_too_long_for_a_description_is_said_to_be() -> None:
    talk = Dialogue()
    talk.writes("A good story. " * 200, forwarded=True)
    talk.bot("There is room for 1,500 characters of your text; the rest of it is still in this chat.")


def test_what_is_forwarded_together_stays_together() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    talk.writes("And there is coffee.", forwarded=True)
    talk.bot("What is this text for?", SUMMARY, "And there is coffee.")
    talk.presses("Start a new report with it")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nAnd there is coffee."


def test_after_days_away_a_finished_draft_is_offered_too() -> None:
    talk = talked_to("end")
    talk.goes_away(72)
    talk.writes("hello")
    talk.bot("Continue “Homework café”? All questions are answered; it only has to be sent.")


# Dates beside a status that changes


def test_what_was_undecided_is_asked_once_it_has_begun() -> None:
    talk = talked_to("period_start", status="Planned")
    talk.presses("Not decided yet")
    talk.presses("Nobody else")
    talk.presses("Anyone (public)")
    talk.presses("Send report")
    talk.presses("Add more")
    talk.presses("Mark as running")
    talk.bot("Saved: Mark as running", "When did it start?")
    talk.writes("marts 2026")
    talk.bot("Saved. The earlier version is kept.", "Start: March 2026")


def test_a_start_is_not_after_the_end() -> None:
    talk = adding("More details")
    talk.writes("juni 2026")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    talk.presses("‹ Back to the report")
    talk.presses("✏️ Start")
    talk.writes("juli 2026")
    talk.bot("That is after it ended (June 2026).")


def test_what_is_too_short_to_replace_an_answer_is_not_forgotten() -> None:
    talk = talked_to("end")
    talk.presses("✏️ Description")
    talk.writes("Too short")
    talk.presses("‹ Back to the report")
    talk.bot(SUMMARY, "Started, not finished: Description.")
    talk.presses("Send report")
    talk.presses("Add more")
    talk.bot("Started, not finished: Description.")
    talk.presses("✏️ Description")
    talk.bot("Too short")
    talk.commands("/myreports")
    talk.presses("In review · “Homework café”")
    talk.bot("Started, not finished: Description.")


# Skipping


def test_what_is_written_is_finished_and_not_skipped() -> None:
    talk = adding("More details")
    skip = talk.press_of(talk.button("Skip"))
    talk.presses("Skip")
    talk.presses("Learning centre")
    assert "Skip" not in talk.labels()
    talk.presses("Next")
    skip = talk.press_of(talk.button("Skip"))
    talk.writes("Children had nowhere quiet to sit.")
    assert "Skip" not in talk.labels()
    talk.takes(skip)
    talk.bot("Children had nowhere quiet to sit.", buttons=["Done"])


def test_passing_over_a_question_of_a_sent_report_is_no_correction() -> None:
    talk = sent()
    talk.presses("Add more")
    talk.presses(talk.labels()[1])
    before = len(talk.memory.history)
    talk.presses("Skip")
    talk.bot("What role does the library play here?")
    assert len(talk.memory.history) == before
    talk.presses("Learning centre")
    talk.presses("Next")
    assert talk.said().startswith("Saved.\n")
