"""Questions about what to do with an event: an unfinished draft, a list of offers, an edited message, a text."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from conversations.context.context import Context
from conversations.context.overlay import report_after
from conversations.context.session import AtSummary, Filling, Offered, Position, pack, unpack
from conversations.flows.reports import answering, author_answers
from conversations.flows.reports.drafting import (
    LIKE_A_STORY,
    LONGEST_STORY,
    added,
    cut,
    from_offers,
    from_text,
    made,
    offered,
    told_anew,
)
from conversations.flows.reports.form_navigation import LANGUAGES, begin, missing_of
from conversations.flows.reports.pictures import hold, with_pictures
from conversations.flows.reports.told import told_in
from conversations.flows.shared.step import Step
from conversations.flows.shared.titles import title_of
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Understood
from conversations.forms.kinds.libraries import Library
from conversations.forms.kinds.text import Text, joined, shortened, with_part
from conversations.forms.variants import CALL_QUESTION, SHARING_QUESTION, form_for
from conversations.language.events import Event, Pressed, SentFile, SharedLocation, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import Shortened, Words, _, counted
from conversations.model.outcomes import Answered, DraftLeft, LibraryRemembered, Parts
from conversations.model.reports import Report, SavedAnswer
from conversations.reading.story.lists import Offer, read_offers

WRITE_OR_TAP = _("Tap one of the buttons.")


def tell(answers: Mapping[str, Any] | None = None) -> Offered:
    """Asks the person to tell of an initiative; `answers` are known already, such as the call that they came from."""
    return Offered("tell", {"answers": dict(answers or {}), "text": "", "parts": [], "forwarded": False})


def unfinished(report: Report, text: str = "", message: int = 0) -> Offered:
    """Asks whether to go on with `report`; `text` is what the person wrote meanwhile."""
    return Offered("unfinished", {"report": report.id, **_held(text, message)})


def several(offers: Sequence[Offer], text: str, message: int, back: Position | None) -> Offered:
    """Asks whether `text`, which lists `offers`, is one initiative or several."""
    return Offered("several", {"offers": [asdict(offer) for offer in offers], **_held(text, message)}, pack(back))


def again(at: Offered, parts: Sequence[Sequence[Any]], context: Context) -> Offered:
    """Asks the same question about the text of these messages instead."""
    held = {**at.held, "parts": parts, "text": joined(parts)}
    if at.kind == "several":
        held["offers"] = [asdict(offer) for offer in read_offers(held["text"], context.registers)]
    return replace(at, held=held)


def new_report(text: str, message: int, back: Position | None, *, forwarded: bool) -> Offered:
    """Asks whether `text` is the start of a new report."""
    return Offered("text", {"forwarded": forwarded, **_held(text, message)}, pack(back))


def _held(text: str, message: int) -> dict[str, Any]:
    """Returns a text and the messages it came in: more messages may follow, and each of them may be edited."""
    return {"text": text, "parts": [[message, text]] if text else []}


def _told(held: Mapping[str, Any]) -> Parts:
    return tuple((message, said) for message, said in held["parts"])


def _wrote(held: Mapping[str, Any]) -> Wrote:
    """Returns the text that is held, as one message."""
    return Wrote(held["text"], held["parts"][0][0] if len(held["parts"]) == 1 else 0)


def changed(saved: SavedAnswer, text: str, message: int, back: Position | None) -> Offered:
    """Asks whether `text`, an edited message, replaces the answer saved from it, or its part of that answer."""
    parts = [list(part) for part in saved.parts]
    held = {"report": saved.report, "question": saved.question, "text": text, "message": message, "parts": parts}
    return Offered("changed", held, pack(back))


def library(back: Position | None) -> Offered:
    """Asks which library the person writes for, outside any report."""
    return Offered("library", {"gathered": None}, pack(back))


def take(at: Offered, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who was asked such a question."""
    held, back = at.held, unpack(at.back)
    match at.kind, event:
        case "unfinished", Pressed("continue" | "use" | "new" as action):
            return with_pictures(_unfinished(action, held, context), held, context)
        case "several", Pressed("several"):
            return with_pictures(_several(held, back, context), held, context)
        case "several", Pressed("one"):
            return with_pictures(_one(held, back, context), held, context)
        case "several" | "text" | "unfinished" | "answer", Wrote(""):
            return Step(at, (note(WRITE_OR_TAP),))
        case "several" | "text" | "unfinished" | "answer", Wrote(text, message):
            # A long list or text comes in several messages; texts forwarded together arrive one by one.
            return Step(again(at, with_part(held["parts"], message, text), context))
        case "answer", Pressed("answer_with", report):
            gone = Step(back, (note(_("That question has been answered already, or was withdrawn.")),))
            return author_answers.given(held, _wrote(held).message, report, context) or gone
        case "text", Pressed("use", key) if isinstance(back, Filling | AtSummary):
            return with_pictures(_used(key, held, back, context), held, context)
        case "text" | "answer", Pressed("new"):
            return with_pictures(from_text(context, _told(held), forwarded=held["forwarded"]), held, context)
        case "several" | "text" | "unfinished", SentFile(file) if file.kind == "photo":
            return hold(at, event)
        case "changed", Pressed("replace"):
            return _replace(held, back, context)
        case "library", Pressed("is") | Wrote() | SharedLocation():
            return _library(at, event, context)
        case _, Pressed("go_back"):
            return Step(back)
        case _:
            return Step(at, (note(WRITE_OR_TAP),))


