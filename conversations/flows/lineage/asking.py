"""Asks, before a report is sent, about at most three that are like it: the same, inspired by it, or different."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from conversations.context.context import Context
from conversations.forms.variants import CALL_QUESTION, SHARING_QUESTION, form_for
from conversations.language.languages import LANGUAGES
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import Listed, Place, Shortened, Words, _, own
from conversations.model.attached import part_of
from conversations.model.initiatives import Initiative
from conversations.model.lineage.comparing import described, of_initiative
from conversations.model.outcomes import Answered, DraftDiscarded, Outcome
from conversations.model.reports import Report
from conversations.reading.alike.likeness import MOST, is_as_written, likest
from conversations.reading.alike.traits import Described
from conversations.vocabulary.mentions import keys_in

Answer: TypeAlias = Literal["same", "inspired", "different"]
SAME: Answer = "same"
INSPIRED: Answer = "inspired"
DIFFERENT: Answer = "different"
ACTIONS: tuple[Answer, ...] = (SAME, INSPIRED, DIFFERENT)
"""The actions of the buttons; those about one report carry its id."""

WRITE_OR_TAP = _("Tap a button, or write for example “inspired by 1” or “different”.")

_ROOM = 160
"""Characters of a description that are shown of each."""

_STANDS = frozenset({"submitted", "changes_requested", "published"})
"""The states of a report that its author can still change."""

_STAYS = frozenset({CALL_QUESTION, SHARING_QUESTION, "photo", "photo_consent"})
"""Answers that an update leaves as they are: what it answers, who may see it, and its files with their consent."""

_NUMBER = re.compile(r"(?<!\d)([1-9])(?!\d)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that is like the draft: the author's `own`, or the published `initiative` of anybody else."""

    own: Report | None = None
    initiative: Initiative | None = None

    @property
    def id(self) -> str:
        """Its id."""
        found = self.own or self.initiative
        return found.id if found else ""


def alike_to(draft: Report, context: Context) -> Sequence[Candidate]:
    """Returns at most three reports that are like the draft, the likest first.

    The author's own ones count as soon as they were sent, but only with nearly the same words: they know what else they
    have sent. None to another call counts, because that call counts on it.
    """
    this, call = described(draft.answers, context.person.language), draft.answers.get(CALL_QUESTION)
    mine = [each for each in context.find.reports.own() if each.status != "draft"]
    ids = {each.id for each in mine}
    published = [each for each in context.find.search.alike(this, MOST + len(ids)) if each.id not in ids]
    candidates: list[tuple[Candidate, Described]] = [
        *(
            (Candidate(own=each), described(each.answers, context.person.language))
            for each in mine
            if each.status in _STANDS
            and call in (None, each.answers.get(CALL_QUESTION))
            and is_as_written(this, described(each.answers, context.person.language))
        ),
        *((Candidate(initiative=each), of_initiative(each)) for each in published),
    ]
    return likest(this, candidates)


def shown(draft: Report, context: Context) -> Screen | None:
    """Returns the question about what is like the draft; None if there is nothing any more."""
    found = alike_to(draft, context)
    if not found:
        return None
    several = len(found) > 1
    lines = (
        heading(_("Something like it has been reported already.")),
        *(_line(number, each) for number, each in enumerate(found, 1)),
        Line(_("Is yours the same, did one of them inspire you, or is it different?"), Style.QUESTION),
        *(Line(each, Style.HELP) for each in _what_happens(found)),
    )
    rows = tuple(_row(number, each, numbered=several) for number, each in enumerate(found, 1))
    different = Button(_("Different: send it"), DIFFERENT)
    return Screen(lines, (*rows, (different,), (Button(_("‹ Back to the report"), "view", "answers"),)))


