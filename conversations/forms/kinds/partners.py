"""Partners: their kinds and their names, taken from one message where it says both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import (
    SKIP,
    Asked,
    Gathered,
    Gathering,
    NotUnderstood,
    Reading,
    Rows,
    Said,
    Understood,
)
from conversations.forms.kinds.choosing import SomeOf, across, page_of, spellings, turned
from conversations.forms.kinds.then import Then
from conversations.language.events import Pressed, Wrote
from conversations.language.screen import Button, Line, stacked
from conversations.language.words import Listed, Words, _, counted
from conversations.vocabulary.choices import Choice
from conversations.vocabulary.meaning import meaning
from conversations.vocabulary.organisations import PartnersSaid, read_partners

MOST_NAMES = 10
"""Names of partners in one answer."""


def whole_partners(types: Any, names: Any) -> dict[str, Any]:
    """Makes one value of both parts: `{"types": …, "names": …}`."""
    return {"types": types, "names": names or []}


def parts_of_partners(value: Any) -> tuple[Any, Any]:
    """Splits a value into its kinds and its names."""
    return value["types"], value["names"]


@dataclass(frozen=True, slots=True)
class Partners(Then):
    """Kinds of partners by tapping, and then their names; or both at once in somebody's own words.

    A name whose kind is not known is asked about once, with the kinds as buttons; it may stay without.
    """

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads a message that says kinds and names, a tap on the kind of a name, or the two questions one by one."""
        if self._unknown(gathered):
            return self._read_kind(said, gathered or {}, asked)
        if isinstance(said, Wrote) and not self.halfway(gathered):
            return self._typed(said.text, gathered, asked)
        return Then.read(self, said, gathered, asked)

    def _typed(self, text: str, gathered: Gathered, asked: Asked) -> Reading:
        kinds = self._kinds
        found = read_partners(text, asked.context.person.language, _labels(kinds.choices, asked))
        if found.doubtful:
            return NotUnderstood(_("Type only those who do this with you, or tap a kind."), asks=True)
        if not (found.types or found.names or found.unknown) or not _all_known(found, kinds.choices):
            return Then.read(self, Wrote(text), gathered, asked)
        if found.types == ("none",):
            return Understood(self.join(["none"], None), text)
        chosen = [key for key in (gathered or {}).get("chosen", (asked.value or {}).get("types", ())) if key != "none"]
        types = list(dict.fromkeys([*chosen, *found.types]))
        names = list(dict.fromkeys([*(asked.value or {}).get("names", ()), *found.names]))
        if len(names) + len(found.unknown) > MOST_NAMES or len(types) > kinds.most:
            return NotUnderstood(
                counted(
                    "There is room for one name. Type the most important one.",
                    "There is room for {n} names. Type the most important ones.",
                    MOST_NAMES,
                )
            )
        if (found.aside or found.guessed) and not names and not found.unknown:  # "the school in the wood" has a name
            return Gathering({"first": types, "said": text, "inner": None})
        return self._whole({"types": types, "names": names, "unknown": list(found.unknown), "said": text})

    def _whole(self, kept: Mapping[str, Any]) -> Reading:
        """The whole answer, or the question for the kind of the next name."""
        if kept["unknown"]:
            return NotUnderstood(
                _which_kind(kept["unknown"][0]), {**kept, "first": kept["types"], "inner": None}, asks=True
            )
        return Understood(self.join(kept["types"], kept["names"]), kept["said"])

    def _read_kind(self, said: Said, kept: Mapping[str, Any], asked: Asked) -> Reading:
        """Reads of what kind the first name is whose kind is not known."""
        name, *others = kept["unknown"]
        match said:
            case Pressed("page", page):
                return Gathering({**kept, "page": turned(page, self._offered)})
            case Pressed("is", key) if any(choice.key == key for choice in self._offered):
                types = [key]
            case Pressed(action) if action == SKIP.action:
                types = []
            case Wrote(text):
                meant = meaning(text, "partners", asked.context.person.language, _labels(self._offered, asked))
                types = list(meant.keys[:1])
                if not types:
                    return NotUnderstood(_which_kind(name), asks=True)
            case _:
                return NotUnderstood(_which_kind(name), asks=True)
        together = list(dict.fromkeys([*kept["types"], *types]))
        return self._whole({**kept, "types": together, "names": [*kept["names"], name], "unknown": others, "page": 0})

    def back(self, gathered: Gathered) -> Gathered:
        """Returns the kinds that were chosen; names are written again."""
        return {"chosen": list((gathered or {}).get("first", ()))}

    def among(self, gathered: Gathered) -> tuple[Any, ...]:
        """Returns nothing where the kind of a name is asked for: any kind may be meant."""
        return () if self._unknown(gathered) else Then.among(self, gathered)

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """Returns what is gathered so far, with the names."""
        if not self._unknown(gathered):
            return Then.lines(self, gathered, asked)
        kept = gathered or {}
        names = (*kept["names"], *kept["unknown"])
        return (Line(Listed((*((self.first.show(kept["types"]),) if kept["types"] else ()), *names))),)

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns the kinds where the kind of a name is asked for; else the buttons of the question on the screen."""
        if not self._unknown(gathered):
            return Then.rows(self, gathered, asked)
        shown, more = page_of(self._offered, {"page": (gathered or {}).get("page", 0)})
        kinds = tuple(Button(choice.label, "is", choice.key) for choice in shown)
        return (*stacked(kinds, across(self._offered)), *more, (SKIP,))

    @property
    def _kinds(self) -> SomeOf:
        assert isinstance(self.first, SomeOf)  # noqa: S101 - the form is a constant
        return self.first

    @property
    def _offered(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self._kinds.choices if choice.key not in self._kinds.alone)

    def _unknown(self, gathered: Gathered) -> list[str]:
        return list((gathered or {}).get("unknown", ()))


def _which_kind(name: str) -> Words:
    return _("What kind of partner is {name}?", name=name)


def _all_known(found: PartnersSaid, choices: Sequence[Choice]) -> bool:
    """Whether nothing is left unread, and every kind is one of the choices."""
    return not found.unread and {choice.key for choice in choices}.issuperset(found.types)


def _labels(choices: Sequence[Choice], asked: Asked) -> Mapping[str, Sequence[str]]:
    return {choice.key: spellings(choice, asked) for choice in choices}
