"""What has changed for the people taking part: the sentence of a story that says so."""

from conversations.reading.story.passages import Letter
from conversations.reading.story.story import FromText
from conversations.vocabulary.mentions import mentions_in

_LONGEST = 1_000
"""Characters of the answer in the form."""


def outcome_in(letter: Letter, language: str) -> FromText[str] | None:
    """Returns the first sentence of `letter` that says of people what it has led to for them; None if there is none."""
    said = mentions_in(letter.text, "results", language)
    for sentence in letter.sentences:
        keys = {each.key for each in said if sentence.start <= each.start < sentence.end}
        if {"result", "people"} <= keys and len(sentence.text) <= _LONGEST:
            return FromText(sentence.text, ((sentence.start, sentence.end),))
    return None
