"""Edited messages: an answer that is not complete changes at once, a saved answer only after asking."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import AtSummary, Filling, InFlow, Offered, Position, unpack
from conversations.flows.reports import disambiguation
from conversations.flows.reports.form_navigation import question_at
from conversations.flows.reports.told import TOLD
from conversations.flows.shared.step import Step
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood
from conversations.forms.kinds.text import Text
from conversations.language.events import Edited, Wrote
from conversations.language.screen import note
from conversations.language.words import _
from conversations.model.outcomes import DraftLeft

OFFERED = frozenset({"tell", "text", "several", "unfinished", "answer"})
"""The kinds of `Offered` that hold a text of the person."""

NOTED = note(_("Your edited message has been saved."))


def take(at: Position | None, event: Edited, context: Context) -> Step:
    """Returns what happens when somebody edits `event.message`, wherever they stand."""
    if not event.text:
        return Step(at, silent=True)
    if isinstance(at, Filling) and _is_part(event.message, at.gathered):
        return _gathered(at, event, context)
    if isinstance(at, Filling | AtSummary) and _is_unfinished(event.message, at.aside):
        return Step(replace(at, aside=_all_with(at.aside, event)), (NOTED,))
    if isinstance(at, Offered) and at.kind in OFFERED and _is_part(event.message, at.held):
        return Step(disambiguation.again(at, _with(at.held, event)["parts"], context), (NOTED,))
    if saved := context.find.reports.answer_from(event.message):
        # A second edit while the first is asked about returns to where the person was before both.
        back = unpack(at.back) if isinstance(at, Offered) and at.kind == "changed" else at
        return Step(disambiguation.changed(saved, event.text, event.message, back))
    return _elsewhere(at, event, context)


def _gathered(at: Filling, event: Edited, context: Context) -> Step:
    """Changes a part of the answer that is being given; the limits of the question apply to the new text too."""
    question, report = question_at(at, context), context.find.reports.one(at.report)
    if question is None or report is None or not isinstance(question.kind, Text):
        return Step(replace(at, gathered=_with(at.gathered or {}, event)), (NOTED,))
    asked = Asked(context, report.answers, report.answers.get(question.key))
    match question.read(Wrote(event.text, event.message), at.gathered, asked):
        case Gathering(gathered):
            return Step(replace(at, gathered=gathered), (NOTED,))
        case NotUnderstood(why):
            return Step(at, (note(why),))
        case _:
            return Step(at)


def _elsewhere(at: Position | None, event: Edited, context: Context) -> Step:
    """Changes a part of an unfinished answer in a draft that was left; otherwise says that nothing is changed."""
    for report in context.find.reports.own():
        place = report.place
        waiting = {"gathered": place.get("gathered") or {}, **(place.get("aside") or {})}
        if _is_unfinished(event.message, waiting):
            gathered = _with(place["gathered"], event) if place.get("gathered") else None
            changed = {**place, "gathered": gathered, "aside": _all_with(place.get("aside") or {}, event)}
            return Step(at, (NOTED,), (DraftLeft(report.id, changed),))
    if isinstance(at, InFlow):
        return Step(at, silent=True)
    return Step(
        at, (note(_("I no longer know what that message was for, so nothing was changed. Tap ✏️ to change an answer.")),)
    )


def _is_unfinished(message: int, aside: Mapping[str, Mapping[str, Any]]) -> bool:
    """Returns whether the message is part of an answer that is not complete; what was told is the description too."""
    return any(_is_part(message, part) for key, part in aside.items() if key != TOLD)


def _is_part(message: int, gathered: Mapping[str, Any] | None) -> bool:
    return any(number == message for number, _said in (gathered or {}).get("parts", []))


def _with(gathered: Mapping[str, Any], event: Edited) -> Mapping[str, Any]:
    """Returns `gathered` with the edited text in place of the earlier one."""
    if not _is_part(event.message, gathered):
        return gathered
    parts = [[number, event.text if number == event.message else said] for number, said in gathered["parts"]]
    return {**gathered, "parts": parts}


def _all_with(aside: Mapping[str, Mapping[str, Any]], event: Edited) -> dict[str, Mapping[str, Any]]:
    return {key: _with(gathered, event) for key, gathered in aside.items()}
