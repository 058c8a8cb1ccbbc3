"""The choices of a call's own questions that have no names: stored by number, exported in the coordinators' words."""

from collections.abc import Mapping
from typing import Any

from conversations.model.calls import OwnQuestion, WholeCall


def in_words(answers: Mapping[str, Any], call: WholeCall | None) -> dict[str, Any]:
    """Returns `answers` with the choices as words, in the language in which the call was written."""
    return {key: _words(value, _choice_question(call, key), call) for key, value in answers.items()}


def by_number(answers: Mapping[str, Any], call: WholeCall | None) -> dict[str, Any]:
    """Returns `answers` with the choices as numbers again; their words can be in any language."""
    return {key: _number(value, _choice_question(call, key)) for key, value in answers.items()}


def _choice_question(call: WholeCall | None, key: str) -> OwnQuestion | None:
    questions = call.questions if call else ()
    return next((each for each in questions if each.key == key and each.kind == "choice" and not each.names), None)


def _words(value: Any, question: OwnQuestion | None, call: WholeCall | None) -> Any:
    if question is None or call is None or not isinstance(value, str) or not value.isdecimal():
        return value
    texts = dict(enumerate(question.choices, start=1)).get(int(value[:4]), {})
    return texts.get(call.language) or next(iter(texts.values()), value)


def _number(value: Any, question: OwnQuestion | None) -> Any:
    if question is None:
        return value
    return next(
        (str(number) for number, texts in enumerate(question.choices, start=1) if value in texts.values()), value
    )
