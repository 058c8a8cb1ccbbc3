"""What is compared of an initiative: its traits, read from its words and choices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.reading.searching import stem, words_in
from conversations.reading.text import fold
from conversations.vocabulary.mentions import keys_in
from conversations.vocabulary.scanning import language_of
from conversations.vocabulary.words import words_in as word_file

READ = 600
"""Characters of a description that are read; what comes later is seldom what the initiative is about."""

TOLD_LATER = 0.75
"""How much an idea counts that stands in the description, and not in the title."""

IN_PART = 0.5
"""How much something counts that says only a part: where or how it is done, or a theme that no word speaks of."""

WHERE_OR_HOW = frozenset(
    {
        *("villages", "prison", "hospital", "kindergartens", "park", "market_place", "shopping_centre"),
        *("mentors", "welcome", "tours", "climate", "debate", "political_meetings"),
    }
)
"""Ideas that say where or how something is done, which can be many things."""

NARROW = frozenset(
    {
        *("language_cafe", "language_course", "homework_help", "home_delivery", "employment_readiness"),
        *("internships_jobs", "reading_group", "study_space"),
    }
)
"""Themes that say what is done. The others say why, and many different things are done for the same reason."""

WIDE = frozenset({"reading_group"})
"""Narrow themes that are done in many ways, so that they count like what is told later."""

_KIN = (
    ("refugees", "asylum_seekers", "immigrants", "ethnic_minorities", "newcomers_expats"),
    ("children", "bilingual_children", "vulnerable_children", "families", "foster_families", "girls", "boys"),
    ("young_people", "students"),
    ("older_people", "lonely_people", "nursing_home_residents", "people_with_dementia"),
    ("people_with_disabilities", "people_ill", "non_readers"),
)
"""Target groups near each other: one person chooses the first where another chooses its neighbour."""

_KIN_OF = {group: kin[0] for kin in _KIN for group in kin}

_EVERYBODY = frozenset({"general_public", "adults"})

_SAY_NOTHING = ("bibliote", "knjizni", "librar", "kommune", "obcin", "gratis", "brezplac")
"""Beginnings of words that a report of any library may have."""


@dataclass(frozen=True, slots=True)
class Described:
    """An initiative as it is compared. `library` and `municipality` are keys or names, "" if there is none."""

    language: str
    title: str
    summary: str = ""
    library: str = ""
    municipality: str = ""
    themes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Traits:
    """What is compared: stems of the words, what is done, why (`themes`), for whom, and where.

    `ideas` are the things that its words say are done, `narrow` its narrow themes, each with how much it counts (at
    most 1). `kin` are the kinds of groups that it is for, without those that mean everybody.
    """

    title: frozenset[str]
    words: frozenset[str]
    ideas: Mapping[str, float]
    narrow: Mapping[str, float]
    themes: frozenset[str]
    kin: frozenset[str]
    library: str
    municipality: str


def ideas_in(title: str, summary: str, language: str) -> tuple[str, ...]:
    """Returns what the words of an initiative say is done; its index has the same."""
    return _spoken_of(f"{title}. {summary}"[:READ], "ideas", language)


@lru_cache(maxsize=1_024)  # the same initiatives are compared with one report after another
def traits_of(offer: Described) -> Traits:
    """Returns the traits of an initiative."""
    text = f"{offer.title}. {offer.summary}"[:READ]
    ideas = ideas_in(offer.title, offer.summary, offer.language)
    in_title = set(_spoken_of(offer.title, "ideas", offer.language))
    spoken = set(_spoken_of(text, "themes", offer.language))
    themes = (spoken | set(offer.themes)) - {"other"}
    groups = (set(offer.groups) - _EVERYBODY) or (set(_spoken_of(text, "target_groups", offer.language)) - _EVERYBODY)
    return Traits(
        title=telling(offer.title),
        words=telling(text),
        ideas={each: _weight(each, told_first=each in in_title) for each in ideas},
        narrow={each: (TOLD_LATER if each in WIDE else 1) if each in spoken else IN_PART for each in themes & NARROW},
        themes=frozenset(themes),
        kin=frozenset(_KIN_OF.get(group, group) for group in groups),
        library=fold(offer.library),
        municipality=fold(offer.municipality),
    )


def _spoken_of(text: str, section: str, language: str) -> tuple[str, ...]:
    """What `text` surely speaks of: in its own language or, as a short text may tell none, in one of the others."""
    first = language_of(text, language)
    for each in (first, *(other for other in LANGUAGES if other != first)):
        if found := keys_in(text, section, each):
            return found
    return ()


def _weight(idea: str, *, told_first: bool) -> float:
    if idea in WHERE_OR_HOW:
        return IN_PART
    return 1 if told_first else TOLD_LATER


def telling(text: str) -> frozenset[str]:
    """Returns the stems of the words that tell something."""
    return frozenset(stem(word) for word in telling_words(text))


def telling_words(text: str) -> list[str]:
    """Returns the words of `text` that tell something: small words and words for a library are left out."""
    return [
        word
        for word in words_in(text)
        if len(word) > 2 and word not in _small_words() and not word.startswith(_SAY_NOTHING)
    ]


def near_groups(kin: Iterable[str]) -> tuple[str, ...]:
    """Returns the target groups of these kinds, as `Traits.kin` names them."""
    return tuple(group for kind in kin for group in next((each for each in _KIN if each[0] == kind), (kind,)))


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    """The words of every language that say nothing."""
    files = [word_file(language) for language in LANGUAGES]
    return frozenset(word for file in files for word in file.ignored | file.asking | file.times)
