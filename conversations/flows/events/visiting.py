"""Study visits: people say when they can receive one or would like to make one; two who fit are told of each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.events.words import COUNTRIES
from conversations.flows.shared.step import Step, being_written
from conversations.flows.shared.typed import meant
from conversations.forms.kinds.base import Asked, Gathering, NotUnderstood, Understood
from conversations.forms.kinds.choosing import OneOf, SomeOf
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, PartialDate, Place, Words, _, labelled
from conversations.model.events.visits import MONTHS_AHEAD, VisitRole, VisitWish
from conversations.model.outcomes import VisitWished, VisitWishEnded
from conversations.reading.dates.words import month_words
from conversations.reading.text import words_of
from conversations.vocabulary import vocabulary
from conversations.vocabulary.choices import label_of

THEMES = SomeOf(vocabulary.THEMES, most=6, least=0, words="themes")
TO_COUNTRY = OneOf(COUNTRIES)

ROLE_WORDS: Mapping[VisitRole, Words] = {
    "host": _("You can receive a visit."),
    "guest": _("You would like to make a visit."),
}


def opened(at: Position | None, _event: Pressed, context: Context) -> Step:
    """Shows the person's wishes, and the ways to change them; one who is writing something goes on writing."""
    return Step(at, screen=_start(context)) if being_written(at) else Step(START)


START = InFlow("visiting", "start", {"this": "start"})


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person at their wishes for study visits."""
    if isinstance(event, Pressed) and event.action == "back":
        return Step(START)
    return _VIEWS.get(at.view, _at_start)(at, event, context)


def _at_start(at: InFlow, event: Event, context: Context) -> Step:
    if isinstance(event, Wrote):
        button = meant(event.text, shown(at, context), context)
        event = Pressed(button.action, button.argument) if button else event
    match event:
        case Pressed("visit", ("host" | "guest") as role):
            if context.find.partners.side(context.person.id) is None:
                return Step(at, (note(UNKNOWN),))
            return Step(InFlow("visiting", "months", {"this": f"{role} months", "role": role, "months": []}))
        case Pressed("visit_end", ("host" | "guest") as role):
            return Step(at, (note(_("Done. Nobody new will be suggested to you for that.")),), (VisitWishEnded(role),))
        case _:
            return Step(at, (note(_("Tap one of the buttons.")),))


UNKNOWN = _("First report an initiative: others see your library with the visit, and know it by a published report.")


def _months(at: InFlow, event: Event, context: Context) -> Step:
    chosen, there = list(at.held["months"]), months_ahead(context.today)
    match event:
        case Pressed("on", month) if month in there:
            return Step(_with(at, months=[each for each in there if each in chosen or each == month]))
        case Pressed("off", month):
            return Step(_with(at, months=[each for each in chosen if each != month]))
        case Pressed("done"):
            return Step(_to(at, "themes"))
        case Wrote(text) if found := _named_months(text, there, context):
            return Step(_with(at, months=[each for each in there if each in chosen or each in found]))
        case _:
            return Step(at, (note(_("Tap the months, or type them: March, April.")),))


def _named_months(text: str, there: Sequence[str], context: Context) -> list[str]:
    """Returns the months that a text names: each the next one with that name."""
    names = month_words(context.person.language)
    numbers = {names[word] for word in words_of(text) if word in names}
    return [month for month in there if int(month[-2:]) in numbers]


def months_ahead(today: date) -> tuple[str, ...]:
    """Returns this month and those after it that can be chosen."""
    numbers = (today.year * 12 + today.month - 1 + ahead for ahead in range(MONTHS_AHEAD))
    return tuple(f"{number // 12}-{number % 12 + 1:02}" for number in numbers)


def _themes(at: InFlow, event: Event, context: Context) -> Step:
    if not isinstance(event, Pressed | Wrote):
        return Step(at, (note(_("Tap one of the buttons.")),))
    match THEMES.read(event, at.held.get("gathered"), Asked(context, {})):
        case Understood(themes):
            there = replace(at, held={**at.held, "themes": themes, "gathered": None})
            return Step(_to(there, "countries")) if at.held["role"] == "guest" else _kept(there, [], context)
        case Gathering(gathered, why):
            return Step(_with(at, gathered=gathered), (note(why),) if why else ())
        case NotUnderstood(why, gathered):
            return Step(_with(at, gathered=gathered or at.held.get("gathered")), (note(why),))


def _countries(at: InFlow, event: Event, context: Context) -> Step:
    if not isinstance(event, Pressed | Wrote):
        return Step(at, (note(_("Tap one of the buttons.")),))
    match TO_COUNTRY.read(event, at.held.get("gathered"), Asked(context, {})):
        case Understood(country):
            return _kept(at, [] if country == "all" else [country], context)
        case Gathering(gathered):
            return Step(_with(at, gathered=gathered))
        case NotUnderstood(why, gathered):
            return Step(_with(at, gathered=gathered), (note(why),))


def _kept(at: InFlow, countries: Sequence[str], context: Context) -> Step:
    """Stores the wish."""
    side, library = context.find.partners.side(context.person.id), context.person.library or {}
    if side is None:
        return Step(START, (note(UNKNOWN),))
    wish = VisitWish(
        context.person.id,
        at.held["role"],
        str(library.get("key") or side.name),
        context.find.subscriptions.home()[:2],
        tuple(at.held["months"]),
        tuple(at.held["themes"]),
        tuple(countries),
    )
    done = (
        note(_("Saved. When somebody fits, you are both told here, and are put in touch when you both say yes.")),
        *(
            ()
            if context.person.proposals
            else (note(_("You have turned suggestions off: turn them on in /settings.")),)
        ),
    )
    return Step(START, done, (VisitWished(wish),))


def _with(at: InFlow, **held: Any) -> InFlow:
    return replace(at, held={**at.held, **held})


def _to(at: InFlow, view: str) -> InFlow:
    return replace(at, view=view, held={**at.held, "this": f"{at.held['role']} {view}"})


_VIEWS: Mapping[str, Callable[[InFlow, Event, Context], Step]] = {
    "months": _months,
    "themes": _themes,
    "countries": _countries,
}


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen at this view."""
    back = (Button(_("‹ Back"), "back"),)
    gathered = at.held.get("gathered")
    match at.view:
        case "months":
            months = tuple(
                Button(
                    PartialDate(each),
                    "off" if each in at.held["months"] else "on",
                    each,
                    chosen=each in at.held["months"],
                )
                for each in months_ahead(context.today)
            )
            lines = (heading(_("In which months?")), Line(_("None means any month."), Style.HELP))
            return Screen(lines, (*stacked(months, 3), (Button(_("Next"), "done"),), back))
        case "themes":
            asked = Asked(context, {})
            lines = (heading(_("On which themes?")), Line(_("None means all."), Style.HELP))
            return Screen((*lines, *THEMES.lines(gathered, asked)), (*THEMES.rows(gathered, asked), back))
        case "countries":
            rows = TO_COUNTRY.rows(gathered, Asked(context, {}))
            return Screen((heading(_("Where would you like to go?")),), (*rows, back))
        case _:
            return _start(context)


