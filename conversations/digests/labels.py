"""The words of the vocabularies, by key."""

from conversations.forms import vocabulary
from conversations.forms.choices import Choice
from conversations.words import Place


def _by_key(choices: tuple[Choice, ...]) -> dict[str, Place]:
    return {choice.key: choice.label for choice in choices}


THEMES = _by_key(vocabulary.THEMES)
GROUPS = _by_key(vocabulary.TARGET_GROUPS)
PROGRESS = _by_key(vocabulary.STATUS)
EVIDENCE = _by_key(vocabulary.EVIDENCE_TYPES)
