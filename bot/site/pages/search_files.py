"""What the search in the browser reads: small files of words, of lists and of initiatives in short, for all languages.

A browser asks for the files of the words that are searched for and of the filters that are set, and nothing else.
"""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from bot.site.files import SiteFile, mark, text_file
from bot.site.index import Card
from bot.site.pages.showing import KIND_LABELS
from bot.site.site import Site

TOGETHER = 100
"""Initiatives in short in one file; the program in the browser knows this number too."""


def search_files(site: Site) -> Iterator[SiteFile]:
    """Yields the files of words, of lists, and of initiatives in short."""
    for shard, version in site.index.shards():
        yield text_file(f"search/words/{shard}.json", mark(version), partial(_words, site, shard))
    for kind in KIND_LABELS:
        for key in site.index.lists(kind):
            name = f"{kind}/{key}"
            numbers = list(site.index.numbers(name))
            yield text_file(f"search/lists/{name}.json", mark(numbers), partial(_written, list(_steps(numbers))))
    for number, cards in site.index.portions(TOGETHER):
        short = {str(card.number): _short(card) for card in cards}
        yield text_file(f"search/short/{number}.json", mark(short), partial(_written, short))


def _words(site: Site, shard: str) -> str:
    """The words of one file: each with the numbers of the initiatives that have it in the title, and elsewhere."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for word, number, in_title in site.index.words_of(shard):
        found.setdefault(word, ([], []))[0 if in_title else 1].append(number)
    return _written({word: [list(_steps(numbers)) for numbers in both] for word, both in found.items()})


def _short(card: Card) -> list[str]:
    return [card.id, card.title, card.line, card.language, card.library, card.place, card.country, card.stage]


def _steps(numbers: Iterable[int]) -> Iterator[int]:
    """Yields each number as its distance to the one before: such files are smaller."""
    return (after - before for before, after in pairwise((0, *numbers)))


def _written(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
