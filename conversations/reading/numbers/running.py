"""The numbers of people in a sentence or a longer text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from conversations.reading.numbers.measures import Counts, Measure, find_measures
from conversations.reading.numbers.numbers import Counted, Who, added
from conversations.reading.numbers.phrases import Mark, Noun, noun_of
from conversations.reading.numbers.tokens import NumberToken, noun_at, tokens_of
from conversations.reading.text import fold


@dataclass(frozen=True, slots=True)
class PeopleFound:
    """A number of people, and where it stands: `text[start:end]`.

    `value` has the keys `least`, `most`, `approximate` and `counted` (`each_time`, `in_all` or None).
    """

    start: int
    end: int
    value: dict[str, int | str | bool | None]
    who: Who


def people_in(text: str, language: str) -> tuple[PeopleFound, ...]:
    """Returns the numbers of people that `text` says outright to a reader of `language`, in order.

    Those who come are participants and those who help are volunteers; "no volunteers" is 0. Ages, sessions, families,
    groups, staff, books, money, years and times of day are none, and so is a number of which it is not said what it
    counts. Numbers joined by "and" are added up.
    """
    found: list[PeopleFound] = []
    offset = 0
    for line in text.split("\n"):
        tokens = tokens_of(line)
        for sentence in _sentences(tokens):
            found += (
                PeopleFound(offset + each.start, offset + each.end, each.value, each.who)
                for each in _in_sentence(sentence, language)
            )
        offset += len(line) + 1
    return tuple(found)


def _sentences(tokens: Sequence[NumberToken]) -> Iterator[Sequence[NumberToken]]:
    start = 0
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        before = tokens[at - 1] if at else None
        is_short = before is not None and before.value is None and len(before.word) <= _SHORT_WORD
        apart = following is not None and before is not None and before.value is None and following.start > token.end
        if token.word in ("!", "?") or (
            token.word == "." and not is_short and (not following or following.value is None or apart)
        ):
            yield tokens[start : at + 1]
            start = at + 1
    if start < len(tokens):
        yield tokens[start:]


_Marks: TypeAlias = Sequence[tuple[Mark, int, int]]
_SHORT_WORD = 2
_YEARS = range(1950, 2061)
_COME = frozenset(
    fold(
        "kommer kom kommet deltog deltager deltaget deltage mødte mødt møder dukker dukkede besøgte forventer regner "
        "igennem forbi været "
        "tilmeldt tilmeldte nåede samlede samler pride pridejo prihaja prihajajo udeležilo udeleži udeležuje obiskalo "
        "obišče prišlo sodelovalo sodeluje sodelujejo obiskuje pričakujemo pričakuje zbere zbralo prijavljenih come "
        "came attend attended attending take takes took taking turn turned joined participated show showed visited "
        "welcomed reached expect expecting signed expected drew draws attracts attracted used "
        "hodi hodijo hodilo"
    ).split()
)
_HELP = frozenset(
    fold(
        "hjælper hjælp hjalp underviser pomaga pomagata pomagajo vodi vodita vodijo help helps helped run lead teach"
    ).split()
)
_HELP_OUT = frozenset(fold("hjælper hjalp pomaga pomagata pomagajo help helps helped").split())
_VOLUNTEER = ("frivillig", "prostovolj", "volunteer")
_NOT_THEM = tuple(fold("lærer pædagog učitelj mentor hjælper tutor vnuk teacher").split())
_USUALLY = frozenset(
    fold("normalt regel typisk plejer sædvanligvis ponavadi običajno navadno usually normally typically").split()
)
"""What usually happens happens each time."""
_FROM_AGE = frozenset({50, 55, 60, 65, 67, 70, 75, 80})
_NEAR = 4
_VERB_BEFORE, _VERB_AFTER = 5, 2
_AFTER_IN_ALL, _AFTER_EACH_TIME = 4, 2
"""How far behind the people "in all" may stand: "46 people took part in all"."""


def _in_sentence(tokens: Sequence[NumberToken], language: str) -> Iterator[PeopleFound]:
    counts = find_measures(tokens, language)
    people = [each for each in counts.measures if _is_said(each, tokens, counts.marks, helps=_helps(each, tokens))]
    at = 0
    while at < len(people):
        group = [people[at]]
        while at + 1 < len(people) and _belong_together(group[-1], people[at + 1]):
            at += 1
            group.append(people[at])
        at += 1
        who: Who = "volunteers" if _are_volunteers(group[0], tokens) else "participants"
        total = added(group)
        least, most = total.least, total.most
        counted = _counted(group, counts)
        if at < len(people) and Mark.SOMETIMES in people[at].marks and people[at].noun is None:
            least, most = min(least, people[at].least), people[at].most  # "14 come, sometimes 20"
            counted = counted or "each_time"
            at += 1
        if counted is None and who == "participants" and any(token.word in _USUALLY for token in tokens):
            counted = "each_time"
        value: dict[str, int | str | bool | None] = {
            "least": least,
            "most": most,
            "approximate": total.approximate,
            "counted": counted,
        }
        yield PeopleFound(tokens[group[0].start].start, tokens[group[-1].end - 1].end, value, who)
    if not any(each.noun is Noun.VOLUNTEERS for each in counts.measures):
        yield from _nobody(counts, tokens)


def _nobody(counts: Counts, tokens: Sequence[NumberToken]) -> Iterator[PeopleFound]:
    """The 0 of "no volunteers" and "prostovoljcev nimamo": the two words stand side by side."""
    for mark, _part, at in counts.marks:
        near = range(max(0, at - 2), min(len(tokens), at + _NEAR))
        if mark is Mark.NOBODY and any(noun_at(tokens, each) is Noun.VOLUNTEERS for each in near):
            value: dict[str, int | str | bool | None] = {"least": 0, "most": 0, "approximate": False, "counted": None}
            yield PeopleFound(tokens[near[0]].start, tokens[near[-1]].end, value, "volunteers")
            return


def _helps(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether those who are counted are said to help, near by and in the same part of the sentence."""
    after = tokens[measure.end : measure.end + _VERB_AFTER + 1]
    comma = next((at for at, token in enumerate(after) if token.word == ","), len(after))
    others = after[comma + 1 : comma + 2]  # "10 people each time, helped by three": the verb is of those who follow
    beside = [
        *tokens[max(0, measure.start - _VERB_BEFORE) : measure.end],
        *(after[:comma] if others and others[0].word in _HELP else after),
    ]
    return any(token.word in _HELP for token in beside) and not any(
        noun_of(token.word) is Noun.VOLUNTEERS for token in beside if token.value is None
    )


