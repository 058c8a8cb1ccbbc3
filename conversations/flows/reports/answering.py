"""Answering a question: what happens when an event reaches a person who stands at a question."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.overlay import report_after
from conversations.context.session import AtSummary, Filling
from conversations.flows.reports.finish_answers import answers_with
from conversations.flows.reports.form_navigation import (
    DOUBTED,
    answer_of,
    aside_of,
    go_to,
    is_given,
    left,
    onwards,
    previous,
    question_at,
    round_keys,
    shown,
    to_summary,
    without_doubt,
)
from conversations.flows.reports.told import confirmed, told_in, with_told
from conversations.flows.shared.attached import still_there, with_files
from conversations.flows.shared.help import HOW_TO_ANSWER
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.forms.conditions import planned
from conversations.forms.controls import WantedAction, wanted_at
from conversations.forms.initiative import CORE
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Reading, Said, Understood
from conversations.forms.kinds.files import Files, refusal
from conversations.forms.kinds.text import Text, joined
from conversations.forms.kinds.then import Then
from conversations.forms.questions import Question
from conversations.forms.variants import form_for
from conversations.language.events import (
    Event,
    Pressed,
    SentFile,
    SentUnsupported,
    SharedContact,
    SharedLocation,
    Wrote,
)
from conversations.language.screen import Line, note
from conversations.language.words import Shortened, Words, _
from conversations.model.outcomes import Answered, FileReceived, LibraryRemembered, Outcome, ReportSentAgain
from conversations.model.reports import Report
from conversations.reading.story.corrections import correction_in
from conversations.reading.text import ends_whole

PHOTOS = 3
"""Most pictures in one report; the question `photo` takes as many."""

REPEATED = 80
"""Characters of an answer that are repeated above the next question."""

SAVED = note(_("Saved."))
EARLIER_KEPT = note(_("Saved. The earlier version is kept."))


def take(at: Filling, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who stands at a question."""
    report, question = context.find.reports.one(at.report), question_at(at, context)
    if report is None or question is None:
        return Step(None, (note(_("That report is no longer there. /report starts a new one.")),))
    at = replace(at, gathered=still_there(at.gathered, at.report, context))
    if in_doubt := (at.gathered or {}).get(DOUBTED):
        at = replace(at, gathered=without_doubt(at.gathered))
        match event:
            case Pressed("is_name"):
                return _answer(Wrote(in_doubt["text"], in_doubt["message"]), at, report, question, context)
            case Pressed("as_said", action):
                event = Wrote(in_doubt["text"], in_doubt["message"])
                return _as_wanted(WantedAction(action), event, at, report, question, context)
            case _:
                pass
    match event:
        case Pressed(action):
            return _pressed(action, event, at, report, question, context)
        case Wrote(""):
            return Step(at, (note(_("That message was empty. Type your answer.")),))
        case Wrote(text, plain=plain) if action := _named(plain or text, at, context):
            return _pressed(action, Pressed(action), at, report, question, context)
        case Wrote(text, plain=plain, forwarded=False) if wanted := wanted_at(
            question, plain or text, at.gathered, Asked(context, report.answers, report.answers.get(question.key))
        ):
            return _as_wanted(wanted, event, at, report, question, context)
        case SentFile(file) if file.kind == "photo" and not isinstance(question.kind, Files):
            return add_photo(at, report, event, context)
        case SentUnsupported(kind):
            return Step(at, (note(unsupported(kind)),))
        case Wrote() | SentFile() | SharedLocation() | SharedContact():
            return _answer(event, at, report, question, context)
        case _:
            return Step(at, silent=True)


def _pressed(action: str, event: Pressed, at: Filling, report: Report, question: Question, context: Context) -> Step:
    match action:
        case "back":
            return _back(at, report, question, context)
        case "leave" if question.module != CORE:
            return _with_notes(to_summary(report, aside_of(at), context), report)
        case "keep" if report.answers.get(question.key) is not None:
            return onwards(at, report, question, context)
        case "skip" if not question.required and not _halfway(question, at):
            return _skipped(at, report, question, context)
        case "add" if isinstance(question.kind, Text) and isinstance(report.answers.get(question.key), str):
            parts = [[0, report.answers[question.key]]]
            return Step(
                replace(at, gathered={"parts": parts}), (note(_("Type what you want to add, then tap “Done”.")),)
            )
        case _:
            return _answer(event, at, report, question, context)


