"""A sheet of questions (XLSForm) that a coordinator sends: it is shown what becomes of it, and then confirmed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.calls.own_kinds import KIND_WORDS
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.forms.sheets.left_out import LeftOut, remarks
from conversations.forms.sheets.replacing import replaced
from conversations.forms.sheets.survey import SheetQuestions, questions_in
from conversations.language.events import Event, Pressed, SentFile, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import InLanguages, Shortened, Words, _, counted
from conversations.model.calls import OwnQuestion, WholeCall, as_json, own_from_json
from conversations.model.outcomes import CallChanged
from conversations.model.people.permissions import can
from conversations.model.people.person import Person
from conversations.vocabulary.controls import actions_in

FIRST_SHOWN = 5
FAULTS_SHOWN = 12
CALLS_SHOWN = 12
LARGEST_HELD = 400_000
"""Characters of all questions together, as JSON."""

USE = Button(_("Use these questions"), "use_sheet", tone="primary")
_YES = (("yes",), ("done",), ("send",))
TAP_OR_YES = _("Tap one of the buttons, or write “yes”.")


def awaited(at: Position | None, person: Person) -> bool:
    """Returns whether a sheet that `person` sends is one of questions, and is read before the turn."""
    return can(person, "open calls") and (at is None or (isinstance(at, InFlow) and at.flow == "calling"))


def sent(at: Position | None, event: SentFile, context: Context) -> Step | None:
    """Takes a sheet where one is awaited; None for any other file, or anybody else's."""
    if event.sheet is None or not awaited(at, context.person):
        return None
    slug = str(at.held.get("slug", "")) if isinstance(at, InFlow) else ""
    call = context.find.calls.whole(slug) if slug else None
    unnamed = frozenset(each.key for each in call.questions if not each.name) if call else frozenset()
    found = questions_in(event.sheet, context.person.language, unnamed)
    questions = [as_json(each) for each in found.questions]
    if len(json.dumps(questions)) > LARGEST_HELD:
        found = SheetQuestions(faults=(_("The sheet has too much text. Shorten it, or divide it between two calls."),))
    if found.faults:
        return _refused(at, found.faults)
    held = {"questions": questions, "left_out": asdict(found.left_out)}
    if call is not None:
        return Step(_at_sheet(call.slug, held))
    if not context.find.calls.all():
        return Step(at, (note(_("Create the call first: /calls. Then send the sheet again.")),))
    return Step(InFlow("calling", "which_call", {"this": f"sheet {event.message}", **held}))


def _at_sheet(slug: str, held: Mapping[str, Any]) -> InFlow:
    return InFlow("calling", "sheet_sent", {**held, "this": f"{slug} sheet", "slug": slug})


def _refused(at: Position | None, faults: Sequence[Words]) -> Step:
    """Names what cannot be carried; the person stays where they are, and nothing is changed."""
    lines = [
        note(_("The sheet was not taken, and nothing has changed.")),
        *(Line(each) for each in faults[:FAULTS_SHOWN]),
    ]
    if (more := len(faults) - FAULTS_SHOWN) > 0:
        lines.append(Line(counted("There is one more.", "There are {n} more.", more)))
    if len(faults) > 1 or faults[0].text.startswith(("Row", "Sheet")):
        lines.append(Line(_("Change these rows and send the sheet again."), Style.HELP))
    return Step(at, tuple(lines))


def take_call(at: InFlow, event: Event, context: Context) -> Step:
    """Takes the choice of the call that a sheet is for."""
    held = {name: at.held[name] for name in ("questions", "left_out")}
    match event:
        case Pressed("sheet_for", slug) if context.find.calls.whole(slug):
            return Step(_at_sheet(slug, held))
        case Pressed("back"):
            return Step(None, (note(_("The sheet was not taken, and nothing has changed.")),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def shown_calls(context: Context) -> Screen:
    """Returns the question for which call a sheet is."""
    calls = context.find.calls.all()[:CALLS_SHOWN]
    buttons = tuple(Button(Shortened(call.title, 34), "sheet_for", call.slug) for call in calls)
    return Screen(
        (heading(_("For which call are these questions?")),), (*stacked(buttons), (Button(_("‹ Back"), "back"),))
    )


def take(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    """Takes the confirmation of a sheet that was shown."""
    match event:
        case Pressed("use_sheet"):
            return _used(at, call)
        case Wrote(text) if same(text, [USE], context) or actions_in(text, context.person.language) in _YES:
            return _used(at, call)
        case _:
            return Step(at, (note(TAP_OR_YES),))


def _used(at: InFlow, call: WholeCall) -> Step:
    there = InFlow("calling", "questions", {"this": f"{call.slug} questions", "slug": call.slug})
    questions = replaced(call, _held(at))
    if questions is None:
        return Step(there, (note(_("This call has had too many questions. Create a new call for these.")),))
    asked = sum(each.kind != "note" and not each.retired for each in questions)
    saved = counted("Saved: {n} question.", "Saved: {n} questions.", asked)
    return Step(there, (note(saved),), (CallChanged(call.slug, "questions", [as_json(each) for each in questions]),))


def _held(at: InFlow) -> tuple[OwnQuestion, ...]:
    return tuple(own_from_json(each) for each in at.held["questions"])


def shown(at: InFlow, call: WholeCall) -> Screen:
    """Returns what becomes of a sheet: how many questions, the first of them, and what is missing or left out."""
    questions = _held(at)
    asked = [each for each in questions if each.kind != "note"]
    title = Shortened(call.title, 80)
    lines = [
        heading(counted("{n} question for “{call}”", "{n} questions for “{call}”", len(asked), call=title)),
        *(
            Line(_("{question} ({kind})", question=_label(each, call), kind=KIND_WORDS[each.kind]))
            for each in asked[:FIRST_SHOWN]
        ),
    ]
    if (more := len(asked) - FIRST_SHOWN) > 0:
        lines.append(Line(counted("… and one more", "… and {n} more", more)))
    lines.extend(Line(each) for each in remarks(questions, LeftOut(**at.held["left_out"])))
    if now := len(call.asked()):
        lines.append(Line(_replaces(call, now, questions)))
    return Screen(tuple(lines), ((USE,), (Button(_("‹ Back"), "back"),)))


def _replaces(call: WholeCall, now: int, questions: Sequence[OwnQuestion]) -> Words:
    """Says what becomes of the questions that the call has now, and of the answers to them."""
    after = replaced(call, questions) or ()
    stay = {each.key for each in after if not each.retired}
    kept = sum(each.key in stay for each in call.asked())
    if kept == now:
        return _("The questions that the call asks now stay, with their answers.")
    if call.status == "draft":
        return _("They take the place of the questions that the call has now.")
    return counted(
        "One question of the call is no longer asked. The answers to it are kept.",
        "{n} questions of the call are no longer asked. The answers to them are kept.",
        now - kept,
    )


def _label(question: OwnQuestion, call: WholeCall) -> Shortened:
    return Shortened(InLanguages(question.texts, call.language), 200)
