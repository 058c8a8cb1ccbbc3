"""For coordinators: what a report that they review is like, and what its author said about that."""

from collections.abc import Mapping, Sequence

from conversations.context.context import Context
from conversations.language.screen import Button, Line, note
from conversations.language.words import Place, Shortened, Words, _, labelled, quoted
from conversations.model.lineage.comparing import described, of_initiative
from conversations.model.reviews import Compared, UnderReview, WaitingReport
from conversations.reading.alike.likeness import MOST, likest
from conversations.reading.alike.traits import Described

_LABEL = 40
"""Characters of a title on a button."""


def lines_and_buttons(review: UnderReview, context: Context) -> tuple[tuple[Line, ...], tuple[Button, ...]]:
    """Returns what the card of a report that waits says of those it is like, and a button to each."""
    if review.status not in ("submitted", "changes_requested"):
        return (), ()
    said = context.find.review.related(review.id)
    told: dict[str, tuple[Line, Button]] = {}
    for each in said:
        words = (
            _("Its author says it is the same as: {title}", title=_title(each.title))
            if each.relation == "same"
            else _("Inspired by: {title}", title=_title(each.title))
        )
        told[each.report] = (note(words), _button(each.report, each.title))
    for report, words, title in _alike(review, context):
        if report not in told:
            told[report] = (note(words), _button(report, title))
    return tuple(line for line, _of in told.values()), tuple(button for _line, button in told.values())


def twins(waiting: Sequence[WaitingReport], context: Context) -> Mapping[str, Compared]:
    """Returns for each of these reports the one that waits too and is likest, if there is one."""
    compared = context.find.review.compared() if waiting else ()
    by_id = {each.report: each for each in compared}
    found = {}
    for each in waiting:
        if (this := by_id.get(each.id)) and (like := _likest(this.described, compared, each.id, 1)):
            found[each.id] = like[0]
    return found


def _alike(review: UnderReview, context: Context) -> Sequence[tuple[str, Words, str]]:
    """Reports that are alike, the likest first: published ones, and those that wait for review."""
    waiting = context.find.review.compared()
    this = next((each.described for each in waiting if each.report == review.id), None)
    this = this or described(review.answers, review.language)
    published = [each for each in context.find.search.alike(this, MOST + 1) if each.id != review.id]
    candidates: list[tuple[tuple[str, Words, str], Described]] = [
        *(
            (
                (each.id, _("Looks like a published one: {title}", title=_title(each.title)), each.title),
                of_initiative(each),
            )
            for each in published
        ),
        *(
            (
                (each.report, _("Looks like one that waits too: {title}", title=_title(each.title)), each.title),
                each.described,
            )
            for each in waiting
            if each.report != review.id
        ),
    ]
    return likest(this, candidates)


def _likest(this: Described, among: Sequence[Compared], besides: str, most: int) -> Sequence[Compared]:
    return likest(this, [(each, each.described) for each in among if each.report != besides], most)


def _button(report: str, title: str) -> Button:
    return Button(Shortened(title, _LABEL) if title else _title(title), "card", report)


def _title(title: str) -> Place:
    return quoted(title) if title else labelled("title", "a report without a name")
