"""How collections are named and summed up."""

from collections import Counter
from collections.abc import Mapping, Sequence

from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import THEMES
from conversations.language.words import Listed, Place, Words, _, counted, labelled, own
from conversations.model.initiatives import Initiative

STATUS: Mapping[str, Words] = {
    "draft": labelled("collection", "Not published yet"),
    "published": labelled("collection", "Published"),
    "withdrawn": labelled("collection", "Withdrawn"),
}
"""How far a collection is, in words."""

_MOST_THEMES = 4


def kept(text: Place) -> Words:
    """Returns what a coordinator wrote as a sentence."""
    return own(text)


def figures(those: Sequence[Initiative]) -> tuple[Words, ...]:
    """Returns how many initiatives of how many libraries these are, by country and by theme; none of nothing."""
    if not those:
        return ()
    libraries = len({each.library_key or each.library or each.municipality for each in those})
    whole = _(
        "{initiatives} from {libraries}",
        initiatives=counted("One initiative", "{n} initiatives", len(those)),
        libraries=counted("one library", "{n} libraries", libraries),
    )
    told = [whole]
    if countries := by_country(those):
        told.append(_("By country: {countries}", countries=Listed(tuple(_each(name, n) for name, n in countries))))
    if themes := by_theme(those)[:_MOST_THEMES]:
        told.append(_("By theme: {themes}", themes=Listed(tuple(_each(name, n) for name, n in themes))))
    return tuple(told)


def by_country(those: Sequence[Initiative]) -> list[tuple[Place, int]]:
    """Returns the number of initiatives of each country that has any."""
    numbers = Counter(each.country for each in those)
    return [(name, numbers[country]) for country, name in COUNTRY_NAMES.items() if numbers[country]]


def by_theme(those: Sequence[Initiative]) -> list[tuple[Place, int]]:
    """Returns the number of initiatives of each theme, the most common first; one with several counts in each."""
    numbers = Counter(theme for each in those for theme in each.told_themes)
    return [(THEMES.get(theme, theme), number) for theme, number in sorted(numbers.items(), key=_most_first)]


def _most_first(counted_theme: tuple[str, int]) -> tuple[int, str]:
    theme, number = counted_theme
    return -number, theme


def _each(name: Place, number: int) -> Words:
    # Translators: a country or a theme, and how many initiatives it has.
    return _("{name} {n}", name=name, n=number)
