"""Finding the choice that somebody typed instead of pressing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from conversations.reading.text import fold

_SHORTEST_PREFIX = 3
_SHORTEST_WITH_A_SLIP = 5
_HOW_MANY_NEAR = 3
_ALIKE = 0.75
"""How alike a label must be to be offered, 1 being the same: below that a guess would be by letters alone."""
_LONGEST = 200  # longer than any label; what comes after cannot matter, and comparing it would take long


@dataclass(frozen=True)
class Match:
    """The place of the one choice that was meant or, when that is not certain, of the few that are nearest."""

    index: int | None
    near: tuple[int, ...] = ()


def nearest(typed: str, labels: Sequence[Sequence[str]]) -> Match:
    """Which choice `typed` means, where `labels[i]` are all the spellings, in every language, of choice i.

    One choice is certain when its label is typed in full, when only its labels begin so (three letters at least), or
    when one letter is wrong, missing, added or swapped (in five letters or more) and no other choice is as close.
    Otherwise `near` has up to three that are alike, the most alike first; none where nothing is.
    """
    said = _plain(typed[:_LONGEST])
    spellings = [[_plain_label(label) for label in spelled] for spelled in labels]
    if not said:
        return Match(None)
    for fits in (_is_the_same, _begins_so, _has_one_slip):
        found = [index for index, spelled in enumerate(spellings) if any(fits(said, label) for label in spelled)]
        if len(found) == 1:
            return Match(found[0])
        if found:  # several fit equally well: a looser rule cannot tell them apart
            break
    return Match(None, tuple(_most_alike(said, spellings)))


def split_choices(text: str, labels: Sequence[Sequence[str]] = ()) -> tuple[str, ...]:
    """The parts of "sprogcafé, lektiehjælp og job", in the order written.

    Parts end at commas, semicolons, lines, slashes, plus signs, and the words for "and". A label given in `labels`
    that holds such a mark itself ("Trivsel og ensomhed") stays whole.
    """
    known = {_plain_label(label) for spelled in labels for label in spelled}
    longest = max((len(_SEPARATOR.split(_one_space(label))) for spelled in labels for label in spelled), default=1)
    pieces = _SEPARATOR.split(_one_space(text))  # texts at even places, the separators between them at odd ones
    parts: list[str] = []
    at = 0
    while at < len(pieces):
        ends = range(min(at + longest, len(pieces)), at + 1, -2)
        end = next((end for end in ends if _plain("".join(pieces[at:end])) in known), at + 1)
        parts.append("".join(pieces[at:end]).strip(_EDGES))
        at = end + 1
    return tuple(part for part in parts if part)


_SPACES = re.compile(r"[^\S\n]+")
_SEPARATOR = re.compile(r"( ?[,;\n/+&•] ?| (?:og|samt|in|ter|and) )", re.IGNORECASE)
_EDGES = " \n.,;:!?-–—•*\"'”“„»«’"


def _one_space(text: str) -> str:
    return _SPACES.sub(" ", text)


def _plain(text: str) -> str:
    return fold(text).strip(_EDGES)


_plain_label = lru_cache(maxsize=4096)(_plain)  # the same few hundred again and again


def _is_the_same(said: str, label: str) -> bool:
    return said == label


def _begins_so(said: str, label: str) -> bool:
    return len(said) >= _SHORTEST_PREFIX and label.startswith(said)


def _has_one_slip(said: str, label: str) -> bool:
    """Whether one letter typed wrongly, left out, added, or swapped with the next makes the whole difference."""
    if min(len(said), len(label)) < _SHORTEST_WITH_A_SLIP or abs(len(said) - len(label)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(said, label, strict=False)) if a != b), min(len(said), len(label)))
    rest, wanted = said[start:], label[start:]
    return (
        rest[1:] == wanted[1:]
        or rest[1:] == wanted
        or rest == wanted[1:]
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )


def _most_alike(said: str, spellings: Sequence[Sequence[str]]) -> list[int]:
    def likeness(index: int) -> float:
        return max((_likeness(said, label) for label in spellings[index]), default=0.0)

    alike = [index for index in range(len(spellings)) if likeness(index) >= _ALIKE]
    return sorted(alike, key=likeness, reverse=True)[:_HOW_MANY_NEAR]


def _likeness(said: str, label: str) -> float:
    if said in label and len(said) >= _SHORTEST_PREFIX:
        return 1.0 + len(said) / len(label)  # a part of the label says more than any resemblance
    compared = SequenceMatcher(None, said, label)
    alike = compared.real_quick_ratio() >= _ALIKE and compared.quick_ratio() >= _ALIKE
    return compared.ratio() if alike else 0.0
