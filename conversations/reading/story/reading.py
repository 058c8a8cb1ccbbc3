"""Reads a told message: what it surely says of one initiative."""

from datetime import date

from conversations.model.registers import Registers
from conversations.reading.links import read_links
from conversations.reading.story.story import FromText, Story
from conversations.reading.text import clean_text
from conversations.vocabulary.mentions import keys_in


def read_story(text: str, language: str, today: date, registers: Registers) -> Story:  # noqa: ARG001
    """What `text`, written by a reader of `language` on the day `today`, says of one initiative.

    Nothing is filled in that the text does not surely say. The passages in the result are those of the cleaned text,
    which is its `text`. A later message about the same initiative ("and the Red Cross is with us too") is read in the
    same way, and `with_added` brings it together with what is there.
    """
    text = clean_text(text)
    themes = keys_in(text, "themes", language)
    links = read_links(text)
    return Story(
        text,
        themes=FromText(themes, ()) if themes else None,
        links=FromText(links, ()) if links else None,
    )
