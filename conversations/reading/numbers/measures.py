"""The measures in a text: each number with its bounds, what it counts, and what is said of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from conversations.reading.numbers.phrases import Mark, Noun, after_marks
from conversations.reading.numbers.tokens import Amount, NumberToken, amount_at, mark_at, noun_at
from conversations.reading.numbers.words import number_of, scale_of
from conversations.reading.text import fold


@dataclass(frozen=True, slots=True)
class Measure:
    """A number or range with what it counts. `part` is the part of the text that it stands in: parts end at commas,
    "and", and the like.
    """

    least: int
    most: int | None
    approximate: bool
    start: int
    end: int
    """The first token, and the one after the last; the noun belongs to it."""
    part: int
    noun: Noun | None = None
    followed: bool = False
    """Whether a word follows that belongs to it."""
    joined: bool = False
    """Whether it is added to what stands before: "and", "plus" or a comma."""
    listed: bool = False
    """Whether a comma stands before it."""
    spoken: bool = False
    article: bool = False
    year: bool = False
    """Whether it is a year, like the 2019 of "since 2019"."""
    marks: frozenset[Mark] = frozenset()
    """What stands before it: sometimes, of them, aged."""


@dataclass(slots=True)
class Counts:
    """What a text says about numbers."""

    measures: list[Measure] = field(default_factory=list)
    marks: list[tuple[Mark, int, int]] = field(default_factory=list)
    """Each mark with its part and its token."""
    nouns: set[Noun] = field(default_factory=set)
    unread: list[tuple[int, str]] = field(default_factory=list)
    """The words that are neither numbers nor known, each with its token."""
    uncounted: bool = False
    """Whether people are added of whom no number is said: "8 children and their parents"."""
    odd: bool = False
    """Whether there is something that cannot belong to a count: a decimal, a date, a percentage."""

    @property
    def others(self) -> int:
        """How many words are neither numbers nor known."""
        return len(self.unread)

    def has(self, *marks: Mark) -> bool:
        """Returns whether one of `marks` is said."""
        return any(mark in marks for mark, _part, _at in self.marks)


_BEFORE = frozenset({Mark.ABOUT, Mark.SOFTLY, Mark.AT_LEAST, Mark.AT_MOST, Mark.BETWEEN, Mark.FROM, Mark.SOMETIMES,
                     Mark.OF_THEM, Mark.AGED})  # fmt: skip
_BOUNDS = frozenset({Mark.ABOUT, Mark.SOFTLY, Mark.AT_LEAST, Mark.AT_MOST, Mark.BETWEEN, Mark.FROM})
_JOINTS = frozenset({Mark.TO, Mark.OR})
_BEFORE_SECOND = frozenset({Mark.ABOUT, Mark.SOFTLY, Mark.AT_MOST, Mark.SOMETIMES})
_ENDS = frozenset(".,;:()!?/\n|•")
_YEARS = range(1950, 2061)
_BEFORE_YEARS = frozenset(
    [
        "i",
        "in",
        "v",
        "leta",
        "letu",
        "leto",
        "siden",
        "since",
        "fra",
        "od",
        "from",
        "year",
        "aret",
        "ar",
        "of",
        "til",
        "until",
        "do",
        "before",
        "between",
        "mellem",
        "med",
    ]
)
_SLOVENIAN_SINGULAR = ("ka", "ica", "ec", "nik", "jak", "telj", "ent", "ist", "istka")
_WHOSE = frozenset(fold("deres their njihovi njihove njihovih hendes hans nogle some nekaj few flere several").split())
_SAID_APART = frozenset({Mark.EACH_TIME, Mark.IN_ALL, Mark.PER_YEAR, Mark.PER_GROUP})
_SMALL_MULTIPLE = 10
_REASONS = frozenset(["pga", "fordi", "alt", "because", "due", "zaradi", "ker", "ud", "out"])
_AUXILIARIES = frozenset(fold("kan har skal kunne måtte lahko bosta bodo can could must have").split())
"""Verbs after which no noun belongs to the number: "between 8 and 22 pupils can" but not "8 to 22 can pupils"."""
_WHICH_TIME = frozenset(fold("første sidste anden andet tredje første forrige first last second third next").split())
_WHO_HAVE_AGES = tuple(fold("barn børn unge ung ældre voksn kvinde mænd menneske borger pension senior people child "
                            "kids adult women men otro mlad ljud odrasl žensk mošk starejš").split())  # fmt: skip
_LOOK_AHEAD = 4
_SHORTEST_NOUN = 3
_NOUN_MARKS = frozenset({Mark.SMALL, Mark.ABOUT, Mark.SOFTLY})


def find_measures(tokens: Sequence[NumberToken], language: str) -> Counts:
    """Returns the measures and marks among `tokens`, for a reader of `language`."""
    return _Finder(tokens, language).find()


class _Finder:
    def __init__(self, tokens: Sequence[NumberToken], language: str) -> None:
        self._tokens, self._language = tokens, language
        self._found = Counts()
        self._pending: set[Mark] = set()
        self._part, self._joined, self._listed = 0, False, False

    def find(self) -> Counts:
        at = 0
        while at < len(self._tokens):
            at = self._step(at)
        return self._found

    def _step(self, at: int) -> int:
        """Reads what stands at `at`; returns where to go on."""
        token = self._tokens[at]
        if self._language == "da" and token.word in ("en", "et") and self._figure_at(at + 1):  # en 25 stykker
            self._pending.add(Mark.SOFTLY)
            return at + 1
        if token.word == "+" and at == 0:
            self._pending.add(Mark.AT_LEAST)
            return at + 1
        if (measure := self._measure(at)) is not None:
            self._found.measures.append(measure)
            self._pending, self._joined, self._listed = set(), False, False
            return measure.end
        minutes = token.word == "min" and at > 0 and self._tokens[at - 1].value is not None
        if not minutes and (found := mark_at(self._tokens, at, self._language)):
            return self._marked(*found, at)
        if token.word in _ENDS or token.word == "+":
            if token.word != "." or self._ends_sentence(at):
                self._part += 1
                self._pending, self._joined, self._listed = set(), token.word in ",+&", token.word == ","
            return at + 1
        if noun := noun_at(self._tokens, at):
            self._found.nouns.add(noun)
            if noun in (Noun.PEOPLE, Noun.VOLUNTEERS) and self._joined and self._found.measures:
                self._joined = False
                beside = at > 0 and self._tokens[at - 1].word in ("in", "ter", "pa", ",", "+", "&")
                if self._language == "sl" and beside and token.word.endswith(_SLOVENIAN_SINGULAR):  # "in upokojenka"
                    self._found.measures.append(
                        Measure(1, 1, False, at, at + 1, self._part, noun, True, True, False, True)
                    )
                elif self._whose(at):
                    self._found.uncounted = True
            self._found.odd |= not token.word.isalpha()  # €30
            if noun is Noun.AGES:
                self._pending.add(Mark.AGED)
        elif token.word.isalpha():
            self._found.unread.append((at, token.word))
            self._pending &= {Mark.AGED, Mark.SOMETIMES, Mark.OF_THEM}
        else:
            self._found.odd = True
        return at + 1

    def _whose(self, at: int) -> bool:
        return any(token.word in _WHOSE for token in self._tokens[max(0, at - 2) : at])

    def _ends_sentence(self, at: int) -> bool:
        """Whether the point at `at` ends a sentence and not a shortened word ("ca.", "pr.")."""
        before, after = self._tokens[at - 1 : at], self._tokens[at + 1 : at + 2]
        return bool(before and (before[0].value is not None or not after or after[0].value is None))

    def _marked(self, mark: Mark, end: int, at: int) -> int:
        self._found.marks.append((mark, self._part, at))
        if mark in (Mark.FEW, Mark.MANY) and end < len(self._tokens) and self._is_scale(end):
            return end + 1  # several hundred
        if mark is Mark.AND:
            self._part += 1
            self._pending, self._joined, self._listed = set(), True, False
        elif mark in _BEFORE:
            self._pending.add(mark)
        elif mark is Mark.TO and self._tokens[at].word == "do":  # Slovenian: up to
            self._pending.add(Mark.AT_MOST)
        return end

    def _is_scale(self, at: int) -> bool:
        word = self._tokens[at].word
        return scale_of(word) is not None or number_of(word, self._language) in (100, 1_000)

    def _measure(self, at: int) -> Measure | None:
        """The measure that begins at `at`, with all that follows and belongs to it."""
        first = amount_at(self._tokens, at, self._language)
        if first is None or (first.article and self._is_phrase(at)):
            return None
        between = Mark.BETWEEN in self._pending
        if between and first.spoken:  # "mellem hundrede og to hundrede": the "and" is not within the number
            first = self._short_of_and(at, first)
        bounds = set(self._pending)
        second, end = self._second(first.end, between=between, bounds=bounds)
        first = self._scaled(first, second)
        after = after_marks(self._language)
        while end < len(self._tokens):
            found = mark_at(self._tokens, end, self._language)
            tail = next(
                ((mark, end + n) for n in (3, 2, 1) if (mark := after.get(self._words(end, n))) is not None), None
            )
            if tail and not (tail[0] is Mark.OR_MORE and self._number_at(tail[1])):  # "8 plus 3" is a sum
                bounds.add(tail[0])
                end = tail[1]
            elif found and found[0] is Mark.ABOUT and not self._number_at(found[1]):
                bounds.add(Mark.ABOUT)
                end = found[1]
            else:
                break
        if self._found.measures and (of := mark_at(self._tokens, end, self._language)) and of[0] is Mark.OF_THEM:
            self._pending.add(Mark.OF_THEM)
            end = of[1]
        noun, end, followed = self._noun(end)
        if bounds & {Mark.AT_LEAST, Mark.AT_MOST, Mark.BETWEEN, Mark.FROM} and self._follows_people(at):
            self._pending.add(Mark.AGED)  # "people over 65"
        if (
            end < len(self._tokens)
            and self._tokens[end].word == "s"
            and self._tokens[end - 1].end == self._tokens[end].start
        ):
            self._pending.add(Mark.AGED)  # "over 50s"
        measure = Measure(
            *self._ends(first, second, bounds),
            at, end, self._part, noun, followed or noun is not None, self._joined, self._listed,
            first.spoken, first.article, self._is_year(at, first, second, noun), frozenset(self._pending),
        )  # fmt: skip
        return self._checked(measure, first, bounds)

    def _checked(self, measure: Measure, first: Amount, bounds: set[Mark]) -> Measure | None:
        """`measure`, unless its number is rather a small word ("en", "a") or a range that cannot be."""
        if first.article and not self._counts(measure, bounds):
            return None
        if measure.noun is Noun.AGES and Mark.AGED not in measure.marks:
            return replace(measure, marks=measure.marks | {Mark.AGED})
        return measure

    def _counts(self, measure: Measure, bounds: set[Mark]) -> bool:
        """Whether an article is meant as the number one: alone, with a bound, or before who is counted."""
        if measure.noun is not None or bounds & (_BOUNDS - {Mark.FROM, Mark.AT_MOST, Mark.SOFTLY}):
            return True
        if measure.end >= len(self._tokens):
            return self._language != "en" or self._tokens[measure.start].word == "one"
        following = self._tokens[measure.end].word
        return following in _ENDS or bool(
            self._joined and self._found.measures and following.isalpha() and len(following) > _SHORTEST_NOUN
        )

    def _is_phrase(self, at: int) -> bool:
        """Whether a phrase of several words begins at `at`: "a week", "en del"."""
        found = mark_at(self._tokens, at, self._language)
        return found is not None and found[1] > at + 1 and found[0] not in (Mark.COUPLE, Mark.HALF)

    def _follows_people(self, at: int) -> bool:
        """Whether people stand right before the bound of the number at `at`, who then have an age."""
        while at > 0 and (found := mark_at(self._tokens, at - 1, self._language)) and found[0] in _BOUNDS:
            at -= 1
        return at > 0 and self._tokens[at - 1].word.startswith(_WHO_HAVE_AGES)

    def _words(self, at: int, length: int) -> tuple[str, ...]:
        words = tuple(token.word for token in self._tokens[at : at + length])
        return words if len(words) == length else ()

    def _figure_at(self, at: int) -> bool:
        return at < len(self._tokens) and self._tokens[at].value is not None

    def _number_at(self, at: int) -> bool:
        return amount_at(self._tokens, at, self._language) is not None

    def _short_of_and(self, at: int, first: Amount) -> Amount:
        for end in range(at + 1, first.end):
            if self._tokens[end].word in ("og", "in", "and"):
                return amount_at(self._tokens[:end], at, self._language) or first
        return first

    def _second(self, at: int, *, between: bool, bounds: set[Mark]) -> tuple[Amount | None, int]:
        """The other end of a range, and where it ends; None if there is none."""
        if self._words(at, 2) == (".", "-"):  # 0.-3. klasse
            at += 1
        found = mark_at(self._tokens, at, self._language)
        sign = self._tokens[at].word if at < len(self._tokens) else ""
        if sign == ",":  # "8, sometimes 12"
            found = mark_at(self._tokens, at + 1, self._language)
            if not found or found[0] is not Mark.SOMETIMES:
                return None, at
        elif not found or not (found[0] in (*_JOINTS, Mark.SOMETIMES) or (between and found[0] is Mark.AND)):
            return None, at
        start = found[1]
        while (mark := mark_at(self._tokens, start, self._language)) and mark[0] in _BEFORE_SECOND:
            start = mark[1] + (self._tokens[mark[1] : mark[1] + 1] != [] and self._tokens[mark[1]].word == ".")
            bounds |= {mark[0]} & {Mark.ABOUT, Mark.SOFTLY}
        second = amount_at(self._tokens, start, self._language)
        return (second, second.end) if second is not None and not second.article else (None, at)

    def _scaled(self, first: Amount, second: Amount | None) -> Amount:
        """`first`, times the scale that stands after `second` only: two to three dozen."""
        if second is None or first.value >= _SMALL_MULTIPLE or first.end == 0:
            return first
        scale = scale_of(self._tokens[second.end - 1].word)
        alone = amount_at(self._tokens[: second.end - 1], second.end - 2, self._language)
        return replace(first, value=first.value * scale) if scale and alone else first

    def _noun(self, at: int) -> tuple[Noun | None, int, bool]:
        """What is counted, the token after it, and whether any word follows: "30 glade børn", "6-årige"."""
        start, followed = at, False
        if at + 1 < len(self._tokens) and self._tokens[at].word == "-" and noun_at(self._tokens, at + 1):
            return noun_at(self._tokens, at + 1), at + 2, True
        if at < len(self._tokens) and self._tokens[at].word in ("%", "‰", "€", "$", "£", "°", "k"):
            return Noun.THINGS, at + 1, True
        if (
            at + 1 < len(self._tokens)
            and self._tokens[at].word == "."
            and noun_at(self._tokens, at + 1)
            in (
                Noun.GROUPS,
                Noun.AGES,
            )
        ):
            return Noun.AGES, at + 2, True  # 4. klasse
        for _ in range(_LOOK_AHEAD):
            if at >= len(self._tokens) or self._tokens[at].value is not None or self._tokens[at].word in _ENDS:
                break
            if self._tokens[at].word in _REASONS or self._tokens[at].word in _AUXILIARIES:
                return None, start, True
            found = mark_at(self._tokens, at, self._language)
            if found and found[0] in _SAID_APART:
                break
            if noun := noun_at(self._tokens, at):
                if noun is Noun.TIMES and at > start and self._tokens[at - 1].word in _WHICH_TIME:
                    return None, start, True  # "12 the first time"
                if (
                    noun is Noun.PEOPLE
                    and at + 1 < len(self._tokens)
                    and noun_at(self._tokens, at + 1) is Noun.VOLUNTEERS
                ):
                    return Noun.VOLUNTEERS, at + 2, True  # "two young volunteers"
                return noun, at + 1, True
            if found and found[0] not in _NOUN_MARKS:
                return None, start, followed or found[0] is Mark.FROM  # four from the Red Cross
            if not found and self._number_at(at):
                break
            if found and self._tokens[at].word in (
                "fra",
                "from",
                "af",
                "med",
                "of",
                "with",
                "i",
                "pa",
                "in",
                "at",
                "v",
                "z",
                "s",
                "za",
                "for",
                "on",
                "til",
            ):
                return None, start, True
            followed = True
            at = found[1] if found else at + 1
        return None, start, followed

    def _ends(self, first: Amount, second: Amount | None, bounds: set[Mark]) -> tuple[int, int | None, bool]:
        """The two ends and whether they are an estimate."""
        about = Mark.ABOUT in bounds or first.about or bool(second and second.about)
        if second is not None:
            lower = 0 if Mark.AT_MOST in bounds else first.value
            return lower, None if Mark.OR_MORE in bounds else second.value, about
        about |= Mark.SOFTLY in bounds
        if first.most is not None:
            return first.value, first.most, about
        if bounds & {Mark.AT_MOST, Mark.OR_LESS}:
            return 0, first.value, about
        if bounds & {Mark.AT_LEAST, Mark.OR_MORE, Mark.FROM} and not (Mark.FROM in bounds and about):
            return first.value, None, about
        return first.value, first.value, about

    def _is_year(self, at: int, first: Amount, second: Amount | None, noun: Noun | None) -> bool:
        if first.spoken or first.value not in _YEARS or first.end != at + 1:
            return False
        if second is not None:  # "from 2019 to 2023", whatever follows
            led = at > 0 and self._tokens[at - 1].word in _BEFORE_YEARS
            return led and second.value in _YEARS and not second.spoken
        if noun not in (None, Noun.TIMES, Noun.AGES):
            return False
        before = self._tokens[at - 1].word if at else ""
        return before in _BEFORE_YEARS
