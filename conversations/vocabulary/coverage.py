"""How much of an answer a reading explains: the rule for what is kept at once and what is shown first.

A number, a date or a contact is kept at once only where every word of the text that says something belongs to it.
Where one is left over ("abt 25", "not before 2027") the reading is shown, and kept once the person confirms it.
Choices follow the same rule by `Meant.certain`.
"""

from collections.abc import Iterable
from functools import cache

from conversations.language.languages import LANGUAGES
from conversations.vocabulary.words import words_in


def telling(words: Iterable[str], language: str) -> tuple[str, ...]:
    """Returns those of the folded `words` that say something; empty if all are small words of one language.

    The words are those that a reading has left over. Of several languages the one counts in which the fewest say
    something, and of equals the reader's `language`.
    """
    left = tuple(dict.fromkeys(words))
    if left[:1] in _NO:  # "no, it was 2023"
        left = left[1:]
    order = sorted(LANGUAGES, key=lambda each: each != language)
    return min((tuple(word for word in left if word not in _small(each)) for each in order), key=len)


_NO = frozenset({("no",), ("nej",), ("ne",)})


@cache
def _small(language: str) -> frozenset[str]:
    """The words of a language that say nothing beside a number or a date."""
    file = words_in(language)
    said = file.doubts | file.conditions | file.negations | file.exceptions
    return (file.ignored | file.polite | file.joins | file.only | file.times | file.places) - said
