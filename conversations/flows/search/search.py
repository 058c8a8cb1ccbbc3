"""/search and /browse: finding published initiatives by words and filters, page by page, and reading them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position, pack, unpack
from conversations.flows.reports import idle
from conversations.flows.search import card as initiative_card
from conversations.flows.search.screens import asked, choices, narrowing, results, wanted_in
from conversations.flows.search.wanted import subscription_place
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.flows.subscriptions import editor as subscription_editor
from conversations.flows.subscriptions.typed_wishes import LONGEST_WORDS
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Screen, note
from conversations.language.words import _
from conversations.model.search import FILTERS, Wanted
from conversations.model.subscriptions import Wishes
from conversations.reading.searching import words_in
from conversations.reading.story.lists import read_offers
from conversations.reading.text import clean_line

LONGEST = 200
"""Most characters of a search. A longer text, or a list of initiatives, starts a report, as it does anywhere."""

KEYS = frozenset(each.key for each in FILTERS)

OWN_ACTIONS = frozenset({"page", "narrow", "by", "set", "drop", "everything", "results", "subscribe_to", "resume"})
"""What the buttons of the search do, which may also be typed."""

TOO_SHORT = _("Type at least two letters.")


def command(at: Position | None, words: str, _context: Context) -> Step:
    """Searches for these words; without any, asks for them."""
    if not words.strip():
        return Step(InFlow("search", "ask", _held(at)))
    if not words_in(words):
        return Step(InFlow("search", "ask", _held(at)), (note(TOO_SHORT),))
    return Step(_results(at, clean_line(words)[:LONGEST]))


def browse(at: Position | None, _words: str, _context: Context) -> Step:
    """Shows everything that is published, the newest first."""
    return Step(_results(at))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who searches."""
    match event:
        case Pressed(action, argument):
            return _pressed(at, action, argument, context)
        case Wrote(text, forwarded=False) if _is_a_search(text, context):
            return _wrote(at, text, context)
        case _:
            return idle.take(event, context)


def _is_a_search(text: str, context: Context) -> bool:
    return len(text) <= LONGEST and len(read_offers(text, context.registers)) < 2


def _wrote(at: InFlow, text: str, context: Context) -> Step:
    """Searches for new words, or opens the result whose number was written."""
    if at.view == "results" and text.isdecimal() and text.isascii() and len(text) == 1:
        page = context.find.search.find(wanted_in(at.held, context), at.held["page"]).page
        if 0 < int(text) <= len(page):
            return initiative_card.shown(at, Pressed("initiative", page[int(text) - 1].id), context)
    if (tapped := same(text, list(chain(*shown(at, context).rows)), context)) and tapped.action in OWN_ACTIONS:
        return _pressed(at, tapped.action, tapped.argument, context)
    if not words_in(text):
        return Step(at, (note(TOO_SHORT),))
    return Step(_results(at, clean_line(text)))


def _pressed(at: InFlow, action: str, argument: str, context: Context) -> Step:
    words, filters, without = str(at.held["words"]), dict(at.held["filters"]), tuple(at.held.get("without", ()))
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
            if filters.get(by) == choice:
                return _dropped(at, by)
            return Step(_results(at, words, {**filters, by: choice}, without))
        case "drop":
            return _dropped(at, argument)
        case "near" if argument.isdecimal() and len(argument) == 1:
            near = context.find.search.nearest(wanted_in(at.held, context))[int(argument) :]
            return Step(_results(at, near[0] if near else words, filters))
        case "everything":
            return Step(_results(at))
        case "results":
            return Step(_results(at, words, filters, without, page=int(at.held["page"])))
        case "subscribe_to":
            return subscription_editor.wanted(_wishes(wanted_in(at.held, context), context), context)
        case "resume":
            return Step(unpack(at.held["back"]))
        case _:
            return Step(at)


def _dropped(at: InFlow, by: str) -> Step:
    """Returns the results without that filter, and without what the words say about it."""
    filters = {key: choice for key, choice in at.held["filters"].items() if key != by}
    without = tuple(dict.fromkeys((*at.held.get("without", ()), by)))
    return Step(_results(at, str(at.held["words"]), filters, without))


def _wishes(wanted: Wanted, context: Context) -> Wishes:
    """Returns the wishes of a subscription to what the person searched for."""

    def chosen(by: str) -> tuple[str, ...]:
        asked = wanted.condition(by)
        return (wanted.filters[by],) if by in wanted.filters else asked.keys if asked else ()

    places = tuple(subscription_place(key, context) for key in chosen("where"))
    words = (wanted.words[:LONGEST_WORDS],) if wanted.words else ()
    return Wishes(chosen("theme"), chosen("group"), chosen("role"), places, chosen("progress"), (), words)


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


def _results(
    at: Position | None,
    words: str = "",
    filters: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    page: int = 0,
) -> InFlow:
    return InFlow("search", "results", _held(at, words, filters, without, page))


def _held(
    at: Position | None,
    words: str = "",
    filters: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
    page: int = 0,
) -> dict[str, Any]:
    """Returns all that the position needs to show the same page later, also after a restart or in another language.

    `words` are as they were written, and read anew each time.
    """
    back = at.held["back"] if isinstance(at, InFlow) and at.flow == "search" else pack(at)
    return {
        "words": words,
        "filters": dict(filters or {}),
        "without": list(without),
        "page": page,
        "this": None,
        "back": back,
    }
