"""The words round a number: those that make it a bound or an estimate, that join two, and that say what is counted."""

from collections.abc import Mapping
from enum import Enum, auto

from conversations.reading.text import fold


class Bound(Enum):
    """What a word beside a number makes of it."""

    ABOUT = auto()
    AT_LEAST = auto()
    AT_MOST = auto()
    BETWEEN = auto()
    FROM = auto()


def _phrases(phrases: str) -> list[tuple[str, ...]]:
    return [tuple(fold(phrase).split()) for phrase in phrases.split("|")]


BEFORE: Mapping[tuple[str, ...], Bound] = {
    phrase: bound
    for bound, phrases in {
        Bound.ABOUT: "~|ca|cirka|circa|cca|omkring|omtrent|rundt regnet|op mod|måske|næsten|knap|godt|vel|nok|"
        "okoli|okrog|približno|skoraj|nekako|kakih|morda|"
        "about|around|roughly|approximately|approx|nearly|almost|maybe|perhaps|some",
        Bound.AT_LEAST: ">|+|over|mere end|flere end|mindst|minimum|min|i hvert fald|več kot|več od|vsaj|najmanj|nad|"
        "more than|at least|above|no fewer than|not less than",
        Bound.AT_MOST: "<|under|op til|indtil|højst|højest|maks|max|maksimum|maximum|mindre end|færre end|"
        "ikke mere end|ikke over|ikke flere end|manj kot|manj od|do|največ|pod|ne več kot|"
        "up to|at most|less than|fewer than|below|no more than|not more than",
        Bound.BETWEEN: "mellem|imellem|med|between",
        Bound.FROM: "fra|od|from",
    }.items()
    for phrase in _phrases(phrases)
}
AFTER: Mapping[tuple[str, ...], Bound] = {
    phrase: bound
    for bound, phrases in {
        Bound.ABOUT: "~|ca|cirka|circa|ish|eller deromkring|eller sådan noget|cca|približno|ali tako|or so|approx",
        Bound.AT_LEAST: "+|plus|eller flere|eller mere|og opefter|og op|ali več|in več|naprej|or more|and more|upwards",
        Bound.AT_MOST: "eller færre|ali manj|or fewer|or less",
    }.items()
    for phrase in _phrases(phrases)
}

JOINTS = frozenset({"-", "til", "to", "do", "eller", "ali", "or"})
"""What stands between the two ends of a range."""
AND = frozenset({"og", "in", "and"})
"""What stands there after "between", and within number words."""
NOT = frozenset({"minus", "ikke", "ne", "ni", "not"})


def _folded(words: str) -> tuple[str, ...]:
    return tuple(fold(words).split())


NOT_PEOPLE = _folded("procent percent pct odstotkov odstotka odstotki k kr kroner dkk eur euro evrov")
"""Units that make a number something else than a count."""
WHO_IS_COUNTED = (
    *_folded("barn børn borger bruger deltag drenge elever famili flygtning frivillig gæst kvinder låner mand mænd"),
    *_folded("medlem mennesk person piger stk stykker unge voksne ældre pr hver ad ialt"),
    *_folded("begun clan deklet dijak drug družin fant ljud mlad mošk obiskoval odrasl oseb otro prebival priseljen"),
    *_folded("prostovolj srečanj starejš učenc udelež uporabnik žensk na vsak skupaj"),
    *_folded("adult child famil member men people participant pupil student user visitor volunteer women"),
    *_folded("each every per total"),
)
"""How words begin that may follow a number word: those who come, how often, in all."""