def said(text: str, draft: Report, context: Context) -> tuple[Answer, str] | None:
    """Returns the answer that was written and the report that it is about; None if that is not clear."""
    found = alike_to(draft, context)
    meant = _meant(text, context.person.language)
    if meant == DIFFERENT:
        return DIFFERENT, ""
    number = _NUMBER.search(text)
    if meant is None or (number is None and len(found) != 1) or (number and int(number[1]) > len(found)):
        return None
    about = found[int(number[1]) - 1 if number else 0]
    if about.own and meant == INSPIRED:
        return None
    return meant, about.id


def own_one(report: str, context: Context) -> Report | None:
    """Returns the author's own report with this id if it can be updated."""
    found = context.find.reports.one(report)
    return found if found and found.status in _STANDS else None


def updates(draft: Report, old: Report, context: Context) -> tuple[tuple[Outcome, ...], Words]:
    """Returns what brings the answers of the draft into the author's own report, and the sentence about it.

    What the draft does not say stays as it was. The draft ends with that, unless it has files: these stay in it.
    """
    form = form_for(old, context)
    changed = [
        (question, draft.answers[question.key])
        for question in form.questions
        if question.key not in _STAYS
        and draft.answers.get(question.key) is not None
        and draft.answers[question.key] != old.answers.get(question.key)
    ]
    answers = tuple(Answered(old.id, each.key, value, personal=each.personal) for each, value in changed)
    files = part_of(draft.answers, context.find.reports.files(draft.id))
    ended = () if files else (DraftDiscarded(draft.id),)
    what = Listed(tuple(each.label for each, _value in changed))
    if files:
        told = _("Your earlier report has been updated. The draft with its files is kept: /myreports")
    elif changed:
        told = _("Your earlier report has been updated: {what}", what=what)
    else:
        told = _("Your earlier report says all of this already. Nothing was changed.")
    return (*answers, *ended), told


def receipt(answer: Answer, other: Initiative) -> Words:
    """Returns the line of the receipt that says what comes of an answer."""
    if answer == INSPIRED:
        return _("Inspired by: {title}", title=other.title)
    return _(
        "You said that it is the same as “{title}”. A coordinator reads both and decides; nobody else’s report is "
        "changed.",
        title=other.title,
    )


def _meant(text: str, language: str) -> Answer | None:
    for each in (language, *(other for other in LANGUAGES if other != language)):
        for key in keys_in(text, "lineage", each):
            return next(action for action in ACTIONS if action == key)
    return None


def _line(number: int, each: Candidate) -> Line:
    if each.own:
        return Line(_("{n}. Your own report: {title}", n=number, title=each.own.title))
    assert each.initiative  # noqa: S101 - a candidate is one or the other
    where: Place = each.initiative.library or each.initiative.place
    about = Shortened(each.initiative.summary, _ROOM)
    if not where:
        return Line(_("{n}. {title}: {summary}", n=number, title=own(each.initiative.title), summary=about))
    return Line(
        _("{n}. {title} – {library}: {summary}", n=number, title=each.initiative.title, library=where, summary=about)
    )


def _row(number: int, each: Candidate, *, numbered: bool) -> tuple[Button, ...]:
    if each.own:
        label = _("{n}: update my report", n=number) if numbered else _("Update my report")
        return (Button(label, SAME, each.id),)
    # Translators: a button: the initiative is the same as one that was reported earlier.
    same = _("{n}: the same", n=number) if numbered else _("The same")
    inspired = _("{n} inspired us", n=number) if numbered else _("It inspired us")
    return (Button(same, SAME, each.id), Button(inspired, INSPIRED, each.id))


def _what_happens(found: Sequence[Candidate]) -> tuple[Words, ...]:
    """Returns what comes of saying that it is the same, for the kinds of reports that were found."""
    told = []
    if any(each.own for each in found):
        told.append(_("Updating puts these answers into the report that you have sent already."))
    if any(each.initiative for each in found):
        told.append(_("If it is the same as another library’s, a coordinator is told; that report stays as it is."))
    return tuple(told)
