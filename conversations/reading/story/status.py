"""How far an initiative is, by the tense and the words of the story, and by its dates."""

from collections.abc import Mapping, Sequence
from datetime import date

from conversations.reading.dates.dates import date_bounds
from conversations.reading.story.story import FromText, Span
from conversations.vocabulary.mentions import Mention

_SAYS: Mapping[str, tuple[str, int]] = {
    "paused": ("paused", 8),
    "ended": ("finished", 5),
    "planned": ("planned", 4),
    "running": ("running", 2),
    "past": ("finished", 1),
}
"""What the words of each kind say, and how surely: "ended" more so than a verb in the past."""

_SURE = {"starts": 6, "goes on": 3, "over": 3, "regular": 1}
_REGULAR = frozenset({"weekly", "biweekly", "monthly", "always"})
_ENDS = frozenset({"once", "series"})
"""How often what is over takes place if it was on a day or in a month that is past."""


def status_in(
    tenses: Sequence[Mention],
    start: FromText[str] | None,
    end: FromText[str] | None,
    frequency: FromText[str] | None,
    today: date,
    *,
    began: bool,
) -> FromText[str] | None:
    """Returns the status that a story says; None where it does not say it.

    `began` says that `start` is told as a beginning ("since March"), and not only as when it was ("in March").

    What is told in the past, of a time that is over, is not running, however often it was.
    """
    points: dict[str, int] = {}
    spans: dict[str, list[Span]] = {}
    kinds = {mention.key for mention in tenses}
    is_regular = frequency is not None and frequency.value in _REGULAR
    in_passing = start is None and is_regular and sum(mention.key == "past" for mention in tenses) == 1
    is_told = "past" in kinds and "running" not in kinds and not began
    is_over = _has_passed(end, today) or (is_told and not in_passing)

    def says(status: str, how_surely: int, where: Sequence[Span]) -> None:
        if status == "running" and is_over:
            return
        points[status] = points.get(status, 0) + how_surely
        spans.setdefault(status, []).extend(where)

    for kind, (status, how_surely) in _SAYS.items():
        if said := [mention for mention in tenses if mention.key == kind]:
            says(status, how_surely + min(len(said), 3) - 1, [(each.start, each.end) for each in said])
    if frequency and frequency.value in _REGULAR:
        says("running", _SURE["regular"], frequency.spans)
    for field, status in ((start, "planned"), (end, "finished")):
        if field is None or not field.value[:1].isdigit():
            if field is not None and field.value == "undecided" and status == "planned":
                says("planned", _SURE["starts"], field.spans)
            continue
        first, last = date_bounds(field.value)
        if status == "planned" and first > today:
            says("planned", _SURE["starts"], field.spans)
        elif status == "planned" and end is None and last is not None and last < today:
            is_regular = frequency is not None and frequency.value in _REGULAR
            was_then = not began and not is_regular and len(field.value) > len("2026")
            over = is_over or was_then or (frequency is not None and frequency.value in _ENDS)
            says("finished" if over else "running", _SURE["over" if over else "goes on"], field.spans)
        elif status == "finished" and last is not None and last < today:
            says("finished", _SURE["over"], field.spans)
    best = max(points, key=lambda status: points[status], default=None)
    if best is None or points[best] <= 0 or (in_passing and list(points.values()).count(points[best]) > 1):
        return None  # "last year we got a choir. It sings every Tuesday"
    return FromText(best, tuple(sorted(set(spans[best]))))


def _has_passed(field: FromText[str] | None, today: date) -> bool:
    """Whether a date is wholly before `today`."""
    if field is None or not field.value[:1].isdigit():
        return False
    _first, last = date_bounds(field.value)
    return last is not None and last < today
