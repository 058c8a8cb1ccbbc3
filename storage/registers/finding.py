"""Search for a named thing by typed text: a part of the name, without diacritics, with a typing error."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from conversations.reading.text import fold

Thing = TypeVar("Thing")

_FEWEST_LETTERS = 2
_FEWEST_WITHIN = 4  # the shortest text that is also found inside words, for Danish compounds
_FEWEST_WITH_A_SLIP = 4
_MOST_LETTERS = 120
_ALIKE = 0.7  # one error in four letters, two in seven

# Words that occur in most names and most queries: they are ignored unless nothing else was typed.
_COMMON = ("bibliotek", "folkebib", "kommunebib", "knjiznic", "librar", "kommun", "obcin", "municipal", "borgerservice")
_SMALL = frozenset({"og", "in", "and", "the", "of", "i", "v", "&", "-"})

# How well a name fits, best first.
_EQUAL, _BEGINS, _EQUAL_PLACE, _WORD_BEGINS, _INITIALS, _PLACE_BEGINS, _WITHIN, _ALMOST = range(8)


@dataclass(frozen=True)
class Names(Generic[Thing]):
    """A thing with the names that mean it, other names that it is partly found by, and the places in it."""

    thing: Thing
    names: tuple[str, ...]
    """Each of these names, typed in full, means this thing (if no other has the same name)."""
    places: tuple[str, ...] = ()


class Finder(Generic[Thing]):
    """An index of all things, with their names folded once."""

    def __init__(self, all_names: Iterable[Names[Thing]]) -> None:
        self._things: list[Thing] = []
        self._by_name: dict[str, set[int]] = {}
        self._by_initials: dict[str, set[int]] = {}
        self._words: list[frozenset[str]] = []
        self._keys: list[tuple[str, int, bool]] = []  # folded name, index of the thing, whether it is a place in it
        for number, found in enumerate(all_names):
            self._things.append(found.thing)
            names = {fold(name) for name in found.names if name}
            for name in names:
                self._by_name.setdefault(name, set()).add(number)
                self._by_initials.setdefault(_initials(name), set()).add(number)
            bare = {_without_common_words(name) for name in names}
            self._keys += [(name, number, False) for name in sorted(names | bare)]
            self._keys += [
                (name, number, True) for name in sorted({fold(place) for place in found.places if place} - names)
            ]
            self._words.append(frozenset(word for name in names for word in name.split()))

    def exact(self, typed: str) -> Thing | None:
        """The only thing with the name `typed`, in any spelling; None: there is none, or several."""
        found = self._by_name.get(fold(typed), set())
        return self._things[next(iter(found))] if len(found) == 1 else None

    def near(self, typed: str, limit: int) -> tuple[Thing, ...]:
        """Up to `limit` things that may be meant, best first; none for fewer than two letters."""
        whole = fold(typed[:_MOST_LETTERS])
        if len(whole) < _FEWEST_LETTERS:
            return ()
        best: dict[int, tuple[float, int]] = {}

        def fits(number: int, how_well: float, length: int) -> None:
            best[number] = min(best.get(number, (how_well, length)), (how_well, length))

        bare = _without_common_words(whole)
        for key, number, is_place in self._keys:
            if bare in key and (how_well := _fit(bare, key, is_place=is_place)) is not None:
                fits(number, how_well, len(key))
        for number in self._by_initials.get(whole, ()):
            fits(number, _INITIALS, 0)
        said = bare.split()
        if len(said) > 1:
            for number, words in enumerate(self._words):
                if all(any(word.startswith(part) for word in words) for part in said):
                    fits(number, _WORD_BEGINS, len(words))
        if len(bare) >= _FEWEST_WITH_A_SLIP and all(how_well >= _WITHIN for how_well, _length in best.values()):
            keys = [key for key, _number, _is_place in self._keys]
            for _key, alike, at in extract(
                bare, keys, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=limit
            ):
                fits(self._keys[at][1], _ALMOST + 1 - alike, 0)
        return tuple(
            self._things[number] for number in sorted(best, key=lambda number: (*best[number], number))[:limit]
        )


def _fit(said: str, key: str, *, is_place: bool) -> int | None:
    """How well `key`, which contains `said`, fits; None: it does not."""
    if said == key:
        return _EQUAL_PLACE if is_place else _EQUAL
    if key.startswith(said):
        return _PLACE_BEGINS if is_place else _BEGINS
    if f" {said}" in key:
        return _PLACE_BEGINS if is_place else _WORD_BEGINS
    return _WITHIN if len(said) >= _FEWEST_WITHIN else None


def _without_common_words(folded: str) -> str:
    """`folded` without common words like library, unless it has no others."""
    words = [word for word in folded.split() if not word.startswith(_COMMON) and word not in _SMALL]
    return " ".join(words) or folded


def _initials(folded: str) -> str:
    """MKL for Mestna knjižnica Ljubljana."""
    return "".join(word[0] for word in folded.split())
