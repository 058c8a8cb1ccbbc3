"""Files that come with an answer: they are counted, and those who review can open them."""

from dataclasses import replace

import pytest

from conversations.context.session import AtSummary
from conversations.language.events import File, Pressed, SentFile
from conversations.model.attached import ReportFile
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_report import adding

PDF = File("document", "pdf-ref", "evaluation.pdf", "application/pdf", 9000)
VOICE = File("voice", "voice-ref", "", "audio/ogg", 9000)


def sends(talk: Dialogue, *files: File, caption: str = "") -> None:
    for file in files:
        talk.takes(SentFile(file, caption, message=900 + talk.did))


def at_the_outcome() -> Dialogue:
    talk = adding("Results")
    talk.bot("What has changed for the people who take part?")
    return talk


def fetched(talk: Dialogue) -> None:
    """All files are here now."""
    for files in talk.memory.review.files.values():
        files[:] = [ReportFile(each.id, each.question, each.file, f"{each.id:0>64}") for each in files]


def is_of_no_use(talk: Dialogue, nth: int = 0) -> None:
    """A file turns out to be of no use."""
    for files in talk.memory.review.files.values():
        del files[nth]


def sent(talk: Dialogue) -> Dialogue:
    """The report of `talk` is sent; the coordinator who reads its card."""
    while "Send report" not in talk.labels():
        talk.presses("‹ Back to the report" if "‹ Back to the report" in talk.labels() else "Skip")
    reader = Dialogue(beside=talk, roles=["coordinator"], name="Ann")
    talk.presses("Send report")
    reader.takes(Pressed("card", "r1"))
    return reader


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ("1 file", "2 files")), ("da", ("1 fil", "2 filer")), ("sl", ("1 datoteka", "2 datoteki"))],
)
def test_a_question_answered_with_files_alone_says_how_many(language: str, said: tuple[str, str]) -> None:
    talk = at_the_outcome()
    talk.memory.person = replace(talk.memory.person, language=language)
    sends(talk, PDF)
    talk.bot(said[0])
    sends(talk, VOICE)
    talk.bot(said[1])
    talk.takes(Pressed("done", "", "r1", talk.memory.session.step))
    assert talk.answers()["outcome"] == ""
    talk.memory.session = replace(talk.memory.session, at=AtSummary("r1"))
    assert f": {said[1]}" in talk.redraws()


def test_files_are_named_on_the_card_and_opened_by_who_reviews() -> None:
    talk = at_the_outcome()
    sends(talk, PDF, VOICE)
    talk.writes("Twelve children moved up a class.")
    talk.presses("Done")
    reader = sent(talk)
    reader.bot("Files: evaluation.pdf, a voice message", buttons=["Open the 2 files"])
    reader.presses("Open the 2 files")
    reader.bot("What changed: evaluation.pdf (not fetched yet)", "What changed: a voice message (not fetched yet)")
    assert reader.screen is not None
    assert reader.screen.enclosed is None
    fetched(talk)
    reader.takes(Pressed("card", "r1"))
    reader.presses("Read full report")
    reader.bot("What changed: Twelve children moved up a class. · 2 files")
    reader.presses("Open the 2 files")
    reader.bot("What changed: evaluation.pdf\nWhat changed: a voice message")
    opened = [reader.screen.enclosed, *reader.screen.besides]
    assert [(each.kind, each.name, each.data) for each in opened if each] == [
        ("picture", "evaluation.pdf", f"r1.{talk.memory.review.files['r1'][0].sha256}"),
        (
            "picture",
            f"{talk.memory.review.files['r1'][1].id}.ogg",
            f"r1.{talk.memory.review.files['r1'][1].sha256}",
        ),
    ]


def test_nobody_else_opens_them() -> None:
    talk = at_the_outcome()
    sends(talk, PDF)
    talk.presses("Done")
    sent(talk)
    fetched(talk)
    for roles in ([], ["partner"]):
        other = Dialogue(beside=talk, roles=roles, name="Bo")
        other.takes(Pressed("files", "", "r1", revision=1))
        assert other.toast().startswith("That needs a role that you do not have.")
        assert other.screen is None


def test_a_report_without_files_has_no_button_for_them() -> None:
    talk = at_the_outcome()
    talk.writes("Twelve children moved up a class.")
    talk.presses("Done")
    reader = sent(talk)
    assert "Files" not in reader.said()
    assert not [label for label in reader.labels() if "file" in label]


def test_files_that_come_later_leave_the_words_as_they_were() -> None:
    talk = at_the_outcome()
    talk.writes("Twelve children moved up a class.")
    talk.presses("Done")
    talk.presses("‹ Back")
    sends(talk, PDF)
    talk.presses("Done")
    assert talk.answers()["outcome"] == "Twelve children moved up a class."
    sent(talk).bot("Files: evaluation.pdf")


def test_an_answer_that_is_taken_back_takes_its_files_along() -> None:
    talk = at_the_outcome()
    sends(talk, PDF)
    talk.presses("Done")
    talk.presses("‹ Back")
    while "✏️ What changed" not in talk.labels():
        talk.presses("‹ Back to the report" if "‹ Back to the report" in talk.labels() else "‹ Back")
    talk.presses("✏️ What changed")
    talk.presses("Remove this answer")
    assert talk.answers()["outcome"] is None
    assert "file" not in sent(talk).said().lower()


def test_there_is_room_for_three_files_with_a_text() -> None:
    talk = at_the_outcome()
    sends(talk, PDF, PDF, PDF)
    talk.bot("Saved so far", "3 files")
    sends(talk, PDF)
    talk.bot("There is room for 3 files here, and they are saved.", "3 files")
    assert len(talk.memory.review.files["r1"]) == 3


def test_what_turns_out_to_be_of_no_use_is_counted_no_more() -> None:
    talk = at_the_outcome()
    sends(talk, PDF, VOICE)
    is_of_no_use(talk)
    assert "1 file" in talk.redraws()
    is_of_no_use(talk)
    assert "file" not in talk.redraws().replace("message or a PDF", "")
    assert "Done" not in talk.labels()
    talk.presses("Skip")
    assert talk.answers()["outcome"] is None


def test_a_picture_of_no_use_makes_room_for_another() -> None:
    talk = adding("Photos and links")
    talk.presses("Skip")
    for _ in range(3):
        talk.sends_photo()
    is_of_no_use(talk, 1)
    talk.sends_photo()
    talk.bot("3 photos saved.")
    is_of_no_use(talk)
    talk.presses("Done")
    kept = [each.id for each in talk.memory.review.files["r1"]]
    assert talk.answers()["photo"] == kept
    assert len(kept) == 2
