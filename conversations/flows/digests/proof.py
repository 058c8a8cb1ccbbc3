"""Measured and evaluated results, in words that can be pasted into a letter, each with its source."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.flows.digests.labels import EVIDENCE
from conversations.language.screen import Line, heading
from conversations.language.words import Listed, Place, Shortened, Words, _, counted
from conversations.model.digests.looking import Known
from conversations.vocabulary import vocabulary

MEASURED = ("statistics", "satisfaction", "impact_survey", "external_evaluation")
"""Kinds of evidence that are figures or evaluations; stories and impressions do not count among them."""

MOST_QUOTED = 12
AREAS = {choice.key: choice.label for choice in vocabulary.OUTCOME_AREAS}


@dataclass(frozen=True, slots=True)
class Total:
    """A sum, and how many reports it is based on. `at_least`: one of the reports gives only a lower bound."""

    people: int
    reports: int
    at_least: bool


def measured(known: Sequence[Known]) -> list[Known]:
    """Returns the results that were measured or evaluated and may be told to others."""
    return [
        each
        for each in known
        if set(MEASURED) & set(each.summary.evidence) and each.summary.sharing in ("public", "network")
    ]


def participants(known: Sequence[Known]) -> Total | None:
    """Returns the sum of the people taking part, from reports that give a total and not a number each time."""
    told = [each.answers["participants"] for each in known if _in_all(each.answers.get("participants"))]
    if not told:
        return None
    open_ended = any(number.get("most") is None or number.get("approximate") for number in told)
    return Total(sum(int(number["least"]) for number in told), len(told), open_ended)


def _in_all(number: Any) -> bool:
    return isinstance(number, Mapping) and number.get("counted") == "in_all" and isinstance(number.get("least"), int)


def areas(known: Sequence[Known]) -> list[tuple[str, int]]:
    """Returns what people gained, with the number of reports that say so, the largest first."""
    told = Counter(area for each in known for area in each.answers.get("outcome_areas") or ())
    return sorted(told.items(), key=lambda item: (-item[1], item[0]))


def lines(known: Sequence[Known], about: Words) -> tuple[Line, ...]:
    """Returns what is known `about` something: totals with their number of reports, and results with their source."""
    sure = measured(known)
    if not sure:
        nobody = _("No report of this kind has a measured or evaluated result yet.")
        return (heading(about), Line(nobody))
    libraries = len({each.summary.library for each in sure})
    rests = counted(
        "This is based on one report, {libraries}.",
        "This is based on {n} reports, {libraries}.",
        len(sure),
        libraries=counted("from one library", "from {n} libraries", libraries),
    )
    told = tuple(Line(finding(each)) for each in sure[:MOST_QUOTED])
    left = len(sure) - MOST_QUOTED
    more = (Line(counted("One more result is in the file.", "{n} more results are in the file.", left)),)
    return (heading(about), Line(rests), *totals(sure), *told, *(more if left > 0 else ()))


def totals(sure: Sequence[Known]) -> tuple[Line, ...]:
    """Returns the totals, each with the number of reports it is based on."""
    found: list[Line] = []
    if people := participants(sure):
        rests = counted("one report", "{n} reports", people.reports)
        words = _("Participants: at least {people} ({reports}).", people=people.people, reports=rests)
        exact = _("Participants: {people} ({reports}).", people=people.people, reports=rests)
        found.append(Line(words if people.at_least else exact))
    if gained := areas(sure):
        shown = tuple(
            _("{area} ({reports})", area=AREAS.get(key, key), reports=counted("one report", "{n} reports", number))
            for key, number in gained
        )
        found.append(Line(_("Benefits for people: {areas}", areas=Listed(shown))))
    return tuple(found)


def finding(each: Known) -> Words:
    """Returns one result as a sentence with its source."""
    details = str(each.answers.get("evidence_detail") or "")
    outcome: Place = Shortened(str(each.answers.get("outcome") or ""), 300)
    kinds = Listed(tuple(EVIDENCE.get(kind, kind) for kind in each.summary.evidence))
    source: Place = f"{each.summary.title}, {each.summary.library}"
    if details:
        return _(
            "{outcome} {details} – Source: {source}. How we know: {kinds}.",
            outcome=outcome,
            details=Shortened(details, 200),
            source=source,
            kinds=kinds,
        )
    return _("{outcome} – Source: {source}. How we know: {kinds}.", outcome=outcome, source=source, kinds=kinds)
