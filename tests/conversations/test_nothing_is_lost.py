"""Words and pictures that were acknowledged stay, whatever their writer turns to."""

import pytest

from conversations.events import Edited, SharedLocation
from conversations.outcomes import Answered, FileReceived
from tests.conversations.dialogue import Dialogue
from tests.conversations.test_moving_about import LIST
from tests.conversations.test_report import SUMMARY, adding, talked_to

BEGINNING = "Only the beginning"


def sent(**given: str) -> Dialogue:
    """A dialogue in front of a report that was sent."""
    talk = talked_to("end", **given)
    talk.presses("Send now")
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
    talk.presses("Yes, a new report")
    talk.commands("/myreports")
    talk.presses("Draft · “Homework café”")
    talk.presses("Keep ›")
    talk.bot("4 of 9", BEGINNING)


def test_two_drafts_keep_what_was_gathered_in_each() -> None:
    talk = talked_to("summary")
    talk.writes(BEGINNING)
    talk.commands("/report")
    talk.presses("New report")
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
    talk.presses("Add to it")
    talk.writes("Coffee is free.")
    talk.presses("‹ To the summary")
    talk.bot("Please read it over", "Coffee is free.")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free."


def test_a_sent_report_corrected_without_done_has_a_new_revision() -> None:
    talk = sent()
    talk.presses("✏️ For")
    talk.writes("Families")
    talk.presses("‹ To the summary")
    talk.bot("Saved. The earlier version is kept.", "For: Children, Families")
    assert talk.answers()["target_groups"] == ["children", "families"]


def test_looking_at_an_answer_with_the_pencil_corrects_nothing() -> None:
    talk = sent()
    before = len(talk.notebook.history)
    talk.presses("✏️ Themes")
    talk.presses("More choices")
    talk.presses("‹ To the summary")
    assert not [done for done in talk.notebook.history[before:] if isinstance(done, Answered)]


def test_money_without_a_note_on_it_is_an_answer() -> None:
    talk = adding("Working together")
    while "Where does the money come from?" not in talk.said():
        talk.presses("Skip")
    talk.presses("Municipality")
    talk.presses("Next")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    while "Please read it over" not in talk.said():
        talk.presses("‹ Back" if "‹ Back" in talk.labels() else "‹ To the summary")
    talk.bot("Funding: Municipality")


def test_the_names_of_partners_stay_when_only_the_kinds_change() -> None:
    talk = talked_to("partners")
    talk.presses("School")
    talk.presses("Next")
    talk.writes("Vollsmose Skole")
    talk.presses("Anyone")
    talk.presses("✏️ Partners")
    talk.writes("Voluntary organisation")
    talk.presses("Next")
    talk.bot("What are their names?", "Vollsmose Skole")
    talk.presses("Keep ›")
    assert talk.answers()["partners"]["names"] == ["Vollsmose Skole"]  # type: ignore[index]
    assert talk.answers()["partners"]["types"] == ["school", "ngo"]  # type: ignore[index]


def test_with_the_pencil_an_answer_goes_only_by_a_button_that_says_so() -> None:
    talk = adding("More about it")
    talk.writes("juni 2026")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    talk.presses("‹ To the summary")
    talk.presses("✏️ End")
    assert "Skip" not in talk.labels()
    talk.presses("Remove this answer")
    assert talk.answers()["period_end"] is None
    talk.presses("✏️ Name")
    assert "Remove this answer" not in talk.labels()


def test_a_story_sent_as_the_name_becomes_the_description() -> None:
    talk = talked_to("title")
    talk.writes(SUMMARY + " " + SUMMARY)
    talk.bot("Your text is kept for the description. Now a short name, please.", "What do you call it?")
    talk.writes("Homework café")
    talk.bot("4 of 9", SUMMARY, buttons=["Done"])


def test_a_list_that_is_one_initiative_is_added_to_what_was_written() -> None:
    talk = talked_to("summary")
    talk.writes(BEGINNING)
    talk.presses("‹ Back")
    talk.writes(LIST)
    talk.presses("One initiative")
    talk.presses("Keep ›")
    talk.bot("4 of 9", BEGINNING, "Samtalekasser")


def test_a_text_that_is_too_long_for_a_description_is_said_to_be() -> None:
    talk = Dialogue()
    talk.writes("A good story. " * 200, forwarded=True)
    talk.bot("There is room for 1,500 characters of your text; the rest of it is still in this chat.")


def test_what_is_forwarded_together_stays_together() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    talk.writes("And there is coffee.", forwarded=True)
    talk.bot("Shall I start a new report with this text?", SUMMARY, "And there is coffee.")
    talk.presses("Yes, a new report")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nAnd there is coffee."


