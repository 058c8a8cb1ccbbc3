"""/broadcast: one message to many authors, chosen by call, country, theme and status, with preview and count."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Notice, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.report_status import STATUS_WORDS
from conversations.flows.shared.step import Step
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Place, Words, _, counted, labelled
from conversations.model.calls import COUNTRIES
from conversations.model.outcomes import BroadcastSent
from conversations.model.people.permissions import can
from conversations.model.reviews import Audience, Reporter
from conversations.vocabulary.choices import label_of
from conversations.vocabulary.vocabulary import THEMES

LONGEST = 2000
"""Most characters of a message."""

COUNTRY_WORDS = {"DK": labelled("country", "Denmark"), "SI": labelled("country", "Slovenia")}

BY: Mapping[str, Words] = {
    "call": labelled("recipients", "Call"),
    "country": labelled("recipients", "Country"),
    "theme": labelled("recipients", "Theme"),
    "status": labelled("recipients", "Status"),
}
"""The filters for the recipients."""

STATUSES = ("submitted", "changes_requested", "published", "declined")

TO_CHOICE = Button(_("‹ Back"), "to")
CANCEL = Button(_("Cancel"), "cancel_broadcast")


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Asks who gets the message."""
    if not can(context.person, "broadcast"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    held = {"this": context.new_id(), "language": context.person.language, "text": "", **asdict(Audience())}
    return Step(InFlow("broadcast", "to", held))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who writes a broadcast."""
    if not can(context.person, "broadcast"):
        return Step(None, (note(NOT_ALLOWED),))
    match at.view, event:
        case _, Pressed("cancel_broadcast"):
            return Step(None, (note(_("Nothing was sent.")),))
        case _, Pressed("to"):
            return Step(InFlow("broadcast", "to", at.held))
        case "to", Pressed("by", what) if what in BY:
            return Step(InFlow("broadcast", what, at.held))
        case "to", Pressed("write"):
            return Step(InFlow("broadcast", "text", at.held))
        case what, Pressed("only", key) if what in BY and key in dict(_choices(what, context)):
            return Step(InFlow("broadcast", "to", {**at.held, what: key}))
        case what, Pressed("all") if what in BY:
            return Step(InFlow("broadcast", "to", {**at.held, what: None}))
        case "text", Wrote(text) if text:
            return _written(at, text)
        case "preview", Pressed("in", language) if language in LANGUAGES:
            return Step(InFlow("broadcast", "preview", {**at.held, "language": language}))
        case "preview", Pressed("send_to", number):
            return _sent(at, number, context)
        case "preview", Pressed("write"):
            return Step(InFlow("broadcast", "text", at.held))
        case "text", _:
            return Step(at, (note(_("Write it in a message.")),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _written(at: InFlow, text: str) -> Step:
    if len(text) > LONGEST:
        too_long = _(
            "That is too long: {length} characters, and there is room for {most}. Send a shorter version.",
            length=len(text),
            most=LONGEST,
        )
        return Step(at, (note(too_long),))
    return Step(InFlow("broadcast", "preview", {**at.held, "text": text}))


def _sent(at: InFlow, number: str, context: Context) -> Step:
    """Sends the message if it still reaches as many people as the button said."""
    held, reached = at.held, _reached(at.held, context)
    if not reached or number != str(len(reached)):
        return Step(at, (note(_("The number of recipients has changed. Check again.")),))
    sent = BroadcastSent(held["this"], held["text"], held["language"], asdict(_audience(held)), len(reached))
    notices = tuple(
        Notice(each.id, message(held["text"], held["language"], each.language), f"broadcast:{held['this']}", "anew")
        for each in reached
    )
    on_its_way = counted("Sending to one person.", "Sending to {n} people.", len(reached))
    return Step(None, (note(on_its_way),), (sent,), notices)


def message(text: str, language: str, reader: str) -> Screen:
    """Returns the message for a recipient who reads `reader`; it says so if it is written in another language."""
    from_whom = (
        _("A message from the coordinators")
        if language == reader
        else _("A message from the coordinators, in this language: {language}", language=NAMES[language])
    )
    return Screen((heading(from_whom), Line(text)))


def _audience(held: Mapping[str, Any]) -> Audience:
    return Audience(held["call"], held["country"], held["theme"], held["status"])


def _reached(held: Mapping[str, Any], context: Context) -> Sequence[Reporter]:
    return [each for each in context.find.review.reporters(_audience(held)) if each.id != context.person.id]


def _choices(what: str, context: Context) -> list[tuple[str, Place]]:
    match what:
        case "call":
            return [(call.slug, call.title) for call in context.find.calls.all() if call.status != "draft"]
        case "country":
            return [(country, COUNTRY_WORDS[country]) for country in COUNTRIES]
        case "theme":
            return [(theme.key, theme.label) for theme in THEMES]
        case _:
            return [(status, STATUS_WORDS[status]) for status in STATUSES]


def _chosen(what: str, held: Mapping[str, Any], context: Context) -> Place:
    key: str | None = held[what]
    if key is None:
        return labelled("recipients", "all")
    if what == "theme":
        return label_of(THEMES, key)
    labels: dict[str, Place] = dict(_choices(what, context))
    return labels.get(key, key)


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the recipients, the text, and how many people it reaches."""
    if not can(context.person, "broadcast"):
        return Screen((note(NOT_ALLOWED),))
    match at.view:
        case "text":
            lines = (heading(_("What do you want to say?")), Line(_("Write it in one message."), Style.HELP))
            return Screen(lines, ((TO_CHOICE, CANCEL),))
        case "preview":
            return _preview(at.held, context)
        case what if what in BY:
            return _one_of(what, at.held, context)
        case _:
            return _to(at.held, context)


def _to(held: Mapping[str, Any], context: Context) -> Screen:
    by = tuple(
        Button(_("{what}: {chosen}", what=words, chosen=_chosen(what, held, context)), "by", what)
        for what, words in BY.items()
    )
    reached = _reached(held, context)
    count = counted("It will reach one person.", "It will reach {n} people.", len(reached))
    lines = (heading(_("Who should get the message?")), Line(count))
    write = ((Button(_("Write the message"), "write"),),) if reached else ()
    return Screen(lines, (*stacked(by), *write, (CANCEL,)))


def _one_of(what: str, held: Mapping[str, Any], context: Context) -> Screen:
    every = Button(labelled("recipients", "all"), "all", chosen=held[what] is None)
    buttons = tuple(Button(label, "only", key, chosen=held[what] == key) for key, label in _choices(what, context))
    return Screen((heading(BY[what]),), ((every,), *stacked(buttons, 2), (TO_CHOICE,)))


def _preview(held: Mapping[str, Any], context: Context) -> Screen:
    reached = _reached(held, context)
    as_read = message(held["text"], held["language"], held["language"])
    count = counted("It goes to one person.", "It goes to {n} people.", len(reached))
    lines = (Line(_("This is how people will see it:"), Style.HELP), *as_read.lines, note(count))
    languages = tuple(Button(NAMES[each], "in", each, chosen=each == held["language"]) for each in LANGUAGES)
    number = len(reached)
    send = Button(counted("Send to one person", "Send to {n} people", number), "send_to", str(number))
    change = Button(_("Write it again"), "write")
    return Screen(lines, (languages, *(((send,),) if reached else ()), (change, TO_CHOICE), (CANCEL,)))
