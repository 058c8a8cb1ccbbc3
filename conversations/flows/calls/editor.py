"""Creating, changing, opening and closing a call: its sheet, with a pencil for each field."""

import re
from collections.abc import Callable
from dataclasses import replace

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.calls import (
    editor_deadline,
    editor_invited,
    editor_questions,
    editor_sharing,
    editor_sheet,
    editor_texts,
)
from conversations.flows.calls.listing import GONE, STATUS_WORDS
from conversations.flows.shared.call_words import (
    FIELDS,
    TEXTS,
    UNCHANGED,
    Field,
    deadline_words,
    field_of,
    for_whom_words,
    texts_of,
)
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Understood
from conversations.forms.kinds.text import Text
from conversations.language.events import Event, Pressed, SentFile, Wrote
from conversations.language.languages import LANGUAGES, language_words
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Place, Shortened, _, counted
from conversations.model.calls import CallStatus, WholeCall, value_of
from conversations.model.outcomes import CallChanged, CallStarted
from conversations.model.people.permissions import can
from conversations.reading.text import clean_line, fold

LONGEST_SLUG = 28
TAP = _("Tap one of the buttons.")


def new(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Asks for the title; a call can be created with nothing else."""
    if not can(context.person, "open calls"):
        return Step(at, (note(NOT_ALLOWED),))
    return Step(InFlow("calling", "title"))


def change(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens the sheet of a call."""
    if not can(context.person, "open calls"):
        return Step(at, (note(NOT_ALLOWED),))
    if context.find.calls.whole(event.argument) is None:
        return Step(at, (note(GONE),))
    return Step(sheet_of(event.argument))


def sheet_of(slug: str) -> InFlow:
    """Returns the position at the sheet of the call with this slug."""
    return InFlow("calling", "sheet", {"this": slug, "slug": slug})


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who edits a call."""
    if not can(context.person, "open calls"):
        return Step(None, (note(NOT_ALLOWED),))
    if isinstance(event, SentFile) and (taken := editor_sheet.sent(at, event, context)):
        return taken
    if at.view == "title":
        return _named(at, event, context)
    if at.view == "which_call":
        return editor_sheet.take_call(at, event, context)
    call = context.find.calls.whole(str(at.held["slug"]))
    if call is None:
        return Step(None, (note(GONE),))
    if at.view == "sheet":
        return _on_sheet(at, event, call, context)
    if isinstance(event, Pressed) and event.action == "back":
        return Step(_back(at, call))
    if special := _SPECIAL.get(at.view):
        return special(at, event, call, context)
    return _field(at, event, call, context)


def _back(at: InFlow, call: WholeCall) -> InFlow:
    """Returns the view before this one: the list for a question or a sheet of questions, otherwise all of the call."""
    return (
        replace(at, view="questions", held={"this": call.slug, "slug": call.slug})
        if at.view in ("question", "sheet_sent")
        else (sheet_of(call.slug))
    )


def _named(at: InFlow, event: Event, context: Context) -> Step:
    title = texts_of("titles")
    assert title is not None  # noqa: S101 - it is one of TEXTS
    if not isinstance(event, Wrote):
        return Step(at, (note(title.prompt),))
    line = clean_line(event.text)
    if why := editor_texts.refused(line, title):
        return Step(at, (note(why),))
    slug = slug_of(line, context)
    started = CallStarted(slug, context.person.language, line, str(context.timezone))
    return Step(InFlow("calling", "deadline", {"this": f"{slug} deadline", "slug": slug}), outcomes=(started,))


def slug_of(title: str, context: Context) -> str:
    """Returns an unused slug for a call with this title; links and exports contain it."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-") or "call"
    slug = words if len(words) <= LONGEST_SLUG else words[:LONGEST_SLUG].rsplit("-", 1)[0].strip("-")
    free = slug
    number = 2
    while context.find.calls.whole(free) is not None:
        free, number = f"{slug}-{number}", number + 1
    return free


