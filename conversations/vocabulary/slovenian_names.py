"""Slovenian names of organisations in their first case: "z Vrtcem Ljutomer" speaks of Vrtec Ljutomer."""

import re

_HEADS = {
    "m": "vrtec:vrtc dom:dom center:centr zavod:zavod klub:klub križ:križ muzej:muzej sklad:sklad sindikat:sindikat "
    "inštitut:inštitut svet:svet zbor:zbor urad:urad arhiv:arhiv radio:radi",
    "f": "šola:šol univerza:univerz gimnazija:gimnazij fakulteta:fakultet občina:občin knjižnica:knjižnic "
    "ustanova:ustanov župnija:župnij bolnišnica:bolnišnic zveza:zvez policija:policij filantropija:filantropij "
    "zadruga:zadrug skupnost:skupnost fundacija:fundacij galerija:galerij lekarna:lekarn karitas:karitas "
    "organizacija:organizacij postaja:postaj akademija:akademij",
    "n": "društvo:društv združenje:združenj gledališče:gledališč podjetje:podjetj ministrstvo:ministrstv "
    "veleposlaništvo:veleposlaništv",
}
_NOMINATIVES = {
    stem: (first, gender)
    for gender, line in _HEADS.items()
    for first, _colon, stem in (pair.partition(":") for pair in line.split())
}
_ADJECTIVE_ENDING = {"m": "i", "f": "a", "n": "o"}
_NOUN = re.compile(rf"({'|'.join(sorted(_NOMINATIVES, key=len, reverse=True))})(?:om|em|u|a|o|i|e|jo|ju|ja|je)?", re.I)
_IN_NOMINATIVE = re.compile(r".*(?:sk|šk|čn|vn|nj|čk)(?:i|a|o)", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(.*(?:sk|šk|čn|vn|n|nj|st|č|čk|lj))(?:im|ega|emu|em|o|e|i)", re.IGNORECASE)


_INVARIABLE = "karitas"


def is_adjective(word: str) -> bool:
    """Returns whether a word with a capital may be the adjective before the noun of a name ("Slovenska")."""
    return word[:1].isupper() and bool(_ADJECTIVE.fullmatch(word) or _IN_NOMINATIVE.fullmatch(word))


def is_head(word: str) -> bool:
    """Returns whether a word, in any case, is the noun of a name ("zavodom")."""
    return bool(_NOUN.fullmatch(word))


def in_nominative(name: str) -> str:
    """Returns `name` with its first noun, and the adjectives before it, in the first case; else `name` as it is."""
    words = name.split(" ")
    for place, word in enumerate(words):
        if match := _NOUN.fullmatch(word):
            stem = match.group(1)
            first, gender = _NOMINATIVES[stem.casefold()]
            if word.casefold() == first and first != _INVARIABLE:
                return name
            words[place] = _as(word if first == _INVARIABLE else stem, first)
            for before in range(place):
                if adjective := _ADJECTIVE.fullmatch(words[before]):
                    words[before] = adjective.group(1) + _ADJECTIVE_ENDING[gender]
            return " ".join(words)
    return name


def _as(written: str, wanted: str) -> str:
    """`wanted` with the capital letters of `written`."""
    if written.isupper() and len(written) > 1:
        return wanted.upper()
    return wanted[0].upper() + wanted[1:] if written[0].isupper() else wanted
