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
    """
    points: dict[str, int] = {}
    spans: dict[str, list[Span]] = {}

    def says(status: str, how_surely: int, where: Sequence[Span]) -> None:
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
            over = was_then or _is_over(tenses, frequency)
            says("finished" if over else "running", _SURE["over" if over else "goes on"], field.spans)
        elif status == "finished" and last is not None and last < today:
            says("finished", _SURE["over"], field.spans)
    best = max(points, key=lambda status: points[status], default=None)
    if best is None or points[best] <= 0:
        return None
    return FromText(best, tuple(sorted(set(spans[best]))))


def _is_over(tenses: Sequence[Mention], frequency: FromText[str] | None) -> bool:
    """Whether what was on a day or in a month that is past is over too: a course, or a story told in the past."""
    kinds = {mention.key for mention in tenses}
    return (frequency is not None and frequency.value in ("once", "series")) or (
        "past" in kinds and "running" not in kinds
    )
