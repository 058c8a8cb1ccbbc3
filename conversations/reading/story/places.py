"""The library that a story is about, and the place where it happens."""

import re
from collections.abc import Sequence

from conversations.model.registers import LibraryFound, PlaceFound, Registers
from conversations.reading.story.certainty import fills
from conversations.reading.story.passages import Letter
from conversations.reading.story.story import FromText, Span
from conversations.reading.text import fold
from conversations.vocabulary.organisations import OrganisationNamed

_LIBRARY = re.compile(r"bibliotek|\bbib\b|knjižnic|knjiznic|librar|hovedbib|kulturhus", re.IGNORECASE)
_NEAR = 14
"""Characters between the word library and its town ("the library in Koper", "Vejle Bibliotek")."""


def library_in(
    letter: Letter, places: Sequence[PlaceFound], organisations: Sequence[OrganisationNamed], registers: Registers
) -> FromText[LibraryFound] | None:
    """Returns the library that `letter` is about: one that is named, or else the one of the town it tells of.

    The town in the name of another organisation, or of a care home or prison, says nothing about the library.
    """
    known = [place for place in places if place.library]
    named = [place for place in known if _says_library(letter.text, place)]
    served = [place for place in known if place in named or _is_named(letter.text, place)]
    signed = [place for place in served if letter.signature and place.start >= letter.signature.start]
    here = [place for place in served if not _is_elsewhere(letter.text, place, organisations)]
    towns = [place for place in here if _is_town(place)]
    districts = [place for place in here if not place.is_area and _IN_IT.search(letter.text, 0, place.start)]
    inside = [place for place in served if any(each.start <= place.start < each.end for each in organisations)]
    houses = [
        place
        for place in served
        if _is_town(place) and place not in inside and _IN_IT.search(letter.text, 0, place.start)
    ]
    if _AS_GUESTS.search(letter.text):
        districts = houses = []
    ways = (("named", named), ("signed", signed), ("town", towns), ("district", districts), ("house", houses))
    for way, candidates in ways:
        if not fills("library", way):
            continue
        libraries = list(dict.fromkeys(place.library for place in candidates))
        if len(libraries) == 1:
            found = library_of(candidates[0], registers)
            return FromText(found, ((candidates[0].start, candidates[0].end),)) if found else None
        writers = [place for place in candidates if _WRITES.search(letter.text, 0, place.start)]
        one = len({place.library for place in writers}) == 1
        if one and (found := library_of(writers[0], registers)):
            return FromText(found, ((writers[0].start, writers[0].end),))
        if libraries:
            return None
    return None


_WRITES = re.compile(
    r"\b(?:skriver (?:for|fra)|kommer fra|(?:pišem|pišemo|prihajam|prihajamo|pozdrav) iz|hilsen(?: fra)?|"
    r"(?:i'm|i am|we are|writing|greetings|regards) from)\s+(?:the\s+)?"
    r"(?:\w*(?:bibliotek\w*|knjižnic\w*|library)\s+(?:i\s|in\s|of\s|v\s)?)?$",
    re.IGNORECASE,
)
"""Before the library of who writes, where another is named too."""
_AS_GUESTS = re.compile(
    r"\b(?:vi var med (?:på|til|i|sammen)|vi deltog i|we took part in|we were (?:part of|at)|"
    r"sodelovali smo na|smo sodelovali na)\b",
    re.IGNORECASE,
)
"""What they say who were with others, in a place that need not be theirs."""


def library_of(place: PlaceFound, registers: Registers) -> LibraryFound | None:
    """Returns the library that serves `place`, if the register has one."""
    if not place.library:
        return None
    found = registers.libraries(place.municipalities[0].name)
    return next((each for each in (found.exact, *found.near) if each and each.key == place.library), None)