def _unfinished(action: str, held: Mapping[str, Any], context: Context) -> Step:
    if action == "new":
        return from_text(context, _told(held)) if len(held["text"]) >= LIKE_A_STORY else Step(tell())
    report = context.find.reports.one(held["report"])
    if report is None:
        return Step(None, (note(_("That report is no longer there. /report starts a new one.")),))
    at = begin(report, context)
    if action == "use" and isinstance(at, Filling):
        return answering.take(at, _wrote(held), context)
    return Step(at)


SHARED = ("library", "status", CALL_QUESTION, SHARING_QUESTION)
"""The questions whose answers a list of offers takes over from the draft in which it was sent."""


def _several(held: Mapping[str, Any], back: Position | None, context: Context) -> Step:
    offers = [Offer(**offer) for offer in held["offers"]]
    report = context.find.reports.one(back.report) if isinstance(back, Filling) else None
    known = report.answers if report else _known(back)
    shared = {key: known[key] for key in SHARED if key in known}
    if report is None or report.status != "draft" or report.title:
        return from_offers(context, offers, shared)
    # A draft without a name becomes the first offer, so that no empty draft is left over.
    first, *others = offers
    answers, aside = offered(first, context)
    filled = tuple(Answered(report.id, key, value) for key, value in answers.items())
    rest = from_offers(context, others, shared)
    renewed = report_after(report, report.id, (*filled, DraftLeft(report.id, {"aside": aside})))
    assert renewed is not None  # noqa: S101 - an answer takes nothing away
    return Step(begin(renewed, context), (made(len(offers), first),), (*filled, *rest.outcomes))


def _one(held: Mapping[str, Any], back: Position | None, context: Context) -> Step:
    if isinstance(back, Filling) and back.question == "summary":
        return answering.take(back, _wrote(held), context)
    if isinstance(back, Filling) and context.find.reports.one(back.report):
        return as_description(held["text"], _wrote(held).message, back, context)
    return from_text(context, _told(held), answers=_known(back))


def _known(back: Position | None) -> Mapping[str, Any]:
    """Returns the answers that are known where the person was asked to tell of an initiative."""
    return back.held["answers"] if isinstance(back, Offered) and back.kind == "tell" else {}


def is_a_story(text: str, at: Filling, context: Context) -> bool:
    """Returns whether a person who was asked for a name sent the whole story, which the draft does not have yet."""
    report, question = context.find.reports.one(at.report), INITIATIVE.question("title")
    longest = question.kind.most if question and isinstance(question.kind, Text) else 0
    return at.question == "title" and len(text) > longest and report is not None and not report.answers.get("summary")


def as_description(text: str, message: int, at: Filling, context: Context) -> Step:
    """Adds `text` to the description, after what waits there, and asks the same question again."""
    report = context.find.reports.one(at.report)
    told = report.answers.get("summary") if report else None
    before = (at.aside.get("summary") or {}).get("parts") or ([[0, told]] if told else [])
    room = LONGEST_STORY - sum(len(said) + 1 for _message, said in before)
    if room < LIKE_A_STORY:
        return Step(at, (note(_("The description is full already. Type a short name.")),))
    aside = {**at.aside, "summary": {"parts": [*before, [message, shortened(text, room)]]}}
    kept = note(_("Your text is saved for the description. Now type a short name."))
    return Step(replace(at, aside=aside), (*cut(text, room), kept))


