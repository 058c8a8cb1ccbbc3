"""Organisations in what people write: known by their names, or named beside the word for their kind.

The names of well-known organisations, with their kind, stand in the section `organisations` of the files of words; the
words for kinds in the section `partners`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from conversations.language.languages import LANGUAGES
from conversations.reading.text import words_of
from conversations.vocabulary.meaning import meaning
from conversations.vocabulary.scanning import language_of
from conversations.vocabulary.slovenian_names import in_nominative, is_adjective, is_head
from conversations.vocabulary.words import ANSWER, HINT, Entry, words_in

LONGEST_NAME = 80
"""Characters of the name of a partner."""

_MOST_WORDS = 6
_ACRONYM = 4
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SEPARATORS = {
    "da": re.compile(r"[,;\n/&•|+]|\.\s|\s(?:og|samt|plus|and)\s", re.IGNORECASE),
    "sl": re.compile(r"[,;\n/&•|+]|\.\s|\s(?:in|ter|pa|plus|and)\s", re.IGNORECASE),
    "en": re.compile(r"[,;\n/&•|+]|\.\s|\s(?:and|plus|as well as|og|ter)\s", re.IGNORECASE),
}
_BETWEEN = frozenset({"i", "of", "v", "na"})
_SHORTEST_FOREIGN = 4
_SHORTEST_SMALL = 10
"""Letters of a name that is one even where it is written small in a sentence: "bydelsmødrene"."""
_SHORTEST_INSIDE = 5
"""Letters of the word for a kind that is seen in the middle of a compound: "netværk" is no television."""
_EDGES = " \n.,;:!?-–—•*\"'“”„»«()"


@dataclass(frozen=True, slots=True)
class OrganisationNamed:
    """An organisation in a text, from its first to after its last character: its name and its kind.

    `name` is "" where only a kind is said ("the school"). `kind` is a key of the partners' vocabulary.
    """

    start: int
    end: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PartnersSaid:
    """What an answer says about partners: kinds, names, and names whose kind is not known; `types` is ["none"] alone.

    `unread` are parts that are neither a kind nor like a name; `aside` are words beside a kind that say something else,
    which may be a name.
    """

    types: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    doubtful: bool = False
    """Whether a word such as "not" or "perhaps" stands beside the names."""
    guessed: bool = False
    """Whether a kind rests on a few letters of a longer word or on a slip of the finger that was overlooked."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    written: str

    @property
    def capital(self) -> bool:
        return self.written[0].isupper()


def organisations_in(text: str, language: str) -> list[OrganisationNamed]:
    """Returns the organisations that a running text speaks of, in its order; see `OrganisationNamed`.

    Whether one of them is a partner is for the caller to see: "the school" may be where the library goes.
    """
    return list(_found(_tokens(text), text, language_of(text, language), answer=False))


