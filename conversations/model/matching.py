"""Whether an initiative matches a subscription: one rule, for notices, summaries and previews."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from conversations.language.words import Words
from conversations.model.happenings import texts
from conversations.model.initiatives import Initiative
from conversations.model.subscriptions import Wishes
from conversations.reading.text import fold
from conversations.vocabulary.choices import label_of
from conversations.vocabulary.vocabulary import ROLES, TARGET_GROUPS, THEMES

EVERYTHING = "everything"

_WORD = re.compile(r"\w+")

_BEGINNING, _WITHIN = 3, 4
"""Words with this many letters are found at the beginning of other words, and with this many within them."""

_ENDINGS = (5, 6, 8)
"""Words with more letters than each of these may differ in one more letter at the end."""


class Told:
    """An initiative with everything that wishes can be about; `spell` returns a label in every language."""

    def __init__(self, initiative: Initiative, spell: Callable[[Words], Sequence[str]]) -> None:
        self.initiative = initiative
        self._spell = spell
        self._themes, self._groups = initiative.told_themes, initiative.told_groups
        self._roles = initiative.roles

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Its places: municipality, region and country."""
        initiative = self.initiative
        region = f"{initiative.country}:{initiative.region}" if initiative.region else ""
        return tuple(place for place in (initiative.municipality, region, initiative.country) if place)

    @cached_property
    def text(self) -> str:
        """All its words, folded: its texts, and its themes, groups and roles in every language."""
        initiative = self.initiative
        labels = [
            label
            for choices, keys in (
                (THEMES, initiative.themes),
                (TARGET_GROUPS, initiative.groups),
                (ROLES, initiative.roles),
            )
            for key in keys
            if isinstance(label := label_of(choices, key), Words)
        ]
        spelled = (spelling for label in labels for spelling in self._spell(label))
        written = (str(initiative.answers.get(question) or "") for question in _WRITTEN)
        partners = initiative.answers.get("partners")
        names = texts(partners.get("names")) if isinstance(partners, dict) else ()
        return searchable((*written, *names, initiative.library, initiative.place, initiative.region, *spelled))

    def matches(self, wishes: Wishes) -> bool:
        """Returns whether a person with these wishes is told of the initiative."""
        initiative = self.initiative
        return (
            _any(wishes.themes, self._themes)
            and _any(wishes.groups, self._groups)
            and _any(wishes.roles, self._roles)
            and _any(wishes.places, self.places)
            and _any(wishes.statuses, (initiative.progress,))
            and _any(wishes.calls, (initiative.call,))
            and (not wishes.words or any(says(self.text, phrase) for phrase in wishes.words))
        )

    def hooks(self) -> tuple[str, ...]:
        """The hooks under one of which every subscription that matches is stored (see `hooks_of`)."""
        initiative = self.initiative
        filed = {
            "calls": (initiative.call,),
            "places": self.places,
            "themes": self._themes,
            "groups": self._groups,
            "roles": initiative.roles,
            "statuses": (initiative.progress,),
        }
        return (EVERYTHING, *(f"{part}.{value}" for part, values in filed.items() for value in values if value))


def searchable(texts: Iterable[str]) -> str:
    """Returns all words of `texts`, in the form that `says` searches."""
    return f" {' '.join(_WORD.findall(fold(' '.join(texts))))} "


def says(text: str, phrase: str) -> bool:
    """Returns whether every word of `phrase`, with any ending, is in `text`, which `searchable` has made."""
    words = _WORD.findall(fold(phrase))
    return bool(words) and all(_stem(word) in text for word in words)


def hooks_of(wishes: Wishes) -> tuple[str, ...]:
    """Returns the hooks under which a subscription with these wishes is stored: its part that matches fewest
    initiatives.

    Every initiative that matches has at least one of them among its own hooks, so few subscriptions are compared.
    """
    parts = {
        "calls": wishes.calls,
        "places": wishes.places if all(len(place) > len("DK") for place in wishes.places) else (),
        "themes": wishes.themes,
        "groups": wishes.groups,
        "roles": wishes.roles,
        "statuses": wishes.statuses,
    }
    named = next(((part, values) for part, values in parts.items() if values), None)
    if named is None:
        named = ("places", wishes.places)
    part, values = named
    return tuple(f"{part}.{value}" for value in values) or (EVERYTHING,)


_WRITTEN = ("title", "summary", "need", "outcome", "evidence_detail", "lessons", "transfer")
"""Answers in the author's own words."""


def _any(wanted: Sequence[str], there: Sequence[str]) -> bool:
    return not wanted or any(each in there for each in wanted)


def _stem(word: str) -> str:
    """Returns the part of a folded word that has to be found: without its ending, which changes with case and number.

    A longer word is found within other words too, as in Danish compounds.
    """
    if len(word) < _BEGINNING:
        return f" {word} "
    if len(word) < _WITHIN:
        return f" {word}"
    return word[: len(word) - sum(len(word) > longest for longest in _ENDINGS)]
