"""The labels of the vocabularies, by key."""

from collections.abc import Iterable, Mapping

from conversations.language.words import Listed, Place, Words, _, labelled
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.grades import Grade, strongest


def _by_key(choices: tuple[Choice, ...]) -> dict[str, Place]:
    return {choice.key: choice.label for choice in choices}


THEMES = _by_key(vocabulary.THEMES)
GROUPS = _by_key(vocabulary.TARGET_GROUPS)
PROGRESS = _by_key(vocabulary.STAGES)
EVIDENCE = _by_key(vocabulary.EVIDENCE_TYPES)
GRADE_NAMES = _by_key(vocabulary.EVIDENCE_GRADES)

GRADE_WORDS: Mapping[Grade, Words] = {
    "counted": labelled("grade in a sentence", "counted by the library"),
    "asked": labelled("grade in a sentence", "participants were asked"),
    "evaluated": labelled("grade in a sentence", "evaluated by others"),
    "research": labelled("grade in a sentence", "research"),
}
"""The grades of evidence within a sentence."""


def graded(kinds: Iterable[str]) -> Place:
    """Returns kinds of evidence with their strongest grade, in words."""
    kinds = tuple(kinds)
    named, grade = Listed(tuple(EVIDENCE.get(kind, kind) for kind in kinds)), strongest(kinds)
    return _("{kinds} ({grade})", kinds=named, grade=GRADE_WORDS[grade]) if grade else named
