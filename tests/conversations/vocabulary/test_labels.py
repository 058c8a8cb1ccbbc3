"""Whoever types what stands on a button means that button."""

from datetime import date

import pytest

from conversations.engine.understanding import understand
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import QuestionKind
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.forms.kinds.then import Then
from conversations.language.languages import LANGUAGES
from conversations.vocabulary.choices import Choice
from tests.conversations.dialogue import CATALOGUES, REGISTERS


def choices_of(kind: QuestionKind) -> tuple[Choice, ...]:
    """The choices of a question, if it has any."""
    match kind:
        case Then(first=first):
            return choices_of(first)
        case OneOf(choices=choices) | SomeOf(choices=choices):
            return choices
        case _:
            return ()


def understood(question: str, label: str, language: str) -> object:
    row = {"question": question, "input": label, "language": language}
    value = understand(row, REGISTERS, date(2026, 11, 30)).get("value")
    return value["types"] if isinstance(value, dict) else value  # partners have names beside their kinds


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_is_understood_as_its_choice(language: str) -> None:
    read = [
        (question.key, choice.key, understood(question.key, CATALOGUES[language].say(choice.label), language))
        for question in INITIATIVE.questions
        for choice in choices_of(question.kind)
    ]
    assert len(read) > 100
    assert [each for each in read if each[2] not in (each[1], [each[1]])] == []
