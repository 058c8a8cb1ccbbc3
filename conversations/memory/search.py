"""The search in memory: there are few initiatives, so each of them is compared."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.language.words import Place
from conversations.memory.initiatives import InitiativesInMemory
from conversations.model.initiatives import Initiative
from conversations.model.lineage.comparing import of_initiative
from conversations.model.search import (
    FILTERS,
    IN_WORDS,
    SHOWN,
    Condition,
    Found,
    Option,
    Wanted,
    counted_by_choice,
    keys_of,
    page_of,
)
from conversations.reading.alike.likeness import likest
from conversations.reading.alike.traits import Described
from conversations.reading.searching import fits, wanted_words, words_in, written_words


@dataclass(slots=True)
class SearchInMemory:
    """The search among initiatives (the protocol `SearchLookup`): by whole words and parts of them."""

    initiatives: InitiativesInMemory

    def find(self, wanted: Wanted, page: int) -> Found:
        """Returns a page of the results, counted from 0; for a page after the last, the last one."""
        searches = ((self._found(search), search) for search in (wanted, *wanted.looser()))
        found, by = next((each for each in searches if each[0]), ([], wanted))
        first = page_of(page, len(found)) * SHOWN
        return Found(found[first : first + SHOWN], len(found), by=by)

    def options(self, wanted: Wanted, by: str) -> Sequence[Option]:
        """Returns the choices of one filter that leave at least one of the results."""
        counted = counted_by_choice(self._found(wanted.without(by)))
        if by == "where":
            return [Option(key, self._place(key), count) for (of, key), count in counted.items() if of == by]
        choices = next((each.choices for each in FILTERS if each.key == by), ())
        return [Option(each.key, each.label, counted[by, each.key]) for each in choices if (by, each.key) in counted]

    def _place(self, key: str) -> Place:
        return COUNTRY_NAMES.get(key) or next(
            (each.place for each in self.initiatives.published.values() if each.municipality == key), key
        )

    def alike(self, this: Described, most: int) -> Sequence[Initiative]:
        """Returns initiatives that are alike, the likest first, at most `most`."""
        seen = [each for each in self.initiatives.published.values() if each.sharing in self.initiatives.seen]
        return likest(this, [(each, of_initiative(each)) for each in seen], most)

    def nearest(self, wanted: Wanted) -> Sequence[str]:
        """Returns words that find something if the search finds nothing."""
        return [said for said in written_words(wanted.words) if self._found(Wanted(said, wanted.filters))]

    def _found(self, wanted: Wanted) -> list[Initiative]:
        words = wanted_words(wanted.words)
        if wanted.words and not words:
            return []
        seen = [each for each in self.initiatives.published.values() if each.sharing in self.initiatives.seen]
        found = [each for each in seen if _matches(each, wanted, words)]
        spelled = [*words, *(word for each in wanted.asked if each.by in IN_WORDS for word in _said(each))]
        return sorted(
            sorted(found, key=lambda each: each.published_at, reverse=True),
            key=lambda each: not all(_says(_prominent(each), word) for word in spelled),
        )


def _matches(initiative: Initiative, wanted: Wanted, words: Sequence[str]) -> bool:
    keys, text = set(keys_of(initiative)), f"{_prominent(initiative)} {initiative.summary}"
    return (
        set(wanted.filters.items()) <= keys
        and all(_meets(each, keys, text) for each in wanted.asked)
        and all(_says(text, word) or _begins_so(text, wanted.alike.get(word, ())) for word in words)
    )


def _meets(condition: Condition, keys: Collection[tuple[str, str]], text: str) -> bool:
    if any((condition.by, key) in keys for key in condition.keys):
        return True
    said = _said(condition) if condition.by in IN_WORDS else []
    return bool(said) and all(_says(text, word) for word in said)


def _said(condition: Condition) -> list[str]:
    return wanted_words(" ".join(condition.said))


def _prominent(initiative: Initiative) -> str:
    return f"{initiative.title} {initiative.library} {initiative.place}"


def _begins_so(text: str, beginnings: Sequence[str]) -> bool:
    return any(word.startswith(tuple(beginnings)) for word in words_in(text))


def _says(text: str, wanted: str) -> bool:
    return any(fits(word, wanted) for word in words_in(text))