def read_partners(text: str, language: str, labels: Mapping[str, Sequence[str]]) -> PartnersSaid:
    """Returns what `text` says as the answer to "who do you work with?"; `labels` are those of all kinds."""
    text = _IN_THE_TOWN.sub(lambda found: " " * len(found.group()), text)
    whole = meaning(text, "partners", language, labels)
    tokens = _tokens(text)
    named = [each for each in _found(tokens, text, language, answer=True) if each.name]
    if named and any(_is_doubtful(token, named, language) for token in tokens):
        return PartnersSaid(doubtful=True)
    if whole.keys == ("none",) and not (whole.aside and any(map(_is_library, tokens))):  # "knjižnica Celje" is another
        return PartnersSaid(("none",))
    if whole.doubted or (whole.denied and not named):  # "maybe the museum"
        return PartnersSaid(doubtful=True)
    if "none" in whole.keys and whole.aside:  # "we asked the police but they said no"
        return PartnersSaid(doubtful=True)
    if whole.whole and len(text.split()) <= _MOST_WORDS and any(fold == words_of(text) for fold in _folded(labels)):
        return PartnersSaid(whole.keys)
    masked = text
    for each in named:
        masked = masked[: each.start] + _MASK * (each.end - each.start) + masked[each.end :]
    types: list[str] = []
    names: list[str] = []
    unknown: list[str] = []
    unread: list[str] = []
    aside: list[str] = []
    guessed = False
    for start, piece in _pieces(masked, language):
        inside = [each for each in named if start <= each.start < start + len(piece)]
        types += (each.kind for each in inside)
        names += (each.name for each in inside)
        rest = piece.replace(_MASK, " ").strip(_EDGES)
        if inside:  # what stands beside a name counts only where it surely says a kind
            types += (each.kind for each in _found(_tokens(rest), rest, language, answer=True))
            continue
        meant = meaning(rest, "partners", language, labels) if words_of(rest) else None
        if meant and "none" not in meant.keys:
            types += meant.keys
            guessed |= meant.guessed
            aside += (word for word in meant.aside if not _is_small(word.casefold()))
        if meant and not meant.keys and _says_nobody(rest, language, labels):
            return PartnersSaid(("none",))
        if meant and not meant.keys:
            name = _without_small_words(rest, language)
            (unknown if _is_like_a_name(name) else unread).append(name or rest)
    said = PartnersSaid(_once(types), _once(names), _once(unknown), _once(unread), _once(aside))
    return replace(said, guessed=guessed)


_IN_THE_TOWN = re.compile(
    r"(?<=\w)\s(?:i|fra|rundt i|v|na|in|of)\s(?:hele\s|the\s|vsej\s|celi\s|our\s|vores\s|naši\s)?"
    r"(?:kommunen|kommune|byen|området|omegnen|občini|mestu|okolici|municipality|town|area)(?=\s*(?:[,;.\n]|$|og\s|in\s|and\s))",
    re.IGNORECASE,
)
"""Where the partners are, which says of no other partner: "all schools in the municipality"."""
_MASK = "\ue000"
_LIBRARY_WORDS = ("bibliotek", "knjiznic", "librar", "another", "andet")


def _says_nobody(piece: str, language: str, labels: Mapping[str, Sequence[str]]) -> bool:
    """Whether a piece says twice that there is nobody: "ingen vi gør det selv"."""
    words = piece.split()
    ways = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return any(all(meaning(half, "partners", language, labels).keys == ("none",) for half in way) for way in ways)


def _is_library(token: _Token) -> bool:
    return token.text.startswith(_LIBRARY_WORDS)


def _is_doubtful(token: _Token, named: Sequence[OrganisationNamed], language: str) -> bool:
    """Whether a word outside the names says that they are no partners, or that it is not certain."""
    if any(each.start <= token.start < each.end for each in named):
        return False
    file = words_in(language)
    doubts = (words_in(each).doubts for each in LANGUAGES)
    return token.text in file.negations | file.exceptions or any(token.text in each for each in doubts)


