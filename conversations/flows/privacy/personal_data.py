"""Asks, before a report is sent, about what looks like somebody's number, address or name in its texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.forms.initiative import INITIATIVE
from conversations.language.screen import Button, Line, Screen, Style, heading, stacked
from conversations.language.words import Words, _, quoted
from conversations.model.outcomes import Answered, Outcome, PersonalTakenOut
from conversations.model.reports import Report
from conversations.reading.personal import Personal, PersonalKind, personal_in, without

DESCRIBING = (
    "title", "summary", "need", "outcome", "evidence_detail", "evidence_figure", "lessons", "transfer", "funding",
)  # fmt: skip
"""The questions whose answers everybody may read and somebody writes freely."""

TAKE_OUT, LEAVE = "take_out", "leave_in"
"""Actions of the buttons: take one thing out, or send the report as it is."""


_PERSONAL = frozenset(question.key for question in INITIATIVE.questions if question.personal)
"""Questions that ask for a name and an address."""


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something about a person in the answer to `question`; `said` is how it is written."""

    question: str
    said: str
    personal: Personal

    @property
    def key(self) -> str:
        """What the button that takes it out carries."""
        return f"{self.question}:{self.personal.start}:{self.personal.end}"


def noticed_in(report: Report) -> list[Noticed]:
    """Returns what may be about one person in the texts of `report`, in the order of the questions."""
    return [
        Noticed(question, text[personal.start : personal.end], personal)
        for question, text in _texts(report.answers)
        for personal in personal_in(text)
    ]


def taken_out(report: Report, key: str) -> tuple[Outcome, ...]:
    """Returns what takes out what the button with `key` stands for, wherever it stands in the report's answers.

    Nothing if it is not there any more.
    """
    said = next((each.said for each in noticed_in(report) if each.key == key), None)
    if said is None:
        return ()
    changed = {key: without(value, said) for key, value in report.answers.items() if key not in _PERSONAL}
    outcomes: list[Outcome] = [
        Answered(report.id, key, value, value if isinstance(value, str) else "")
        for key, value in changed.items()
        if value != report.answers[key]
    ]
    return (*outcomes, PersonalTakenOut(report.id, said))


def aside_without(aside: Mapping[str, Any], outcomes: Sequence[Outcome]) -> Mapping[str, Any]:
    """Returns the unfinished answers and the told text in `aside` without what `outcomes` took out."""
    for outcome in outcomes:
        if isinstance(outcome, PersonalTakenOut):
            aside = without(aside, outcome.said)
    return aside


def shown_noticed(report: Report) -> Screen:
    """Returns the screen that names everything noticed, with a button to take out each, and one to send it as it is."""
    found = list({each.said: each for each in reversed(noticed_in(report))}.values())[::-1]
    lines = (
        heading(_("Check it once more before it is sent.")),
        *(Line(_sentence(each.personal.kind, each.said)) for each in found),
        Line(_("An address of the library itself can stay."), Style.HELP),
    )
    out = tuple(Button(_("Take out {what}", what=each.said[:_LONGEST_LABEL]), TAKE_OUT, each.key) for each in found)
    leave = Button(_("Leave it in and send"), LEAVE)
    return Screen(
        lines, (*stacked(out[:_MOST_BUTTONS]), (leave,), (Button(_("‹ Back to the report"), "view", "answers"),))
    )


_LONGEST_LABEL = 40
_MOST_BUTTONS = 8


def _sentence(kind: PersonalKind, said: str) -> Words:
    match kind:
        case "civil_number":
            return _("{what} looks like the civil registration number of a person. Take it out?", what=quoted(said))
        case "phone":
            return _("{what} looks like the telephone number of a person. Take it out?", what=quoted(said))
        case "email":
            return _("{what} looks like the email address of a person. Take it out?", what=quoted(said))
        case "name":
            return _("{what} looks like the name of someone who takes part. Take it out?", what=quoted(said))


def _texts(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for question in DESCRIBING:
        if text := _text_of(answers.get(question)):
            yield question, text


def _text_of(value: Any) -> str:
    """The text of an answer; of one with parts, such as the funding or a figure, what was written beside."""
    text = value.get(_part(value)) if isinstance(value, Mapping) else value
    return text if isinstance(text, str) else ""


def _part(value: Mapping[str, Any]) -> str:
    return next((part for part in ("note", "about") if part in value), "text")
