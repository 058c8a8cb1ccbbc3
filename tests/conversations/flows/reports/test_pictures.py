"""Pictures, whenever they come: kept with the report they lead to, or said to be gone."""

import pytest

from conversations.language.events import SharedLocation
from conversations.model.outcomes import FileReceived
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_moving_about import LIST
from tests.conversations.flows.reports.test_nothing_is_lost import sent
from tests.conversations.flows.reports.test_report import SUMMARY, adding, talked_to


def test_new_pictures_need_consent_of_their_own() -> None:
    talk = adding("Photos and links")
    talk.presses("Skip")
    talk.sends_photo()
    talk.presses("Done")
    talk.presses("Yes")
    talk.presses("‹ Back to the report")
    talk.presses("✏️ Photos")
    talk.sends_photo()
    talk.bot("2 photos saved.")
    talk.presses("Done")
    talk.bot("Have the people in the photo agreed to it being shown?")
    assert talk.answers()["photo_consent"] is None
    assert len(talk.answers()["photo"]) == 2  # type: ignore[arg-type]


def test_a_picture_sent_to_a_report_that_was_sent_is_part_of_it() -> None:
    talk = sent()
    talk.sends_photo()
    talk.bot("The photo is saved with this report.", "Have the people in the photo agreed to it being shown?")
    talk.presses("Yes")
    talk.bot("Saved.", "Photos: 1 photo")


def test_an_album_sent_to_a_report_is_one_answer_with_one_question_about_consent() -> None:
    talk = sent()
    for _picture in range(3):
        talk.sends_photo(album="a")
        talk.bot("The photo is saved with this report.", "Have the people in the photo agreed to it being shown?")
        assert talk.screen is not None
        assert talk.screen.album == "a"
    assert len(talk.answers()["photo"]) == 3  # type: ignore[arg-type]
    talk.presses("No")
    talk.bot("Consent to photos: No")


def test_a_picture_of_what_has_not_begun_waits() -> None:
    talk = talked_to("partners", status="Planned")
    talk.sends_photo()
    talk.bot("The photo is saved. It will be shown with the report once the initiative has started.")


def photos(talk: Dialogue, report: str) -> int:
    return len(talk.answers(report).get("photo") or ())  # type: ignore[arg-type]


def test_a_picture_sent_with_a_forwarded_text_is_part_of_its_report() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    talk.sends_photo("Coffee is free.", album="a")
    talk.bot("The photo is waiting for your answer.", "What is this text for?", "Coffee is free.")
    talk.sends_photo(album="a")
    talk.bot("2 photos are waiting for your answer.")
    assert talk.screen is not None
    assert talk.screen.album == "a"
    talk.presses("Start a new report with it")
    talk.bot("The photo is saved with this report.")
    assert talk.answers("r2")["summary"] == SUMMARY + "\nCoffee is free."
    assert (photos(talk, "r1"), photos(talk, "r2")) == (0, 2)
    assert [type(done) for done in talk.memory.history].count(FileReceived) == 2


@pytest.mark.parametrize("declines", ["Continue where I was", "/cancel"])
def test_a_picture_that_no_report_came_of_is_said_to_be_gone(declines: str) -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    talk.sends_photo()
    talk.sends_photo()
    talk.commands(declines) if declines.startswith("/") else talk.presses(declines)
    talk.bot("The 2 photos you sent were not saved.")
    talk.commands("/help")
    assert "not kept" not in talk.said()
    assert not [done for done in talk.memory.history if isinstance(done, FileReceived)]


@pytest.mark.parametrize(("chosen", "report"), [("Continue ›", "r1"), ("New report", "r2")])
def test_a_picture_sent_before_going_on_with_a_draft_is_part_of_what_is_chosen(chosen: str, report: str) -> None:
    talk = talked_to("title")
    talk.starts_report()
    talk.sends_photo()
    talk.bot("The photo is waiting for your answer.", "Continue a report without a name")
    for command in ("/help", "/report"):
        talk.commands(command)
        assert "not kept" not in talk.said()
    talk.presses(chosen)
    talk.goes_question_by_question()
    talk.bot("The photo is saved with this report.")
    assert photos(talk, report) == 1


def test_a_picture_sent_to_a_finished_draft_asks_for_consent() -> None:
    talk = talked_to("end")
    talk.starts_report()
    talk.sends_photo()
    talk.presses("Continue ›")
    talk.bot("The photo is saved with this report.", "Have the people in the photo agreed to it being shown?")
    assert photos(talk, "r1") == 1


def test_a_picture_is_gone_when_another_report_is_opened_and_that_is_said() -> None:
    talk = talked_to("title")
    talk.starts_report()
    talk.sends_photo()
    talk.presses("My reports")
    talk.presses("Draft · a report without a name")
    talk.bot("The photo you sent was not saved.", "What is it called?")


@pytest.mark.parametrize("chosen", ["One initiative", "3 initiatives"])
def test_a_picture_sent_with_a_list_is_part_of_the_first_report_of_it(chosen: str) -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.writes(LIST)
    talk.sends_photo("Our café")
    talk.presses(chosen)
    talk.bot("The photo is saved with this report.", "What stage is it at?")
    assert [report for report in talk.memory.reports.kept if photos(talk, report)] == ["r1"]


def test_more_pictures_than_a_report_takes_do_not_wait() -> None:
    talk = talked_to("status")
    talk.writes(SUMMARY, forwarded=True)
    for _picture in range(4):
        talk.sends_photo(album="a")
    talk.bot("Three photos are waiting already, and a report has no room for more.")
    talk.sends_photo(size=21 * 1024 * 1024)
    talk.bot("larger than 20 MB")
    talk.presses("Start a new report with it")
    assert photos(talk, "r2") == 3


def test_what_comes_before_any_report_is_answered() -> None:
    talk = Dialogue()
    talk.takes(SharedLocation(55.4, 10.4))
    talk.bot("Start a report first, and send that where I ask for it.")
    talk.sends_photo(size=21 * 1024 * 1024)
    talk.bot("larger than 20 MB", buttons=["Report an initiative"])
    assert not talk.memory.reports.kept


def test_whatever_an_albums_pictures_are_told_is_one_message() -> None:
    for place in ("title", "summary", "themes", "end"):
        talk = talked_to(place)
        for size in (1000, 1000, 30_000_000, 1000, 1000, 1000):
            talk.sends_photo(album="a", size=size)
            assert talk.turn is not None
            assert [screen.album for screen in talk.turn.screens] == ["a"], (place, size)
