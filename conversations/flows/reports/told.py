"""What a person told of an initiative in their own words: its messages, and the answers that were read from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from conversations.context.context import Context
from conversations.forms.conditions import with_people_of_status
from conversations.forms.kinds.base import Answers
from conversations.forms.kinds.choosing import SomeOf
from conversations.forms.kinds.text import Text
from conversations.forms.questions import Form, Question
from conversations.reading.story.reading import read_story
from conversations.reading.story.story import with_added

TOLD = "told"
"""The key under which a place in a draft keeps `ToldStory`, beside the unfinished answers of its questions."""


@dataclass(frozen=True, slots=True)
class ToldStory:
    """The messages of a description, and the questions whose answers were read from it and not confirmed since.

    At the question `at`, a text that does not answer it is added to the description. With `listed`, the screen of that
    question also shows everything that was understood.
    """

    parts: tuple[tuple[int, str], ...] = ()
    read: tuple[str, ...] = ()
    at: str = ""
    listed: bool = False


def told_in(aside: Mapping[str, Mapping[str, Any]]) -> ToldStory:
    """Returns what was told in the draft with these unfinished answers; nothing if it was not told."""
    kept = aside.get(TOLD)
    if not kept:
        return ToldStory()
    parts = tuple((int(message), str(text)) for message, text in kept["parts"])
    return ToldStory(parts, tuple(kept["read"]), kept["at"], kept["listed"])


def with_told(aside: Mapping[str, Mapping[str, Any]], told: ToldStory) -> dict[str, Mapping[str, Any]]:
    """Returns the unfinished answers `aside` with `told` among them."""
    parts = [list(part) for part in told.parts]
    return {**aside, TOLD: {"parts": parts, "read": list(told.read), "at": told.at, "listed": told.listed}}


def confirmed(aside: Mapping[str, Mapping[str, Any]], question: str) -> Mapping[str, Mapping[str, Any]]:
    """Returns `aside` after the person answered `question`, whose answer is then no longer one read from the text."""
    told = told_in(aside)
    if TOLD not in aside:
        return aside
    parts = () if question == "summary" else told.parts
    read = tuple(key for key in told.read if key != question)
    if question == "status" and any(key in read for key in _PEOPLE):
        read = tuple(dict.fromkeys((*read, *_PEOPLE)))  # the same number is the answer to the other question then
    return with_told(aside, ToldStory(parts, read, told.at, told.listed))


def is_known(question: Question, answers: Answers, told: ToldStory) -> bool:
    """Returns whether `question` has an answer that applies, or that may apply once the status is known."""
    if answers.get(question.key) is None:
        return False
    return question.only_if(answers) or (answers.get("status") is None and question.key in told.read)


def read_answers(text: str, before: Answers, form: Form, context: Context) -> dict[str, Any]:
    """Returns what `text` surely says, as answers to questions of `form`, brought together with the answers `before`.

    Answers that do not change are left out. None: the number of participants is now that of those expected, or was.
    """
    story = read_story(text, context.person.language, context.today, context.registers)
    found = story.answers()
    together = with_people_of_status(with_added(before, story))
    if "status" in found or not found.keys().isdisjoint(_PEOPLE):
        found = {**found, **{key: together[key] for key in _PEOPLE if together.get(key) is not None}}
    usable = {key: _within(form.question(key), together[key], together) for key in found}
    changed = {key: value for key, value in usable.items() if value is not None and value != before.get(key)}
    moved = {key: None for key in _PEOPLE if before.get(key) is not None and together[key] is None}
    return {**changed, **moved}


_PEOPLE = ("participants", "participants_expected")
"""The questions about the number of participants: of what has begun, and of a plan."""


def _within(question: Question | None, value: Any, answers: Answers) -> Any:
    """Returns `value` as the question takes it, cut to the most that it takes; None if it does not take it."""
    if question is None or not question.kind.holds(value, answers):
        return None
    match question.kind:
        case SomeOf(most=most):
            return value[:most] or None
        case Text(least=least, most=most) if not least <= len(value) <= most:
            return None
    if question.key == "partners":
        return {"types": value["types"][:10], "names": value["names"][:10]} if value["types"] else None
    return value


def replaceable(keys: Iterable[str], before: Answers, told: ToldStory) -> tuple[str, ...]:
    """Returns those of `keys` that a later message may change: what the person answered themselves stays.

    Themes, groups, partners and links are only added to, so they may always change.
    """
    return tuple(key for key in keys if before.get(key) is None or key in told.read or key in _ADDED_TO)


_ADDED_TO = frozenset({"themes", "target_groups", "partners", "link"})
