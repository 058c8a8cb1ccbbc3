"""Back, skip, edit, resume, several drafts, lists, forwarded posts, changed messages, other languages."""

from dataclasses import replace

import pytest

from conversations.context.session import AtSummary, Filling, Session
from conversations.language.events import Commanded, Edited, Pressed, SentUnsupported, Wrote
from conversations.model.calls import Call
from conversations.model.outcomes import DraftStarted
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_report import SUMMARY, talked_to


def test_going_back_loses_no_later_answer() -> None:
    talk = talked_to("partners")
    for _question in range(4):
        talk.presses("‹ Back")
    talk.bot("4 of 9", "Your answer: " + SUMMARY)
    talk.presses("Keep this answer ›")
    talk.bot("8 of 9", "Who do you do this with?")


def test_what_was_gathered_waits_when_one_goes_back() -> None:
    talk = talked_to("summary")
    talk.writes("Only the beginning")
    talk.presses("‹ Back")
    talk.bot("Your answer: Homework café")
    talk.presses("Keep this answer ›")
    talk.bot("4 of 9", "Only the beginning")


def test_an_answer_can_be_added_to() -> None:
    talk = talked_to("themes")
    talk.presses("‹ Back")
    talk.presses("Add more text")
    talk.writes("Coffee is free.")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free."


def test_every_line_of_the_summary_has_a_pencil_that_comes_back_to_it() -> None:
    talk = talked_to("end")
    talk.presses("✏️ Name")
    talk.bot("Your answer: Homework café", buttons=["‹ Back to the report"])
    talk.writes("Homework club")
    talk.bot("Check your report", "Name: Homework club")
    talk.presses("✏️ Name")
    talk.presses("‹ Back to the report")
    talk.bot("Name: Homework club")


def test_the_language_changes_in_place_and_the_draft_stays() -> None:
    talk = talked_to("themes")
    talk.presses("🌐")
    talk.bot("Choose your language.", buttons=["Dansk", "Slovenščina", "English"])
    talk.presses("Dansk")
    talk.bot("5 af 9", "Hvad handler det om?", buttons=["Lektiehjælp"])
    talk.commands("/language")
    talk.presses("Slovenščina")
    talk.bot("5 od 9", "Za katera področja gre?", buttons=["Učna pomoč"])


def test_cancel_keeps_the_draft_and_says_so() -> None:
    talk = talked_to("summary")
    talk.writes("Only the beginning")
    talk.commands("/cancel")
    talk.bot("Saved as a draft. /report brings you back to it.")
    talk.starts_report()
    talk.bot("Continue “Homework café”, question 4 of 9?")
    talk.presses("Continue ›")
    talk.bot("4 of 9", "Only the beginning")
    talk.commands("/cancel")
    talk.commands("/cancel")
    talk.bot("There is nothing to stop.")


def test_every_command_works_in_the_middle_and_nothing_is_lost() -> None:
    for command in ("/help", "/privacy", "/settings", "/language", "/myreports", "/start"):
        talk = talked_to("summary")
        talk.writes("Only the beginning")
        talk.commands(command)
        assert talk.memory.session.at is not None
        talk.writes("and now more than thirty characters.")
        talk.bot("Only the beginning and now more", "5 of 9")


def test_after_days_away_any_message_offers_to_go_on() -> None:
    talk = talked_to("title")
    talk.goes_away(72)
    talk.writes("hello again")
    talk.bot("Continue a report without a name, question 3 of 9?", "You wrote: hello again")
    talk.presses("Answer with “hello again”")
    talk.bot("4 of 9")
    assert talk.answers()["title"] == "hello again"


def test_out_of_the_blue_the_last_draft_is_offered() -> None:
    talk = talked_to("title")
    talk.commands("/cancel")
    talk.writes("hello")
    talk.bot("Continue a report without a name, question 3 of 9?")
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.bot("What stage is it at?")
    assert [type(outcome) for outcome in talk.memory.history].count(DraftStarted) == 2


def test_several_drafts_at_once() -> None:
    talk = talked_to("title")
    talk.writes("First")
    talk.starts_report()
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.presses("Planned")
    talk.writes("Second")
    talk.commands("/myreports")
    talk.bot("Your drafts and reports: 2", buttons=["Draft · “First”", "Draft · “Second”"])
    talk.presses("Draft · “First”")
    talk.bot("4 of 9", "What do you do, who is it for, and why?")
    talk.commands("/myreports")
    talk.presses("Draft · “Second”")
    talk.bot("4 of 9", "What are you planning to do, who is it for, and why?")


