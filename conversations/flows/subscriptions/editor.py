"""/subscribe: choosing what to hear of, from one tap to every filter, with a preview of what it would have sent."""

import re
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant, same
from conversations.flows.subscriptions import editor_chats, editor_places, editor_review
from conversations.flows.subscriptions.editor_state import (
    QUESTIONS,
    REVIEW,
    STOP,
    WALK,
    at_view,
    home_of,
    onward,
    served,
    served_note,
    ways_on,
    wish,
    wished,
    wishes_in,
    with_,
)
from conversations.flows.subscriptions.typed_wishes import LONGEST_WORDS, MOST_WORDS, changed, leaves_out, read_wishes
from conversations.flows.subscriptions.words import EVERYTHING, VOCABULARIES, call_name, part_of
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Understood
from conversations.forms.kinds.choosing import SomeOf
from conversations.forms.kinds.yes_no import YesNo
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note
from conversations.language.words import _
from conversations.model.subscriptions import Subscription, Wishes, as_held
from conversations.reading.text import clean_line
from conversations.vocabulary.choices import Choice

MOST = 12
"""Most choices of one part."""

TOO_MUCH = _("That is too much. You can give up to {most} words or short phrases.", most=MOST_WORDS)


def command(_at: Position | None, words: str, context: Context) -> Step:
    """Begins a subscription, to what the words say if there are some."""
    begun = _begun(Subscription(context.new_id(), Wishes()), "start")
    return _asked_in_words(begun, words, context) if words.strip() else Step(begun)