def _replace(held: Mapping[str, Any], back: Position | None, context: Context) -> Step:
    report = context.find.reports.one(held["report"])
    question = form_for(report, context).question(held["question"]) if report else None
    if report is None or question is None:
        return Step(back, (note(_("That answer is no longer available.")),))
    asked = Asked(context, report.answers, report.answers.get(question.key))
    gathered = {"parts": held["parts"]} if held["parts"] else None
    reading = question.read(Wrote(held["text"], held["message"]), gathered, asked)
    if isinstance(reading, Gathering) and isinstance(question.kind, Text):
        reading = question.read(Pressed("done"), reading.gathered, asked)
    match reading:
        case Understood(value) if report.status != "draft" and value == asked.value:
            return Step(back, (note(_("The answer stays as it was.")),))
        case Understood(value, said, parts=parts):
            message = 0 if parts else held["message"]
            saved = Answered(report.id, question.key, value, said, message, personal=question.personal, parts=parts)
            changed = report_after(report, report.id, (saved,)) or report
            kept = (note(_("Saved. The earlier version is kept.")), answering.repeated(question, changed, context))
            if question.key == "summary" and isinstance(back, Filling | AtSummary) and back.report == report.id:
                again_read = told_anew(back, changed, parts or ((held["message"], str(value)),), context)
                return replace(again_read, notes=(*kept, *again_read.notes), outcomes=(saved, *again_read.outcomes))
            return Step(back, kept, (saved,))
        case NotUnderstood(why):
            return Step(back, (note(why), note(_("The answer stays as it was."))))
        case _:
            return Step(back, (note(_("The answer stays as it was.")),))


def _library(at: Offered, event: Pressed | Wrote | SharedLocation, context: Context) -> Step:
    if isinstance(event, Wrote) and event.plain:
        event = replace(event, text=event.plain)
    match Library().read(event, at.held["gathered"], Asked(context, {})):
        case Understood(value):
            return Step(
                unpack(at.back),
                (note(_("Library: {name}", name=str(value["name"]))),),
                (LibraryRemembered(value),),
            )
        case Gathering(gathered, why):
            return Step(Offered(at.kind, {"gathered": gathered}, at.back), (note(why),) if why else ())
        case NotUnderstood(why):
            return Step(at, (note(why),))


def shown(at: Offered, context: Context) -> Screen:
    """Returns the screen with the question."""
    held = at.held
    go_back = Button(_("Continue where I was") if at.back else _("No"), "go_back")
    match at.kind:
        case "unfinished":
            return _shown_unfinished(held, context)
        case "answer":
            answer = author_answers.shown(at, context)
            draft = ((Button(_("Yes, a new report"), "new"),),) if len(held["text"]) >= LIKE_A_STORY else ()
            return replace(answer, rows=(*answer.rows, *draft, (go_back, LANGUAGES)))
        case "several":
            count = len(held["offers"])
            return Screen(
                (
                    heading(_("Is this one initiative or several?")),
                    *(Line(Shortened(f"• {offer['title']}", 80)) for offer in held["offers"][:LISTED]),
                ),
                (
                    (Button(_("One initiative"), "one"),),
                    (Button(counted("{n} initiative", "{n} initiatives", count), "several"),),
                    (go_back, LANGUAGES),
                ),
            )
        case "text":
            return _shown_text(held, unpack(at.back), go_back, context)
        case "changed":
            changed_one = context.find.reports.one(held["report"])
            question = form_for(changed_one, context).question(held["question"]) if changed_one else None
            label: Words | str = question.label if question else held["question"]
            asks = (
                _("You changed a message. Shall I replace that part of the saved answer?")
                if held["parts"]
                else _("You changed a message. Shall I replace the saved answer?")
            )
            return Screen(
                (
                    heading(asks),
                    Line(_("{label}: {answer}", label=label, answer=Shortened(held["text"], 600))),
                ),
                (
                    (Button(_("Yes, replace it"), "replace"),),
                    (Button(_("No, leave it as it was"), "go_back"), LANGUAGES),
                ),
            )
        case _:
            asked = Asked(context, {}, context.person.library)
            now = (Line(_("Your answer: {answer}", answer=str(asked.value["name"]))),) if asked.value else ()
            question = INITIATIVE.questions[0]
            words, help_ = question.asks(asked, None)
            lines = (Line(words, Style.QUESTION), *((Line(help_, Style.HELP),) if help_ else ()), *now)
            return Screen(
                lines, (*Library().rows(held["gathered"], asked), (Button(_("‹ Back"), "go_back"), LANGUAGES))
            )


