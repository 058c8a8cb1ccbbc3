"""The labels of the vocabularies, by key."""

from conversations.language.words import Place
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice


def _by_key(choices: tuple[Choice, ...]) -> dict[str, Place]:
    return {choice.key: choice.label for choice in choices}


THEMES = _by_key(vocabulary.THEMES)
GROUPS = _by_key(vocabulary.TARGET_GROUPS)
PROGRESS = _by_key(vocabulary.STATUS)
EVIDENCE = _by_key(vocabulary.EVIDENCE_TYPES)
