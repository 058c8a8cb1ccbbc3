"""A text that the client cut into several messages is read as the one that it is."""

import pytest

from conversations.engine.continued import AT_ONCE, MOST
from conversations.language.events import Wrote
from tests.conversations.dialogue import Dialogue
from tests.conversations.flows.reports.test_report import talked_to

WORD = "Every Wednesday volunteers help children with their homework while their parents meet. "
FULL = (WORD * 60)[:4096]


def pastes(talk: Dialogue, *parts: str, seconds: int = 0, forwarded: bool = False) -> None:
    """The person pastes a text that the client sends in these parts."""
    for nth, part in enumerate(parts):
        message = 900 + talk.did
        talk.takes(Wrote(part.strip(), message, forwarded, length=len(part), sent=1000 + nth * seconds))


def test_the_end_of_a_pasted_story_is_no_title() -> None:
    talk = talked_to("title")
    pastes(talk, FULL, "helped by us.")
    talk.bot(
        "There is room for 1,500 characters",
        "Your text is saved for the description. Now type a short name.",
        "What is it called?",
    )
    assert "title" not in talk.answers()
    talk.writes("Homework café")
    assert talk.answers()["title"] == "Homework café"
    assert WORD.strip() in talk.said()


def test_a_description_that_is_too_long_is_refused_whole_and_begins_in_no_middle() -> None:
    talk = talked_to("summary")
    pastes(talk, FULL, "helped by us.")
    talk.bot("That is too long: 4,109 characters")
    assert talk.memory.session.at.gathered is None  # type: ignore[union-attr]


def test_a_word_that_was_cut_is_one_again_and_sentences_stay_apart() -> None:
    talk = Dialogue()
    pastes(talk, "x" * 4092 + " hom", "ework café")
    assert "homework café" in talk.memory.session.at.held["text"]  # type: ignore[union-attr]
    talk = Dialogue()
    pastes(talk, "x" * 3000 + " end.", "A new line.")
    assert talk.memory.session.at.held["text"].endswith(" end.\nA new line.")  # type: ignore[union-attr]


@pytest.mark.parametrize("question", ["title", "summary", "themes", "period_start"])
def test_three_parts_are_one_text(question: str) -> None:
    talk = talked_to(question)
    pastes(talk, FULL, FULL, "March 2026")
    assert question not in talk.answers()
    talk.takes(Wrote("Homework help", 950, length=13, sent=1000))
    assert talk.memory.session.cut is None


@pytest.mark.parametrize(
    ("length", "after", "continues"),
    [(4096, 0, True), (4096, AT_ONCE, True), (4096, AT_ONCE + 1, False), (2049, 0, True), (2048, 0, False)],
)
def test_only_what_follows_a_full_message_at_once_is_its_continuation(length: int, after: int, continues: bool) -> None:
    talk = talked_to("title")
    pastes(talk, FULL[:length], "Homework café", seconds=after)
    assert ("title" not in talk.answers()) is continues


def test_what_comes_between_ends_it() -> None:
    talk = talked_to("title")
    pastes(talk, FULL)
    talk.commands("/help")
    talk.takes(Wrote("Homework café", 950, length=13, sent=1000))
    assert talk.answers()["title"] == "Homework café"


def test_the_rest_of_a_forwarded_text_of_which_a_draft_was_made_is_no_answer() -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    pastes(talk, FULL, FULL, "March 2026", forwarded=True)
    talk.bot("There is room for 1,500 characters of your text", "Who can see this report?")
    assert len(talk.memory.reports.kept) == 1
    assert "period_start" not in talk.answers()


def test_two_posts_that_are_forwarded_together_stay_two() -> None:
    talk = Dialogue()
    pastes(talk, FULL[:2500], "A second post, which tells of something else.", forwarded=True)
    talk.bot("What is this text for?", "A second post")


def test_no_more_is_kept_than_anything_takes() -> None:
    talk = Dialogue()
    pastes(talk, *[FULL] * 12)
    cut = talk.memory.session.cut
    assert cut is not None
    assert len(cut.text) <= MOST


@pytest.mark.parametrize("forwarded", [False, True])
def test_all_parts_of_a_told_text_are_read_as_one_story(forwarded: bool) -> None:
    talk = Dialogue(library={"key": "dk-0461", "name": "Odense Bibliotekerne"})
    talk.commands("/report")
    middle = (f"We meet at the Red Cross. {WORD}" * 60)[:4096]
    pastes(talk, FULL, middle, "It has run since March 2024, with 4 volunteers.", forwarded=forwarded)
    talk.bot("There is room for 1,500 characters of your text", "Start: March 2024", "Volunteers: 4")
    assert len(talk.memory.reports.kept) == 1
    answers = talk.answers()
    assert answers["period_start"] == "2024-03"
    assert answers["partners"]["names"] == ["Red Cross"]  # type: ignore[index]
    assert str(answers["summary"]).endswith("…")
    assert len(str(answers["summary"])) <= 1500
    assert "March 2024" not in str(talk.memory.session.at), "what the description has no room for is not kept beside it"
