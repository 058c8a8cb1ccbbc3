"""Which coming events somebody asks for in words: "sprog i marts", "temadag Odense", "online"."""

from collections.abc import Iterator, Mapping, Sequence

from conversations.context.context import Context
from conversations.flows.events.words import COUNTRIES, KINDS
from conversations.language.words import Words
from conversations.model.events.event import LibraryEvent
from conversations.model.matching import says, searchable
from conversations.reading.dates.words import month_words
from conversations.reading.queries.reading import read_query
from conversations.reading.text import words_of
from conversations.vocabulary.choices import Choice, label_of
from conversations.vocabulary.vocabulary import THEMES


def fits(event: LibraryEvent, words: str, context: Context) -> bool:
    """Returns whether the event has all that `words` name: kind, month, theme, country, and words of its texts."""
    months = month_words(context.person.language)
    said = words_of(words)
    asked_months = {months[word] for word in said if word in months}
    if asked_months and not asked_months & _months_of(event):
        return False
    rest = " ".join(word for word in said if word not in months)
    text = _text_of(event, context)
    query = read_query(rest, context.person.language, context.today, context.registers)
    for part, fitting in ((query.themes, set(event.themes)), (query.places, _places_of(event))):
        spoken = [word for key in part for word in query.said.get(key, ())]
        if part and not fitting & {*part} and not any(says(text, word) for word in spoken):
            return False
    return all(says(text, word) for word in (*query.words, *_said_of(query.said, (*query.groups, *query.statuses))))


def _said_of(said: Mapping[str, Sequence[str]], keys: Sequence[str]) -> Iterator[str]:
    """The words that were taken for groups or stages, which events do not have: they are looked for as words."""
    return (word for key in keys for word in said.get(key, ()))


def _months_of(event: LibraryEvent) -> set[int]:
    """The months in which the event is."""
    if event.when is None:
        return set()
    first, last = event.when.first, event.when.last
    span = (last.year - first.year) * 12 + last.month - first.month
    return {(first.month - 1 + number) % 12 + 1 for number in range(min(span, 11) + 1)}


def _places_of(event: LibraryEvent) -> set[str]:
    """The countries for whose libraries the event is: all, if it names none."""
    return {event.country} if event.country else {"DK", "SI"}


def _text_of(event: LibraryEvent, context: Context) -> str:
    """All words of the event, its labels in every language."""
    labels = (
        _labels(KINDS, event.kind, context),
        *(_labels(THEMES, theme, context) for theme in event.themes),
        _labels(COUNTRIES, event.country, context) if event.country else (),
        ("online", "spletno", "na spletu") if event.online else (),
    )
    written = (*event.titles.values(), *event.texts.values(), event.place, event.host)
    return searchable((*written, *(label for some in labels for label in some)))


def _labels(choices: tuple[Choice, ...], key: str, context: Context) -> tuple[str, ...]:
    label = label_of(choices, key)
    return tuple(context.registers.spellings(label)) if isinstance(label, Words) else (str(label),)
