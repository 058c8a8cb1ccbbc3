"""A yes or a no that takes something back is no consent."""

import pytest

from tests.conversations.engine.test_typed_answers import at_question, kept


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("da", "ja, men kun to af dem"),
        ("sl", "da, razen enega"),
        ("en", "yes but only two of them"),
        ("da", "ja hvis chefen siger ok"),
        ("sl", "da, če se strinja direktorica"),
    ],
)
def test_an_answer_with_a_reservation_is_asked_about(language: str, typed: str) -> None:
    talk = at_question("photo_consent", language)
    talk.writes(typed)
    assert kept(talk, "photo_consent") == []
    assert typed in talk.said()


@pytest.mark.parametrize(
    ("typed", "answer"), [("ja tak", True), ("seveda", True), ("rather not", False), ("👍", True), ("👎🏽", False)]
)
def test_a_plain_answer_is_saved(typed: str, answer: bool) -> None:
    talk = at_question("photo_consent", "en")
    talk.writes(typed)
    assert kept(talk, "photo_consent") == [answer]