def _once(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _folded(labels: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    for spelled in labels.values():
        yield from (words_of(label) for label in spelled)


def _pieces(text: str, language: str) -> Iterator[tuple[int, str]]:
    at = 0
    for match in _SEPARATORS[language].finditer(text):
        yield at, text[at : match.start()]
        at = match.end()
    yield at, text[at:]


def _without_small_words(piece: str, language: str) -> str:
    """The piece without the small words that it begins with ("sammen med", "vi arbejder med")."""
    words = piece.split()
    small = words_in(language).ignored
    while words and all(word in small or word in _WITH for word in words_of(words[0])):
        words.pop(0)
    return " ".join(words).strip(_EDGES)


_WITH = frozenset(
    {"sammen", "samarbejder", "arbejder", "samarbejde", "skupaj", "sodelujemo", "sodelovanju", "delamo", "z", "s"}
    | {"we", "work", "working", "together", "with", "partner", "partnere", "partners", "partnerji", "the", "a", "an"}
)


def _is_like_a_name(piece: str) -> bool:
    return 2 <= len(piece) <= LONGEST_NAME and len(piece.split()) <= _MOST_WORDS and any(map(str.isalpha, piece))


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(words[0] if len(words) == 1 else " ".join(words), match.start(), match.end(), match.group())
        for match in _WORD.finditer(text)
        if (words := _words(match.group()))
    ]


@lru_cache(maxsize=512)
def _words(written: str) -> list[str]:
    return words_of(written)


def _found(tokens: Sequence[_Token], text: str, language: str, *, answer: bool) -> Iterator[OrganisationNamed]:
    at = 0
    after_last = 0
    as_typed = answer or not any(token.capital for token in tokens)  # who writes no capitals writes none in names
    while at < len(tokens):
        length, kind = _known(tokens, at, language, answer=as_typed)
        first, last = at, at + length
        is_name = length > 0
        if not length:
            length, kind, foreign = _kind(tokens, at, language, answer=answer)
            if not length:
                at += 1
                continue
            last = at + length
            first = _first_of_name(tokens, text, at, after_last, language)
            end = _end_of_name(tokens, text, at, last, language, answer=answer)
            is_name = (
                first < at or end > last or (not answer and _is_name_itself(tokens, text, at, length, kind, language))
            )
            if not is_name and foreign:
                at += 1
                continue
            last = end
            if language == "sl" and not answer and text[tokens[first].start : tokens[last - 1].end].islower():
                is_name = False  # "društvo kmečkih žena"
        else:
            last = _end_of_known(tokens, text, last, answer=answer)
        start, end = tokens[first].start, tokens[last - 1].end
        name = in_nominative(text[start:end]) if is_name and language == "sl" else text[start:end] if is_name else ""
        yield OrganisationNamed(start, end, name, kind)
        at = after_last = last


def _known(tokens: Sequence[_Token], at: int, language: str, *, answer: bool) -> tuple[int, str]:
    """How many words from `at` on are the name of a well-known organisation, and its kind."""
    best: tuple[int, str] = (0, "")
    for place, entries in enumerate(_entries(tokens[at].text, "organisations", language)):
        for entry in entries:
            length = _fitting(entry, tokens, at)
            if length > best[0] and _is_written_as_a_name(tokens[at : at + length], foreign=place > 0, answer=answer):
                best = length, entry.keys[0]
    return best


def _is_written_as_a_name(words: Sequence[_Token], *, foreign: bool, answer: bool) -> bool:
    """Whether a name that may also be an ordinary word ("via", "reden") is written as a name."""
    if len(words) > 1:
        return True
    written = words[0].written
    if len(written) <= _ACRONYM and (foreign or not answer):
        return written.isupper() or (not foreign and len(written) == _ACRONYM and words[0].capital)
    return answer or words[0].capital or (not foreign and len(written) >= _SHORTEST_SMALL)


def _kind(tokens: Sequence[_Token], at: int, language: str, *, answer: bool) -> tuple[int, str, bool]:
    """How many words from `at` on say a kind of organisation, which, and whether in another language.

    Words of other languages count only with a capital letter, as parts of a name ("Gimnazija Koper").
    """
    written = tokens[at].written
    small = not answer and len(written) < _ACRONYM and not written.isupper()  # "via" is a word, VIA a university
    for place, entries in enumerate(_entries(tokens[at].text, "partners", language)):
        if place and not tokens[at].capital:
            break
        shortest = 0 if not place or tokens[at].written.isupper() else _SHORTEST_FOREIGN
        best: tuple[tuple[int, ...], int, str] = ((0, 0, 0), 0, "")
        for entry in entries:
            if entry.mark == HINT or (entry.mark == ANSWER and not answer):
                continue
            if not entry.keys or "none" in entry.keys or len(entry.words[0].text) < shortest:
                continue
            if small and len(entry.words) == 1 and tokens[at].text not in _SMALL_ACRONYMS:
                continue
            if length := _fitting(entry, tokens, at):
                best = max(best, (entry.length, length, entry.keys[0]))
        if best[1]:
            return best[1], best[2], place > 0
    return 0, "", False


@lru_cache(maxsize=512)
def _entries(word: str, section: str, language: str) -> tuple[tuple[Entry, ...], ...]:
    """The entries of a section that begin with a word: the reader's language first; small words begin none."""
    first = word.split()[0]
    order = (language, *(each for each in LANGUAGES if each != language))
    files = [words_in(each) for each in order]
    small = section == "partners" and first in files[0].ignored
    return tuple(
        () if small else tuple(each for each in file.sections[section].beginning_with(first) if _is_seen(each, first))
        for file in files
        if section in file.sections
    )


def _is_seen(entry: Entry, word: str) -> bool:
    known = entry.words[0]
    at_an_end = word.startswith(known.text) or word.endswith(known.text)
    return known.kind != "inside" or len(known.text) >= _SHORTEST_INSIDE or at_an_end


_SMALL_ACRONYMS = frozenset({"os", "csd", "vdc", "pgd", "kud", "sfo"})
"""Short words for kinds that are never ordinary words, however they are written: "oš litija"."""


def _fitting(entry: Entry, tokens: Sequence[_Token], at: int) -> int:
    """How many tokens from `at` on are the words of `entry`; 0 if they are not."""
    wanted = list(entry.words)
    for number, token in enumerate(tokens[at:], 1):
        for word in token.text.split():
            if not wanted or not wanted.pop(0).fits(word):
                return 0
        if not wanted:
            return number
    return 0


def _beside(tokens: Sequence[_Token], text: str, at: int) -> bool:
    """Whether only a space or a dash stands between the token and the one before."""
    return text[tokens[at - 1].end : tokens[at].start].strip(' -–"”“»«') == ""


def _first_of_name(tokens: Sequence[_Token], text: str, at: int, least: int, language: str) -> int:
    """Where a name begins that ends in a kind: "Vollsmose Skole", "Aarhus Universitet", "Goriška knjižnica"."""
    first = at
    if _is_shouted(tokens[at]):
        return at
    while first > least and at - first < 3 and tokens[first - 1].capital and _beside(tokens, text, first):
        begins = not _is_in_a_sentence(tokens, text, first - 1)
        before = tokens[first - 1].written
        is_verb = language == "sl" and (tokens[at].capital or not (is_adjective(before) or before.endswith(_OWNED)))
        if begins and (_is_small(tokens[first - 1].text) or is_verb):
            break  # "Sodeluje Ljudska univerza", "Sodelujejo vrtci": the verb begins
        first -= 1
    return first


def _end_of_known(tokens: Sequence[_Token], text: str, last: int, *, answer: bool) -> int:
    """Where the name of a well-known organisation ends, with its town: "Røde Kors Odense", "… i Odense"."""
    end = last
    joined = answer and last + 1 < len(tokens) and tokens[last].text in _BETWEEN and tokens[last + 1].capital
    if joined and _beside(tokens, text, last) and _beside(tokens, text, last + 1):
        return last + 2
    while end < len(tokens) and end - last < 2 and tokens[end].capital and _beside(tokens, text, end):
        end += 1
    return end


def _end_of_name(tokens: Sequence[_Token], text: str, at: int, last: int, language: str, *, answer: bool) -> int:
    """Where a name ends that begins with a kind: "Jobcenter Randers", "university of Ljubljana", "oš livada"."""
    end = last
    while end < len(tokens) and end - last < _MOST_WORDS and _beside(tokens, text, end):
        token = tokens[end]
        if (token.capital and not _is_shouted(tokens[at])) or token.text.isdecimal():
            end += 1
            continue
        if language == "sl" and end == last and tokens[at].capital and is_head(token.written):
            end += 1  # "Andragoškim zavodom Maribor"
            continue
        written = tokens[last].written
        described = language == "sl" and end == last + 1 and (is_adjective(written) or written.endswith(_OWNED))
        if described and token.written.islower() and not _is_small(token.text):
            end += 1  # "društvo Romski svet", "Knjižnica Miklova hiša"
            continue
        if language == "sl" and tokens[at].capital and (length := _members(tokens, text, end, last)):
            end += length  # "Društvo gluhih in naglušnih Celje"
            continue
        after = end + 1 < len(tokens) and tokens[end + 1].capital and _beside(tokens, text, end + 1)
        joined = token.text in _BETWEEN and (end > last or tokens[at].capital or token.text == "of")
        genitive = language == "sl" and token.text.endswith(("ov", "ev", "ih")) and tokens[at].capital
        if not after or not (joined or genitive):
            break
        end += 2
    if end == last and answer and last < len(tokens) and _beside(tokens, text, last):
        if tokens[at].text.startswith(_LIBRARY_WORDS):
            return end
        written = tokens[at].written
        acronym = last - at == 1 and len(written) <= _ACRONYM and (written.isupper() or len(written) < _ACRONYM)
        bare = language != "sl" and not tokens[at].text.endswith(("en", "et", "erne", "ne", "s"))
        rest = [token for token in tokens[last:] if _beside(tokens, text, tokens.index(token))]
        if (acronym or bare) and len(rest) == 1 and len(tokens) - last == 1 and not _is_small(rest[0].text):
            return last + 1
    return end


_OWNED = ("ova", "eva", "ina", "ovo", "evo", "ino")
"""Endings of what is named after somebody: "Lavričeva knjižnica"."""
_GENITIVES = ("ov", "ev", "ih")


def _members(tokens: Sequence[_Token], text: str, at: int, last: int) -> int:
    """How many words from `at` on say whose society it is: "gluhih", and after it "in naglušnih"."""
    joined = tokens[at].text == "in" and tokens[at - 1].text.endswith(_GENITIVES)
    of = at + 1 if joined else at
    if of >= len(tokens) or not tokens[of].text.endswith(_GENITIVES) or not _beside(tokens, text, of):
        return 0
    whose = joined or (at == last and tokens[last - 1].text.startswith(_SOCIETIES))
    return of + 1 - at if whose else 0


_SOCIETIES = ("drustv", "zvez", "zdruzenj", "klub")
_INSTITUTIONS = frozenset(
    {"school", "kindergarten", "other_library", "job_centre", "social_work", "care_home", "adult_education"}
    | {"health_service", "municipal_department", "police"}
)
"""Kinds that each town has: "osnovna šola" and "Zavod za zaposlovanje" say what it is, and name none of them."""


def _is_name_itself(tokens: Sequence[_Token], text: str, at: int, length: int, kind: str, language: str) -> bool:
    """Whether a kind is written as a name in a sentence ("med Ungdomsskolen")."""
    if language == "sl" and kind in _INSTITUTIONS:
        return False
    if language == "sl" and length > 1 and tokens[at].capital:
        return True  # "Pokrajinski muzej"
    return tokens[at].capital and not _is_shouted(tokens[at]) and _is_in_a_sentence(tokens, text, at)


def _is_shouted(token: _Token) -> bool:
    """Whether a word is written in capital letters as headings are."""
    return token.written.isupper() and len(token.written) > _ACRONYM


def _is_in_a_sentence(tokens: Sequence[_Token], text: str, at: int) -> bool:
    """Whether a token does not begin a sentence or a line."""
    before = text[: tokens[at].start].rstrip(' "”“»«(')
    return bool(before) and before[-1] not in ".!?:\n•-–*"


def _is_small(word: str) -> bool:
    return any(word in words_in(language).ignored for language in LANGUAGES)
