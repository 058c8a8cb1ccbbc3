"""Every public initiative in short, the lists that it is in, and their pages; in the state of the site.

An initiative gets its number when it is first seen, so the newest have the highest, and keeps it. The pages of a list
keep their first numbers too: when one initiative is published, corrected or withdrawn, only few pages change.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.site.files import mark
from bot.site.words import shard_of, start_of, words_for
from conversations.model.happenings import beginning
from conversations.model.search import years_of
from storage.site.public import PublicInitiative

A_PAGE = 40
"""Initiatives on a page of a list, when it is full; a page that grows later is split when it has twice as many."""

ALL = "all"
"""The list of all initiatives. The others are named `theme/language_cafe`, `municipality/DK-0461`."""


@dataclass(frozen=True, slots=True)
class Card:
    """A public initiative in short. Dates are ISO 8601; `made_of` changes with anything that is public of it."""

    number: int
    id: str
    made_of: str
    title: str
    line: str
    language: str
    library: str
    municipality: str
    place: str
    country: str
    stage: str
    themes: tuple[str, ...]
    published_at: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list: the numbers from `first` to before `end` (None: no end). Pages count from the oldest, 1."""

    page: int
    first: int
    end: int | None


class SiteIndex:
    """The initiatives of the site and their lists. `read` brings it up to date; all else only reads."""

    def __init__(self, state: sqlite3.Connection) -> None:
        self._state = state

    def read(
        self, initiatives: Iterable[PublicInitiative], further: Mapping[str, Iterable[str]], run: int
    ) -> Iterator[tuple[PublicInitiative, Card]]:
        """Takes in every public initiative; yields them as they come, each in short. `further` are lists, by id.

        Those that do not come are gone at the end.
        """
        for each in initiatives:
            yield each, self._take(each, further.get(each.initiative.id, ()), run)
        gone = self._state.execute("SELECT number, id FROM items WHERE run <> ?", (run,)).fetchall()
        for number, this in gone:
            self._forget(number, run)
            self._state.execute("DELETE FROM items WHERE number = ?", (number,))
            self._state.execute("INSERT OR IGNORE INTO shown VALUES (?)", (this,))
        self._settle_pages()

    def was_shown(self, this: str) -> bool:
        """Returns whether the site has shown an initiative that it does not show any more."""
        return self._state.execute("SELECT 1 FROM shown WHERE id = ?", (this,)).fetchone() is not None

    def card(self, this: str) -> Card | None:
        """Returns one initiative; None: it is not public."""
        return next(self._cards("WHERE items.id = ?", (this,)), None)

    def cards(self, name: str, page: ListPage) -> list[Card]:
        """Returns the initiatives of a page of a list, the newest first."""
        where = "JOIN listed USING (number) WHERE list = ? AND number >= ? AND number < ? ORDER BY number DESC"
        return list(self._cards(where, (name, page.first, (1 << 62) if page.end is None else page.end)))

    def newest(self, name: str, most: int) -> list[Card]:
        """Returns the newest initiatives of a list (`all`, `theme/language_cafe`), at most `most`."""
        return list(self._cards("JOIN listed USING (number) WHERE list = ? ORDER BY number DESC LIMIT ?", (name, most)))

    def last_changed(self, name: str, most: int) -> list[Card]:
        """Returns those of a list that were published or changed last, the last one first, at most `most`."""
        at = "max(json_extract(card, '$[9]'), json_extract(card, '$[10]'))"
        where = f"JOIN listed USING (number) WHERE list = ? ORDER BY {at} DESC, number DESC LIMIT ?"
        return list(self._cards(where, (name, most)))

    def other_pages(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yields the pages of this run that are not of one initiative, each path without its language, with those."""
        query = """SELECT substr(path, 4), group_concat(substr(path, 1, 2)) FROM files
            WHERE run = (SELECT max(number) FROM runs) AND path GLOB '[a-z][a-z]/*.html' AND path NOT GLOB '??/i/*'
            GROUP BY substr(path, 4) ORDER BY 1"""
        for path, languages in self._state.execute(query):
            yield path, tuple(sorted(languages.split(",")))

    def pages(self, name: str) -> list[ListPage]:
        """Returns the pages of a list, the oldest first."""
        rows = self._state.execute("SELECT page, first FROM bounds WHERE list = ? ORDER BY first", (name,)).fetchall()
        ends = [*(first for _page, first in rows[1:]), None]
        return [ListPage(page, first, end) for (page, first), end in zip(rows, ends[: len(rows)], strict=True)]

    def lists(self, kind: str) -> dict[str, int]:
        """Returns the lists of a kind that are not empty, by key, with the number of initiatives in each."""
        query = "SELECT list, count(*) FROM listed WHERE list >= ? AND list < ? GROUP BY list"
        rows = self._state.execute(query, (f"{kind}/", f"{kind}0"))  # "0" comes after "/"
        return {name.partition("/")[2]: count for name, count in rows}

    def count(self, name: str = ALL) -> int:
        """Returns how many initiatives a list has."""
        return int(self._state.execute("SELECT count(*) FROM listed WHERE list = ?", (name,)).fetchone()[0])

    def numbers(self, name: str) -> Iterator[int]:
        """Yields the numbers of a list, the lowest first."""
        for (number,) in self._state.execute("SELECT number FROM listed WHERE list = ? ORDER BY number", (name,)):
            yield number

    def shards(self) -> Iterator[tuple[str, int]]:
        """Yields the files of words that are not empty, each with the run that changed it last."""
        for shard, version in self._state.execute("SELECT shard, version FROM shards ORDER BY shard").fetchall():
            if next(self.words_of(shard), None):
                yield shard, version
            else:
                self._state.execute("DELETE FROM shards WHERE shard = ?", (shard,))

    def words_of(self, shard: str) -> Iterator[tuple[str, int, bool]]:
        """Yields the words of one file in order, each with the number of an initiative and whether its title has it."""
        start = start_of(shard)
        query = "SELECT word, number, title FROM words WHERE word >= ? AND word < ? ORDER BY word, number"
        for word, number, in_title in self._state.execute(query, (start, f"{start}\U0010ffff")):
            yield word, number, bool(in_title)

    def portions(self, size: int) -> Iterator[tuple[int, list[Card]]]:
        """Yields all initiatives in portions of numbers: the first portion has the numbers before `size`."""
        last = self._state.execute("SELECT max(number) FROM items").fetchone()[0] or 0
        for portion in range(last // size + 1):
            where = "WHERE number >= ? AND number < ? ORDER BY number"
            if cards := list(self._cards(where, (portion * size, (portion + 1) * size))):
                yield portion, cards

    def stages(self) -> Mapping[str, set[str]]:
        """Returns the stages of the initiatives of each municipality (`DK-0461`)."""
        query = """SELECT DISTINCT substr(a.list, 14), substr(b.list, 7) FROM listed a JOIN listed b USING (number)
            WHERE a.list >= 'municipality/' AND a.list < 'municipality0' AND b.list >= 'stage/' AND b.list < 'stage0'"""
        found: dict[str, set[str]] = {}
        for municipality, stage in self._state.execute(query):
            found.setdefault(municipality, set()).add(stage)
        return found

    def made_of(self) -> str:
        """Returns a mark that changes with any public initiative."""
        query = "SELECT id, made_of FROM items ORDER BY number"
        whole = mark()
        for this, made_of in self._state.execute(query):
            whole = mark(whole, this, made_of)
        return whole

    def _take(self, each: PublicInitiative, further: Iterable[str], run: int) -> Card:
        one = each.initiative
        lists = sorted({ALL, *lists_of(each), *further})
        made_of = mark(_told(each), lists)
        row = self._state.execute("SELECT number, made_of FROM items WHERE id = ?", (one.id,)).fetchone()
        if row and row[1] == made_of:
            self._state.execute("UPDATE items SET run = ? WHERE number = ?", (run, row[0]))
            return _card(row[0], one.id, made_of, _in_short(each))
        number = row[0] if row else self._next()
        self._forget(number, run)
        short = _in_short(each)
        words = words_for(one)
        self._state.execute(
            "INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)",
            (number, one.id, made_of, json.dumps(short, ensure_ascii=False), run),
        )
        self._state.executemany("INSERT INTO listed VALUES (?, ?)", ((name, number) for name in lists))
        self._state.executemany(
            "INSERT INTO words VALUES (?, ?, ?)", ((word, number, in_title) for word, in_title in words.items())
        )
        self._mark_changed(words, run)
        return _card(number, one.id, made_of, short)

    def _next(self) -> int:
        number = self._state.execute("SELECT max(number) FROM items").fetchone()[0]
        return 1 if number is None else int(number) + 1

    def _forget(self, number: int, run: int) -> None:
        words = [word for (word,) in self._state.execute("SELECT word FROM words WHERE number = ?", (number,))]
        self._mark_changed(words, run)
        self._state.execute("DELETE FROM words WHERE number = ?", (number,))
        self._state.execute("DELETE FROM listed WHERE number = ?", (number,))

    def _mark_changed(self, words: Iterable[str], run: int) -> None:
        shards = {shard_of(word) for word in words}
        self._state.executemany("INSERT OR REPLACE INTO shards VALUES (?, ?)", ((shard, run) for shard in shards))

    def _settle_pages(self) -> None:
        """Divide every list into pages, so that those that are there already keep their beginnings."""
        names = [name for (name,) in self._state.execute("SELECT DISTINCT list FROM listed")]
        for name in names:
            self._divide(name)
        self._state.execute("DELETE FROM bounds WHERE list NOT IN (SELECT DISTINCT list FROM listed)")

    def _divide(self, name: str) -> None:
        bounds = [page.first for page in self.pages(name)]
        pages: list[list[int]] = []
        current: list[int] = []
        waiting = iter(bounds[1:])
        end = next(waiting, None)
        for number in self.numbers(name):
            while end is not None and number >= end:
                pages += _divided(current)
                current = []
                end = next(waiting, None)
            current.append(number)
        new = [found[0] for found in (*pages, *_divided(current))]
        if new != bounds:
            self._state.execute("DELETE FROM bounds WHERE list = ?", (name,))
            self._state.executemany(
                "INSERT INTO bounds VALUES (?, ?, ?)", ((name, first, page) for page, first in enumerate(new, 1))
            )

    def _cards(self, where: str, asked: Sequence[Any]) -> Iterator[Card]:
        query = f"SELECT number, items.id, items.made_of, items.card FROM items {where}"  # noqa: S608  # nosec B608
        for number, this, made_of, card in self._state.execute(query, asked):
            yield _card(number, this, made_of, json.loads(card))


def lists_of(each: PublicInitiative) -> Iterator[str]:
    """Yields the lists that an initiative is in by what is reported."""
    one = each.initiative
    yield from (f"theme/{theme}" for theme in one.told_themes)
    yield from (f"group/{group}" for group in one.told_groups)
    yield from (f"year/{year}" for year in years_of(one))
    for kind, key in (
        ("country", one.country),
        ("municipality", one.municipality),
        ("stage", one.progress),
        ("call", one.call),
    ):
        if key:
            yield f"{kind}/{key}"


def _divided(numbers: list[int]) -> list[list[int]]:
    """Returns the pages of what was one page: several if it has grown to twice its size, none if nothing is left.

    The last one has the rest too, so that the newest page is never nearly empty.
    """
    starts = range(0, max(len(numbers) - A_PAGE + 1, 1), A_PAGE)
    ends = [*starts[1:], len(numbers)]
    return [numbers[start:end] for start, end in zip(starts, ends, strict=True) if numbers]


def _told(each: PublicInitiative) -> Sequence[Any]:
    """All that is public of an initiative, as it can be compared."""
    one = each.initiative
    return (
        one.language, one.published_at, one.changed_at, one.confirmed, one.call, one.library_key, one.library,
        one.municipality, one.place, one.region, one.country, one.answers, each.few, each.can_be_asked, each.inspired,
        [(stage.status, stage.at) for stage in each.stages],
        [(other.id, other.title, other.language) for other in (*each.inspired_by, *each.inspired_ones)],
        len(each.inspired_by),
    )  # fmt: skip


def _in_short(each: PublicInitiative) -> list[Any]:
    one = each.initiative
    return [
        one.title, beginning(one.summary), one.language, one.library, one.municipality, one.place, one.country,
        one.progress, list(one.told_themes), one.published_at.isoformat(), one.changed_at.isoformat(),
    ]  # fmt: skip


def _card(number: int, this: str, made_of: str, short: Sequence[Any]) -> Card:
    title, line, language, library, municipality, place, country, stage, themes, published_at, changed_at = short
    return Card(
        number, this, made_of, title, line, language, library, municipality, place, country, stage, tuple(themes),
        published_at, changed_at,
    )  # fmt: skip