def _says_library(text: str, place: PlaceFound) -> bool:
    """Whether the word library is part of the name, or stands beside it."""
    around = text[max(0, place.start - _NEAR) : place.end + _NEAR]
    if _is_acronym(place):
        return True
    before, inside, after = (
        text[max(0, place.start - _NEAR) : place.start],
        text[place.start : place.end],
        text[place.end : place.end + _NEAR],
    )
    return bool(
        around
        and (
            _LIBRARY.search(inside)
            or re.match(
                r"(?:s|es)?[ -](?:folke|hoved|kommunes?\s)?(?:bibliotek|bib\b|librar|knjižnic)", after, re.IGNORECASE
            )
            or re.search(
                r"(?:bibliotek\w*|bib\.?|knjižnic\w*|knjiznic\w*|librar\w*)\s*(?:i|in|at|v|na|of|,)?\s*$",
                before,
                re.IGNORECASE,
            )
        )
    )


_INSTITUTION = re.compile(
    r"\b(?:plejehjem\w*|plejecent\w*|fængsl?e?\w*|asyl\w*|krisecent\w*|skole\w*|center|centre\w*|centret|hospital\w*|"
    r"dom\w*|zapor\w*|naselj\w*|šol\w*|vrt\w*|bolnišnic\w*|prison|home|school|hospital|univerz\w*|univer\w*|jobcenter|"
    r"gimnazij\w*|gymnasi\w*|csd|pgd|društv\w*)\s+(?:i|på|in|at|v|na|for)?\s*$",
    re.IGNORECASE,
)


def _is_elsewhere(text: str, place: PlaceFound, organisations: Sequence[OrganisationNamed]) -> bool:
    """Whether the place only says where an institution is, or belongs to the name of an organisation."""
    inside = any(each.start <= place.start < each.end for each in organisations)
    after = re.match(
        r"\s(?:fængsel|gymnasi|jobcent|kommune|skole|hospital|prison|school|univer)", text[place.end :], re.IGNORECASE
    )
    return inside or bool(_INSTITUTION.search(text[: place.start])) or bool(after)


def _is_named(text: str, place: PlaceFound) -> bool:
    """Whether a place is surely one: what is only general knowledge has to begin with a capital."""
    return place.sure or text[place.start].isupper() or bool(_LIBRARY.search(text[place.start : place.end]))


def place_in(
    letter: Letter,
    places: Sequence[PlaceFound],
    library: FromText[LibraryFound] | None,
    organisations: Sequence[OrganisationNamed],
    taken: Sequence[Span],
) -> FromText[str] | None:
    """Returns where it happens: a district, a village or a house, not the town or the name of the library itself.

    `taken` are where partners stand: their towns are no places of the initiative.
    """
    if fills("place", "labelled") and (said := _labelled(letter, places)):
        return said
    for each in organisations if fills("place", "house") else ():
        is_house = each.kind in _HOUSES or bool(_HOSPITAL.search(each.name))
        before = letter.text[: each.start]
        joined = each.name.startswith(_NOMINATIVES) and _AND.search(before)  # Slovenian "in" is "and"
        if is_house and _has_own_name(each.name) and _AT.search(before) and not joined:
            return FromText(each.name, ((each.start, each.end),))
    if not fills("place", "in it"):
        return None
    here = [each for each in places if _is_here(letter, each, library, taken)]
    if not here or _is_one_of_several(letter.text, here[0], places):
        return None
    place = here[0]
    branch = _BRANCH.match(letter.text, place.end)
    end = branch.end() if branch else place.end
    written = letter.text[place.start : end]
    name = _uninflected(place, written)
    return FromText(name, ((place.start, end),)) if name else None


def _labelled(letter: Letter, places: Sequence[PlaceFound]) -> FromText[str] | None:
    """What stands behind "Place:", if it is more than a town: "Sted: Kulturhuset Islev"."""
    for sentence in letter.sentences:
        label = _LABEL.match(sentence.text)
        if label is None:
            continue
        start = sentence.start + label.start("place")
        said = label["place"].strip(" .")
        is_town = any(place.start == start and place.end >= start + len(said) for place in places)
        if said[:1].isupper() and not is_town and not _BRANCH.search(f" {said}"):
            return FromText(said, ((start, start + len(said)),))
    return None


