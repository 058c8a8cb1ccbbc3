"""Whom an initiative is for."""

import re
from collections.abc import Sequence

from conversations.reading.story.passages import Letter, is_within, outside, spoken_of
from conversations.reading.story.story import FromText, Span
from conversations.vocabulary.meaning import DELICATE
from conversations.vocabulary.mentions import Mention

_MOST = 5
_EVERYBODY = "general_public"


def groups_in(
    letter: Letter, language: str, taken: Sequence[Span], title: Sequence[Span]
) -> FromText[tuple[str, ...]] | None:
    """Whom it is for. "Everyone" counts only where nobody else is named, and somebody who *is* ill is no group.

    `title` is where its name stands, of which "for" whom it is counts, but no other word if others say whom.
    """
    said = outside(spoken_of(letter, "target_groups", language), taken)
    if is_of_colleagues(letter, said):
        return keys_of([each for each in said if each.key == "staff"], 1)
    said = [
        each for each in said if any(char.isalpha() or char == "+" for char in each.said)
    ]  # "60" answers who it is for; "60 come" does not
    said = [each for each in said if not (_is_of_somebody(letter.text, each) or _helps(letter.text, each))]
    of = [start for start, _end in taken]
    said = [
        each
        for each in said
        if each.key in DELICATE or not any(_OF.fullmatch(letter.text[each.end : start]) for start in of)
    ]
    said = [each for each in said if _is_for(letter.text, each) and not _AGAINST.search(letter.text, 0, each.start)]
    said = [each for each in said if not (each.key == "children" and _ARE_THEIRS.search(letter.text, 0, each.end))]
    named = [each for each in said if is_within(each.start, title) and not _FOR.search(letter.text[: each.start])]
    said = [each for each in said if each not in named] or said
    narrower = [each for each in said if each.key != _EVERYBODY and not _is_counted(letter.text, each)]
    return keys_of(narrower or said, _MOST)


def is_of_colleagues(letter: Letter, said: Sequence[Mention]) -> bool:
    """Whether it is a network of people who work in libraries, of any employer."""
    return bool(said) and said[0].key == "staff" and bool(_NETWORK.search(letter.text))


_NETWORK = re.compile(
    r"\b(?:netværk\w*|erfagruppe\w*|erfamøde\w*|network\w*|mrež\w*|share (?:ideas|experience\w*)|izmenj\w+ izkuš\w+)",
    re.IGNORECASE,
)
"""What colleagues have where an initiative is for nobody but staff."""


def _is_counted(text: str, mention: Mention) -> bool:
    """Whether adults are only counted beside others: "9 children and 9 adults", "20 børn og voksne"."""
    return mention.key == "adults" and bool(_COUNTED.search(text[: mention.start]))


_COUNTED = re.compile(r"\d\s+(?:\w+\s(?:og|and|in)\s)?$")
_AGAINST = re.compile(r"\b(?:against|mod|imod|proti)\s$", re.IGNORECASE)
"""Before what it is to help against, and not those whom it is for: "it is against loneliness"."""
_ARE_THEIRS = re.compile(
    r"\b(?:famili\w*|\w+familier\w*|forældre\w*|parents|mothers|fathers|mødre|fædre|družin\w*|starš\w*|mamic\w*)\s"
    r"(?:med|with|z|s)\s(?:\w+\s?){1,3}$",
    re.IGNORECASE,
)
"""Before the children of the families whom it is for: "parents with small children"."""


_OF = re.compile(r"\s+(?:fra|from|of|iz|på|at)?\s*")
"""Between those who help and whom they come from: "two pupils of Gribskov Gymnasium"."""
_FOR = re.compile(r"\b(?:for|til|blandt|mellem|netværk\w*|za|among|between|mrež\w*)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_ONE = re.compile(r"\b(?:en|et|én|ét|an?|one|vores|ena|en|naša?|our)\s+(?:\w+\s+)?$", re.IGNORECASE)


def _is_for(text: str, mention: Mention) -> bool:
    """Whether a word names those it is for: staff and single adults mostly do the work."""
    before = text[: mention.start]
    if mention.key == "staff":
        return bool(_FOR.search(before)) and not _ONE.search(before)
    if mention.key == "adults":
        return not _ONE.search(before)
    return True


_IS = re.compile(
    r"\b(?:er|var|blev|is|are|was|were|am|got|je|so|sta|smo)\s+(?:(?!for\b|til\b|za\b|med\b|with\b|z\b|s\b|namenjen)\w+\s+)?$",
    re.IGNORECASE,
)
_WHO_IS = re.compile(r"\b(?:der|som|who|that|ki)\s+(?:\w+\s+){1,3}$", re.IGNORECASE)


def _is_of_somebody(text: str, mention: Mention) -> bool:
    """Whether a delicate word says something of a person ("the volunteer is ill") and does not name a group."""
    before = text[: mention.start]
    return mention.key in DELICATE and bool(_IS.search(before)) and not _WHO_IS.search(before)


_HELPED_BY = re.compile(
    r"\b(?:led|run|taught|helped|given) by (?:\w+ ){0,2}$|\b(?:ledet|ledes|undervist|drevet|hjulpet) af (?:\w+ ){0,2}$|"
    r"\b(?:pomaga(?:jo|ta)?|pomagal\w*|vodi(?:jo|ta)?|vodil\w*) (?:(?:jih|jo|ga|nam|jim|bo|bodo|so|je|sta|pa|še|tudi|"
    r"nekaj|več|\d+|ena?|dv[ae]|trije|tri|štirje|štiri|pet|šest) )*$",
    re.IGNORECASE,
)
_TO_THEM = ("om", "em", "im", "am", "ma")
"""Endings of Slovenian words for those who are helped, and do not help."""


def _helps(text: str, mention: Mention) -> bool:
    """Whether a group is named as those who lead or help: "led by retired teachers", "pomagajo študenti"."""
    if _VOLUNTEERS.match(text, mention.end) or _MOST_OF_THEM.search(text[: mention.start]):
        return True
    return bool(_HELPED_BY.search(text[: mention.start])) and not mention.said.endswith(_TO_THEM)


_MOST_OF_THEM = re.compile(
    r"(?:frivillige|volunteers|prostovolj\w+)[\w\s,]{0,20}(?:af dem|of them|mostly|od njih|večinoma|mest)\s+$",
    re.IGNORECASE,
)
"""Between volunteers and who they are: "4 volunteers, most of them retired teachers"."""
_VOLUNTEERS = re.compile(r"\s(?:frivillig|prostovolj|volunteer)", re.IGNORECASE)


def keys_of(said: Sequence[Mention], most: int) -> FromText[tuple[str, ...]] | None:
    """The first keys of `said`, each once, and where they are said; None if there are none."""
    keys = tuple(dict.fromkeys(each.key for each in said))[:most]
    return FromText(keys, tuple((each.start, each.end) for each in said if each.key in keys)) if keys else None