def test_more_drafts_than_anybody_needs_are_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("conversations.engine.engine.MOST_DRAFTS", 2)
    talk = talked_to("title")
    talk.writes("First")
    talk.starts_report()
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.presses("Planned")
    talk.writes("Second")
    talk.starts_report()
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.bot("You have 2 drafts that have not been sent. Send or delete one of them first")
    assert len(talk.memory.reports.kept) == 2
    talk.commands("/cancel")
    talk.writes("• Language café\n• Homework help\n• Book bus")
    talk.presses("3 initiatives")
    talk.bot("You have 2 drafts that have not been sent.")


def test_a_forwarded_post_starts_a_draft() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.writes(SUMMARY, forwarded=True)
    talk.bot("Who can see this report?")
    assert talk.answers()["summary"] == SUMMARY


def test_a_photo_starts_a_draft_and_its_album_stays_together() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.sends_photo(SUMMARY, album="a")
    talk.sends_photo(album="a")
    talk.bot("The photo is saved with this report.", "Who can see this report?")
    assert len(talk.memory.reports.kept) == 1
    assert len(talk.answers()["photo"]) == 2  # type: ignore[arg-type]
    assert talk.answers()["summary"] == SUMMARY


LIST = "• Biblioteket Kommer\nBooks for those who cannot come themselves.\n• Lektiehjælp\n• Samtalekasser"


def test_a_list_of_offers_makes_one_draft_a_line() -> None:
    talk = talked_to("title")
    talk.writes(LIST)
    talk.bot(
        "Is this one initiative or several?",
        "Biblioteket Kommer",
        buttons=["One initiative", "3 initiatives"],
    )
    talk.presses("3 initiatives")
    talk.bot("3 drafts created. The first is “Biblioteket Kommer”")
    titles = {report.title for report in talk.memory.reports.own()}
    assert titles == {"Biblioteket Kommer", "Lektiehjælp", "Samtalekasser"}
    assert all(report.answers["status"] == "running" for report in talk.memory.reports.own())


def test_a_list_may_be_one_initiative() -> None:
    talk = talked_to("summary")
    talk.writes(LIST)
    talk.presses("One initiative")
    talk.bot("4 of 9", "Samtalekasser", buttons=["Done"])


def test_again_copies_the_last_report() -> None:
    talk = talked_to("end")
    talk.presses("Send report")
    talk.commands("/again")
    talk.bot("A copy of “Homework café”. I only ask about what may be new.", "When did it start?")
    talk.writes("2026")
    talk.bot("Check your report", "Name: Homework café")


def test_a_sent_report_is_read_corrected_and_moved_on() -> None:
    talk = talked_to("end", status="Planned")
    talk.presses("Send report")
    talk.commands("/myreports")
    talk.presses("In review · “Homework café”")
    talk.bot("Homework café · In review · r1", buttons=["Mark as running", "Mark as finished", "Withdraw", "Add more"])
    talk.presses("✏️ Name")
    talk.writes("Homework club")
    talk.bot("Saved. The earlier version is kept.", "Homework club · In review · r1")
    talk.presses("Mark as running")
    talk.bot("Saved: Mark as running", "What has changed for the people who take part?")
    talk.writes("They finish their homework.")
    talk.presses("Done")
    talk.bot("Saved.", "How do you know?")
    assert talk.answers()["status"] == "running"
    assert talk.memory.reports.kept["r1"].status == "submitted"


def test_a_report_is_withdrawn_only_after_a_second_question() -> None:
    talk = talked_to("end")
    talk.presses("Send report")
    talk.commands("/myreports")
    talk.presses("In review · “Homework café”")
    talk.presses("Withdraw")
    talk.bot("Withdraw “Homework café”?", buttons=["No, keep it", "Yes, withdraw it"])
    talk.presses("Yes, withdraw it")
    talk.bot("Withdrawn: Homework café")
    assert talk.memory.reports.kept["r1"].status == "withdrawn"
    talk.commands("/myreports")
    talk.presses("Withdrawn · “Homework café”")
    assert talk.labels() == ["Copy into a new report", "🌐"]
    talk.takes(Pressed("edit", "title", "r1", talk.memory.session.step))
    talk.bot("This report is closed. You can copy it into a new one.")


def test_a_changed_message_replaces_the_saved_answer_only_after_asking() -> None:
    talk = talked_to("title")
    message = talk.writes("Homwork café")
    talk.takes(Edited("Homework café", message))
    talk.bot("You changed a message. Shall I replace the saved answer?", "Name: Homework café")
    talk.presses("Yes, replace it")
    talk.bot("Saved. The earlier version is kept.", "4 of 9")
    assert talk.answers()["title"] == "Homework café"


