"""Recognises messages that correct what was said before: "no, it was in 2024"."""

from conversations.reading.story.passages import said_in
from conversations.reading.text import words_of

_STOPS = (",", ".", ":", ";", "!", " –", " -")


def correction_in(text: str) -> str:
    """Returns what `text` says instead of something said before, without the words that take it back.

    A single word such as "no" takes something back only if a stop follows it. "": the text corrects nothing.
    """
    beginning = text[:_LONGEST]
    leads = [each for each in said_in(beginning, "message") if each.key == "correcting"]
    at = 0
    for each in leads:
        if text[at : each.start].strip(" ,.:;!–-"):
            break
        if len(words_of(each.said)) > 1 or text.startswith(_STOPS, each.end):
            at = each.end
    return text[at:].lstrip(" ,.:;!–-") if at else ""


_LONGEST = 80
"""Characters of a text in which the words that take something back are looked for: they come first."""
