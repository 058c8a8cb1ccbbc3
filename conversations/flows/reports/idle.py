"""Events outside any flow: a story, a forwarded post or a picture starts a report; anything else shows the ways on."""

from dataclasses import replace

from conversations.context.context import Context
from conversations.context.overlay import known_after
from conversations.context.session import Filling
from conversations.flows.reports import answering, author_answers, disambiguation
from conversations.flows.reports.drafting import LIKE_A_STORY, from_text, new_draft
from conversations.flows.shared import help as help_texts
from conversations.flows.shared.step import STALE, Step
from conversations.forms.kinds.files import refusal
from conversations.language.events import (
    Event,
    Pressed,
    SentFile,
    SentUnsupported,
    SharedContact,
    SharedLocation,
    Wrote,
)
from conversations.language.screen import note
from conversations.language.words import _
from conversations.reading.story.lists import read_offers


def take(event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who stands nowhere."""
    match event:
        case Wrote(text, message, forwarded) if text:
            found = read_offers(text, context.registers)
            if len(found) > 1:
                return Step(disambiguation.several(found, text, message, None))
            if forwarded:
                return from_text(context, ((message, text),), forwarded=True)
            if answer := author_answers.offered(text, message, None, context):
                return Step(answer)
            draft = next((each for each in context.find.reports.own() if each.status == "draft"), None)
            if draft:
                return Step(disambiguation.unfinished(draft, text, message))
            if len(text) >= LIKE_A_STORY:
                return Step(disambiguation.new_report(text, message, None, forwarded=False))
            return Step(None)
        case SentFile(file) if file.kind == "photo":
            return _from_photo(event, context)
        case SentUnsupported(kind):
            return Step(None, screen=help_texts.home(context, (note(answering.unsupported(kind)),)))
        case SentFile() | SharedLocation() | SharedContact():
            line = note(_("Start a report first, and send that where I ask for it."))
            return Step(None, screen=help_texts.home(context, (line,)))
        case Pressed():
            return Step(None, toast=STALE)
        case _:
            return Step(None)


def _from_photo(event: SentFile, context: Context) -> Step:
    """Starts a report with the picture; its caption becomes the description."""
    if why := refusal(event.file):
        return Step(None, screen=help_texts.home(context, (note(why),)))
    told = ((event.message, event.caption),)
    begun = from_text(context, told, forwarded=event.forwarded) if event.caption else new_draft(context)
    there = replace(context, find=known_after(context.find, begun.outcomes))
    if not isinstance(begun.at, Filling):
        return begun
    # An edited caption changes the description.
    photo = answering.take(begun.at, replace(event, caption="", message=0) if event.caption else event, there)
    return replace(
        begun,
        notes=(*begun.notes, *photo.notes),
        outcomes=(*begun.outcomes, *photo.outcomes),
        album=event.album,
    )
