"""Reads the place that a text names: the whole answer to "which library?", or the places inside a running text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from conversations.language.languages import LANGUAGES
from conversations.vocabulary.words import words_in
from storage.registers.gazetteer import AREA, LIBRARY, SETTLEMENT, TOWN, Named, gazetteer
from storage.registers.place_words import PlaceWord, is_library_word, place_words
from storage.registers.register import Municipality
from storage.registers.small_words import small_words

_LONGEST = 200
_MOST_WORDS = 20
_MOST_UNKNOWN = 5
_SHORTEST_WITH_A_SLIP = 5
_SHORTEST_SURE_WITH_A_SLIP = 6
_SHORTEST_IN_A_TEXT = 3


@dataclass(frozen=True, slots=True)
class PlaceNamed:
    """A name in a text, from its first to after its last character, and what it may mean, each another municipality."""

    start: int
    end: int
    meanings: tuple[Named, ...]

    @property
    def rank(self) -> int:
        """How much the name says, as in the gazetteer: the least of all meanings."""
        return min(named.rank for named in self.meanings)

    @property
    def sure(self) -> bool:
        """Whether the name has one meaning, which somebody has checked."""
        return len(self.meanings) == 1 and self.meanings[0].sure


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What a whole answer means: one municipality, or several of which one is meant; none if it names no place.

    `sure`: it may be stored unasked. `library_word`: the answer says library. `left` are the words that say something
    else, and `kinds` those that say what kind of library; `doubtful`: they say that another institution, or not this
    place, is meant; `elsewhere`: they name a library that everybody knows not to be a municipality's;
    `another`: they say that it is the library of a school, a university or another institution, or that it is none.
    """

    municipalities: tuple[Municipality, ...] = ()
    sure: bool = False
    library_word: bool = False
    left: tuple[str, ...] = ()
    doubtful: bool = False
    kinds: tuple[str, ...] = ()
    elsewhere: bool = False
    another: bool = False
    only_small_words: bool = False
    village: tuple[str, ...] = ()
    """The words of the answer where they name towns, districts or settlements only."""


def is_ordinary(typed: str) -> bool:
    """Returns whether `typed` is one ordinary word, which may also be the name of a place ("give", "them")."""
    words = place_words(typed[:_LONGEST])
    return len(words) == 1 and (_says_nothing(words[0].text) or words[0].text in small_words().ordinary)


def is_small_talk(words: Sequence[str]) -> bool:
    """Returns whether folded words are only such as begin no name that somebody means: "alle", "siden", "kl"."""
    return bool(words) and all(map(_is_small, words))


def _is_small(word: str) -> bool:
    if word in _known_set() or len(word) < _SHORTEST_IN_A_TEXT:
        return word in small_words().times
    return any(word in words_in(language).ignored for language in LANGUAGES)


def read_answer(typed: str) -> PlaceAnswer:
    """Returns what `typed` means as the answer to "which library?" or "which municipality?"."""
    words = place_words(typed[:_LONGEST])[:_MOST_WORDS]
    library_word = any(is_library_word(word.text) for word in words)
    found = list(_named(words, answer=True))
    slip = False
    if not found:
        corrected = _corrected(words)
        slip = corrected is not None
        words = corrected or words
        found = list(_named(words, answer=True))
    taken = [word for word in words if any(each.start <= word.start < each.end for each in found)]
    left = tuple(word.text for word in words if word not in taken and not _says_nothing(word.text))
    unlike = [word.text for word in words if word not in taken and word.text.startswith(small_words().another)]
    doubtful = bool(unlike)
    elsewhere = any(word.text in small_words().elsewhere for word in words)
    named = bool(taken or set(left) - set(unlike))  # "the library of the school" names none
    unlike_ones = any(word not in small_words().negations for word in unlike)
    another = (elsewhere and bool(taken)) or (library_word and named and (unlike_ones or _is_no_library(words)))
    if not found:
        area = gazetteer().meanings([word.text for word in words if not is_library_word(word.text)] or ["-"])
        if area and area[0].area:
            parts = () if area[0].area.regions else area[0].area.municipalities
            return PlaceAnswer(parts, library_word=library_word, only_small_words=True)
        kinds = tuple(word.text for word in words if word.text in small_words().kinds)
        only_small = not left and (len(words) > 1 or library_word)
        return PlaceAnswer((), False, library_word, left, doubtful, kinds, elsewhere, another, only_small)
    meant = _together(found)
    sure = (
        len(meant) == 1
        and not left
        and not doubtful
        and all(named.sure for named in meant)
        and (not slip or (meant[0].rank <= TOWN - 1 and len(taken[0].text) >= _SHORTEST_SURE_WITH_A_SLIP))
    )
    municipalities = tuple(named.municipality for named in meant if named.municipality is not None)
    village = tuple(word.text for word in taken) if all(named.rank >= TOWN for named in meant) else ()
    return PlaceAnswer(municipalities, sure, library_word, left, doubtful, another=another, village=village)


def _is_no_library(words: Sequence[PlaceWord]) -> bool:
    """Whether an answer says that somebody is no library: "not a library, we are Caritas"."""
    said = [word.text for word in words if word.text not in _ARTICLES]
    return any(one in small_words().negations and is_library_word(other) for one, other in pairwise(said))


_ARTICLES = frozenset({"et", "a", "an"})


def places_in(text: str) -> list[PlaceNamed]:
    """Returns the places that a running text names, in the order of the text.

    Carefully: a word that is also an ordinary one counts only as a name (with a capital letter, after "i", "v", "na",
    or beside "bibliotek"); a small settlement only after such a word.
    """
    return list(_named(place_words(text), answer=False))