def test_after_days_away_a_finished_draft_is_offered_too() -> None:
    talk = talked_to("end")
    talk.goes_away(72)
    talk.writes("hello")
    talk.bot("Go on with “Homework café”? All questions are answered; it only has to be sent.")


# Changed messages


def test_a_changed_part_is_found_wherever_it_waits() -> None:
    talk = talked_to("summary")
    message = talk.writes("The beginnning")
    talk.presses("‹ Back")
    talk.takes(Edited("The beginning", message))
    talk.bot("Your changed message is noted.", "What do you call it?")
    talk.commands("/cancel")
    talk.takes(Edited("The very beginning", message))
    talk.bot("Your changed message is noted.")
    talk.commands("/report")
    talk.presses("Go on ›")
    talk.presses("Keep ›")
    talk.bot("4 of 9", "The very beginning")


def test_a_changed_part_keeps_its_place_and_the_limit() -> None:
    talk = talked_to("summary")
    first = talk.writes("First.")
    talk.writes("Second.")
    talk.takes(Edited("At first.", first))
    talk.bot("Your changed message is noted.", "At first.\nSecond.")
    talk.takes(Edited("x" * 1600, first))
    talk.bot("That is too long", "At first.\nSecond.")


def test_a_description_of_one_message_is_changed_with_it_after_asking() -> None:
    talk = talked_to("summary")
    message = talk.writes(SUMMARY)
    talk.presses("Done")
    talk.takes(Edited(SUMMARY.replace("Wednesday", "Thursday"), message))
    talk.bot("You changed a message. Shall I replace the saved answer?", "Thursday")
    talk.presses("Yes, replace it")
    assert "Thursday" in str(talk.answers()["summary"])


def test_each_message_of_a_description_can_be_changed_after_done() -> None:
    talk = talked_to("summary")
    first, second = talk.writes(SUMMARY), talk.writes("Cofee is free.")
    talk.writes("Come along.")
    talk.presses("Done")
    talk.takes(Edited("Coffee is free.", second))
    talk.bot("You changed a message. Shall I replace that part of the saved answer?", "Description: Coffee is free.")
    talk.presses("Yes, replace it")
    talk.bot("Saved. The earlier version is kept.", "5 of 9")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free.\nCome along."
    talk.takes(Edited("Every Wednesday.", first))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == "Every Wednesday.\nCoffee is free.\nCome along."


def test_a_changed_part_of_a_saved_answer_keeps_to_the_limit() -> None:
    talk = talked_to("summary")
    talk.writes(SUMMARY)
    message = talk.writes("Coffee is free.")
    talk.presses("Done")
    talk.takes(Edited("x" * 1450, message))
    talk.presses("Yes, replace it")
    talk.bot("That is too long", "The answer stays as it was.")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free."


def test_a_part_that_was_left_without_done_can_be_changed_too() -> None:
    talk = talked_to("end")
    talk.presses("✏️ Description")
    talk.writes(SUMMARY)
    message = talk.writes("Cofee is free.")
    talk.presses("‹ To the summary")
    talk.takes(Edited("Coffee is free.", message))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == SUMMARY + "\nCoffee is free."


def test_a_changed_message_during_another_question_comes_back_to_it() -> None:
    talk = talked_to("title")
    message = talk.writes("Homwork café")
    talk.writes(LIST)
    talk.takes(Edited("Homework café", message))
    talk.presses("Yes, replace it")
    talk.bot("Is this one initiative or several?")
    assert talk.answers()["title"] == "Homework café"


def test_the_text_that_is_asked_about_changes_with_its_message() -> None:
    talk = talked_to("status")
    message = talk.writes(SUMMARY, forwarded=True)
    talk.takes(Edited(SUMMARY.upper(), message))
    talk.presses("Yes, a new report")
    assert talk.answers("r2")["summary"] == SUMMARY.upper()


def test_one_of_several_messages_that_are_asked_about_changes_alone() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    message = talk.writes("Cofee is free.", forwarded=True)
    talk.takes(Edited("Coffee is free.", message))
    talk.bot("Your changed message is noted.", SUMMARY, "Coffee is free.")
    talk.presses("Yes, a new report")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nCoffee is free."
    talk.takes(Edited("And coffee is free.", message))
    talk.bot("Shall I replace that part of the saved answer?")
    talk.presses("Yes, replace it")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nAnd coffee is free."


