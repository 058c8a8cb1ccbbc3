"""Candidates for what is alike: published initiatives worth a comparison, found by the index among any number."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection

from conversations.model.initiatives import Sharing
from conversations.reading.alike.traits import Described, near_groups, telling_words, traits_of
from storage.search.findable import IN_TITLE, idea_token, key_token, sharing_token
from storage.search.fts_match import Match, findable_numbers
from storage.search.known_words import KnownWords

EACH = 24
"""The newest initiatives of each kind of candidates: enough to find the likest, few enough to compare them at once."""

_MOST_IDEAS = 3
_MOST_WORDS = 4
_MOST_FORMS = 12
"""Words of a title, the longest ones, and forms of each, that are looked for."""


class Candidates:
    """Finds what is worth a comparison, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known = KnownWords(connection)

    def of(self, this: Described, sees: Collection[Sharing]) -> list[int]:
        """The numbers in the index of initiatives that may be alike and are shared with `sees`; none twice.

        They are from the same place, do the same, have the same narrow theme for near groups, or the same title.
        """
        shared = [sharing_token(each) for each in sorted(sees)]
        found = (number for match in self._matches(this) for number in self._newest([shared, *match]))
        return list(dict.fromkeys(found))

    def _matches(self, this: Described) -> Iterator[Match]:
        traits = traits_of(this)
        words = sorted(dict.fromkeys(telling_words(this.title)), key=len, reverse=True)[:_MOST_WORDS]
        titled = [[IN_TITLE + form for form in self._known.meant_by(word)[:_MOST_FORMS]] for word in words]
        ideas = [idea_token(each) for each in sorted(traits.ideas, key=lambda each: -traits.ideas[each])[:_MOST_IDEAS]]
        themes = [key_token("theme", each) for each in sorted(traits.narrow)]
        if this.municipality:
            here = [form for forms in titled for form in forms]
            yield [[key_token("where", this.municipality)], [*here, *ideas, *themes]]
        for idea in ideas:
            yield [[idea]]
        if themes:
            if groups := [key_token("group", each) for each in near_groups(sorted(traits.kin))]:
                yield [themes, groups]
            yield [themes]
        if titled:
            yield titled

    def _newest(self, match: Match) -> list[int]:
        return findable_numbers(self._connection, match, EACH)
