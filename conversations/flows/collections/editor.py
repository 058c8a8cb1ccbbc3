"""How a coordinator makes a collection: its name and introduction in each language, its order, publishing it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import chain

from conversations.context.context import Context
from conversations.context.session import InFlow, Position
from conversations.flows.collections.listing import GONE, SHOWN, TITLE
from conversations.flows.collections.words import STATUS, kept
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.flows.shared.typed import same
from conversations.language.events import Event, Pressed, Wrote
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Shortened, Words, _, counted
from conversations.model.collections.collection import LONGEST_SLUG, InitiativeCollection, moved
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import CollectionChanged, CollectionStarted
from conversations.model.people.permissions import can
from conversations.reading.text import clean_line, fold

MOST: Mapping[str, int] = {"titles": 80, "introductions": 1_000}
"""Most characters of a name and of an introduction."""

PROMPTS: Mapping[str, Words] = {
    "titles": _("What is the collection called?"),
    "introductions": _("Introduce the collection: what it shows, for whom, and why these."),
}

SHEET_HELP = _("Add initiatives from their cards or from a search: /search")
_FROM_TO = re.compile(r"\D*(\d{1,2})\D+(\d{1,2})\D*")
_NUMBER = re.compile(r"\D*(\d{1,2})\D*")


def new(at: Position | None, event: Pressed, context: Context) -> Step:
    """Asks for the name of a new collection; the initiative that the button names will be its first."""
    if not can(context.person, "make collections"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    return Step(InFlow("collecting", "title", {"this": "new", "report": event.argument}))


def edit(at: Position | None, event: Pressed, context: Context) -> Step:
    """Opens the sheet of a collection."""
    if not can(context.person, "make collections"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    if context.find.collections.whole(event.argument) is None:
        return Step(at, screen=Screen((note(GONE),)))
    return Step(_sheet_of(event.argument))


def take(at: InFlow, event: Event, context: Context) -> Step:
    """Returns what happens when `event` reaches a person who makes a collection."""
    if not can(context.person, "make collections"):
        return Step(None, (note(NOT_ALLOWED),))
    if at.view == "title":
        return _named(at, event, context)
    collection = context.find.collections.whole(str(at.held["slug"]))
    if collection is None:
        return Step(None, (note(GONE),))
    if isinstance(event, Wrote) and (button := same(event.text, list(chain(*shown(at, context).rows)), context)):
        event = Pressed(button.action, button.argument, message=event.message)
    if isinstance(event, Pressed) and event.action == "back":
        return Step(_sheet_of(collection.slug))
    return _VIEWS.get(at.view, _on_sheet)(at, event, collection, context)


def shown(at: InFlow, context: Context) -> Screen:
    """Returns the screen at this position."""
    if at.view == "title":
        return Screen((heading(PROMPTS["titles"]), Line(_("You can add the other languages afterwards."), Style.HELP)))
    collection = context.find.collections.whole(str(at.held["slug"]))
    if collection is None:
        return Screen((note(GONE),))
    match at.view:
        case "texts":
            return _texts(at, collection)
        case "order":
            return _order(at, collection, context)
        case _:
            return _sheet(collection)


def _named(at: InFlow, event: Event, context: Context) -> Step:
    if not isinstance(event, Wrote):
        return Step(at, (note(PROMPTS["titles"]),))
    title = clean_line(event.text)
    if why := _refused(title, "titles"):
        return Step(at, (note(why),))
    slug = _slug_of(title, context)
    first = context.find.initiatives.initiative(str(at.held.get("report") or ""))
    added = (CollectionChanged(slug, "reports", [first.id]),) if first else ()
    held = {"this": f"{slug} introductions", "slug": slug, "key": "introductions", "language": context.person.language}
    outcomes = (CollectionStarted(slug, context.person.language, title), *added)
    return Step(InFlow("collecting", "texts", held), outcomes=outcomes)


def _slug_of(title: str, context: Context) -> str:
    """Returns an unused slug for a collection with this name; its link contains it."""
    whole = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-") or "collection"
    room = LONGEST_SLUG - 3
    slug = whole if len(whole) <= room else whole[:room].rsplit("-", 1)[0].strip("-")
    free, number = slug, 2
    while context.find.collections.whole(free) is not None:
        free, number = f"{slug}-{number}", number + 1
    return free


def _on_sheet(at: InFlow, event: Event, collection: InitiativeCollection, context: Context) -> Step:
    match event:
        case Pressed("edit", key) if key in MOST:
            held = {"this": f"{collection.slug} {key}", "slug": collection.slug, "key": key}
            return Step(InFlow("collecting", "texts", {**held, "language": context.person.language}))
        case Pressed("order"):
            return Step(_ordering(collection))
        case Pressed("status", "published"):
            return _published(at, collection)
        case Pressed("status", "withdrawn") if collection.status == "published":
            told = note(_("Withdrawn. Its link shows nothing any more."))
            return Step(at, (told,), (CollectionChanged(collection.slug, "status", "withdrawn"),))
        case _:
            return Step(at, (note(SHEET_HELP),))


def _published(at: InFlow, collection: InitiativeCollection) -> Step:
    if not collection.introductions:
        return Step(at, (note(_("Write an introduction first, in one language at least.")),))
    if not collection.reports:
        return Step(at, (note(_("There is nothing in it yet. Add an initiative first.")), note(SHEET_HELP)))
    told = note(_("Published. Everybody can read it: /collections"))
    return Step(at, (told,), (CollectionChanged(collection.slug, "status", "published"),))


def _writing(at: InFlow, event: Event, collection: InitiativeCollection, _context: Context) -> Step:
    key, language = str(at.held["key"]), str(at.held["language"])
    match event:
        case Pressed("write", chosen) if chosen in LANGUAGES:
            return Step(replace(at, held={**at.held, "language": chosen}))
        case Wrote(text):
            written = clean_line(text) if key == "titles" else text.strip()
            if why := _refused(written, key):
                return Step(at, (note(why),))
            value = {**_texts_in(collection, key), language: written}
            saved = note(_("Saved: {language}", language=NAMES[language]))
            missing = [each for each in LANGUAGES if not value.get(each)]
            following = replace(at, held={**at.held, "language": missing[0]}) if missing else _sheet_of(collection.slug)
            return Step(following, (saved,), (CollectionChanged(collection.slug, key, value),))
        case _:
            return Step(at, (note(_("Type the text, or tap another language.")),))


def _sorting(at: InFlow, event: Event, collection: InitiativeCollection, context: Context) -> Step:
    those = [each.id for each in context.find.initiatives.these(collection.reports)]
    picked = str(at.held.get("picked") or "")
    match event:
        case Pressed("pick", report) if report in those:
            return Step(replace(at, held={**at.held, "picked": report}))
        case Pressed("pages", page) if page.isdecimal():
            return Step(replace(at, held={**at.held, "page": int(page)}))
        case Pressed("move", by) if picked in those and by in ("-1", "1"):
            return _moved(at, collection, those, picked, int(by))
        case Pressed("take_out") if picked in those:
            rest = [each for each in collection.reports if each != picked]
            there = replace(at, held={**at.held, "picked": ""})
            return Step(there, (note(_("Taken out.")),), (CollectionChanged(collection.slug, "reports", rest),))
        case Wrote(text) if places := _FROM_TO.fullmatch(text):
            old, new_place = int(places[1]), int(places[2])
            if not (0 < old <= len(those) and 0 < new_place <= len(those)):
                return Step(at, (note(_WRITE),))
            return _moved(at, collection, those, those[old - 1], new_place - old)
        case Wrote(text) if (number := _NUMBER.fullmatch(text)) and 0 < int(number[1]) <= len(those):
            return Step(replace(at, held={**at.held, "picked": those[int(number[1]) - 1]}))
        case _:
            return Step(at, (note(_WRITE),))


_WRITE = _("Tap one, or write for example “3” to choose it or “3 to 1” to move it.")


def _moved(at: InFlow, collection: InitiativeCollection, those: list[str], report: str, by: int) -> Step:
    # The ones that cannot be shown now keep their places at the end, and come back there.
    hidden = [each for each in collection.reports if each not in those]
    order = [*moved(those, report, by), *hidden]
    there = replace(at, held={**at.held, "picked": report, "page": order.index(report) // SHOWN})
    return Step(there, outcomes=(CollectionChanged(collection.slug, "reports", order),))


_VIEWS: Mapping[str, Callable[[InFlow, Event, InitiativeCollection, Context], Step]] = {
    "texts": _writing,
    "order": _sorting,
}


def _sheet_of(slug: str) -> InFlow:
    return InFlow("collecting", "sheet", {"this": slug, "slug": slug})


def _ordering(collection: InitiativeCollection) -> InFlow:
    held = {"this": f"{collection.slug} order", "slug": collection.slug, "picked": "", "page": 0}
    return InFlow("collecting", "order", held)


def _refused(text: str, key: str) -> Words | None:
    """Returns why a text cannot be taken, or None if it can."""
    if len(text) < 3:
        return _("That is too short. Write a little more.")
    if len(text) > MOST[key]:
        return _(
            "That is too long: {length} characters, and there is room for {most}.", length=len(text), most=MOST[key]
        )
    return None


def _texts_in(collection: InitiativeCollection, key: str) -> dict[str, str]:
    return dict(collection.titles if key == "titles" else collection.introductions)


def _sheet(collection: InitiativeCollection) -> Screen:
    number = len(collection.reports)
    lines = (
        heading(kept(collection.title)),
        note(STATUS[collection.status]),
        Line(counted("One initiative", "{n} initiatives", number)),
        Line(_("Name: {languages}", languages=_written(collection.titles))),
        Line(_("Introduction: {languages}", languages=_written(collection.introductions))),
        Line(SHEET_HELP, Style.HELP),
    )
    status = (
        Button(_("Withdraw the collection"), "status", "withdrawn")
        if collection.status == "published"
        else Button(_("Publish the collection"), "status", "published")
    )
    texts = (Button(_("Name"), "edit", "titles"), Button(_("Introduction"), "edit", "introductions"))
    order = (Button(_("Order and taking out"), "order"),) if number else ()
    read = (Button(_("As readers see it"), "collection", collection.slug),)
    return Screen(lines, (texts, *((order,) if order else ()), (status,), read))


def _written(texts: Mapping[str, str]) -> Listed | Words:
    names = tuple(NAMES[language] for language in LANGUAGES if texts.get(language))
    return Listed(names) if names else _("still missing")


def _texts(at: InFlow, collection: InitiativeCollection) -> Screen:
    key, now = str(at.held["key"]), str(at.held["language"])
    written = _texts_in(collection, key)
    lines = [heading(PROMPTS[key])]
    for language in LANGUAGES:
        text = Shortened(written[language], 300) if written.get(language) else _("still missing")
        lines.append(Line(_("{language}: {text}", language=NAMES[language], text=text)))
    lines.append(Line(_("Type the text. Language: {language}", language=NAMES[now]), Style.HELP))
    languages = tuple(Button(NAMES[each], "write", each, chosen=each == now) for each in LANGUAGES)
    return Screen(tuple(lines), (languages, (Button(_("‹ Back"), "back"),)))


def _order(at: InFlow, collection: InitiativeCollection, context: Context) -> Screen:
    those = list(enumerate(context.find.initiatives.these(collection.reports), 1))
    picked = str(at.held.get("picked") or "")
    pages = max(1, -(-len(those) // SHOWN))
    page = int(at.held.get("page") or 0) % pages
    here = those[page * SHOWN : (page + 1) * SHOWN]
    lines = (heading(_("Which one?")), Line(_WRITE, Style.HELP))
    rows = stacked(tuple(_pick(number, each, picked) for number, each in here))
    ways = (
        (
            Button(_("↑ Up"), "move", "-1"),
            Button(_("↓ Down"), "move", "1"),
            Button(_("Take out"), "take_out"),
        )
        if any(each.id == picked for _number, each in those)
        else ()
    )
    more = ((Button(_("More"), "pages", str((page + 1) % pages)),),) if pages > 1 else ()
    return Screen(lines, (*rows, *((ways,) if ways else ()), *more, (Button(_("‹ Back"), "back"),)))


def _pick(number: int, each: Initiative, picked: str) -> Button:
    title = _("{n}. {title}", n=number, title=Shortened(each.title, TITLE))
    return Button(title, "pick", each.id, chosen=each.id == picked)