def change(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens a subscription with everything that can be changed about it."""
    found = context.find.subscriptions.one(event.argument)
    if found is None:
        return Step(at, silent=True)
    return Step(_begun(found, "review"), outcomes=editor_chats.asked(found.chat, context))


def wanted(wishes: Wishes, context: Context) -> Step:
    """Begins a subscription with these wishes, to be checked and saved."""
    return Step(_begun(Subscription(context.new_id(), wishes), "review"))


def _begun(subscription: Subscription, view: str) -> InFlow:
    return InFlow("subscribing", view, {"this": subscription.id, "walks": False, **as_held(subscription)})


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who edits a subscription."""
    if at.view == "words" and isinstance(event, Wrote) and not _exactly(at, event.text, context):
        return _words_written(at, event.text)
    if isinstance(event, Wrote) and (button := _exactly(at, event.text, context)):
        event = Pressed(button.action, button.argument)
    match at.view, event:
        case _, Pressed("quit"):
            return Step(None, (note(_("Nothing was changed.")),))
        case _, Pressed("to", view) if view in (*QUESTIONS, "review", "start"):
            return Step(at_view(at, view, walks=bool(at.held["walks"]) and view in WALK[:-1]))
        case "chat" | "review", _ if step := editor_chats.take(at, event, context):
            return step
        case "start", _:
            return _started(at, event, context)
        case "review", Wrote(text) if text.strip():
            return _wrote_at_review(at, event, context)
        case "review", _:
            return editor_review.take(at, event, context)
        case "places" | "region", _:
            return editor_places.take(at, event, context)
        case "words", Pressed("clear"):
            return Step(onward(wish(at, words=())))
        case part, _ if part in QUESTIONS and part != "words":
            return _chosen(at, event, context)
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


def _exactly(at: InFlow, text: str, context: Context) -> Button | None:
    """Returns the button whose label was written; its beginning is enough if the view takes no other text."""
    screen = shown(at, context)
    if at.view == "review":
        return meant(text, screen, context)
    return same(text, list(chain(*screen.rows)), context)


def _started(at: InFlow, event: Event, context: Context) -> Step:
    match event:
        case Pressed("everything"):
            return Step(at_view(wished(at, Wishes()), "review"))
        case Pressed("mine") if home := home_of(context):
            return Step(at_view(wished(at, Wishes(places=served(home, context))), "review"), served_note(home, context))
        case Pressed("choose"):
            return Step(at_view(at, WALK[0], walks=True))
        case Wrote(text) if text.strip():
            return _asked_in_words(at, text, context)
        case _:
            return Step(at, (note(_("Tap one of the buttons, or type what you would like notifications about.")),))


def _wrote_at_review(at: InFlow, event: Wrote, context: Context) -> Step:
    """Saves after a yes, begins again after a no, and otherwise takes what is written as a change of the wishes."""
    match YesNo().read(event, None, Asked(context, {})):
        case Understood(True):
            return editor_review.take(at, Pressed("save"), context)
        case Understood():
            return Step(at_view(with_(wished(at, Wishes()), said=""), "start"))
        case _:
            return _asked_in_words(at, event.text, context)


def _asked_in_words(at: InFlow, text: str, context: Context) -> Step:
    """Reads what is wished for; it is shown before it is saved."""
    if leaves_out(text):
        return Step(at, (note(_("I cannot leave anything out. Type what you want notifications about, or tap it.")),))
    wishes = changed(wishes_in(at), text, context) if at.view == "review" else read_wishes(text, context)
    if wishes is None:
        return Step(at, (note(TOO_MUCH),))
    there = with_(at_view(wished(at, wishes), "review"), said=clean_line(text))
    near = tuple(chain.from_iterable(served_note(place, context) for place in wishes.places if "-" in place))
    return Step(there, near)


def _words_written(at: InFlow, text: str) -> Step:
    phrases = [clean_line(part) for part in re.split(r"[,;\n]+", text)]
    phrases = [phrase for phrase in phrases if any(letter.isalnum() for letter in phrase)]
    if not phrases:
        return Step(at, (note(_("Type the words, separated by commas.")),))
    if len(phrases) > MOST_WORDS or any(len(phrase) > LONGEST_WORDS for phrase in phrases):
        return Step(at, (note(TOO_MUCH),))
    return Step(at_view(wish(at, words=tuple(phrases)), "review"))


def _chosen(at: InFlow, event: Event, context: Context) -> Step:
    """Takes a toggle, a page or a typed label in one of the lists."""
    part, kind = at.view, _list_of(at.view, at, context)
    if isinstance(event, Pressed) and event.action == "clear":
        return Step(onward(wish(at, **{part: ()})))
    if not isinstance(event, Pressed | Wrote):
        return Step(at, (note(_("Tap one of the buttons.")),))
    asked = Asked(context, {}, list(getattr(wishes_in(at), part)))
    match kind.read(event, at.held.get("gathered"), asked):
        case Understood(value):
            return Step(onward(wish(at, **{part: tuple(value)})))
        case Gathering(gathered):
            keys = gathered.get("chosen", asked.value)
            return Step(with_(wish(at, **{part: tuple(keys)}), gathered=dict(gathered)))
        case NotUnderstood(why, gathered):
            return Step(with_(at, gathered=gathered) if gathered is not None else at, (note(why),))


def _list_of(part: str, at: InFlow, context: Context) -> SomeOf:
    if part != "calls":
        return SomeOf(VOCABULARIES[part], most=MOST, least=0)
    slugs = (each.slug for each in context.find.calls.all() if each.status == "open")
    chosen = dict.fromkeys((*wishes_in(at).calls, *slugs))
    return SomeOf(tuple(Choice(slug, call_name(slug, context)) for slug in chosen), most=MOST, least=0)


# the screens


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen with the open question, or with all that is chosen."""
    match at.view:
        case "start":
            return _start(context)
        case "chat":
            return editor_chats.shown(at, context)
        case "places" | "region":
            return editor_places.shown(at, context)
        case "words":
            return _words(at, context)
        case part if part in QUESTIONS:
            return _part(at, context)
        case _:
            return editor_review.shown(at, context)


def _start(context: Context) -> Screen:
    home = home_of(context)
    mine = _("In my municipality: {name}", name=context.registers.municipality_name(home))
    lines = (
        heading(_("What would you like notifications about?")),
        Line(_("Tap a button, or type a theme, a municipality or a word."), Style.HELP),
    )
    rows = (
        *(((Button(mine, "mine"),),) if home else ()),
        (Button(EVERYTHING, "everything"),),
        (Button(_("Choose step by step"), "choose"),),
        (STOP,),
    )
    return Screen(lines, rows)


def _part(at: InFlow, context: Context) -> Screen:
    kind = _list_of(at.view, at, context)
    asked = Asked(context, {}, list(getattr(wishes_in(at), at.view)))
    gathered = at.held.get("gathered")
    if not kind.choices:
        return Screen((heading(QUESTIONS[at.view]), Line(_("No call is open at the moment."))), ((REVIEW,),))
    rows = kind.rows(gathered, asked)
    return Screen((heading(QUESTIONS[at.view]), *kind.lines(gathered, asked)), (*rows, *ways_on(at)))


def _words(at: InFlow, context: Context) -> Screen:
    said = wishes_in(at).words
    lines = (
        heading(QUESTIONS["words"]),
        *((Line(_("Chosen: {choices}", choices=part_of(wishes_in(at), "words", context))),) if said else ()),
        Line(_("Type them separated by commas: one of them is enough. Word endings do not matter."), Style.HELP),
    )
    return Screen(lines, ((Button(_("Any"), "clear"),), (REVIEW, STOP)))
