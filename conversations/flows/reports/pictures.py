"""Pictures that come while the person is asked what to do with something: they wait for the answer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from conversations.context.context import Context
from conversations.context.overlay import known_after
from conversations.context.session import AtSummary, Filling, InFlow, Offered, Position, unpack
from conversations.flows.reports import answering, summary
from conversations.flows.reports.answering import PHOTOS
from conversations.flows.shared.step import Step
from conversations.forms.kinds.files import refusal
from conversations.forms.kinds.text import joined, with_part
from conversations.language.events import File, SentFile
from conversations.language.screen import note
from conversations.language.words import _, counted
from conversations.model.outcomes import FileReceived


def hold(at: Offered, event: SentFile) -> Step:
    """Keeps a picture for the report that the answer leads to; its caption is added to the text in question."""
    if why := refusal(event.file):
        return Step(at, (note(why),))
    before = at.held.get("pictures", [])
    if len(before) >= PHOTOS:
        full = note(_("Three photos are waiting already, and a report has no room for more."))
        return Step(at, (full,), album=event.album)
    held = {**at.held, "pictures": [*before, {"file": asdict(event.file), "caption": event.caption}]}
    if event.caption and at.kind != "several":
        parts = with_part(held["parts"], event.message, event.caption)
        held = {**held, "parts": parts, "text": joined(parts)}
    waits = counted("The photo is waiting for your answer.", "{n} photos are waiting for your answer.", len(before) + 1)
    return Step(replace(at, held=held), (note(waits),), album=event.album)


def with_pictures(step: Step, held: Mapping[str, Any], context: Context) -> Step:
    """Adds the pictures that waited for it to the report that `step` opens, or lets them wait until it is told."""
    if isinstance(step.at, Offered) and step.at.kind == "tell" and held.get("pictures"):
        return replace(step, at=replace(step.at, held={**step.at.held, "pictures": held["pictures"]}))
    for each in held.get("pictures", ()):
        picture = SentFile(File(**each["file"]), each["caption"])
        there = replace(context, find=known_after(context.find, step.outcomes))
        match step.at:
            case Filling() as at:
                more = answering.take(at, picture, there)
            case AtSummary() as at:
                more = summary.take(at, picture, there)
            case _:
                return step
        said = tuple(line for line in more.notes if line not in step.notes)
        step = replace(step, at=more.at, notes=(*step.notes, *said), outcomes=(*step.outcomes, *more.outcomes))
    return step


def after_leaving(at: Position | None, step: Step) -> Step:
    """Returns `step` for a person who left `at`: the pictures that wait there come along, or are said to be gone."""
    left = _waiting(at)
    if not left or _waiting(step.at) or any(isinstance(each, FileReceived) for each in step.outcomes):
        return step
    if isinstance(step.at, Offered) and step.at.kind == "unfinished":
        return replace(step, at=replace(step.at, held={**step.at.held, "pictures": left}))
    gone = note(counted("The photo you sent was not saved.", "The {n} photos you sent were not saved.", len(left)))
    if step.screen:
        return replace(step, screen=replace(step.screen, lines=(gone, *step.screen.lines)))
    return replace(step, notes=(gone, *step.notes), silent=False)


def _waiting(at: Position | None) -> Sequence[Mapping[str, Any]]:
    """Returns the pictures that wait at this position, or at the one it goes back to."""
    match at:
        case Offered(held=held, back=back):
            return held.get("pictures") or _waiting(unpack(back))
        case InFlow(held=held):
            return _waiting(unpack(held.get("back")))
        case _:
            return ()
