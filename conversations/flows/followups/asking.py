"""The questions of follow-ups, in words, with their buttons."""

from collections.abc import Mapping
from typing import Any

from conversations.flows.calls.reminders import NEVER
from conversations.language.screen import Button, Line, Screen, Style, heading
from conversations.language.words import PartialDate, Place, Words, _, labelled, quoted
from conversations.model.followups.questions import OFFERED, FollowUp, FollowUpAnswer
from conversations.reading.dates.edtf import is_edtf

LABELS: Mapping[FollowUpAnswer, Words] = {
    "started": _("Yes, it has started"),
    "moved": _("It has been moved"),
    "dropped": _("It will not happen"),
    "ended": _("It has ended"),
    "goes_on": _("It goes on"),
    "told": _("Tell what changed"),
    "nothing": _("Nothing to add"),
    "running": _("Yes, it is running"),
    "changed": _("Something has changed"),
    "paused": _("It is paused"),
    "later": labelled("answer", "Asked to be asked later"),
}
"""The answers, as buttons and as coordinators read them."""

OF_PAUSED: Mapping[FollowUpAnswer, Words] = {
    "running": _("It is running again"),
    "paused": _("It is still paused"),
}
"""The answers that are called otherwise where the initiative is paused."""


def label_of(answer: FollowUpAnswer, kind: FollowUp, stage: str) -> Words:
    """Returns an answer to a question of that kind about an initiative at that stage."""
    if kind is FollowUp.YEARLY and stage == "paused" and answer in OF_PAUSED:
        return OF_PAUSED[answer]
    return LABELS[answer]


def question_words(kind: FollowUp, stage: str, title: str) -> Words:
    """Returns the question about an initiative at that stage."""
    what: Place = quoted(title) if title else labelled("title", "a report without a name")
    match kind:
        case FollowUp.START:
            return _("Has {title} started?", title=what)
        case FollowUp.RESULT if stage == "finished":
            return _("What came of {title}?", title=what)
        case FollowUp.RESULT:
            return _("Has {title} ended?", title=what)
        case FollowUp.YEARLY if stage == "paused":
            return _("Is {title} still paused?", title=what)
        case FollowUp.YEARLY:
            return _("Is {title} still running?", title=what)


def question_screen(kind: FollowUp, answers: Mapping[str, Any], asked: int, *before: Line) -> Screen:
    """Returns the question about a report with these answers; its buttons answer the question with that number.

    `before` are lines above it.
    """
    stage = str(answers.get("status"))
    offered = tuple(
        Button(label_of(answer, kind, stage), "followup", f"{answer}.{asked}")
        for answer in OFFERED.get((kind, stage), ())
    )
    later = (Button(_("Not now"), "followup_later", str(asked)), NEVER)
    lines = (
        *before,
        heading(question_words(kind, stage, str(answers.get("title") or ""))),
        *_reported(kind, answers),
        Line(_("Tap a button, or answer in your own words."), Style.HELP),
    )
    rows = tuple((button,) for button in offered[:2])
    return Screen(lines, (*rows, *((offered[2:],) if offered[2:] else ()), later))


def _reported(kind: FollowUp, answers: Mapping[str, Any]) -> tuple[Line, ...]:
    """Returns the date that the question is about, as it was reported."""
    value = answers.get("period_start" if kind is FollowUp.START else "period_end")
    if kind is FollowUp.YEARLY or not isinstance(value, str) or not is_edtf(value):
        return ()
    when = PartialDate(value)
    if kind is FollowUp.START:
        return (Line(_("Planned start: {when}", when=when)),)
    return (Line(_("Reported end: {when}", when=when)),)
