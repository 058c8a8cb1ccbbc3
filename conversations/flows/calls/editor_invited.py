"""Which libraries a call invites: all, those of a country, or those of municipalities that are written by name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow
from conversations.flows.shared.call_words import UNCHANGED
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import meant, same
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Place, Words, _, labelled
from conversations.model.calls import COUNTRIES, WholeCall
from conversations.model.outcomes import CallChanged

COUNTRY_WORDS: dict[str, Words] = {"DK": labelled("country", "Denmark"), "SI": labelled("country", "Slovenia")}
MOST = 60
"""Most municipalities that can be chosen one by one."""

_BETWEEN = re.compile(r"[,;\n]+")
_AND = re.compile(r"\s+(?:og|samt|in|ter|and|&)\s+", re.IGNORECASE)


def take(at: InFlow, event: Event, call: WholeCall, context: Context) -> Step:
    """Takes a country to add or remove, everybody, or names of municipalities."""
    match event:
        case Pressed("all"):
            return _saved(at, call, (), ())
        case Pressed("country", country) if country in COUNTRIES:
            chosen = [each for each in COUNTRIES if (each in call.countries) != (each == country)]
            return _saved(at, call, chosen, ())
        case Pressed("off", key) if key in call.municipalities:
            return _saved(at, call, (), [each for each in call.municipalities if each != key])
        case Pressed("only") if at.held.get("instead"):
            return _saved(replace(at, held=_without_wish(at)), call, (), at.held["instead"])
        case Pressed("keep"):
            return Step(replace(at, held=_without_wish(at)))
        case Wrote(text) if text.strip():
            return _written(at, text, call, context)
        case _:
            return Step(at, (note(_("Type names of municipalities, or tap one of the buttons.")),))


def _without_wish(at: InFlow) -> Mapping[str, Any]:
    return {key: value for key, value in at.held.items() if key != "instead"}


def _written(at: InFlow, text: str, call: WholeCall, context: Context) -> Step:
    screen = shown(at, call, context)
    buttons = tuple(chain(*screen.rows))
    button = meant(text, screen, context) if at.held.get("instead") else same(text, buttons, context)
    if button:
        return take(at, Pressed(button.action, button.argument), call, context)
    found, unknown = list(call.municipalities), []
    for name in _names(text, context):
        exact, _near = context.registers.municipality(name)
        if exact is None:
            unknown.append(name[:40])
        else:
            found.append(exact.key)
    kept = list(dict.fromkeys(found))
    if len(kept) > MOST:
        return Step(at, (note(_("That is too many to pick one by one. Choose a country instead.")),))
    notes = (note(_("I do not know: {names}", names=Listed(tuple(unknown)))),) if unknown else ()
    if kept == list(call.municipalities):
        return Step(at, notes or (note(_("They have been invited already.")),))
    if call.countries:  # a whole country is not replaced by one place without a word
        return Step(replace(at, held={**at.held, "instead": kept}), notes)
    saved = _saved(at, call, (), kept)
    return Step(saved.at, (*notes, *saved.notes), saved.outcomes)


def _names(text: str, context: Context) -> Iterator[str]:
    """Yields the names in a list; "and" may be part of a name of the register."""
    for part in filter(None, (part.strip() for part in _BETWEEN.split(text))):
        whole = context.registers.municipality(part)[0] is not None
        yield from (part,) if whole else filter(None, (name.strip() for name in _AND.split(part)))


def _saved(at: InFlow, call: WholeCall, countries: Sequence[str], municipalities: Sequence[str]) -> Step:
    if list(countries) == list(call.countries) and list(municipalities) == list(call.municipalities):
        return Step(at, (note(UNCHANGED),))
    value: dict[str, Any] = {"countries": list(countries), "municipalities": list(dict.fromkeys(municipalities))}
    return Step(at, (note(_("Saved.")),), (CallChanged(call.slug, "invited", value),))


def said(call: WholeCall, context: Context) -> Place:
    """Returns who is invited, in words."""
    if call.municipalities:
        return Listed(tuple(context.registers.municipality_name(key) for key in call.municipalities))
    if call.countries:
        return Listed(tuple(COUNTRY_WORDS[country] for country in call.countries))
    return _("everybody")


def shown(at: InFlow, call: WholeCall, context: Context) -> Screen:
    """Returns the screen with who is invited and the ways to change it."""
    if instead := at.held.get("instead"):
        names = Listed(tuple(context.registers.municipality_name(key) for key in instead))
        asks = (
            heading(_("Invite only these libraries, and no longer the whole country?")),
            Line(_("Invited: {who}", who=said(call, context))),
            Line(_("Instead: {names}", names=names)),
        )
        return Screen(asks, ((Button(_("Yes, only these"), "only"),), (Button(_("No, keep it as it is"), "keep"),)))
    everybody = not call.countries and not call.municipalities
    countries = tuple(Button(COUNTRY_WORDS[each], "country", each, chosen=each in call.countries) for each in COUNTRIES)
    picked = tuple(
        Button(_("✕ {name}", name=context.registers.municipality_name(key)), "off", key)
        for key in call.municipalities[:20]
    )
    lines = (
        heading(_("Which libraries are invited?")),
        Line(_("Invited: {who}", who=said(call, context))),
        Line(_("For single municipalities, type their names, separated by commas."), Style.HELP),
    )
    rows = ((Button(_("Everybody"), "all", chosen=everybody),), countries, *stacked(picked, 2))
    return Screen(lines, (*rows, (Button(_("‹ Back"), "back"),)))