def _help_themselves(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether it is said right behind people that they help: "five students help", "to studerende er frivillige"."""
    behind = [token.word for token in tokens[measure.end : measure.end + _VERB_AFTER]]
    help_out = behind[:1] and (behind[0] in _HELP_OUT or any(word.startswith(_VOLUNTEER) for word in behind[1:]))
    return measure.noun is Noun.PEOPLE and bool(help_out)


def _is_helped_by(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether the people who are counted are the ones who help: "pomagajo 3 študenti", but not "3 študentom"."""
    at = measure.start - 1
    while at > 0 and tokens[at].word in _BETWEEN_VERB_AND_HELPERS:
        at -= 1
    verb = tokens[at].word if at >= 0 else ""
    return verb in _HELPED_BY and not tokens[measure.end - 1].word.endswith(_TO_THEM)


_HELPED_BY = frozenset(
    fold(
        "pomaga pomagata pomagajo vodita vodijo pomagal pomagala pomagali pomagale pomagalo vodil vodila vodili vodile "
        "vodilo priskočita priskočijo"
    ).split()
)
_BETWEEN_VERB_AND_HELPERS = frozenset(fold("je sta so bo bosta bodo nam jim ji mu jih jo ga pri tem tudi se").split())
_TO_THEM = ("om", "em", "im", "am", "ma")
"""Slovenian verbs before those who do it, and the endings of those to whom it is done."""


def _is_said(measure: Measure, tokens: Sequence[NumberToken], marks: _Marks, *, helps: bool) -> bool:
    """Whether the text says outright that `measure` counts people."""
    if measure.year or measure.marks & {Mark.AGED, Mark.OF_THEM} or measure.most == 0:
        return False
    if measure.most is not None and measure.least > measure.most:
        return False
    if measure.most is None and measure.least in _FROM_AGE and measure.noun is None:
        return False
    if measure.noun is None and not measure.spoken and measure.least in _YEARS:
        return False
    if measure.noun is not None and measure.end - measure.start > _BESIDE and _is_no_count(measure):
        return False
    noun_word = tokens[measure.end - 1].word
    if measure.noun is Noun.PEOPLE and noun_word.endswith(_FOR_THEM):
        return False
    match measure.noun:
        case Noun.VOLUNTEERS:
            return True
        case Noun.PEOPLE if _is_helped_by(measure, tokens):
            return not noun_word.startswith(_NOT_THEM)
        case Noun.PEOPLE:
            helps = helps and not _help_themselves(measure, tokens)
            return not measure.article and not helps and not noun_word.startswith(_NOT_THEM)
        case None | Noun.STYKKER if not measure.article:
            return (
                _labelled(measure, tokens)
                or (not helps and _comes(measure, tokens))
                or _is_each_time(measure, marks)
                or _are_regulars(measure, tokens)
                or _are_in_all(measure, marks)
                or _counted_before(measure, tokens) is Noun.VOLUNTEERS
            )
        case _:
            return False


_BESIDE = 2
_FOR_THEM = tuple(
    fold("værkstedet værksted biblioteket bibliotek caféen café klubben huset hus bøger bog koret hold holdet").split()
)
"""Endings of Danish words for what is there for people: "Ungeværkstedet"."""


def _is_no_count(measure: Measure) -> bool:
    """Whether a year or "a couple" stands some words before the people, who are then others."""
    is_year = not measure.spoken and measure.least == measure.most and measure.least in _YEARS
    return is_year or (measure.spoken and measure.end - measure.start > _FARTHEST)


_FARTHEST = 4


def _is_each_time(measure: Measure, marks: _Marks) -> bool:
    """Whether "each time" follows, or "of them each time"."""
    return measure.least > 1 and any(
        mark is Mark.EACH_TIME and measure.end <= at <= measure.end + 2 for mark, _part, at in marks
    )


def _are_regulars(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether those who come stand beside the number: "ten regulars", "stalnih gostov je 8 do 10"."""
    following = tokens[measure.end].word if measure.end < len(tokens) else ""
    return following in _REGULARS or _counted_before(measure, tokens) is Noun.PEOPLE


def _counted_before(measure: Measure, tokens: Sequence[NumberToken]) -> Noun | None:
    """What is counted, where it stands before the verb and the number: "prostovoljk je pet"."""
    at = measure.start - 1
    while at > 0 and tokens[at].word in _IS:
        at -= 1
    return noun_at(tokens, at) if 0 <= at < measure.start - 1 else None


_REGULARS = frozenset(fold("regulars faste mož moških").split())
_IS = frozenset(fold("je bilo jih bo bilo okoli okrog približno so bile bili").split())


def _are_in_all(measure: Measure, marks: _Marks) -> bool:
    """Whether "in all" stands right behind a number of which it is not said what it counts: "about 30 in all"."""
    alone = not measure.followed and measure.least >= _SEVERAL
    return alone and any(mark is Mark.IN_ALL and at == measure.end for mark, _part, at in marks)


_FEW = 5
_SEVERAL = 10


def _labelled(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether it stands after who is counted and a colon: "Deltagere: 30"."""
    before = tokens[max(0, measure.start - 3) : measure.start]
    return any(token.word == ":" for token in before) and any(_is_who(token) for token in before)


def _is_who(token: NumberToken) -> bool:
    return token.word.startswith(
        ("deltager", "frivillig", "udelezen", "prostovolj", "participant", "volunteer", "attende")
    )


def _comes(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether a verb stands beside it that says that they come."""
    beside = [
        *tokens[max(0, measure.start - _VERB_BEFORE) : measure.start],
        *tokens[measure.end : measure.end + _VERB_AFTER],
    ]
    there_were = {"jih", "bilo"} <= {token.word for token in beside[:_VERB_BEFORE]} and measure.least >= _SEVERAL
    return there_were or any(token.word in _COME for token in beside) or _is_with_us(measure, tokens)


def _is_with_us(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    """Whether so many "are with us": "9 med.", "40 var med i alt", but not "kl. 17 med Røde Kors"."""
    first, second = (token.word for token in (*tokens[measure.end : measure.end + 2], _END, _END)[:2])
    before = [token.word for token in tokens[max(0, measure.start - 2) : measure.start] if token.word != "."]
    if before[-1:] and before[-1] in _BEFORE_TIMES:
        return False
    return (first in _ARE and second == "med") or (first == "med" and (second in _AFTER_WITH))


_END = NumberToken(0, 0, "")
_BEFORE_TIMES = frozenset({"kl", "klokken", "uge", "nr"})
_ARE = frozenset({"er", "var", "blev"})
_AFTER_WITH = frozenset({"", ".", ",", "!", "i", "hver", "fra", "pr"})


def _are_volunteers(measure: Measure, tokens: Sequence[NumberToken]) -> bool:
    before = tokens[max(0, measure.start - 3) : measure.start]
    return (
        measure.noun is Noun.VOLUNTEERS
        or (measure.noun is None and _counted_before(measure, tokens) is Noun.VOLUNTEERS)
        or _help_themselves(measure, tokens)
        or (_labelled(measure, tokens) and any(token.word.startswith(_VOLUNTEER) for token in before))
        or (measure.noun is Noun.PEOPLE and _is_helped_by(measure, tokens))
    )


def _belong_together(one: Measure, other: Measure) -> bool:
    """Whether two measures are added up: they are joined by "and" and nothing else stands between."""
    if other.listed and other.noun is None:
        return False  # "38 women, 11 found a job"
    if not other.joined or (one.noun is Noun.VOLUNTEERS) != (other.noun is Noun.VOLUNTEERS):
        return False
    return other.start == one.end + 1


def _counted(group: Sequence[Measure], counts: Counts) -> Counted | None:
    """What is said right beside the number: each time, or in all."""
    first, last = group[0].start, group[-1].end
    others = [each for each in counts.measures if each not in group]
    for mark, part, at in sorted(counts.marks, key=lambda each: each[2] < first):
        of_another = any(each.end == at for each in others)
        after = _AFTER_IN_ALL if part == group[-1].part and mark is Mark.IN_ALL else _AFTER_EACH_TIME
        if first - _NEAR <= at <= last + after and not of_another:
            if mark is Mark.EACH_TIME:
                return "each_time"
            if mark is Mark.IN_ALL:
                return "in_all"
    return None
