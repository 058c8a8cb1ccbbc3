"""How long an answer may be: to the character, and what is too long is told with the number."""

import pytest

from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import Asked, NotUnderstood
from conversations.forms.kinds.text import Text
from conversations.language.events import Wrote
from conversations.language.words import Words
from tests.conversations.dialogue import Dialogue

TEXTS = [question for question in INITIATIVE.questions if isinstance(question.kind, Text)]


@pytest.mark.parametrize("key", [question.key for question in TEXTS])
def test_a_text_of_just_the_limit_is_taken_and_one_more_is_not(key: str) -> None:
    kind = next(question.kind for question in TEXTS if question.key == key)
    assert isinstance(kind, Text)
    asked = Asked(Dialogue().context(), {}, None)
    assert not isinstance(kind.read(Wrote("x" * kind.most, 1), None, asked), NotUnderstood)
    refused = kind.read(Wrote("x" * (kind.most + 1), 1), None, asked)
    assert isinstance(refused, NotUnderstood)
    assert isinstance(refused.why, Words)
    numbers = [value for value in refused.why.places.values() if isinstance(value, int)]
    assert kind.most in numbers or 1 in numbers


def test_a_form_has_texts() -> None:
    assert len(TEXTS) >= 2
