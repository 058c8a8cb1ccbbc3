"""Every word in the search index, and which of them a typed word may mean."""

from collections.abc import Collection, Iterable

from rapidfuzz.distance import OSA
from sqlalchemy import BindParameter, Connection, bindparam, delete, select, text

from conversations.reading.searching import beginning, parts, stem
from storage.engine.inserting import insert_unless_there
from storage.engine.prepared import Prepared
from storage.models import known_words
from storage.search.fts_match import as_query

MOST = 64
"""How many known words a typed word may stand for; the shortest are the likeliest and most common."""

MOST_CLOSE = 24
"""How many further words it may stand for if those find little."""

_SHORT = 3
_SHORTEST_MISTAKEN = 4
_CORRECTIONS = 3

_ADD = insert_unless_there(known_words, "word", returning=())
_THESE: BindParameter[str] = bindparam("these", expanding=True)
_KNOWN = select(known_words.c.word).where(known_words.c.word.in_(_THESE))
_AT_ONCE = 500
"""Words in one statement; databases limit the number of parameters."""

_REMOVE = delete(known_words).where(known_words.c.word == bindparam("this"))
_FIND = Prepared(
    {
        "sqlite": text(
            """SELECT word FROM known_words
            WHERE number IN (SELECT rowid FROM known_words_index WHERE known_words_index MATCH :wanted)
            AND instr(word, :part) > 0 AND length(word) BETWEEN :least AND :longest
            ORDER BY word <> :first, length(word), word LIMIT :most"""
        ).columns(known_words.c.word),
        "postgresql": text(
            """SELECT word FROM known_words WHERE parts @@ CAST(:wanted AS tsquery)
            AND strpos(word, :part) > 0 AND length(word) BETWEEN :least AND :longest
            ORDER BY word <> :first, length(word), word LIMIT :most"""
        ).columns(known_words.c.word),
    }
)
_LONGEST = 1_000
_MOST_CANDIDATES = 2_000


class KnownWords:
    """The words, in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._dialect = connection.dialect.name

    def add(self, words: Collection[str]) -> None:
        """Add these words."""
        new = sorted(words)
        for start in range(0, len(new), _AT_ONCE):
            some = new[start : start + _AT_ONCE]
            known = set(self._connection.scalars(_KNOWN, {"these": some}))
            if rows := [
                {"word": word, "parts": list(dict.fromkeys(parts(word)))} for word in some if word not in known
            ]:
                self._connection.execute(_ADD[self._dialect], rows)

    def remove(self, words: Iterable[str]) -> None:
        """Remove these words."""
        if rows := [{"this": word} for word in words]:
            self._connection.execute(_REMOVE, rows)

    def meant_by(self, word: str) -> list[str]:
        """The known words that mean the same as `word`: itself, and those that contain it or its stem, shortest first.

        `conversations.reading.searching.fits` says when three letters must be at the beginning or end of a word.
        """
        if len(word) < _SHORT:
            return [word]
        if len(word) == _SHORT:
            return _first(MOST, self._with(f"_{word}"), self._with(f"{word}_"))
        return self._with(stem(word), first=word)

    def close_to(self, word: str) -> list[str]:
        """Further words that `word` may mean: related words, and words that differ by one typing error."""
        relatives = self._with(f"_{start}") if (start := beginning(word)) else []
        mended = self.mended(word)
        return _first(MOST_CLOSE, mended, *(self._with(stem(each)) for each in mended), relatives)

    def beginning_like(self, word: str) -> list[str]:
        """The known words with the same first three letters as `word`."""
        return self._with(f"_{word[:_SHORT]}", most=_MOST_CANDIDATES)

    def beginning_with(self, beginnings: Iterable[str]) -> list[str]:
        """The known words that begin with one of these."""
        return _first(MOST, *(self._with(f"_{each}") for each in beginnings if len(each) >= _SHORT))

    def mended(self, word: str) -> list[str]:
        """The known words that differ from `word` by one letter too many, too few, wrong or changed with the next."""
        if len(word) < _SHORTEST_MISTAKEN:
            return []
        half = len(word) // 2
        # One typing error leaves either half of the word unchanged, unless it swaps the two letters in the middle.
        changed = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        candidates = {
            found
            for part in (f"_{word[:half]}", f"{word[half:]}_", f"_{changed}_")
            for found in self._with(part, len(word) - 1, len(word) + 1, _MOST_CANDIDATES)
        }
        near = (each for each in candidates if each != word and OSA.distance(word, each, score_cutoff=1) <= 1)
        return sorted(near, key=lambda each: (abs(len(each) - len(word)), each))[:_CORRECTIONS]

    def _with(self, part: str, least: int = 0, longest: int = _LONGEST, most: int = MOST, first: str = "") -> list[str]:
        """Words that contain `part`: first those with `first`, then the shortest; `_` is a word's beginning or end."""
        threes = [part[place : place + _SHORT] for place in range(len(part) - _SHORT + 1)]
        if not threes:
            return []
        wanted = as_query([[three] for three in threes], self._dialect)
        within = {"part": part.strip("_"), "least": least, "longest": longest}
        found = _FIND.rows(self._connection, {"wanted": wanted, **within, "first": first, "most": most})
        return [word for (word,) in found if part in f"_{word}_"]


def _first(most: int, *lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for words in lists for word in words))[:most]
