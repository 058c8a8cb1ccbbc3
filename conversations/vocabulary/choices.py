"""One choice of a vocabulary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conversations.language.words import InLanguages, Place, Words


@dataclass(frozen=True, slots=True)
class Choice:
    """A key, which is stored, and its label; a label that is a bare `str` reads the same in every language."""

    key: str
    label: Place


def label_of(choices: Iterable[Choice], key: str) -> Place:
    """The label of `key`, or the key itself where the vocabulary no longer has it."""
    return next((choice.label for choice in choices if choice.key == key), key)


def without_language(label: Place) -> Sequence[str]:
    """The spellings of a label that is not a sentence of ours."""
    match label:
        case Words():
            return ()
        case InLanguages(texts):
            return tuple(texts.values())
        case _:
            return (str(label),)