def test_the_text_that_a_draft_began_with_can_be_changed() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    message = talk.writes(SUMMARY, forwarded=True)
    talk.takes(Edited(SUMMARY.upper(), message))
    talk.bot("Shall I replace the saved answer?")
    talk.presses("Yes, replace it")
    talk.bot("Saved.", "How far has it come?")
    assert talk.answers()["summary"] == SUMMARY.upper()


def test_a_changed_caption_changes_the_description_that_it_became() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.sends_photo(SUMMARY)
    talk.takes(Edited(SUMMARY.upper(), 1))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == SUMMARY.upper()


def test_a_list_that_is_one_initiative_can_be_changed() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    message = talk.writes(LIST)
    talk.presses("One initiative")
    talk.takes(Edited(LIST.upper(), message))
    talk.presses("Yes, replace it")
    assert talk.answers()["summary"] == LIST.upper()


def test_a_list_of_which_several_drafts_were_made_offers_itself_as_the_answer_of_none() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    message = talk.writes(LIST)
    talk.presses("3 initiatives")
    talk.takes(Edited(LIST.upper(), message))
    talk.bot("so nothing is changed", "How far has it come?")


def test_what_was_written_before_going_on_with_a_draft_changes_with_its_message() -> None:
    talk = talked_to("title")
    talk.commands("/cancel")
    message = talk.writes("Homwork café")
    talk.takes(Edited("Homework café", message))
    talk.bot("Your changed message is noted.", "You wrote: Homework café")
    talk.presses("Answer with “Homework café”")
    assert talk.answers()["title"] == "Homework café"


def test_a_change_that_changes_nothing_is_said_to() -> None:
    talk = talked_to("themes")
    talk.takes(Edited("something", 999))
    talk.bot("so nothing is changed", "5 of 9")


# Pictures


def test_new_pictures_need_consent_of_their_own() -> None:
    talk = adding("Pictures and links")
    talk.presses("Skip")
    talk.sends_photo()
    talk.presses("Done")
    talk.presses("Yes")
    while "Please read it over" not in talk.said():
        talk.presses("Skip")
    talk.presses("✏️ Photos")
    talk.sends_photo()
    talk.bot("2 pictures saved.")
    talk.presses("Done")
    talk.bot("Have the people in the picture agreed to its being shown?")
    assert talk.answers()["photo_consent"] is None
    assert len(talk.answers()["photo"]) == 2  # type: ignore[arg-type]


def test_a_picture_sent_to_a_report_that_was_sent_is_part_of_it() -> None:
    talk = sent()
    talk.sends_photo()
    talk.bot("The picture is saved with this report.", "Have the people in the picture agreed")
    talk.presses("Yes")
    talk.bot("Saved.", "Photos: 1 picture")


def test_an_album_sent_to_a_report_is_one_answer_with_one_question_about_consent() -> None:
    talk = sent()
    for _picture in range(3):
        talk.sends_photo(album="a")
        talk.bot("The picture is saved with this report.", "Have the people in the picture agreed")
        assert talk.screen is not None
        assert talk.screen.album == "a"
    assert len(talk.answers()["photo"]) == 3  # type: ignore[arg-type]
    talk.presses("No")
    talk.bot("Consent to photos: No")


def test_a_picture_of_what_has_not_begun_waits() -> None:
    talk = talked_to("partners", status="Planned")
    talk.sends_photo()
    talk.bot("The picture is kept, and shown with the report once the initiative has begun.")


def photos(talk: Dialogue, report: str) -> int:
    return len(talk.answers(report).get("photo") or ())  # type: ignore[arg-type]


def test_a_picture_sent_with_a_forwarded_text_is_part_of_its_report() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    talk.sends_photo("Coffee is free.", album="a")
    talk.bot("The picture waits for your answer.", "Shall I start a new report with this text?", "Coffee is free.")
    talk.sends_photo(album="a")
    talk.bot("2 pictures wait for your answer.")
    assert talk.screen is not None
    assert talk.screen.album == "a"
    talk.presses("Yes, a new report")
    talk.bot("A new report with your text as its description.", "The picture is saved with this report.")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nCoffee is free."
    assert (photos(talk, "r1"), photos(talk, "r2")) == (0, 2)
    assert [type(done) for done in talk.notebook.history].count(FileReceived) == 2


@pytest.mark.parametrize("declines", ["Go on where I was", "/cancel"])
def test_a_picture_that_no_report_came_of_is_said_to_be_gone(declines: str) -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    talk.sends_photo()
    talk.sends_photo()
    talk.commands(declines) if declines.startswith("/") else talk.presses(declines)
    talk.bot("The 2 pictures you sent were not kept.")
    talk.commands("/help")
    assert "not kept" not in talk.said()
    assert not [done for done in talk.notebook.history if isinstance(done, FileReceived)]


