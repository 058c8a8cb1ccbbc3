"""The answers of a report that anyone may read, wherever they are published."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.forms.figure import FEW, is_figure, is_small
from conversations.forms.initiative import INITIATIVE
from conversations.reading.personal import TAKEN_OUT, personal_in

NOT_SHOWN = frozenset({"library", "photo", "photo_consent", "campaign", "sharing"})
"""Answers that are told in another way, or that only the author and coordinators may see."""

OPEN_QUESTIONS = tuple(
    question.key for question in INITIATIVE.questions if not question.personal and question.key not in NOT_SHOWN
)
"""The questions whose answers anyone may read, in the order of the form."""

_TAKEN_OUT_KINDS = frozenset({"civil_number", "email", "phone"})


def open_answers(answers: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Returns the answers that anyone may read, and the questions whose number of people is too small to be told.

    Personal addresses and numbers that stand in a text are taken out of it.
    """
    shown = {key: answers[key] for key in OPEN_QUESTIONS if answers.get(key) is not None}
    few = tuple(key for key, value in shown.items() if is_few(value))
    told = {key: value if key == "link" else taken_out(value) for key, value in shown.items() if key not in few}
    return told, few


def is_few(value: Any) -> bool:
    """Returns whether it is a number of so few people that they could be recognised."""
    if is_small(value):
        return True
    return (
        isinstance(value, Mapping)
        and not is_figure(value)
        and isinstance(most := value.get("most"), int)
        and most < FEW
    )


def taken_out(value: Any) -> Any:
    """Returns `value`, a text or JSON with texts in it, without personal addresses and numbers."""
    match value:
        case str():
            return _without_personal(value)
        case Mapping():
            return {key: taken_out(each) for key, each in value.items()}
        case list() | tuple():
            return [taken_out(each) for each in value]
        case _:
            return value


def texts_taken_out(texts: Mapping[str, str]) -> dict[str, str]:
    """Returns a text in several languages, without personal addresses and numbers."""
    return {language: _without_personal(text) for language, text in texts.items()}


def _without_personal(text: str) -> str:
    if not ("@" in text or any(char.isdecimal() for char in text)):
        return text
    parts: list[str] = []
    end = 0
    for each in personal_in(text):
        if each.kind in _TAKEN_OUT_KINDS:
            parts += [text[end : each.start], TAKEN_OUT]
            end = each.end
    return "".join((*parts, text[end:])) if parts else text


def in_order(reports: Sequence[str], there: Mapping[str, Any]) -> tuple[str, ...]:
    """Returns those of `reports` that are `there`, in the same order."""
    return tuple(report for report in reports if report in there)