def _on_sheet(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    match event:
        case Pressed("edit", key) if texts_of(key):
            held = {"this": f"{call.slug} {key}", "slug": call.slug, "key": key, "language": context.person.language}
            return Step(InFlow("calling", "texts", held))
        case Pressed("edit", key) if field_of(key):
            return Step(_at_field(call, key))
        case Pressed("status", "open") if call.status != "open":
            return _opened(at, call, context)
        case Pressed("status", "closed") if call.status == "open":
            return Step(replace(at, view="close"))
        case _:
            return Step(at, (note(TAP),))


def _at_field(call: WholeCall, key: str) -> InFlow:
    return InFlow("calling", key, {"this": f"{call.slug} {key}", "slug": call.slug, "key": key})


def _opened(at: InFlow, call: WholeCall, context: Context) -> Step:
    if call.is_late(context.now):
        deadline = InFlow("calling", "deadline", {"this": f"{call.slug} deadline", "slug": call.slug})
        return Step(deadline, (note(_("The deadline has passed. Set a new one first.")),))
    if not call.asks_for_whom and call.is_for is None:
        return Step(_at_field(call, "sharing"), (note(_("First choose who can see its reports.")),))
    saved = note(_("The call is open. Share its link, so that libraries can find it."))
    return Step(at, (saved,), (CallChanged(call.slug, "status", "open"),))


def _close(at: InFlow, event: Event, call: WholeCall, _context: Context) -> Step:
    if isinstance(event, Pressed) and event.action == "close":
        saved = note(_("The call is closed. Drafts stay and can be sent without it."))
        return Step(sheet_of(call.slug), (saved,), (CallChanged(call.slug, "status", "closed"),))
    return Step(at, (note(TAP),))


def _field(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    field = field_of(at.view)
    if field is None or field.kind is None or not isinstance(event, Pressed | Wrote):
        return Step(at, (note(TAP),))
    match field.kind.read(event, at.held.get("gathered"), _asked(field, call, context)):
        case Understood(value):
            if value == value_of(call, field.key):
                return Step(sheet_of(call.slug), (note(UNCHANGED),))
            saved = CallChanged(call.slug, field.key, value)
            undecided = field.key == "variant" and value == "short" and call.sharing == ""
            there = _at_field(call, "sharing") if undecided else sheet_of(call.slug)
            opens = field.key == "sharing" and value not in (call.sharing, "coordinators")
            told = editor_sharing.told(replace(call, sharing=value), context) if opens else ()
            return Step(there, (note(_("Saved.")),), (saved,), notices=told)
        case Gathering(gathered, why):
            return Step(replace(at, held={**at.held, "gathered": gathered}), (note(why),) if why else ())
        case NotUnderstood(why, gathered):
            held = at.held if gathered is None else {**at.held, "gathered": gathered}
            return Step(replace(at, held=held), (note(why),))


def _asked(field: Field, call: WholeCall, context: Context) -> Asked:
    return Asked(context, {}, value_of(call, field.key))


def _texts(at: InFlow, event: Event, call: WholeCall, _context: Context) -> Step:
    texts = texts_of(str(at.held["key"]))
    assert texts is not None  # noqa: S101 - this view opens only for a key of TEXTS
    written = value_of(call, texts.key)
    return editor_texts.take(at, event, texts, written, lambda value: CallChanged(call.slug, texts.key, value))


_SPECIAL: dict[str, Callable[[InFlow, Event, WholeCall, Context], Step]] = {
    "close": _close,
    "texts": _texts,
    "deadline": editor_deadline.take,
    "zone": editor_deadline.take,
    "invited": editor_invited.take,
    "questions": editor_questions.take,
    "question": editor_questions.take,
    "sheet_sent": editor_sheet.take,
}
"""The views that take more than one answer of a kind."""


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen at this view of the call."""
    if not can(context.person, "open calls"):
        return Screen((note(NOT_ALLOWED),))
    if at.view == "title":
        title = texts_of("titles")
        assert title is not None  # noqa: S101 - it is one of TEXTS
        help_ = _("Use your language. You can add the others later.")
        return Screen((heading(title.prompt), Line(help_, Style.HELP)))
    if at.view == "which_call":
        return editor_sheet.shown_calls(context)
    call = context.find.calls.whole(str(at.held["slug"]))
    if call is None:
        return Screen((note(GONE),))
    match at.view:
        case "sheet":
            return _sheet(call, context)
        case "close":
            lines = (heading(_("Close this call?")), Line(call.title), Line(_("Nobody will be able to answer it.")))
            keep = Button(_("No, keep it open"), "back")
            return Screen(lines, ((Button(_("Yes, close it"), "close", tone="danger"),), (keep,)))
        case "texts":
            texts = texts_of(str(at.held["key"]))
            assert texts is not None  # noqa: S101 - this view opens only for a key of TEXTS
            return editor_texts.shown(at, texts, getattr(call, texts.key))
        case "deadline" | "zone":
            return editor_deadline.shown(at, call, context)
        case "invited":
            return editor_invited.shown(at, call, context)
        case "sheet_sent":
            return editor_sheet.shown(at, call)
        case "questions" | "question":
            return editor_questions.shown(at, call)
        case _:
            return _shown_field(at, call, context)


def _shown_field(at: InFlow, call: WholeCall, context: Context) -> Screen:
    field = field_of(at.view)
    if field is None or field.kind is None:
        return Screen((note(GONE),))
    asked, gathered = _asked(field, call, context), at.held.get("gathered")
    help_ = (Line(field.help, Style.HELP),) if field.help else ()
    now = (Line(call.organisers),) if isinstance(field.kind, Text) and call.organisers else ()
    lines = (heading(field.prompt), *help_, *field.kind.lines(gathered, asked), *now)
    return Screen(lines, (*field.kind.rows(gathered, asked), (BACK,)))


BACK = Button(_("‹ Back"), "back")


def _sheet(call: WholeCall, context: Context) -> Screen:
    lines = [
        Line(call.title, Style.QUESTION),
        Line(_("Status: {status}", status=STATUS_WORDS[call.status])),
        Line(deadline_words(call, context.now)),
    ]
    for texts in TEXTS:
        written = getattr(call, texts.key)
        missing = [language_words(language) for language in LANGUAGES if not written.get(language)]
        if missing:
            what = _("{text}: missing in {languages}", text=texts.label, languages=Listed(tuple(missing)))
            lines.append(Line(what, Style.HELP))
    lines.extend(
        Line(_("{label}: {answer}", label=field.label, answer=Shortened(value, 200)))
        for field in FIELDS
        if (value := field_words(field, call, context)) is not None
    )
    pencils = tuple(Button(_("✏️ {label}", label=each.label), "edit", each.key) for each in (*TEXTS, *FIELDS))
    share = Button(_("Share it"), "call_share", call.slug)
    standing = Button(_("Responses so far"), "call_standing", call.slug)
    ways: dict[CallStatus, tuple[tuple[Button, ...], ...]] = {
        "draft": ((Button(_("Open the call"), "status", "open", tone="primary"),),),
        "open": ((share, standing), (Button(_("Close the call"), "status", "closed"),)),
        "closed": ((Button(_("Open it again"), "status", "open"), standing),),
    }
    return Screen(tuple(lines), (*ways[call.status], *stacked(pencils, 2), (Button(_("‹ All calls"), "calls", "0"),)))


def field_words(field: Field, call: WholeCall, context: Context) -> Place | None:
    """Returns the value of a field as the sheet shows it; None if the sheet leaves it out."""
    match field.key:
        case "deadline":
            return None
        case "invited":
            return editor_invited.said(call, context)
        case "sharing":
            return for_whom_words(call)
        case "questions":
            asked = len(call.asked())
            return counted("{n} question", "{n} questions", asked) if asked else None
        case _:
            value = value_of(call, field.key)
            return field.kind.show(value) if value and field.kind else None