@pytest.mark.parametrize(("chosen", "report"), [("Go on ›", "r1"), ("New report", "r2")])
def test_a_picture_sent_before_going_on_with_a_draft_is_part_of_what_is_chosen(chosen: str, report: str) -> None:
    talk = talked_to("title")
    talk.commands("/report")
    talk.sends_photo()
    talk.bot("The picture waits for your answer.", "Go on with a report without a name")
    for command in ("/help", "/report"):
        talk.commands(command)
        assert "not kept" not in talk.said()
    talk.presses(chosen)
    talk.bot("The picture is saved with this report.")
    assert photos(talk, report) == 1


def test_a_picture_sent_to_a_finished_draft_asks_for_consent() -> None:
    talk = talked_to("end")
    talk.commands("/report")
    talk.sends_photo()
    talk.presses("Go on ›")
    talk.bot("The picture is saved with this report.", "Have the people in the picture agreed")
    assert photos(talk, "r1") == 1


def test_a_picture_is_gone_when_another_report_is_opened_and_that_is_said() -> None:
    talk = talked_to("title")
    talk.commands("/report")
    talk.sends_photo()
    talk.presses("My reports")
    talk.presses("Draft · a report without a name")
    talk.bot("The picture you sent was not kept.", "What do you call it?")


@pytest.mark.parametrize("chosen", ["One initiative", "3 initiatives"])
def test_a_picture_sent_with_a_list_is_part_of_the_first_report_of_it(chosen: str) -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.writes(LIST)
    talk.sends_photo("Our café")
    talk.presses(chosen)
    talk.bot("The picture is saved with this report.", "How far has it come?")
    assert [report for report in talk.notebook.kept if photos(talk, report)] == ["r1"]


def test_more_pictures_than_a_report_takes_do_not_wait() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    for _picture in range(4):
        talk.sends_photo(album="a")
    talk.bot("Three pictures wait already, and a report has no room for more.")
    talk.sends_photo(size=21 * 1024 * 1024)
    talk.bot("larger than 20 MB")
    talk.presses("Yes, a new report")
    assert photos(talk, "r2") == 3


def test_what_comes_before_any_report_is_answered() -> None:
    talk = Dialogue()
    talk.takes(SharedLocation(55.4, 10.4))
    talk.bot("Please start a report first, and send that where it is asked for.")
    talk.sends_photo(size=21 * 1024 * 1024)
    talk.bot("larger than 20 MB", buttons=["Report an initiative"])
    assert not talk.notebook.kept


# Dates beside a status that changes


def test_what_was_undecided_is_asked_once_it_has_begun() -> None:
    talk = talked_to("period_start", status="Planned")
    talk.presses("Not decided yet")
    talk.presses("Nobody else")
    talk.presses("Anyone")
    talk.presses("Send now")
    talk.presses("Add more")
    talk.presses("It is running now")
    talk.bot("Saved: It is running now", "When did it start?")
    talk.writes("marts 2026")
    talk.bot("Saved. The earlier version is kept.", "Start: March 2026")


def test_a_start_is_not_after_the_end() -> None:
    talk = adding("More about it")
    talk.writes("juni 2026")
    talk.presses("‹ Back")
    talk.presses("‹ Back")
    talk.presses("‹ To the summary")
    talk.presses("✏️ Start")
    talk.writes("juli 2026")
    talk.bot("That is after it ended (June 2026).")


def test_what_is_too_short_to_replace_an_answer_is_not_forgotten() -> None:
    talk = talked_to("end")
    talk.presses("✏️ Description")
    talk.writes("Too short")
    talk.presses("‹ To the summary")
    talk.bot(SUMMARY, "Begun and not finished: Description.")
    talk.presses("Send now")
    talk.presses("Add more")
    talk.bot("Begun and not finished: Description.")
    talk.presses("✏️ Description")
    talk.bot("Too short")
    talk.commands("/myreports")
    talk.presses("Sent · “Homework café”")
    talk.bot("Begun and not finished: Description.")


# Skipping


def test_what_is_written_is_finished_and_not_skipped() -> None:
    talk = adding("More about it")
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
    before = len(talk.notebook.history)
    talk.presses("Skip")
    talk.bot("Which side of the library")
    assert len(talk.notebook.history) == before
    talk.presses("Learning centre")
    talk.presses("Next")
    assert talk.said().startswith("Saved.\n")
