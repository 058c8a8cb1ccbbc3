"""What one person may find among published initiatives."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from rapidfuzz import process

from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.language.words import Place
from conversations.model.initiatives import Initiative
from conversations.model.lineage.comparing import of_initiative
from conversations.model.search import (
    FILTERS,
    MOST,
    SHOWN,
    Found,
    Option,
    Wanted,
    counted_by_choice,
    page_of,
    region_key,
)
from conversations.reading.alike.likeness import likest
from conversations.reading.alike.traits import Described
from conversations.reading.searching import words_in, written_words
from conversations.reading.text import fold
from storage import registers
from storage.registers.written_for import written_for
from storage.search.alike import Candidates
from storage.search.initiatives import Initiatives, StoredInitiatives
from storage.search.search import Search

_MOST_PLACES = 24
_MOST_NEAREST = 4
_ALIKE = 70
"""How similar (of 100) a word must be to another to be suggested for it."""


class StoredSearch:
    """The `SearchLookup` of one person."""

    def __init__(
        self, search: Search, candidates: Candidates, initiatives: Initiatives, person: StoredInitiatives
    ) -> None:
        self._search = search
        self._candidates = candidates
        self._compared: dict[Described, Sequence[tuple[Initiative, Described]]] = {}
        self._initiatives = initiatives
        self._person = person

    def find(self, wanted: Wanted, page: int) -> Found:
        """Page `page` of the results, counted from 0; the last page if there are fewer."""
        sees = self._person.sees()
        hits = self._search.find(wanted, sees, MOST + 1)
        first, count = page_of(page, len(hits.numbers)) * SHOWN, len(hits.numbers)
        shown = self._initiatives.numbered(hits.numbers[first : first + SHOWN], sees)
        return Found(shown, min(count, MOST), count > MOST, hits.close, hits.by)

    def options(self, wanted: Wanted, by: str) -> Sequence[Option]:
        """The choices of one filter that leave some results, with the other filters applied."""
        choices = next((each.choices for each in FILTERS if each.key == by), ())
        sees = self._person.sees()
        numbers = self._search.find(wanted.without(by), sees, MOST + 1).numbers
        counts = None
        if len(numbers) <= MOST:
            counted = counted_by_choice(self._initiatives.numbered(numbers, sees))
            counts = {choice: count for (of, choice), count in counted.items() if of == by}
        if by == "where":
            return self._places(wanted.filters.get(by, ""), counts)
        if counts is None:
            return [Option(each.key, each.label) for each in choices]
        return [Option(each.key, each.label, counts[each.key]) for each in choices if each.key in counts]

    def alike(self, this: Described, most: int) -> Sequence[Initiative]:
        """Initiatives that are alike, the likest first, at most `most`."""
        there = written_for({"key": this.library}).municipality_key
        this = this if this.municipality else replace(this, municipality=there)
        if this not in self._compared:  # a turn that asks about them also shows them, to the author and on the card
            self._compared[this] = self._worth_comparing(this)
        return likest(this, self._compared[this], most)

    def _worth_comparing(self, this: Described) -> Sequence[tuple[Initiative, Described]]:
        sees = self._person.sees()
        found = self._initiatives.numbered(self._candidates.of(this, sees), sees)
        return [(each, of_initiative(each)) for each in found]

    def nearest(self, wanted: Wanted) -> Sequence[str]:
        """Words to suggest that find something, if `wanted` finds nothing."""
        written = written_words(wanted.words)
        offered: list[str] = []
        for said in written:
            if not self._finds(wanted, said):
                offered += self._alike(wanted, said)
            elif len(written) > 1:
                offered.append(said)
        return list(dict.fromkeys(offered))[:_MOST_NEAREST]

    def _alike(self, wanted: Wanted, said: str) -> list[str]:
        """Known words that are spelled similarly to `said` and find something."""
        (word,) = words_in(said) or ("",)
        among = self._search.beginning_like(word) if word else ()
        alike = process.extract(word, among, limit=_MOST_NEAREST, score_cutoff=_ALIKE)
        return [spelled for found, _score, _place in alike if (spelled := self._spelled(wanted, found))]

    def _finds(self, wanted: Wanted, word: str) -> list[Initiative]:
        """The first results of `word` alone, with the filters applied."""
        sees = self._person.sees()
        hits = self._search.find(Wanted(word, wanted.filters), sees, 1)
        return [] if hits.close else self._initiatives.numbered(hits.numbers, sees)

    def _spelled(self, wanted: Wanted, word: str) -> str:
        """A known word in the spelling of an initiative that this person may see; "" if none has it."""
        for each in self._finds(wanted, word):
            for said in (each.title, each.place, each.library, each.summary):
                for spelled in written_words(said):
                    if words_in(spelled) == [word]:
                        return spelled
        return ""

    def _places(self, chosen: str, counts: dict[str, int] | None) -> list[Option]:
        """Countries, regions and municipalities: those with results in `counts`; if it is None, those in `chosen`."""
        if counts is not None:
            keys = sorted(counts, key=lambda key: (_rank(key), -counts[key], key))[:_MOST_PLACES]
            return [Option(key, _place(key), counts[key]) for key in keys]
        return [Option(key, _place(key)) for key in (*COUNTRY_NAMES, *_within(chosen))]


def _place(key: str) -> Place:
    """The name of the place with that key."""
    if key in COUNTRY_NAMES:
        return COUNTRY_NAMES[key]
    country, _dash, code = key.partition("-")
    if found := registers.municipality(country, code):
        return found.name
    return _regions().get(key, key)


def _rank(key: str) -> int:
    """The sort rank of a place: large places come before small ones."""
    return 0 if key in COUNTRY_NAMES else 1 if "_" in key else 2


@cache
def _regions() -> dict[str, str]:
    """The name of each region by its key."""
    return {region_key(each.country, each.region): each.region for each in registers.municipalities()}


def _within(chosen: str) -> Iterator[str]:
    """The keys of the places within `chosen`: regions of a country (or of all), municipalities of a region."""
    if chosen in _regions():
        found = [each for each in registers.municipalities() if region_key(each.country, each.region) == chosen]
        yield from (f"{each.country}-{each.code}" for each in sorted(found, key=lambda each: fold(each.name)))
        return
    yield from (key for key in _regions() if chosen not in COUNTRY_NAMES or key.startswith(f"{chosen}_"))
