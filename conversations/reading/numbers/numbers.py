"""How many people: an exact number, an estimate, a range or a bound, in digits or in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from conversations.reading.numbers.measures import Counts, Measure, find_measures
from conversations.reading.numbers.phrases import Mark, Noun
from conversations.reading.numbers.tokens import tokens_of

Counted: TypeAlias = Literal["each_time", "in_all"]
Who: TypeAlias = Literal["participants", "volunteers"]


@dataclass(frozen=True)
class Numbers:
    """From `least` to `most`, both included; no upper bound is known when `most` is None."""

    least: int
    most: int | None
    approximate: bool


@dataclass(frozen=True, slots=True)
class People:
    """What a text says about a number of people.

    `numbers` is None where it is not one number; then `near` has the numbers of which one may be meant, and `counts`
    what the text counts instead of people. `counted` says whether it is each time or in all, None where not said.
    `unread` are words that were left out, and `before` those of them that stand right before the number.
    """

    numbers: Numbers | None = None
    counted: Counted | None = None
    near: tuple["People", ...] = ()
    counts: Noun | None = None
    unread: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


NOBODY = People(Numbers(0, 0, approximate=False))


@lru_cache(maxsize=16)  # a message is read as a command, as more than an answer, and as the answer
def read_people(text: str, language: str, who: Who = "participants", *, most: int = 1_000_000) -> People | None:
    """Returns the number of people that `text` gives to a reader of `language`; None if it says nothing of the kind.

    The words of the reader's language come first, then those of the others. A point, comma, apostrophe or space before
    three digits groups thousands. "Over 30" is 30 or more, "under 20" is 0 to 20; people who are counted apart are
    added up. Ages, families, groups, sessions and things are no number of people, and numbers over `most` are none.
    """
    tokens = tokens_of(text[:_LONGEST])
    if not tokens or len(tokens) > _MOST_TOKENS or tokens[0].word == "-":
        return None
    found = find_measures(tokens, language)
    if any(max(each.least, each.most or 0) > most for each in found.measures):
        return None
    measures = [each for each in found.measures if not each.year]
    people = [each for each in measures if _is_of_people(each) and Mark.OF_THEM not in each.marks]
    if not people:
        return _with_unread(_without_people(found, measures, who), found, people)
    if found.odd and Noun.THINGS in found.nouns:
        return People(counts=Noun.THINGS)
    if found.odd or any(each.most is not None and each.least > each.most for each in people):
        return None
    if len(people) == 1 and (thousands := _in_thousands(people[0])):
        return thousands
    if _is_negated(found, people):
        return None
    if who == "volunteers" and all(each.noun is Noun.STAFF for each in people):
        return People(near=(NOBODY, *(_people(each, None) for each in people)), counts=Noun.STAFF)
    meant = _meant(_of_whom(people, who), measures, found)
    if meant is not None and meant.numbers is not None and found.uncounted:
        return People(near=(meant,), counts=Noun.PEOPLE)
    if meant is not None and meant.numbers is not None and max(meant.numbers.least, meant.numbers.most or 0) > most:
        return None
    return _with_unread(meant, found, people)


def _with_unread(meant: People | None, found: Counts, people: Sequence[Measure]) -> People | None:
    """`meant` with the words that it leaves out."""
    if meant is None or meant.numbers is None:
        return meant
    starts = {each.start for each in people}
    before = tuple(word for at, word in found.unread if at + 1 in starts)
    return replace(meant, unread=tuple(word for _at, word in found.unread), before=before)


_LONGEST = 1_000
_MOST_TOKENS = 80
_PEOPLE = frozenset({Noun.PEOPLE, Noun.VOLUNTEERS, Noun.STAFF, Noun.STYKKER})


def _is_of_people(measure: Measure) -> bool:
    return (measure.noun is None or measure.noun in _PEOPLE) and Mark.AGED not in measure.marks


def _between(people: list[Measure]) -> Measure | None:
    """The range of "at least 10 and at most 15"; None if the two are something else."""
    if len(people) != 2 or people[0].most is not None or people[1].least or (most := people[1].most) is None:
        return None
    return replace(people[0], most=most) if people[0].least <= most else None


def _is_added(measure: Measure) -> bool:
    """Whether it is said who is counted: any word after "and", a word for people after a comma."""
    return measure.noun is not None if measure.listed else measure.followed


def _in_thousands(measure: Measure) -> People | None:
    """What to ask for "10-12.000": the ten is probably ten thousand too."""
    least, most, about = measure.least, measure.most, measure.approximate
    if most is None or most % 1_000 or not 0 < least < 1_000 or least * 1_000 >= most:
        return None
    return People(near=(People(Numbers(least * 1_000, most, about)), People(Numbers(least, most, about))))


def _is_negated(found: Counts, people: list[Measure]) -> bool:
    """Whether the number is said not to be: "ikke 30", "minus 5"."""
    return any(mark is Mark.NOT and at == people[0].start - 1 for mark, _part, at in found.marks)


def _of_whom(people: list[Measure], who: Who) -> list[Measure]:
    """The measures of the people asked about: volunteers count as volunteers only, where others are counted too."""
    helping = [each for each in people if each.noun is Noun.VOLUNTEERS]
    if who == "volunteers":
        return helping or people
    return [each for each in people if each.noun is not Noun.VOLUNTEERS] or people


def _without_people(found: Counts, measures: list[Measure], who: Who) -> People | None:
    """What a text without a number of people says: nobody, something else that is counted, or nothing."""
    if found.has(Mark.UNKNOWN):
        return None
    if measures:
        counts = next((each.noun for each in measures if each.noun is not None), Noun.AGES)
        near = [each for each in measures if each.noun is Noun.COUPLES and each.most is not None]
        return People(counts=counts, near=tuple(_double(each) for each in near))
    if found.has(Mark.STAFF_ONLY):
        return NOBODY if who == "volunteers" else People(counts=Noun.STAFF)
    if found.has(Mark.ONLY_ME):
        return People(near=(People(Numbers(1, 1, approximate=False)), NOBODY))
    if found.has(Mark.NOT_YET):
        return NOBODY
    if found.has(Mark.MANY):
        return None
    if found.has(Mark.FEW):
        return People(counts=Noun.PEOPLE)
    if found.nouns & {Noun.PEOPLE, Noun.VOLUNTEERS} and who == "volunteers" and not found.has(Mark.NOBODY):
        return People(counts=Noun.PEOPLE)
    if found.has(Mark.NOBODY):
        if found.odd or not found.nouns <= _PEOPLE:
            return None
        return NOBODY if found.others <= 1 else People(near=(NOBODY,))
    return None


def _double(measure: Measure) -> People:
    return People(Numbers(2 * measure.least, 2 * (measure.most or 0), measure.approximate))


def _meant(people: list[Measure], measures: list[Measure], found: Counts) -> People | None:
    """The number that all `people` come to, or what is to be asked."""
    others = [each for each in measures if each not in people and not _is_of_people(each)]
    said = [(each, _counted(each, people, found)) for each in people]
    if len(people) == 1:
        return _one(people[0], others, found, _anywhere(found))
    if (between := _between(people)) is not None:
        return _people(between, _anywhere(found))
    marks = {counted for _each, counted in said}
    if found.has(Mark.YEAR) or Noun.STAFF in {each.noun for each in people}:
        return People(near=tuple(_people(each, counted) for each, counted in said))
    if {"each_time", "in_all"} <= marks:
        return _sum_with_total(said) or People(near=tuple(_people(each, counted) for each, counted in said))
    if total := _total_beside(people):
        return _people(total, _anywhere(found))
    if all(each.joined for each in people[1:]) and all(map(_is_added, people)) and not found.has(Mark.SIGNED_UP):
        return _people(added(people), _anywhere(found))
    sensible = [_people(each, counted) for each, counted in said]
    if all(each.joined for each in people[1:]):
        sensible.append(_people(added(people), None))
        return People(near=tuple(sensible))
    return People(near=tuple(sensible)) if any(each.followed for each in people) else None


def _one(measure: Measure, others: list[Measure], found: Counts, counted: Counted | None) -> People | None:
    """The one number of people, unless it is multiplied by groups beside it or counts for a part only."""
    repeated = [each for each in others if each.noun is Noun.TIMES and each.least != 1]
    if repeated and measure.noun is None and not found.has(Mark.EACH_TIME, Mark.IN_ALL) and measure.start > 0:
        return People(near=(_people(measure, counted),), counts=Noun.TIMES)
    many = [each for each in others if each.noun in (Noun.GROUPS, Noun.HOUSEHOLDS, Noun.COUPLES) and each.most != 1]
    per_group = found.has(Mark.PER_GROUP)
    in_groups = [each for each in many if each.end <= measure.start <= each.end + 2 and not measure.joined]
    if (many and measure.noun not in _PEOPLE) or per_group or in_groups:
        near = [_people(measure, counted)]
        if many and many[0].least == many[0].most and measure.most is not None:
            times = many[0].least
            near.insert(0, People(Numbers(measure.least * times, measure.most * times, measure.approximate)))
        return People(near=tuple(near), counts=Noun.GROUPS)
    if measure.spoken and not _stands_for_people(measure, found):
        return None
    rounded = measure.noun is Noun.STYKKER and measure.least == measure.most and measure.least % 10 == 0
    return _people(replace(measure, approximate=measure.approximate or (rounded and measure.least > 0)), counted)


def _stands_for_people(measure: Measure, found: Counts) -> bool:
    """Whether a number word is a count and not a small word: other words beside it would have to be known."""
    return measure.noun is not None or measure.followed or found.others <= _FEW_OTHERS


_FEW_OTHERS = 2


def added(people: Sequence[Measure]) -> Measure:
    """Returns the measure that `people` come to together."""
    most = [each.most for each in people]
    return replace(
        people[0],
        least=sum(each.least for each in people),
        most=None if None in most else sum(each for each in most if each is not None),
        approximate=any(each.approximate for each in people),
    )


def _total_beside(people: list[Measure]) -> Measure | None:
    """The measure that is the sum of all others: 30 (15 drenge og 15 piger)."""
    for each in (people[0], people[-1]):
        rest = [other for other in people if other is not each]
        if len(rest) > 1 and each.least == each.most and added(rest).least == each.least:
            return each
    return None


def _sum_with_total(said: list[tuple[Measure, Counted | None]]) -> People | None:
    total = next((each for each, counted in said if counted == "in_all"), None)
    rest = [each for each, counted in said if counted is None]
    if total and len(rest) > 1 and added(rest).least == total.least:
        return _people(total, "in_all")
    return None


def _counted(measure: Measure, people: list[Measure], found: Counts) -> Counted | None:
    """What is said of `measure` in its own part of the text."""
    alone = len(people) == 1
    for mark, part, _at in found.marks:
        if alone or part == measure.part:
            if mark is Mark.EACH_TIME:
                return "each_time"
            if mark is Mark.IN_ALL:
                return "in_all"
    return None


def _anywhere(found: Counts) -> Counted | None:
    if found.has(Mark.EACH_TIME):
        return None if found.has(Mark.IN_ALL) else "each_time"
    return "in_all" if found.has(Mark.IN_ALL) else None


def _people(measure: Measure, counted: Counted | None) -> People:
    return People(Numbers(measure.least, measure.most, measure.approximate), counted)
