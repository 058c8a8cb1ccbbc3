"""/evidence: what is known about a theme, group, country, call or words, ready to quote; one initiative on a page."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.calls.listing import GONE
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import GRADE_NAMES, GROUPS, THEMES
from conversations.flows.digests.proof import lines, measured
from conversations.flows.digests.topic import Topic, subject
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.languages import LANGUAGES, NAMES
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Place, Words, _, quoted
from conversations.model.digests.looking import Known
from conversations.model.people.permissions import can
from conversations.reading.queries.reading import read_query
from conversations.reading.text import clean_line, fold
from conversations.vocabulary.grades import GRADES

SHEETS = 6
LONGEST = 100
"""Most characters of the words to search for."""

_NAMES = {
    "theme": ("theme", "tema", "emne", "področje"),
    "group": ("group", "gruppe", "målgruppe", "skupina"),
    "country": ("country", "land", "država"),
    "call": ("call", "opfordring", "poziv"),
    "grade": ("grade", "evidens", "stopnja"),
}
_ANY_NAME = "|".join(name for names in _NAMES.values() for name in names)
_WISH = re.compile(rf"\b({_ANY_NAME})\s*[:=]\s*(.*?)(?=\s+(?:{_ANY_NAME})\s*[:=]|$)", re.IGNORECASE)


def command(at: Position | None, words: str, context: Context) -> Step:
    """Shows what is known about `theme:… group:… country:… call:… grade:…`, one of their names, words or all."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    wished: dict[str, str] = {}
    for name, typed in _WISH.findall(words):
        which = next(each for each, names in _NAMES.items() if name.casefold() in names)
        key = _key(typed, which, context)
        if key is None:
            why = _("I do not know “{typed}”. Tap one instead.", typed=typed[:60])
            return Step(at, screen=_choosing(why, which, context))
        wished[which] = key
    rest = clean_line(_WISH.sub(" ", words))[:LONGEST]
    if rest and "call" not in wished and (call := _key(rest, "call", context)):
        wished["call"], rest = call, ""
    topic, literal = _read(rest, wished, context), Topic(**wished, words=rest)
    return _told(at, topic if measured(_known(topic, context)) else literal, context)


def _read(words: str, wished: Mapping[str, str], context: Context) -> Topic:
    """Returns the topic that `words` mean, beside what was `wished` for by name."""
    query = read_query(words, context.person.language, context.today, context.registers)
    if not (query.themes or query.groups or query.places):
        return Topic(**wished, words=words)
    place = query.places[0] if query.places and not wished.get("country") else ""
    meant = {
        "theme": query.themes[0] if query.themes else "",
        "group": query.groups[0] if query.groups else "",
        "country": place[:2],
    }
    is_country = place == place[:2]
    return Topic(
        **{**meant, **wished},
        words=" ".join(query.words),
        place="" if is_country else place,
        place_name="" if is_country else place.partition(":")[2] or context.registers.municipality_name(place),
    )


