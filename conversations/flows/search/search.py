"""/search and /browse: finding published initiatives by words and filters, page by page, and reading them."""

from dataclasses import replace
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.reports import idle
from conversations.flows.reports.drafting import LIKE_A_STORY
from conversations.flows.search import card as initiative_card
from conversations.flows.search.screens import asked, choices, narrowing, results, wanted_in
from conversations.flows.shared.step import Step
from conversations.flows.subscriptions import editor as subscription_editor
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Screen, note
from conversations.language.words import _
from conversations.model.search import FILTERS, Wanted
from conversations.model.subscriptions import Wishes
from conversations.reading.searching import words_in
from conversations.reading.story.lists import read_offers
from conversations.reading.text import clean_line

LONGEST = 100
"""Most characters of a search. A longer text, or one like a story, starts a report, as it does anywhere."""

KEYS = frozenset(each.key for each in FILTERS)

TOO_SHORT = _("Please write at least two letters.")


def command(at: Position | None, words: str, _context: Context) -> Step:
    """Searches for these words; without any, asks for them."""
    if not words.strip():
        return Step(InFlow("search", "ask", _held(Wanted(), at)))
    if not words_in(words):
        return Step(InFlow("search", "ask", _held(Wanted(), at)), (note(TOO_SHORT),))
    return Step(_results(Wanted(clean_line(words)[:LONGEST]), at))


def browse(at: Position | None, _words: str, _context: Context) -> Step:
    """Shows everything that is published, the newest first."""
    return Step(_results(Wanted(), at))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who searches."""
    match event:
        case Pressed(action, argument):
            return _pressed(at, action, argument, context)
        case Wrote(text, forwarded=False) if len(text) < LIKE_A_STORY and len(read_offers(text, context.registers)) < 2:
            return _wrote(at, text, context)
        case _:
            return idle.take(event, context)


def _wrote(at: InFlow, text: str, context: Context) -> Step:
    """Searches for new words, or opens the result whose number was written."""
    if at.view == "results" and text.isdecimal() and text.isascii() and len(text) == 1:
        page = context.find.search.find(wanted_in(at.held), at.held["page"]).page
        if 0 < int(text) <= len(page):
            return initiative_card.shown(at, Pressed("initiative", page[int(text) - 1].id), context)
    if not words_in(text):
        return Step(at, (note(TOO_SHORT),))
    return Step(_results(Wanted(clean_line(text)[:LONGEST]), at))


def _pressed(at: InFlow, action: str, argument: str, context: Context) -> Step:
    wanted = wanted_in(at.held)
    match action:
        case "page" if argument.isdecimal() and len(argument) < 5:
            return Step(replace(at, held={**at.held, "page": int(argument)}))
        case "narrow":
            return Step(replace(at, view="narrow", held={**at.held, "this": None}))
        case "by" if argument in KEYS:
            return Step(replace(at, view="choose", held={**at.held, "this": argument}))
        case "set":
            by, _equals, choice = argument.partition("=")
            if by not in KEYS:
                return Step(at)
            chosen = wanted.without(by) if wanted.filters.get(by) == choice else wanted.narrowed(by, choice)
            return Step(_results(chosen, at))
        case "drop":
            return Step(_results(wanted.without(argument), at))
        case "near" if argument.isdecimal() and len(argument) == 1:
            near = context.find.search.nearest(wanted)[int(argument) :]
            return Step(_results(Wanted(near[0], wanted.filters) if near else wanted, at))
        case "everything":
            return Step(_results(Wanted(), at))
        case "results":
            return Step(_results(wanted, at, page=int(at.held["page"])))
        case "subscribe_to":
            return subscription_editor.wanted(_wishes(wanted, context), context)
        case "resume":
            return Step(unpack(at.held["back"]))
        case _:
            return Step(at)


def _wishes(wanted: Wanted, context: Context) -> Wishes:
    """Returns the wishes of a subscription to what the person searched for."""

    def chosen(by: str) -> tuple[str, ...]:
        return (wanted.filters[by],) if by in wanted.filters else ()

    places = tuple(_place(key, context) for key in chosen("where"))
    words = (wanted.words[: subscription_editor.LONGEST_WORDS],) if wanted.words else ()
    return Wishes(chosen("theme"), chosen("group"), chosen("role"), places, chosen("progress"), (), words)


def _place(key: str, context: Context) -> str:
    """Returns a region by its name, as subscriptions know it; other places by their key."""
    country, _line, region = key.partition("_")
    return f"{country}:{context.find.search.place(key)}" if region else key


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the results, or with the filters."""
    match at.view:
        case "ask":
            return asked(at.held)
        case "narrow":
            return narrowing(at.held, context)
        case "choose":
            return choices(at.held, context)
        case _:
            return results(at.held, context)


def _results(wanted: Wanted, at: Position | None, page: int = 0) -> InFlow:
    return InFlow("search", "results", _held(wanted, at, page))


def _held(wanted: Wanted, at: Position | None, page: int = 0) -> dict[str, Any]:
    """Returns all that the position needs to show the same page later, also after a restart or in another language."""
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "search" else pack(at)
    return {"words": wanted.words, "filters": dict(wanted.filters), "page": page, "this": None, "back": back}
