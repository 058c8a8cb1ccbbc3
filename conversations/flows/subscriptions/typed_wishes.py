"""The wishes of a subscription that somebody writes in their own words."""

import re
from dataclasses import replace

from conversations.context.context import Context
from conversations.flows.subscriptions.editor_state import served
from conversations.language.languages import LANGUAGES
from conversations.model.subscriptions import Wishes
from conversations.reading.queries.reading import read_query
from conversations.reading.searching import words_in
from conversations.reading.text import fold, words_of
from conversations.vocabulary.words import words_in as words_of_language

MOST_WORDS, LONGEST_WORDS = 8, 60
"""Most phrases, and most characters of each."""

LONGEST = 300
"""Most characters of a wish."""

_PHRASES = re.compile(r"[,;\n]+")
_MORE = re.compile(r"(?:og|også|samt|plus|in|tudi|ter|še|and|also)\b", re.IGNORECASE)
"""How a text begins that adds to the wishes that stand, and does not replace them."""


def read_wishes(text: str, context: Context) -> Wishes | None:
    """Returns what `text` wishes to hear of; None if it is too much, or has no letters.

    Of what means nothing else, the words between two commas are a phrase.
    """
    if len(text) > LONGEST or not words_in(text):
        return None
    query = read_query(text, context.person.language, context.today, context.registers)
    left = set(map(fold, query.words))
    phrases = (
        " ".join(word for word in re.findall(r"[^\W_]+", part) if fold(word) in left) for part in _PHRASES.split(text)
    )
    words = tuple(dict.fromkeys(phrase for phrase in phrases if phrase))
    if len(words) > MOST_WORDS or any(len(phrase) > LONGEST_WORDS for phrase in words):
        return None
    places = tuple(dict.fromkeys(each for place in query.places for each in _served(place, context)))
    return Wishes(query.themes, query.groups, (), places, query.statuses, (), words)


def leaves_out(text: str) -> bool:
    """Returns whether `text` wishes for all but something ("everything except courses"), which no wish can say."""
    said = words_of(text[:LONGEST])
    return bool(_WITHOUT.search(text[:LONGEST])) or any(
        not (file.exceptions - file.negations).isdisjoint(said) for file in map(words_of_language, LANGUAGES)
    )


_WITHOUT = re.compile(
    r",\s*(?:but\s+|men\s+|ampak\s+|pa\s+)?(?:not|no|ikke|ne)\s"
    r"|\b(?:all|everything|anything|alt|alle|vse)\s+(?:but|men ikke|ampak ne)\s",
    re.IGNORECASE,
)
"""How a wish leaves something out without a word for it: "language cafés, not courses", "all but IT"."""


def changed(wishes: Wishes, text: str, context: Context) -> Wishes | None:
    """Returns `wishes` with what `text` says about a part in the place of that part, or, after "and", beside it."""
    said = read_wishes(text, context)
    if said is None or not _MORE.match(text.strip()):
        return said and replace(wishes, **{part: tuple(keys) for part, keys in said.as_json().items()})
    both = {part: (*getattr(wishes, part), *keys) for part, keys in said.as_json().items()}
    return replace(wishes, **{part: tuple(dict.fromkeys(keys)) for part, keys in both.items()})


def _served(place: str, context: Context) -> tuple[str, ...]:
    """The place, and if it is a municipality without a library of its own, the one that serves it."""
    return served(place, context) if "-" in place.partition(":")[0] else (place,)
