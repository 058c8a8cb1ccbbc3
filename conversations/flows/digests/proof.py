"""Measured and evaluated results, in words that can be pasted into a letter, each with its source and its grade."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.flows.digests.labels import GRADE_WORDS, graded
from conversations.forms.figure import figure_told, is_figure, is_small
from conversations.language.screen import Line, heading
from conversations.language.words import Listed, Place, Shortened, Words, _, counted
from conversations.model.digests.looking import Known
from conversations.reading.numbers.numbers import Numbers
from conversations.vocabulary import vocabulary
from conversations.vocabulary.grades import Grade, resting_on, strongest

MOST_QUOTED = 12
MOST_EACH_TIME = 6
AREAS = {choice.key: choice.label for choice in vocabulary.OUTCOME_AREAS}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of numbers of one kind, in how many reports they are, and how many of these have which grade."""

    people: Numbers
    reports: int
    grades: Sequence[tuple[Grade, int]]


def measured(known: Sequence[Known]) -> list[Known]:
    """Returns the results whose evidence has a grade and that may be told to others."""
    return [
        each
        for each in known
        if strongest(each.summary.evidence) is not None and each.summary.sharing in ("public", "network")
    ]


def participants(known: Sequence[Known]) -> Total | None:
    """Returns the sum of the people taking part, from reports that give a total and not a number each time.

    Lower ends are added to lower ends and upper ends to upper ends; one without an upper end leaves the sum open.
    """
    told = [each for each in known if _is_counted(each, "in_all")]
    if not told:
        return None
    numbers = [each.answers["participants"] for each in told]
    open_ended = any(number.get("most") is None for number in numbers)
    people = Numbers(
        sum(number["least"] for number in numbers),
        None if open_ended else sum(number["most"] for number in numbers),
        any(number.get("approximate") for number in numbers),
    )
    return Total(people, len(told), resting_on(each.summary.evidence for each in told))


def each_time(known: Sequence[Known]) -> list[Numbers]:
    """Returns the numbers of people each time, one of each report; they cannot be added up."""
    told = [each.answers["participants"] for each in known if _is_counted(each, "each_time")]
    return [Numbers(number["least"], number.get("most"), bool(number.get("approximate"))) for number in told]


def _is_counted(each: Known, how: str) -> bool:
    match each.answers.get("participants"):
        case {"least": int(), "counted": str(counts)}:
            return counts == how
        case _:
            return False


def areas(known: Sequence[Known]) -> list[tuple[str, int]]:
    """Returns what people gained, with the number of reports that say so, the largest first."""
    told = Counter(area for each in known for area in each.answers.get("outcome_areas") or ())
    return sorted(told.items(), key=lambda item: (-item[1], item[0]))


def lines(known: Sequence[Known], about: Words) -> tuple[Line, ...]:
    """Returns what is known `about` something: totals with their number of reports, and results with their source."""
    sure = measured(known)
    if not sure:
        return (heading(about), nothing_measured())
    told = tuple(Line(finding(each)) for each in sure[:MOST_QUOTED])
    left = len(sure) - MOST_QUOTED
    more = (Line(counted("One more result is in the file.", "{n} more results are in the file.", left)),)
    return (heading(about), *opening(sure), *told, *(more if left > 0 else ()))


def nothing_measured() -> Line:
    """Returns that there is no result with a grade."""
    return Line(_("No report of this kind has a measured or evaluated result yet."))


def opening(sure: Sequence[Known]) -> tuple[Line, ...]:
    """Returns how many reports and libraries all of it is based on, with which grades, and the totals."""
    libraries = len({each.summary.library for each in sure})
    rests = counted(
        "This is based on one report, {libraries}.",
        "This is based on {n} reports, {libraries}.",
        len(sure),
        libraries=counted("from one library", "from {n} libraries", libraries),
    )
    grades = _("How sure it is: {grades}.", grades=grade_counts(resting_on(each.summary.evidence for each in sure)))
    return (Line(rests), Line(grades), *totals(sure))


def grade_counts(grades: Sequence[tuple[Grade, int]]) -> Listed:
    """Returns how many reports have which grade, in words."""
    # Translators: a grade of evidence, and how many reports have it.
    return Listed(tuple(_("{grade} ({n})", grade=GRADE_WORDS[grade], n=number) for grade, number in grades))


def totals(sure: Sequence[Known]) -> tuple[Line, ...]:
    """Returns the totals, each with the number and the grades of the reports it is based on.

    Only people counted in all are added up; those counted each time stand beside each other.
    """
    found: list[Line] = []
    if people := participants(sure):
        rests = _(
            "Participants: {people} ({reports}: {grades}).",
            people=people.people,
            reports=counted("one report", "{n} reports", people.reports),
            grades=grade_counts(people.grades),
        )
        found.append(Line(rests))
    if times := each_time(sure):
        numbers = Listed(tuple(times[:MOST_EACH_TIME]))
        reports = counted("one report", "{n} reports", len(times))
        found.append(
            Line(_("Participants each time, not added up ({reports}): {numbers}", reports=reports, numbers=numbers))
        )
    if gained := areas(sure):
        shown = tuple(
            _("{area} ({reports})", area=AREAS.get(key, key), reports=counted("one report", "{n} reports", number))
            for key, number in gained
        )
        found.append(Line(_("Benefits for people: {areas}", areas=Listed(shown))))
    return tuple(found)


def finding(each: Known) -> Words:
    """Returns one result as a sentence with its source, its figure and how it is known."""
    details = str(each.answers.get("evidence_detail") or "")
    outcome: Place = Shortened(str(each.answers.get("outcome") or ""), 300)
    kinds = graded(each.summary.evidence)
    source: Place = f"{each.summary.title}, {each.summary.library}"
    said = _("{outcome} – Source: {source}. How we know: {kinds}.", outcome=outcome, source=source, kinds=kinds)
    if details:
        said = _(
            "{outcome} {details} – Source: {source}. How we know: {kinds}.",
            outcome=outcome,
            details=Shortened(details, 200),
            source=source,
            kinds=kinds,
        )
    figure = figure_of(each.answers)
    return _("{finding} Figure: {figure}.", finding=said, figure=figure) if figure else said


def figure_of(answers: Mapping[str, Any]) -> Place:
    """Returns the figure of a result that may be told to others, with its year; "" if there is none.

    The words around it stand there only if they are not in the result itself.
    """
    figure = answers.get("evidence_figure")
    if figure is None or not is_figure(figure) or is_small(figure):
        return ""
    told = " ".join(f"{answers.get('outcome')} {answers.get('evidence_detail')}".split())
    return figure_told({**figure, "about": ""} if figure["about"].rstrip("…") in told else figure)