def _start(context: Context) -> Screen:
    wishes = {each.role: each for each in context.find.events.wishes()}
    told = tuple(Line(wish_words(each)) for each in wishes.values())
    lines = (
        heading(_("Study visits")),
        *told,
        Line(
            _(
                "Say when you can receive colleagues from another library, or would like to visit one. When two fit, "
                "both are told, and nobody learns more until both have said yes."
            ),
            Style.HELP,
        ),
    )
    receive = (Button(_("We can receive a visit"), "visit", "host"),)
    go = (Button(_("We would like to visit"), "visit", "guest"),)
    ends = tuple((Button(END_LABELS[role], "visit_end", role),) for role in wishes)
    return Screen(lines, (receive, go, *ends, (Button(_("‹ All events"), "events", "0"),)))


END_LABELS: Mapping[VisitRole, Words] = {
    "host": labelled("visit", "Receive no more visits"),
    "guest": labelled("visit", "Make no more visits"),
}


def wish_words(wish: VisitWish) -> Words:
    """Returns a wish in words."""
    return _("{role} {details}", role=ROLE_WORDS[wish.role], details=details(wish.months, wish.themes, wish.countries))


def details(months: Sequence[str], themes: Sequence[str], countries: Sequence[str] = ()) -> Words:
    """Returns when, on what and where."""
    when: Place = Listed(tuple(map(PartialDate, months))) if months else labelled("visit", "any month")
    what: Place = (
        Listed(tuple(label_of(vocabulary.THEMES, theme) for theme in themes))
        if themes
        else labelled("visit", "any theme")
    )
    if countries:
        where = Listed(tuple(label_of(COUNTRIES, country) for country in countries))
        return _("When: {when}. Themes: {themes}. Country: {country}", when=when, themes=what, country=where)
    return _("When: {when}. Themes: {themes}", when=when, themes=what)
