"""Search of published initiatives. The application updates the index in the transaction that changes them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, or_, select, text

from conversations.model.initiatives import Appearance, Initiative, Sharing
from conversations.model.search import IN_WORDS, SHOWN, Condition, Wanted
from conversations.reading.searching import wanted_words
from storage.models import findable, initiatives
from storage.search.findable import IN_TITLE, Spellings, key_token, made_with, sharing_token, tokens_of, words_of
from storage.search.fts_match import Match, findable_numbers, is_found
from storage.search.known_words import KnownWords
from storage.search.wiping import merge_index

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)

_THESE: BindParameter[Any] = bindparam("these", expanding=True)
_TOKENS = select(findable.c.words).where(findable.c.report_id.in_(_THESE))
_FORGET = delete(findable).where(findable.c.report_id.in_(_THESE))
_KEEP = insert(findable)
_AMONG = select(findable.c.number).where(findable.c.number.in_(_THESE))
_TAKEN = (
    select(findable.c.number)
    .where(findable.c.number >= bindparam("first"))
    .order_by(findable.c.number)
    .limit(bindparam("most"))
)
_OLD = (
    select(initiatives.c.report_id)
    .join(findable, findable.c.report_id == initiatives.c.report_id, isouter=True)
    .where(or_(findable.c.made.is_(None), findable.c.made != bindparam("made")))
    .order_by(initiatives.c.report_id)
    .limit(bindparam("most"))
)
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7236535013)")
"""The advisory lock for changes of the index, which avoids deadlocks between two writers. The number is arbitrary."""


def forget(connection: Connection, these: Sequence[str]) -> None:
    """Remove these initiatives from the index, and words that only they contained."""
    if these:
        _forget_words(connection, _taken_out(connection, these))


def _taken_out(connection: Connection, these: Sequence[str]) -> set[str]:
    """Delete the rows of these initiatives; returns their words."""
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME)
    asked = {"these": list(these)}
    before = words_of(token for tokens in connection.scalars(_TOKENS, asked) for token in tokens)
    connection.execute(_FORGET, asked)
    return before


def _forget_words(connection: Connection, words: Collection[str]) -> None:
    KnownWords(connection).remove(word for word in sorted(words) if not is_found(connection, word))


@dataclass(frozen=True, slots=True)
class Hits:
    """The numbers of the initiatives that the search `by` found, best first; `close`: they are only similar."""

    by: Wanted
    numbers: tuple[int, ...] = ()
    close: bool = False


class Search:
    """The index, in one transaction. `spellings` returns words in every language of the bot."""

    def __init__(self, connection: Connection, spellings: Spellings) -> None:
        self._connection = connection
        self._spellings = spellings
        self._known = KnownWords(connection)
        self._meant_by = cache(self._known.meant_by)  # looser searches have the same words
        self._close_by = cache(self._known.close_to)

    def keep(self, changes: Sequence[Appearance]) -> None:
        """Update the index after these changes."""
        if not changes:
            return
        self._meant_by.cache_clear()
        self._close_by.cache_clear()
        before = _taken_out(self._connection, [change.id for change in changes])
        now = [change.after for change in changes if change.after]
        tokens = [tokens_of(each, self._spellings) for each in now]
        after = words_of(token for each in tokens for token in each)
        if now:
            self._connection.execute(_KEEP, list(self._rows(now, tokens)))
        self._known.add(after)
        _forget_words(self._connection, before - after)

    def old(self, most: int) -> Sequence[str]:
        """Up to `most` initiatives whose index rows are missing or from another version."""
        return self._connection.scalars(_OLD, {"most": most, "made": made_with(self._spellings)}).all()

    def find(self, wanted: Wanted, sees: Collection[Sharing], most: int) -> Hits:
        """Up to `most` initiatives, best first; if all of `wanted` finds nothing, what a looser search finds."""
        return next(self._hits(wanted, sees, most), Hits(wanted))

    def _hits(self, wanted: Wanted, sees: Collection[Sharing], most: int) -> Iterator[Hits]:
        """What `wanted`, and each looser search, finds if it finds anything."""
        for search in (wanted, *wanted.looser()):
            numbers, close = self._found(search, sees, most)
            if numbers:
                yield Hits(search, tuple(numbers), close)

    def _found(self, wanted: Wanted, sees: Collection[Sharing], most: int) -> tuple[list[int], bool]:
        """The numbers of up to `most` initiatives, best first, and whether they are only similar to what is wanted.

        Initiatives with all words in their title or place come first, then those with the themes and groups that the
        words mean or with the words anywhere; if these are few, then those with similar words. Among equals the newest
        come first.
        """
        soft = [each for each in wanted.asked if each.by in IN_WORDS]
        always: Match = [
            [sharing_token(each) for each in sorted(sees)],
            *([key_token(by, choice)] for by, choice in wanted.filters.items()),
            *(_keys(each) for each in wanted.asked if each.by not in IN_WORDS),
        ]
        words = wanted_words(wanted.words)
        if wanted.words and not words:
            return [], False
        if not words and not soft:
            return self._numbers(always, most), False
        rest = [[*self._meant_by(word), *self._known.beginning_with(wanted.alike.get(word, ()))] for word in words]
        said = {each: [self._meant_by(word) for word in wanted_words(" ".join(each.said))] for each in soft}
        unsaid = [_keys(each) for each, groups in said.items() if not groups]
        spelled = [*(group for groups in said.values() for group in groups), *rest]
        found = dict.fromkeys(self._numbers([*map(_titled, spelled), *unsaid, *always], most)) if spelled else {}
        if len(found) < most:
            meant = ([*_keys(each), *(groups[0] if len(groups) == 1 else ())] for each, groups in said.items())
            found |= dict.fromkeys(self._numbers([*meant, *rest, *always], most))
        if len(found) < most and any(len(groups) > 1 for groups in said.values()):
            found |= dict.fromkeys(self._numbers([*spelled, *unsaid, *always], most))
        if len(found) >= SHOWN:
            return list(found)[:most], False
        exactly = bool(found)
        close = [[*group, *self._close_by(word)] for word, group in zip(words, rest, strict=True)]
        if not soft:
            found |= dict.fromkeys(self._numbers([*(_titled(group) for group in close), *always], most))
        near = ([*_keys(each), *self._close_to(each, groups)] for each, groups in said.items())
        found |= dict.fromkeys(self._numbers([*near, *close, *always], most))
        return list(found)[:most], not exactly

    def _close_to(self, condition: Condition, groups: Sequence[Sequence[str]]) -> list[str]:
        """The words, and similar ones, that mean the one word that said a condition."""
        if len(groups) != 1:
            return []
        (word,) = wanted_words(" ".join(condition.said))
        return [*groups[0], *self._close_by(word)]

    def merge(self, *, begin: bool) -> bool:
        """Maintain a part of the index, at a quiet hour: call it with `begin`, then without while it returns True."""
        return merge_index(self._connection, begin=begin)

    def beginning_like(self, word: str) -> Sequence[str]:
        """The known words whose first three letters are those of `word`."""
        return self._known.beginning_like(word)

    def _numbers(self, match: Match, most: int) -> list[int]:
        return findable_numbers(self._connection, match, most)

    def _rows(self, these: Sequence[Initiative], tokens: Sequence[list[str]]) -> Iterator[dict[str, Any]]:
        made = made_with(self._spellings)
        firsts = [(each.published_at - _EPOCH) // _TICK for each in these]
        taken = set(self._connection.scalars(_AMONG, {"these": firsts}))
        for each, first, words in zip(these, firsts, tokens, strict=True):
            number = self._free(first, taken) if first in taken else first
            taken.add(number)
            yield {"number": number, "report_id": each.id, "made": made, "words": words}

    def _free(self, first: int, given: Collection[int]) -> int:
        """The first number from `first` on that no row has and that is not in `given`."""
        while True:
            taken = {*self._connection.scalars(_TAKEN, {"first": first, "most": 100}), *given}
            free = next((number for number in range(first, first + 100) if number not in taken), None)
            if free is not None:
                return free
            first += 100


def _keys(condition: Condition) -> list[str]:
    return [key_token(condition.by, key) for key in condition.keys]


def _titled(words: Sequence[str]) -> list[str]:
    return [IN_TITLE + word for word in words]
