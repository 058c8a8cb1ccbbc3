"""The search in memory: there are few initiatives, so each of them is compared."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.language.words import Place
from conversations.memory.initiatives import InitiativesInMemory
from conversations.model.initiatives import Initiative
from conversations.model.search import FILTERS, SHOWN, Found, Option, Wanted, counted_by_choice, keys_of, page_of
from conversations.reading.searching import fits, wanted_words, words_in, written_words


@dataclass(slots=True)
class SearchInMemory:
    """The search among initiatives (the protocol `SearchLookup`): by whole words and parts of them."""

    initiatives: InitiativesInMemory

    def find(self, wanted: Wanted, page: int) -> Found:
        """Returns a page of the results, counted from 0; for a page after the last, the last one."""
        found = self._found(wanted)
        first = page_of(page, len(found)) * SHOWN
        return Found(found[first : first + SHOWN], len(found))

    def options(self, wanted: Wanted, by: str) -> Sequence[Option]:
        """Returns the choices of one filter that leave at least one of the results."""
        counted = counted_by_choice(self._found(wanted.without(by)))
        if by == "where":
            return [Option(key, self.place(key), count) for (of, key), count in counted.items() if of == by]
        choices = next((each.choices for each in FILTERS if each.key == by), ())
        return [Option(each.key, each.label, counted[by, each.key]) for each in choices if (by, each.key) in counted]

    def place(self, key: str) -> Place:
        """Returns the name of the place with this key."""
        return COUNTRY_NAMES.get(key) or next(
            (each.place for each in self.initiatives.published.values() if each.municipality == key), key
        )

    def nearest(self, wanted: Wanted) -> Sequence[str]:
        """Returns words that find something if the search finds nothing."""
        return [said for said in written_words(wanted.words) if self._found(Wanted(said, wanted.filters))]

    def _found(self, wanted: Wanted) -> list[Initiative]:
        words = wanted_words(wanted.words)
        if wanted.words and not words:
            return []
        seen = [each for each in self.initiatives.published.values() if each.sharing in self.initiatives.seen]
        seen = [each for each in seen if set(wanted.filters.items()) <= set(keys_of(each))]
        found = [each for each in seen if all(_says(f"{_prominent(each)} {each.summary}", word) for word in words)]
        return sorted(
            sorted(found, key=lambda each: each.published_at, reverse=True),
            key=lambda each: not all(_says(_prominent(each), word) for word in words),
        )


def _prominent(initiative: Initiative) -> str:
    return f"{initiative.title} {initiative.library} {initiative.place}"


def _says(text: str, wanted: str) -> bool:
    return any(fits(word, wanted) for word in words_in(text))