def shown(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows what is known about what the button names (see `_argument`), or the choices: `themes`, `calls`, …"""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    if event.argument in CHOOSING:
        return Step(at, screen=_choosing(_("What should it be about?"), CHOOSING[event.argument], context))
    return _told(at, _named(event.argument, context) or Topic(), context)


def as_file(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends the same as a page for printing."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    topic = _named(event.argument, context)
    if topic is None:
        return Step(at, toast=GONE, silent=True)
    about = _about(topic, context)
    return Step(at, screen=Screen((note(about),), enclosed=_file(topic, context)))


CHOOSING = {"themes": "theme", "groups": "group", "countries": "country", "calls": "call", "grades": "grade"}


def _argument(topic: Topic) -> str | None:
    """Returns the topic as the argument of a button; None if it does not fit."""
    match topic:
        case Topic(words="", call="", country="", place="", grade=""):
            return f"{topic.theme}.{topic.group}"
        case Topic("", "", "", words="", place="", grade="") if topic.call:
            return f"@{topic.call}"
        case Topic("", "", words="", call="", place="", grade="") if topic.country:
            return f"#{topic.country}"
        case Topic("", "", "", "", words="", place=""):
            return f"+{topic.grade}"
        case _:
            return None


def _named(argument: str, context: Context) -> Topic | None:
    kind, name = argument[:1], argument[1:]
    if kind == "@":
        return Topic(call=name) if context.find.calls.whole(name) else None
    if kind == "#":
        return Topic(country=name) if name in COUNTRY_NAMES else None
    if kind == "+":
        return Topic(grade=name) if name in GRADES else None
    theme, _dot, group = argument.partition(".")
    return Topic(theme, group) if theme in {"", *THEMES} and group in {"", *GROUPS} else None


def sheet(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends one initiative on one page, `<id>.<language>`; without a language, asks for it."""
    if not can(context.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    report, _dot, language = event.argument.partition(".")
    found = context.find.digests.summary(report)
    if found is None:
        return Step(at, toast=_("That report is no longer available."), silent=True)
    if found.sharing not in ("public", "network"):
        return Step(at, toast=_("Its library shows that report to coordinators only."), silent=True)
    if language not in LANGUAGES:
        choices = tuple(Button(NAMES[each], "sheet", f"{report}.{each}") for each in LANGUAGES)
        return Step(at, screen=Screen((heading(_("In which language?")),), (choices,)))
    file = Enclosed("sheet", f"meldind-{report}.html", _title(found.title), f"{report}.{language}")
    return Step(at, screen=Screen((note(_title(found.title)),), enclosed=file))


def _told(at: Position | None, topic: Topic, context: Context) -> Step:
    known = _known(topic, context)
    sure = measured(known)
    sheets = tuple(Button(_title(each.summary.title), "sheet", each.summary.id) for each in sure[:SHEETS])
    choose = (
        (Button(_("By theme"), "evidence", "themes"), Button(_("By target group"), "evidence", "groups")),
        (Button(_("By country"), "evidence", "countries"), Button(_("By call"), "evidence", "calls")),
        (Button(_("By how it is known"), "evidence", "grades"),),
    )
    argument = _argument(topic)
    printed = ((Button(_("Printable page"), "evidence_file", argument),),) if sure and argument is not None else ()
    tip = (Line(_("Tap a name to get that initiative on one page."), Style.HELP),) if sheets else ()
    lines_ = (*lines(known, _about(topic, context)), *tip)
    # A button cannot hold words or several filters, so the printable page is sent at once.
    enclosed = _file(topic, context) if sure and argument is None else None
    return Step(at, screen=Screen(lines_, (*printed, *stacked(sheets), *choose), numbered=True, enclosed=enclosed))


def _known(topic: Topic, context: Context) -> list[Known]:
    return topic.of(context.find.digests.known(topic.theme, topic.group), context.registers.spellings)


def _about(topic: Topic, context: Context) -> Words:
    return subject(topic, context.find.calls.whole(topic.call) if topic.call else None)


def _file(topic: Topic, context: Context) -> Enclosed:
    data = json.dumps({**asdict(topic), "in": context.person.language}, ensure_ascii=False)
    return Enclosed("evidence", "meldind-evidence.html", _about(topic, context), data)


def _choosing(why: Words, which: str, context: Context) -> Screen:
    argument = {"theme": "{}.", "group": ".{}", "country": "#{}", "call": "@{}", "grade": "+{}"}[which]
    buttons = tuple(
        Button(label, "evidence", argument.format(key))
        for key, label, _spelled in _choices(which, context)[:MOST_CHOICES]
    )
    return Screen((heading(why),), stacked(buttons, 1 if which in ("call", "grade") else 2))


MOST_CHOICES = 40


def _choices(which: str, context: Context) -> list[tuple[str, Place, Sequence[str]]]:
    """Returns the choices of one kind: the key, the label and the spellings of each."""
    if which == "call":
        calls = [call for call in context.find.calls.all() if call.status != "draft"]
        return [(call.slug, call.title, (call.slug, *call.titles.values())) for call in calls]
    labels: Mapping[str, Place] = {
        "theme": THEMES,
        "group": GROUPS,
        "country": COUNTRY_NAMES,
        "grade": GRADE_NAMES,
    }[which]
    return [
        (
            key,
            label,
            (key, key.replace("_", " "), *(context.registers.spellings(label) if isinstance(label, Words) else ())),
        )
        for key, label in labels.items()
    ]


def _key(typed: str, which: str, context: Context) -> str | None:
    """Returns the key that the person typed, or the key whose label they typed in any language."""
    wanted = fold(typed)
    return next((key for key, _label, spelled in _choices(which, context) if wanted in map(fold, spelled)), None)


def _title(title: str) -> Words:
    return _("Initiative: {title}", title=quoted(title))