def _shown_text(held: Mapping[str, Any], back: Position | None, go_back: Button, context: Context) -> Screen:
    """Asks what a text is for: the report in which the person stands, or a new one."""
    report = context.find.reports.one(back.report) if isinstance(back, Filling | AtSummary) else None
    text = Line(Shortened(held["text"], 300))
    new = Button(_("Yes, a new report"), "new")
    if report is None or report.status in {"withdrawn", "declined"}:
        return Screen((heading(_("Shall I start a new report with this text?")), text), ((new,), (go_back, LANGUAGES)))
    described = report.answers.get("summary") is not None
    use = _("Add it to the description") if described else _("Use it as the description")
    outcome = form_for(report, context).question(RESULT)
    results = (
        isinstance(back, AtSummary)
        and outcome is not None
        and outcome.only_if(report.answers)
        and report.answers.get(RESULT) is None
    )
    rows = (
        (Button(use, "use", "summary"),),
        *(((Button(_("It says what changed"), "use", RESULT),),) if results else ()),
        (replace(new, label=_("Start a new report with it")),),
        (go_back, LANGUAGES),
    )
    return Screen((heading(_("What is this text for?")), text), rows)


def _used(key: str, held: Mapping[str, Any], back: Filling | AtSummary, context: Context) -> Step:
    """Uses the text as the description, or as the answer about results, of the report in which the person stands."""
    report = context.find.reports.one(back.report)
    question = form_for(report, context).question(key) if report and key in {"summary", RESULT} else None
    if report is None or question is None:
        return Step(None, (note(_("That report is no longer there. /report starts a new one.")),))
    if key == "summary":
        full = Step(back, (note(_("There is no more room in the description.")),))
        return added(back, held["text"], _wrote(held).message, context, reads=True) or full
    asked = Asked(context, report.answers)
    reading = question.read(_wrote(held), None, asked)
    if isinstance(reading, Gathering):
        reading = question.read(Pressed("done"), reading.gathered, asked)
    if not isinstance(reading, Understood):
        return Step(back, (note(reading.why),) if isinstance(reading, NotUnderstood) else ())
    saved = Answered(report.id, key, reading.value, reading.said, reading.message, parts=reading.parts)
    return Step(
        back, (answering.repeated(question, report_after(report, report.id, (saved,)) or report, context),), (saved,)
    )


RESULT = "outcome"
"""The question what has changed for the people who take part."""

LISTED = 20
"""Offers that are listed by name in the question whether they are several."""


def _shown_unfinished(held: Mapping[str, Any], context: Context) -> Screen:
    report = context.find.reports.one(held["report"])
    if report is None:
        return Screen((Line(_("That report is no longer there. /report starts a new one.")),))
    at = begin(report, context)
    use: tuple[tuple[Button, ...], ...] = ()
    if isinstance(at, Filling):
        form = form_for(report, context)
        question = form.question(at.question)
        questions = form.relevant(report.answers, question.module if question else None)
        place = next((number for number, each in enumerate(questions, 1) if each.key == at.question), 1)
        line = _(
            "Continue {title}, question {place} of {total}?",
            title=title_of(report),
            place=place,
            total=len(questions),
        )
        if told_in(at.aside).listed and not at.editing:
            left = len(missing_of(form, report)) or 1
            line = counted(
                "Continue with {title}? One answer is missing.",
                "Continue with {title}? {n} answers are missing.",
                left,
                title=title_of(report),
            )
        if held["text"]:
            answer = _("Answer with “{text}”", text=shortened(" ".join(held["text"].split()), 24))
            use = ((Button(answer, "use"),),)
    else:
        line = _("Continue {title}? All questions are answered; it only has to be sent.", title=title_of(report))
    wrote = (Line(_("You wrote: {text}", text=Shortened(held["text"], 300))),) if held["text"] else ()
    rows = (
        (Button(_("Continue ›"), "continue"),),
        *use,
        (Button(_("New report"), "new"), Button(_("My reports"), "reports")),
    )
    return Screen((heading(line), *wrote), (*rows, (LANGUAGES,)))
