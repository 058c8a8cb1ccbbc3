"""The fields of a report that a told message fills in, each with the words that say it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from conversations.model.registers import LibraryFound
from conversations.reading.numbers.numbers import Numbers

Value = TypeVar("Value", covariant=True)
Span = tuple[int, int]
"""From where to where in the text; the end is not included."""

NOBODY_ELSE = "none"
"""The kind of partner that says that there is none."""


@dataclass(frozen=True, slots=True)
class FromText(Generic[Value]):
    """A value, and the passages of the text that say it, in order."""

    value: Value
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner: its name as it was written (None: only what kind it is), and its kind (None: not known)."""

    name: str | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Participants:
    """How many people take part; `counted` is `each_time`, `in_all`, or None where the text does not say."""

    numbers: Numbers
    counted: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """What `text` says about one initiative: None where it does not say it for certain.

    Themes, groups, status and frequency are keys of the vocabularies. Dates are EDTF; `period_start` may also be
    `undecided`, `period_end` `permanent` or `undecided`. The title, the place and the outcome are words of the text.
    """

    text: str = ""
    library: FromText[LibraryFound] | None = None
    status: FromText[str] | None = None
    title: FromText[str] | None = None
    themes: FromText[tuple[str, ...]] | None = None
    target_groups: FromText[tuple[str, ...]] | None = None
    period_start: FromText[str] | None = None
    period_end: FromText[str] | None = None
    frequency: FromText[str] | None = None
    participants: FromText[Participants] | None = None
    volunteers: FromText[Numbers] | None = None
    partners: FromText[tuple[Partner, ...]] | None = None
    place: FromText[str] | None = None
    links: FromText[tuple[str, ...]] | None = None
    outcome: FromText[str] | None = None

    def answers(self) -> dict[str, Any]:
        """The answers to the form's questions, by key, as they are stored; none for what the text does not say.

        The description is not among them. Participants of a planned initiative are those expected.
        """
        found: dict[str, Any] = {
            "library": self.library and {"key": self.library.value.key, "name": self.library.value.name},
            "participants": self.participants and _people(self.participants.value),
            "volunteers": self.volunteers and _numbers(self.volunteers.value),
            "partners": self.partners and _partners(self.partners.value),
            "location": self.place and {"place": self.place.value, "latitude": None, "longitude": None},
            "link": self.links and list(self.links.value),
        }
        for key in ("status", "title", "period_start", "period_end", "frequency", "outcome"):
            field: FromText[str] | None = getattr(self, key)
            found[key] = field and field.value
        for key in ("themes", "target_groups"):
            several: FromText[tuple[str, ...]] | None = getattr(self, key)
            found[key] = several and list(several.value)
        if found["status"] == "planned":
            found["participants_expected"] = found.pop("participants")
        return {key: value for key, value in found.items() if value is not None}

    def words(self, question: str) -> tuple[str, ...]:
        """The passages of the text that answer the question with this key, as they were written."""
        field: FromText[Any] | None = getattr(self, _FIELD_OF.get(question, question), None)
        return tuple(self.text[start:end] for start, end in field.spans) if field else ()


_FIELD_OF = {"link": "links", "location": "place", "participants_expected": "participants"}


def with_added(answers: Mapping[str, Any], story: Story) -> dict[str, Any]:
    """`answers` after a later message that `story` was read from.

    Themes, groups, partners and links are added to those that are there; all else is replaced by what was said last.
    """
    new = story.answers()
    for key in ("themes", "target_groups", "link"):
        if key in new:
            new[key] = _both(answers.get(key) or (), new[key])
    if "partners" in new and (before := answers.get("partners")):
        types = _both(before["types"], new["partners"]["types"])
        only = [kind for kind in types if kind != NOBODY_ELSE] or types
        new["partners"] = {"types": only, "names": _both(before["names"], new["partners"]["names"])}
    return {**answers, **new}


def _both(before: Sequence[str], new: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*before, *new)))


def _numbers(numbers: Numbers) -> dict[str, Any]:
    return {"least": numbers.least, "most": numbers.most, "approximate": numbers.approximate}


def _people(people: Participants) -> dict[str, Any]:
    return {**_numbers(people.numbers), "counted": people.counted}


def _partners(partners: Sequence[Partner]) -> dict[str, list[str]]:
    return {
        "types": list(dict.fromkeys(partner.kind for partner in partners if partner.kind)),
        "names": list(dict.fromkeys(partner.name for partner in partners if partner.name)),
    }
