"""/evidence: what is known of a theme and a target group, as text for a letter, and one initiative on one page."""

import re

from conversations.digests.labels import GROUPS, THEMES
from conversations.digests.proof import lines, measured, subject
from conversations.events import Pressed
from conversations.flows.invite import NOT_ALLOWED
from conversations.flows.step import Step
from conversations.here import Here
from conversations.languages import LANGUAGES, NAMES
from conversations.reading.text import fold
from conversations.rights import can
from conversations.screen import Button, Enclosed, Line, Screen, Style, heading, note, stacked
from conversations.session import Position
from conversations.words import Place, Words, _, quoted

SHEETS = 6
_WISH = re.compile(
    r"(theme|tema|group|gruppe|skupina)\s*[:=]\s*(.*?)(?=\s+(?:theme|tema|group|gruppe|skupina)\s*[:=]|$)"
)
_THEME_WORDS = ("theme", "tema")


def command(at: Position | None, words: str, here: Here) -> Step:
    """What is known of `theme:… group:…`, or of everything."""
    if not can(here.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    wished = {"theme": "", "group": ""}
    for name, typed in _WISH.findall(words.strip()):
        which = "theme" if name in _THEME_WORDS else "group"
        key = _key(typed, THEMES if which == "theme" else GROUPS, here)
        if key is None:
            why = _("I do not know “{typed}”. Tap one instead.", typed=typed[:60])
            return Step(at, screen=_choosing(why, "", here))
        wished[which] = key
    return _told(at, wished["theme"], wished["group"], here)


def shown(at: Position | None, event: Pressed, here: Here) -> Step:
    """What is known of the theme or group that a button names: `<theme>.<group>`, or `themes`, `groups` to choose."""
    if not can(here.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    if event.argument in ("themes", "groups"):
        return Step(at, screen=_choosing(_("Of which?"), event.argument, here))
    theme, _dot, group = event.argument.partition(".")
    return _told(at, theme if theme in THEMES else "", group if group in GROUPS else "", here)


def as_file(at: Position | None, event: Pressed, here: Here) -> Step:
    """The same as a page that prints well."""
    theme, _dot, group = event.argument.partition(".")
    if not can(here.person, "see figures") or theme not in {"", *THEMES} or group not in {"", *GROUPS}:
        return Step(at, toast=NOT_ALLOWED, silent=True)
    data = f"{theme}.{group}.{here.person.language}"
    file = Enclosed("evidence", "meldind-evidence.html", subject(theme, group), data)
    return Step(at, screen=Screen((note(subject(theme, group)),), enclosed=file))


def sheet(at: Position | None, event: Pressed, here: Here) -> Step:
    """One initiative on one page: first in which language, then the page: `<id>` or `<id>.<language>`."""
    if not can(here.person, "see figures"):
        return Step(at, toast=NOT_ALLOWED, silent=True)
    report, _dot, language = event.argument.partition(".")
    found = here.look.digests.glance(report)
    if found is None:
        return Step(at, toast=_("That report is not there any more."), silent=True)
    if found.sharing == "coordinators":
        return Step(at, toast=_("Its library shows that report to coordinators only."), silent=True)
    if language not in LANGUAGES:
        choices = tuple(Button(NAMES[each], "sheet", f"{report}.{each}") for each in LANGUAGES)
        return Step(at, screen=Screen((heading(_("In which language?")),), (choices,)))
    file = Enclosed("sheet", f"meldind-{report}.html", _title(found.title), f"{report}.{language}")
    return Step(at, screen=Screen((note(_title(found.title)),), enclosed=file))


def _told(at: Position | None, theme: str, group: str, here: Here) -> Step:
    known = here.look.digests.known(theme, group)
    sure = measured(known)
    sheets = tuple(Button(_title(each.glance.title), "sheet", each.glance.id) for each in sure[:SHEETS])
    choose = (Button(_("By theme"), "evidence", "themes"), Button(_("By target group"), "evidence", "groups"))
    file = ((Button(_("To print"), "evidence_file", f"{theme}.{group}"),),) if sure else ()
    tip = (Line(_("Tap a name to have that initiative on one page."), Style.HELP),) if sheets else ()
    return Step(
        at, screen=Screen((*lines(known, theme, group), *tip), (*file, *stacked(sheets), choose), numbered=True)
    )


def _choosing(why: Words, which: str, _here: Here) -> Screen:
    groups = tuple(Button(label, "evidence", f".{key}") for key, label in GROUPS.items())
    themes = tuple(Button(label, "evidence", f"{key}.") for key, label in THEMES.items())
    return Screen((heading(why),), stacked(groups if which == "groups" else themes, 2))


def _key(typed: str, labels: dict[str, Place], here: Here) -> str | None:
    """The key that is typed, or whose label is, in any language."""
    wanted = fold(typed)
    for key, label in labels.items():
        spellings = here.look.spellings(label) if isinstance(label, Words) else (str(label),)
        if wanted in {fold(key), fold(key.replace("_", " ")), *(fold(each) for each in spellings)}:
            return key
    return None


def _title(title: str) -> Words:
    return _("Initiative: {title}", title=quoted(title))