def test_a_changed_part_of_a_description_is_changed_there() -> None:
    talk = talked_to("summary")
    message = talk.writes("The beginnning")
    talk.takes(Edited("The beginning", message))
    talk.bot("Your edited message has been saved.", "The beginning")


def test_an_old_button_changes_nothing_and_shows_where_one_stands() -> None:
    talk = talked_to("status")
    old = talk.press_of(talk.button("Planned"))
    talk.presses("Running")
    talk.takes(old)
    talk.bot("3 of 9", "What is it called?")
    assert talk.toast() == "That button is out of date. Here is your current step."
    assert talk.answers()["status"] == "running"


def test_a_typo_in_a_command_is_corrected_but_a_title_may_begin_with_a_slash() -> None:
    talk = talked_to("title")
    talk.takes(Commanded("reprot", "/reprot"))
    talk.bot("I do not know /reprot. Did you mean /report?", "What is it called?")
    talk.takes(Commanded("nethood", "//Nethood"))
    assert talk.answers()["title"] == "//Nethood"


def test_what_no_question_takes_is_answered_kindly_and_the_question_stays() -> None:
    for kind in ("sticker", "dice", "video_note", "poll", "audio"):
        talk = talked_to("title")
        talk.takes(SentUnsupported(kind))
        talk.bot("What is it called?")
        assert len(talk.said().splitlines()) > 3
    talk = talked_to("title")
    talk.takes(Wrote("", 7))
    talk.bot("That message was empty. Type your answer.", "What is it called?")


def test_settings_change_the_library_and_come_back() -> None:
    talk = talked_to("title")
    talk.commands("/settings")
    talk.bot("Library: Odense Bibliotekerne")
    talk.presses("Change library")
    talk.writes("kamnik")
    talk.bot("What is it called?")
    assert talk.memory.person.library is not None
    assert "Kamnik" in str(talk.memory.person.library["name"])


def test_after_a_restart_the_screen_is_the_same() -> None:
    talk = talked_to("themes")
    talk.presses("Homework help")
    before = talk.said()
    assert talk.redraws() == before


def test_drafts_of_one_name_are_told_apart_by_their_numbers() -> None:
    talk = talked_to("end")
    talk.presses("Send report")
    for _copy in range(2):
        talk.commands("/again")
    talk.commands("/myreports")
    assert {"In review · “Homework café”", "Draft · r2 · “Homework café”", "Draft · r3 · “Homework café”"} < set(
        talk.labels()
    )


def test_a_long_name_leaves_room_on_its_button() -> None:
    talk = talked_to("title")
    talk.writes("Homework café for children and parents in the library of Vollsmose, every Wednesday")
    talk.commands("/myreports")
    talk.presses("Draft · “Homework café for children and parents…”")
    talk.bot("4 of 9")


def test_long_names_that_begin_alike_are_told_apart_by_their_numbers() -> None:
    talk = talked_to("title")
    talk.writes("Homework café for children and parents in the library of Vollsmose")
    talk.starts_report()
    talk.presses("New report")
    talk.goes_question_by_question()
    talk.presses("Planned")
    talk.writes("Homework café for children and parents in the library of Bolbro")
    talk.commands("/myreports")
    label = "Draft · {} · “Homework café for children and parents…”"
    assert {label.format("r1"), label.format("r2")} < set(talk.labels())


def test_a_copy_of_a_report_to_a_closed_call_answers_no_call() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"}, calls=[Call("winter", "Winter")])
    talk.commands("/start c_winter")
    talk.goes_question_by_question()
    talk.commands("/again")
    assert talk.answers("r2")["campaign"] == "winter"
    talk.memory.calls.kept.clear()
    talk.commands("/again")
    assert "campaign" not in talk.answers("r3")


@pytest.mark.parametrize(("hours", "asks"), [(11.9, False), (12.1, True)])
def test_a_correction_after_twelve_hours_is_asked_about_first(hours: float, asks: bool) -> None:
    talk = talked_to("summary")
    talk.memory.review.reports["r1"] = replace(talk.memory.review.reports["r1"], status="submitted")
    talk.memory.session = Session(9, Filling("r1", "title", editing=True), talk.now)
    talk.goes_away(hours)
    talk.writes("Is anybody there?")
    assert (talk.answers()["title"] == "Is anybody there?") != asks
    if asks:
        talk.bot("You wrote: Is anybody there?")


def test_what_is_written_days_after_one_read_over_what_was_sent_is_about_no_draft() -> None:
    talk = talked_to("summary")
    talk.memory.review.reports["r1"] = replace(talk.memory.review.reports["r1"], status="submitted")
    talk.memory.session = Session(9, AtSummary("r1"), talk.now)
    talk.goes_away(72)
    talk.writes("Is anybody there?")
    assert "question 3" not in talk.said()