_LABEL = re.compile(
    r"(?:sted|hvor|lokale|kje|kraj|lokacija|prostor|place|where|venue|location)\s*:\s*(?P<place>[^,;.(\n]{3,60})",
    re.IGNORECASE,
)
_NOMINATIVES = ("Dom ", "Zapor ", "Bolnišnica ", "Splošna bolnišnica ")
_AND = re.compile(r"\bin\s+$")
_HOSPITAL = re.compile(r"sygehus|hospital|bolnišnic", re.IGNORECASE)


def _is_here(letter: Letter, place: PlaceFound, library: FromText[LibraryFound] | None, taken: Sequence[Span]) -> bool:
    """Whether it surely happens at a place: it says "in" or "at" it, and it is not where somebody lives."""
    before = letter.text[: place.start]
    elsewhere = any(start <= place.start < end for start, end in taken)
    signed = letter.signature is not None and place.start >= letter.signature.start
    if place.is_area or elsewhere or signed or _is_acronym(place) or not letter.text[place.start].isupper():
        return False
    if not _IN_IT.search(before) or _LIVES.search(before):
        return False
    own = library is not None and place.library == library.value.key
    if own and library and (_is_town(place) or fold(place.name) == fold(library.value.name)):
        return False
    return own or bool(_INSTITUTION.search(before)) or not (library or _is_town(place))


def _is_one_of_several(text: str, place: PlaceFound, places: Sequence[PlaceFound]) -> bool:
    """Whether another place stands beside it: "in Vamdrup and Lunderskov"."""
    return any(_BESIDE.fullmatch(text[place.end : each.start]) for each in places if each.start > place.end)


def _uninflected(place: PlaceFound, written: str) -> str:
    """The name of a place as it was written, or without its case; "" where that is not known."""
    if fold(written) in fold(place.name) or not place.municipalities[0].key.startswith("SI"):
        return written.removesuffix("s") if written == f"{place.name}s" else written
    if _LIBRARY.search(written) and not _LIBRARY.search(place.name):
        return ""
    return place.name


_IN_IT = re.compile(
    r"\b(?:i|på|ved|v|na|pri|in|at|near)\s+(?:(?:the|enot\w+|podružnic\w+|krajevn\w+|knjižnic\w+|četrti|vasi|naselju|"
    r"bydelen|byen|landsbyen|forstaden|filialen)\s+){0,2}$",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\b(?:bor|boende|bosat|bosatte|live|lives|living|živi\w*|stanuje\w*)\s+(?:i|på|in|at|v|na)\s+$", re.I
)
_BESIDE = re.compile(r"\s*(?:,|og|samt|in|ter|and)\s+(?:i |på |v |na |in |at )?", re.IGNORECASE)


def _is_acronym(place: PlaceFound) -> bool:
    """Whether a place is named by the letters of its library: MKL, KMJ."""
    return place.name.isupper() and len(place.name) >= _SHORTEST_ACRONYM


_SHORTEST_ACRONYM = 3


_BRANCH = re.compile(r"\s(?:bibliotek\w*|library)\b", re.IGNORECASE)
_HOUSES = frozenset({"care_home", "prison"})
"""Houses that an initiative is in, if they are named after "in" or "at"."""
_AT = re.compile(r"\b(?:i|på|hos|ved|v|na|pri|in|at|inside)\s+(?:the\s+)?$", re.IGNORECASE)


def _has_own_name(name: str) -> bool:
    """Whether a house is named and not only said to be one: "Dom starejših občanov Trebnje", "Koper prison"."""
    words = name.split()
    return any(word[0].isupper() for word in words[1:]) or (
        len(words) > 1 and words[0][0].isupper() and words[-1].islower() and words[0].lower() not in _KINDS
    )


_KINDS = frozenset({"dom", "domu", "zapor", "zaporu", "plejehjem", "care", "nursing"})


def _is_town(place: PlaceFound) -> bool:
    return bool(place.municipalities) and fold(place.name) == fold(place.municipalities[0].name)
