"""Long lists of names: the first few, and the rest page by page."""

from collections.abc import Sequence

from conversations.language.words import Listed, Place, counted

FOLDED = 10
"""Names that are shown before the rest is folded away."""

PAGE = 60
"""Names on one page of the rest."""


def folded(names: Sequence[str]) -> Place:
    """Returns the first names, and how many more there are."""
    first, more = Listed(tuple(names[:FOLDED])), len(names) - FOLDED
    return first if more <= 0 else counted("{names} and one more", "{names} and {n} more", more, names=first)


def is_folded(names: Sequence[str]) -> bool:
    """Returns whether some of the names are folded away."""
    return len(names) > FOLDED


def page_of(names: Sequence[str], page: int) -> tuple[Listed, int | None]:
    """Returns the names on that page, and the next page, with the first after the last; None if there is only one."""
    pages = max(1, -(-len(names) // PAGE))
    page %= pages
    return Listed(tuple(names[page * PAGE : (page + 1) * PAGE])), (page + 1) % pages if pages > 1 else None


def page_in(argument: str) -> int:
    """Returns the page that the button names."""
    return int(argument) if argument.isdecimal() and argument.isascii() and len(argument) < 6 else 0