def _as_wanted(
    wanted: WantedAction, event: Wrote, at: Filling, report: Report, question: Question, context: Context
) -> Step:
    """Does what somebody wrote that they want to do; asks first if it may be the answer as well."""
    if not wanted.sure:
        doubt = {"text": event.text, "message": event.message, "action": wanted.action}
        return Step(replace(at, gathered={**(at.gathered or {}), DOUBTED: doubt}))
    asked = Asked(context, report.answers, report.answers.get(question.key))
    match wanted.action:
        case "stop" | "cancel":
            return left(report)
        case "help":
            return Step(at, (note(HOW_TO_ANSWER),))
        case "back":
            return _pressed("back", Pressed("back"), at, report, question, context)
        case "done" | "send" if is_given(question, at, asked):
            return _pressed("done", Pressed("done"), at, report, question, context)
        case "done" | "send" | "skip" if asked.value is not None and at.gathered is None:
            return onwards(at, report, question, context)
        case _ if not question.required or _halfway(question, at):
            return _pressed("skip", Pressed("skip"), at, report, question, context)
        case _:
            return Step(at, (note(_("This answer is needed. You can also write “stop” and continue another time.")),))


def _skipped(at: Filling, report: Report, question: Question, context: Context) -> Step:
    asked = Asked(context, report.answers, report.answers.get(question.key))
    if asked.value is None and is_given(question, at, asked):
        return Step(at)
    if asked.value is None and report.status != "draft":
        # a skipped question is no correction
        return onwards(replace(at, gathered=None), report, question, context)
    return _kept(Answered(report.id, question.key, None, personal=question.personal), at, report, question, context)


def _answer(said: Said, at: Filling, report: Report, question: Question, context: Context) -> Step:
    asked = Asked(context, report.answers, report.answers.get(question.key))
    if isinstance(said, Wrote) and said.plain and not question.kind.keeps_addresses(at.gathered):
        said = replace(said, text=said.plain)
    reading = question.read(said, at.gathered, asked)
    if isinstance(reading, NotUnderstood) and isinstance(said, Wrote) and (instead := correction_in(said.text)):
        reading = question.read(replace(said, text=instead), at.gathered, asked)
    whole_at_once = question.key == "summary" or bool(round_keys(at))
    if isinstance(reading, Gathering) and whole_at_once and isinstance(said, Wrote):
        reading = _whole_text(reading, question, asked)
    match reading:
        case Understood(value, words, message, parts):
            saved = Answered(
                report.id,
                question.key,
                value,
                words,
                0 if parts else message or said.message,
                personal=question.personal,
                parts=parts,
            )
            return _kept(saved, at, report, question, context)
        case Gathering(gathered, why, file, attachment):
            received = (FileReceived(report.id, question.key, attachment, file),) if file else ()
            album = said.album if isinstance(said, SentFile) else ""
            return Step(replace(at, gathered=gathered), (note(why),) if why else (), received, album=album)
        case NotUnderstood(why, gathered):
            stays = at if gathered is None else replace(at, gathered=gathered)
            if isinstance(said, Pressed):
                return Step(stays, toast=why, silent=True)
            return Step(stays, (note(why),))


def _whole_text(reading: Gathering, question: Question, asked: Asked) -> Reading:
    """Returns a text as the whole answer if it is long enough and ends like a text that is complete."""
    if not ends_whole(joined(reading.gathered["parts"])):
        return reading
    whole = question.read(Pressed("done"), reading.gathered, asked)
    return whole if isinstance(whole, Understood) else reading


def _kept(saved: Answered, at: Filling, report: Report, question: Question, context: Context) -> Step:
    """Saves an answer and goes on to what comes after it."""
    if report.status != "draft" and saved.value == report.answers.get(question.key):
        return _unchanged(at, report, question, context)
    outcomes: tuple[Outcome, ...] = answers_with(report, saved)
    if saved.question == "library":
        outcomes = (*outcomes, LibraryRemembered(saved.value))
    changed = report_after(report, report.id, outcomes) or report
    aside = confirmed(at.aside, question.key)
    step = onwards(replace(at, gathered=None, aside=aside), changed, question, context)
    if question.key == "summary" and isinstance(step.at, Filling) and not at.editing:
        # A message that follows at once belongs to the description too, unless it answers the next question.
        parts = saved.parts or ((saved.message, str(saved.value)),)
        told = replace(told_in(step.at.aside), parts=parts, at=step.at.question, listed=False)
        step = replace(step, at=replace(step.at, aside=with_told(step.at.aside, told)))
    notes = step.notes
    listed = isinstance(step.at, AtSummary) and step.at.view == "answers"
    if not listed and saved.value is not None:
        notes = (repeated(question, changed, context), *notes)  # the summary shows every answer by itself
    if report.status != "draft":
        notes = (SAVED if report.answers.get(question.key) is None else EARLIER_KEPT, *notes)
    return replace(step, notes=notes, outcomes=(*outcomes, *step.outcomes))


