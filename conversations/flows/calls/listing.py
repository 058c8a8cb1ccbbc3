"""/calls: everybody sees the open calls and their deadlines; coordinators also create, change and share calls."""

import json
from collections.abc import Sequence

from conversations.context.context import Context
from conversations.context.links import CALL, link
from conversations.context.session import Position
from conversations.flows.shared.call_words import deadline_words, left_words, seen_by_words
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note
from conversations.language.words import InLanguages, Listed, Shortened, _, labelled
from conversations.model.people.permissions import can
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import Choice, label_of

SHOWN = 6
"""Calls on one page."""

STATUS_WORDS = {
    "draft": labelled("call", "Not opened yet"),
    "open": labelled("call", "Open"),
    "closed": labelled("call", "Closed"),
}
"""The status of a call, in words for coordinators."""

GONE = _("That call is no longer available.")


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the open calls; coordinators see all calls."""
    return listed(at, Pressed("calls", "0"), context)


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one page of the list; the person stays where they stand."""
    coordinates = can(context.person, "open calls")
    calls = [call for call in context.find.calls.all() if coordinates or call.takes(context.now)]
    calls.sort(key=lambda call: call.is_late(context.now))  # calls whose deadline has passed come last
    new = ((Button(_("New call"), "call_new"), Button(_("Templates"), "call_examples")),) if coordinates else ()
    if not calls:
        start = ((Button(_("Report an initiative"), "report"),),)
        return Step(at, screen=Screen((heading(_("No call is open at the moment.")),), (*start, *new)))
    pages = -(-len(calls) // SHOWN)
    page = (int(event.argument) if event.argument.isdecimal() and len(event.argument) < 7 else 0) % pages
    shown = calls[page * SHOWN : (page + 1) * SHOWN]
    lines = [heading(_("Calls"))]
    rows: list[tuple[Button, ...]] = []
    for call in shown:
        left = left_words(call, context.now) if call.status == "open" else STATUS_WORDS[call.status]
        lines.append(Line(_("{title}: {left}", title=call.title, left=left)))
        about = Button(Shortened(call.title, 34), "call", call.slug)
        rows.append(
            (about, Button(_("Answer this call"), "call_report", call.slug)) if call.takes(context.now) else (about,)
        )
    more = ((Button(_("More calls"), "calls", str((page + 1) % pages)),),) if pages > 1 else ()
    return Step(at, screen=Screen(tuple(lines), (*rows, *more, *new)))


def about(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one call, as everybody reads it."""
    call = context.find.calls.whole(event.argument)
    coordinates = can(context.person, "open calls")
    if call is None or (call.status == "draft" and not coordinates):
        return Step(at, (note(GONE),))
    lines = [Line(call.title, Style.QUESTION)]
    if call.introductions:
        lines.append(Line(InLanguages(call.introductions, call.language)))
    lines.append(Line(deadline_words(call, context.now)))
    if seen_by := seen_by_words(call):
        lines.append(Line(seen_by))
    if call.organisers:
        lines.append(Line(_("Organisers: {names}", names=call.organisers)))
    if call.themes:
        lines.append(Line(_("Themes: {themes}", themes=_labels(vocabulary.THEMES, call.themes))))
    if call.target_groups:
        lines.append(Line(_("Who it is for: {groups}", groups=_labels(vocabulary.TARGET_GROUPS, call.target_groups))))
    if call.status == "closed":
        lines.append(Line(_("This call is closed."), Style.HELP))
    started = call.status != "draft"
    report = ((Button(_("Answer this call"), "call_report", call.slug),),) if call.status == "open" else ()
    share = ((Button(_("Share it"), "call_share", call.slug),),) if call.status == "open" else ()
    dated = call.takes(context.now) and call.deadline_at is not None
    remind = ((Button(_("Add to calendar"), "call_ics", call.slug),),) if dated else ()
    change = (
        (
            (
                Button(_("Edit this call"), "call_change", call.slug),
                Button(_("Responses so far"), "call_standing", call.slug),
            ),
        )
        if coordinates
        else ()
    )
    results = ((Button(_("Get the call’s report"), "call_results", call.slug),),) if coordinates and started else ()
    form = ((Button(_("Form for ODK or Kobo"), "call_form", call.slug),),) if coordinates else ()
    back = (Button(_("‹ Back"), "calls", "0"),)
    return Step(at, screen=Screen(tuple(lines), (*report, *share, *remind, *results, *change, *form, back)))


def share(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the link to report to a call, with a picture of it."""
    call = context.find.calls.whole(event.argument)
    if call is None or call.status == "draft":
        return Step(at, (note(GONE),))
    there = link(CALL + call.slug, context)
    lines = (
        Line(call.title, Style.QUESTION),
        Line(there),
        Line(_("Anyone who follows the link can answer this call."), Style.HELP),
    )
    picture = Enclosed("qr", f"{call.slug}.png", _("QR code for the link, to scan with a phone."), there)
    rows = ((Button(_("Copy the link"), "", copies=there),), (Button(_("‹ Back"), "call", call.slug),))
    return Step(at, screen=Screen(lines, rows, enclosed=picture if context.bot else None))


def calendar(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the last day of a call for the person's calendar, which then reminds them."""
    call = context.find.calls.whole(event.argument)
    if call is None or call.deadline_at is None or not call.takes(context.now):
        return Step(at, (note(GONE),))
    there = link(CALL + call.slug, context)
    data = {"call": call.slug, "in": context.person.language, "link": there, "zone": str(context.timezone)}
    alt = _("The deadline of the call, for your calendar: open the file and save it.")
    file = Enclosed("ics", f"meldind-{call.slug}.ics", alt, json.dumps(data))
    said = note(_("Open the file to put the deadline into your calendar. It reminds you a week and a day before."))
    back = ((Button(_("‹ Back"), "call", call.slug),),)
    return Step(at, screen=Screen((said,), back, enclosed=file))


def _labels(choices: tuple[Choice, ...], keys: Sequence[str]) -> Listed:
    return Listed(tuple(label_of(choices, key) for key in keys))