def _together(found: Sequence[PlaceNamed]) -> tuple[Named, ...]:
    """What all names of an answer mean together: the municipality that they share, or else each of them.

    Of one name alone, municipalities with a library of the register count before other places of that name, and
    municipalities without one before settlements.
    """
    shared = [
        named
        for named in found[0].meanings
        if all(any(named.municipality is other.municipality for other in each.meanings) for each in found[1:])
    ]
    if len(found) > 1 and len(shared) == 1:
        return tuple(shared)
    meanings = tuple(named for each in found for named in _weightiest(each.meanings))
    return tuple({named.municipality: named for named in meanings}.values())


def _weightiest(meanings: Sequence[Named]) -> tuple[Named, ...]:
    with_library = tuple(named for named in meanings if named.rank == LIBRARY)
    if with_library:
        return with_library
    least = min(named.rank for named in meanings)
    if least >= TOWN:
        return tuple(meanings)
    return tuple(named for named in meanings if named.rank < SETTLEMENT)


def _named(words: Sequence[PlaceWord], *, answer: bool) -> Iterator[PlaceNamed]:
    at = 0
    names = gazetteer()
    while at < len(words):
        for length in range(min(names.longest(words[at].text), len(words) - at), 0, -1):
            window = words[at : at + length]
            meanings = names.meanings([word.text for word in window])
            if answer:
                meanings = tuple(named for named in meanings if named.rank != AREA)
                fits = bool(meanings) and _fits_answer(window, words)
            else:
                meanings = _weightiest(meanings) if meanings else ()
                fits = bool(meanings) and _fits_text(window, words, at, meanings)
            if fits:
                yield PlaceNamed(window[0].start, window[-1].end, meanings)
                at += length
                break
        else:
            at += 1


def _fits_answer(window: Sequence[PlaceWord], words: Sequence[PlaceWord]) -> bool:
    """Whether words that name a place do so in an answer, where "sig" may be a verb and a village."""
    if len(window) == len(words):
        return True
    if len(window) > 1:
        return not all(_says_nothing(word.text) for word in window)
    word = window[0].text
    if is_library_word(word):
        return False
    others = [each for each in words if each is not window[0] and not _says_nothing(each.text)]
    return not _says_nothing(word) and (not others or word not in small_words().ordinary)


def _fits_text(window: Sequence[PlaceWord], words: Sequence[PlaceWord], at: int, meanings: Sequence[Named]) -> bool:
    """Whether words that name a place do so in a running text."""
    first, after = window[0], at + len(window)
    if len(window) == 1 and (len(first.text) < _SHORTEST_IN_A_TEXT or is_library_word(first.text)):
        return False
    rank = min(named.rank for named in meanings)
    before = words[at - 1].text if at else ""
    in_a_place = before in small_words().in_a_place
    beside_library = (after < len(words) and is_library_word(words[after].text)) or (at > 0 and is_library_word(before))
    ordinary = len(window) == 1 and first.text in small_words().ordinary
    if rank == AREA:
        as_written = gazetteer().written.get(" ".join(word.text for word in window)) is not None
        return first.capital or in_a_place or (as_written and not ordinary)  # "gorenjski" alone is an adjective
    ordinary = ordinary or (len(window) == 1 and _says_nothing(first.text))
    if rank == SETTLEMENT:
        return first.capital and (in_a_place or beside_library) and len(meanings) == 1 and not ordinary
    if ordinary:
        return first.capital and (in_a_place or beside_library)
    if rank == TOWN:
        nickname = all(not named.sure for named in meanings) and len(first.text) == _SHORTEST_IN_A_TEXT  # kbh, MKL
        return first.capital or beside_library or in_a_place or nickname
    return first.capital or in_a_place or beside_library or len(first.text) > _SHORTEST_IN_A_TEXT


def _says_nothing(word: str) -> bool:
    return word in small_words().says_nothing or word.isdecimal() or is_library_word(word)


def _corrected(words: Sequence[PlaceWord]) -> list[PlaceWord] | None:
    """The words with one slip mended in each that is unknown, if they then name a place; None: they do not.

    Only names of municipalities, libraries and towns are thought of, so that nobody is sent to a far village.
    """
    known = _known_words()
    if sum(not _says_nothing(word.text) for word in words) > _MOST_UNKNOWN:
        return None
    ways = [_mended(word.text, known) for word in words]
    if not any(len(way) > 1 for way in ways):
        return None
    mended: list[list[PlaceWord]] = [[]]
    for word, way in zip(words, ways, strict=True):
        mended = [[*each, PlaceWord(text, word.start, word.end, word.capital)] for each in mended for text in way][
            :_MOST_WAYS
        ]
    hits = [each for each in mended if any(_named(each, answer=True))]
    means = {
        tuple(named.municipality for place in _named(each, answer=True) for named in place.meanings) for each in hits
    }
    return hits[0] if len(means) == 1 else None


_MOST_WAYS = 32


def _mended(word: str, known: Sequence[str]) -> list[str]:
    if (
        len(word) < _SHORTEST_WITH_A_SLIP
        or _says_nothing(word)
        or word in small_words().ordinary
        or word in _known_set()
        or is_small_talk((word,))
    ):
        return [word]
    near = extract(word, known, scorer=OSA.distance, score_cutoff=1, limit=4)
    return [word, *(match for match, _distance, _at in near)]


@cache
def _known_words() -> Sequence[str]:
    """Every word of four letters or more in the name of a library, a municipality or a town."""
    names = gazetteer().written.items()
    near = (name for name, meanings in names if min(named.rank for named in meanings) <= TOWN)
    return sorted({word for name in near for word in name.split() if len(word) >= _SHORTEST_WITH_A_SLIP - 1})


@cache
def _known_set() -> frozenset[str]:
    return frozenset(_known_words())