def _unchanged(at: Filling, report: Report, question: Question, context: Context) -> Step:
    """Goes on without changing a report that was sent; a coordinator's open question counts as answered."""
    step = onwards(replace(at, gathered=None), report, question, context)
    asked = asked_about(report, context)
    sent: tuple[Outcome, ...] = (ReportSentAgain(report.id),) if asked == question.key else ()
    return replace(step, notes=(note(_("The answer stays as it was.")), *step.notes), outcomes=(*sent, *step.outcomes))


def asked_about(report: Report, context: Context) -> str | None:
    """Returns the question that the report waits for an answer to; None if it waits for none."""
    review = context.find.review.report(report.id) if report.status == "changes_requested" else None
    return review.asked.about if review and review.asked else None


def repeated(question: Question, report: Report, context: Context) -> Line:
    """Returns the stored answer in one line, so that the person sees a misreading or a slip at once."""
    said = answer_of(question, report, context)
    short = Shortened(" ".join(said.split()) if isinstance(said, str) else said, REPEATED) if said else said
    return note(_("{label}: {answer}", label=question.label, answer=with_files(short, question, report, context)))


def _with_notes(step: Step, report: Report) -> Step:
    """Returns `step` with a note that a report already sent was corrected, if it was."""
    corrected = report.status != "draft" and any(isinstance(outcome, Answered) for outcome in step.outcomes)
    return replace(step, notes=(EARLIER_KEPT, *step.notes)) if corrected else step


def _back(at: Filling, report: Report, question: Question, context: Context) -> Step:
    if isinstance(question.kind, Then) and question.kind.halfway(at.gathered):
        return Step(replace(at, gathered=question.kind.back(at.gathered)))
    if at.editing:
        return _with_notes(to_summary(report, aside_of(at), context), report)
    before = previous(report, question, context)
    if keys := round_keys(at):
        place = keys.index(question.key)
        earlier = form_for(report, context).question(keys[place - 1]) if place else None
        if earlier is None:
            return _with_notes(to_summary(report, aside_of(at), context), report)
        return Step(go_to(earlier, report, aside_of(at)))
    if before is None and question.module == CORE:
        return Step(at, toast=_("This is the first question."), silent=True)
    if before is None:
        return _with_notes(to_summary(report, aside_of(at), context, view="modules"), report)
    return Step(go_to(before, report, aside_of(at)))


def add_photo(at: Filling | AtSummary, report: Report, event: SentFile, context: Context) -> Step:
    """Adds a picture to the report although another question is open."""
    if why := refusal(event.file):
        return Step(at, (note(why),))
    photos = list(report.answers.get("photo") or ())
    if len(photos) >= PHOTOS:
        return Step(at, (note(_("This report already has three photos. You can change them in the report.")),))
    attachment = context.new_id()
    saved = Answered(report.id, "photo", [*photos, attachment], event.caption, event.message)
    outcomes: tuple[Outcome, ...] = (
        *answers_with(report, saved),
        FileReceived(report.id, "photo", attachment, event.file),
    )
    kept = (
        _("The photo is saved. It will be shown with the report once the initiative has started.")
        if planned(report.answers)
        else _("The photo is saved with this report.")
    )
    return Step(at, (note(kept),), outcomes, album=event.album)


def unsupported(kind: str) -> Words:
    """Returns the sentence for a kind of message that no question takes."""
    match kind:
        case "sticker" | "animation":
            return _("Nice sticker, but I cannot read it. Type, or tap a button.")
        case "video_note" | "video":
            return _("I cannot take videos. Type your answer, or send a photo where I ask for one.")
        case "audio" | "voice":
            return _("I cannot take a sound recording here. Type your answer.")
        case _:
            return _("I cannot read that kind of message. Type, or tap a button.")


def _halfway(question: Question, at: Filling) -> bool:
    return isinstance(question.kind, Then) and question.kind.halfway(at.gathered)


def _named(text: str, at: Filling, context: Context) -> str:
    """Returns the action of the button that says `text` in any language; "" if no such button moves about the form."""
    moving = [button for row in shown(at, context).rows for button in row if button.action in MOVING]
    found = same(text, moving, context)
    return found.action if found else ""


MOVING = frozenset({"back", "leave", "skip", "keep", "done", "add"})
"""The actions of buttons that move about the form."""
