"""What somebody wants to do who writes "skip" or "stop" at a question, and whether it may be the answer as well."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import Asked, Gathering, QuestionKind, Understood
from conversations.forms.kinds.choosing import OneOf, SomeOf, in_words
from conversations.forms.kinds.contacts import ContactDetails
from conversations.forms.kinds.files import Files
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.links import Links
from conversations.forms.kinds.names import Names
from conversations.forms.kinds.numbers import Number
from conversations.forms.kinds.partners import Partners
from conversations.forms.kinds.places import Venue
from conversations.forms.kinds.text import Text
from conversations.forms.kinds.then import Then
from conversations.forms.kinds.yes_no import YesNo
from conversations.forms.questions import Question
from conversations.language.events import Wrote
from conversations.reading.text import words_of
from conversations.vocabulary.controls import LONGEST, control, says_not_or_little
from conversations.vocabulary.vocabulary import YES_NO

_TAKES_ANYTHING = (Text, Names, Venue, Library, ContactDetails, Links, Files)
"""Kinds of questions to which any text would be an answer."""

_MAY_BE_A_NAME = frozenset({"stop", "help", "done", "send"})
"""Actions whose words are names as well: a project may be called “Stop” or “Help”."""


_GO_ON = frozenset({"done", "send"})


@dataclass(frozen=True, slots=True)
class WantedAction:
    """An action; if not `sure`, the text may be the answer as well."""

    action: str
    sure: bool = True


def wanted_at(question: Question, text: str, gathered: Mapping[str, Any] | None, asked: Asked) -> WantedAction | None:
    """What `text` says to do at `question`; None if it is an answer, or says something else.

    Words that the question itself knows are its answer: "no" to a yes-or-no question, "finished" for how far it has
    come, "nobody" for the partners.
    """
    kind, inner = _open_part(question.kind, gathered)
    if _is_the_answer(kind, text, asked, required=question.required):
        return None
    halfway = isinstance(question.kind, Then) and question.kind.halfway(gathered)
    chosen = any((inner or {}).get(part) for part in ("chosen", "parts", "files")) or asked.value is not None
    optional = not question.required or halfway
    action = control(text, asked.context.person.language, optional=optional, chosen=chosen)
    if action is None and not isinstance(kind, (Text, Names)):
        action = _among_excuses(text, asked.context.person.language, optional=optional, chosen=chosen)
    if action is None and _is_a_question(kind, text, asked):
        action = "help"
    if action is None:
        long_enough = isinstance(kind, Text) and len(text.strip()) >= kind.least
        unlikely = question.key == "title" and control(text, asked.context.person.language, ready=True)
        # "None" and "yes" are hardly what it is called.
        return WantedAction("help", sure=False) if unlikely and long_enough else None
    a_name = question.key == "title" or isinstance(kind, Names)
    if a_name and action in _GO_ON and len(text.split()) > 1:
        return None  # there is nothing to go on from, and “The next one” is a name
    return WantedAction(action, sure=not (a_name and action in _MAY_BE_A_NAME and len(text.split()) == 1))


def _is_a_question(kind: QuestionKind, text: str, asked: Asked) -> bool:
    """Whether `text` asks something back where a choice, a number or a date is asked for: "what are themes?"."""
    words = words_of(text[: LONGEST + 1])
    if len(text) > LONGEST or not words or words[0] not in _ASKING or isinstance(kind, (*_TAKES_ANYTHING, Partners)):
        return False
    match kind:
        case OneOf(choices, section) | SomeOf(choices, words=section):
            meant = in_words(text, choices, section, asked)
            return not (meant.keys or meant.among) or (text.rstrip().endswith("?") and not meant.keys)
        case YesNo():
            return text.rstrip().endswith("?") and len(words) > 1
        case _:
            return not kind.among(getattr(kind.read(Wrote(text), None, asked), "gathered", None))


_ASKING = frozenset(
    {"hvad", "hvilke", "hvilken", "hvilket", "hvordan", "hvorfor", "what", "whats", "which", "how", "why"}
    | {"kaj", "kateri", "katere", "katera", "kako", "zakaj"}
)
"""Words that begin a question, folded."""


def _among_excuses(text: str, language: str, *, optional: bool, chosen: bool) -> str | None:
    """What one part of `text` says to do where the others only say why: "we didn't count, skip this"."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if len(parts) < 2 or len(text) > LONGEST or any(map(str.isdigit, text)):
        return None
    found = {control(part, language, optional=optional, chosen=chosen) for part in parts}
    actions = found & _AMONG_EXCUSES
    others = [part for part in parts if control(part, language, optional=optional, chosen=chosen) is None]
    if len(actions) != 1 or not all(says_not_or_little(part, language) for part in others):
        return None
    return actions.pop()


_PARTS = re.compile(r"[,.;:!?–—\n]+|\s-\s")
_AMONG_EXCUSES = frozenset({"skip", "help", "stop", "back", "cancel", "done"})


_NO_NUMBERS = frozenset({"skip", "help", "stop", "back", "cancel"})
"""Actions that may be said with a word for a number: "skip this one"."""


def _open_part(kind: QuestionKind, gathered: Mapping[str, Any] | None) -> tuple[QuestionKind, Mapping[str, Any] | None]:
    """The kind of the question on the screen, and what is gathered for it."""
    match kind:
        case Then(first, second):
            return (second, (gathered or {})["inner"]) if kind.halfway(gathered) else (first, gathered)
        case _:
            return kind, gathered


def _is_the_answer(kind: QuestionKind, text: str, asked: Asked, *, required: bool) -> bool:
    """Whether a question of this kind knows `text` as an answer."""
    match kind:
        case OneOf(choices, words):
            meant = in_words(text, choices, words, asked)
            # "Sadly it is over" is no wish to be done, and "not sure" none to skip what is needed.
            asks_back = meant.doubted and control(text, asked.context.person.language) == "help"  # "how does it work?"
            return (meant.only and not asks_back) or (required and bool(meant.among))
        case SomeOf(choices, words=words):
            return in_words(text, choices, words, asked).whole
        case YesNo():
            return in_words(text, YES_NO, "yes_no", asked).whole
        case _ if isinstance(kind, _TAKES_ANYTHING):
            return False
        case Number():
            reading = kind.read(Wrote(text), None, asked)
            action = control(text, asked.context.person.language)
            return isinstance(reading, Understood) or (isinstance(reading, Gathering) and action not in _NO_NUMBERS)
        case _:
            return isinstance(kind.read(Wrote(text), None, asked), Understood | Gathering)
