"""What an initiative is about."""

import re
from collections.abc import Sequence

from conversations.reading.story.certainty import fills
from conversations.reading.story.groups import is_of_colleagues, keys_of
from conversations.reading.story.list_items import is_activity
from conversations.reading.story.passages import Letter, is_within, outside, spoken_of
from conversations.reading.story.story import FromText, Span
from conversations.vocabulary.mentions import Mention

_MOST = 4


def themes_in(
    letter: Letter, language: str, taken: Sequence[Span], title: Sequence[Span] = ()
) -> FromText[tuple[str, ...]] | None:
    """What it is about; the words in the names of partners say nothing about it.

    Words that only say for whom it is, or where, say it least surely: they count where nothing else does, and a place
    never makes it outreach. So do the words of a name that does not say what it is ("Beremo z babico"); `title` is
    where it stands.
    """
    groups = spoken_of(letter, "target_groups", language)
    things = [each for each in spoken_of(letter, "naming", language) if each.key == "thing"]
    said = outside(spoken_of(letter, "themes", language), taken)
    said = [each for each in said if not (each.key == "advocacy" and _is_inside(each, things))]  # "the campaign ran"
    said = [each for each in said if not (each.key == "outreach" and _is_a_place(letter.text, each, taken, groups))]
    about_them = [each for each in said if each.key not in _OF_PEOPLE and _is_inside(each, groups)]
    local = [each for each in said if each.key == "local_community_life"]
    where = [each for each in local if _AT_THEM.search(letter.text, 0, each.start)]  # "out to the small villages"
    named = [each for each in said if any(_is_only_a_name(letter.text, each, span) for span in title)]
    weak = [each for each in said if each in about_them or each in where or each in named]
    surely = [each for each in said if each not in weak] or [each for each in said if each not in about_them]
    if not fills("themes", "of people"):
        about_them = []
    kept = _foremost(surely or about_them, letter) if fills("themes", "outright") else about_them
    first = min((_sentence(each, letter) for each in surely), default=0)
    before = [each for each in about_them if _sentence(each, letter) < first]
    kept = sorted({*kept, *before}, key=lambda each: each.start)
    if fills("themes", "languages"):
        kept += [each for each in surely if each.key == "multilingual_collection" and each not in kept]
    if fills("themes", "of colleagues") and is_of_colleagues(letter, groups):
        online = [each for each in said if each.key == "online_events"]
        names = ("staff_network", *dict.fromkeys(each.key for each in online))
        return FromText(names, tuple((each.start, each.end) for each in (groups[0], *online)))
    keys = {each.key for each in kept}
    return keys_of([each for each in kept if keys.isdisjoint(_SAYS_MORE.get(each.key, ()))], _MOST)


_OF_PEOPLE = frozenset({"wellbeing_loneliness", "staff_network"})
"""Themes that the words for a group surely say: who works for the lonely works against loneliness."""
_SAYS_MORE = {
    "language_course": frozenset({"language_cafe"}),
    "early_literacy": frozenset({"loan_collections", "multilingual_collection"}),
    "reading_group": frozenset({"early_literacy"}),
}
"""A theme that is only spoken of where one of others is named: at a language café people learn the language, boxes of
picture books are lent, and small children are read to."""


def _is_only_a_name(text: str, mention: Mention, title: Span) -> bool:
    """Whether a word stands in a name that does not say what it is ("Hyggekrogen" is no group against loneliness)."""
    start, end = title
    return start <= mention.start and mention.end <= end and not is_activity(text[start:end])


def _is_inside(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(each.start <= mention.start and mention.end <= each.end for each in others)


def _is_a_place(text: str, mention: Mention, taken: Sequence[Span], groups: Sequence[Mention]) -> bool:
    """Whether words only say where it is, or who lives there: "at the care home", "på torvet"."""
    before = text[: mention.start]
    inside = is_within(mention.start, taken) or _is_inside(mention, groups)
    return inside or bool(_AT_A_PLACE.match(mention.said) or _IN_A_HOUSE.search(before))


_AT_A_PLACE = re.compile(r"(?:i|på|ved|v|na|pri|in|at|on)\s", re.IGNORECASE)
_AT_THEM = re.compile(r"\b(?:i|på|til|ud i|v|po|na|in|to|into|around)\s+(?:the\s)?(?:\w+\s)?$", re.IGNORECASE)
_IN_A_HOUSE = re.compile(r"\b(?:i|på|ved|v|na|pri|in|at|inside)\s+(?:the\s|\w+\s)?$", re.IGNORECASE)


def _foremost(said: Sequence[Mention], letter: Letter) -> list[Mention]:
    """Those of `said` that the first sentence with any names; later ones speak of others only in passing."""
    first = min((_sentence(each, letter) for each in said), default=0)
    near = {each.key for each in said if _sentence(each, letter) == first}
    return [each for each in said if each.key in near]


def _sentence(mention: Mention, letter: Letter) -> int:
    return next((at for at, each in enumerate(letter.sentences) if each.start <= mention.start < each.end), -1)
