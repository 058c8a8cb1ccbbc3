"""On the card of an initiative: what inspired it, and what it has inspired."""

from collections.abc import Sequence

from conversations.context.context import Context
from conversations.context.session import Position
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Place, Shortened, _, counted, own, quoted
from conversations.model.initiatives import Initiative, Lineage

SHOWN = 6
"""Initiatives on one page of a list."""

_LABEL = 40
"""Characters of a title on a button."""


def lines(lineage: Lineage) -> tuple[Line, ...]:
    """Returns what a card says of these; nothing of an initiative that stands alone."""
    by = tuple(Line(_("Inspired by: {title}", title=_named(each))) for each in lineage.inspired_by)
    number = len(lineage.inspired)
    told = counted("It has inspired one other initiative.", "It has inspired {n} other initiatives.", number)
    return (*by, *((Line(told),) if number else ()))


def buttons(initiative: Initiative, lineage: Lineage) -> tuple[tuple[Button, ...], ...]:
    """Returns the buttons to these: to the card of one, to a list of several."""
    by = _to(_("What inspired it"), lineage.inspired_by, f"{initiative.id}.by")
    of = _to(_("What it inspired"), lineage.inspired, f"{initiative.id}.of")
    return ((*by, *of),) if by or of else ()


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the list that the button names: `<report>.<by or of>.<page>`."""
    this, _dot, rest = event.argument.partition(".")
    which, _dot, page = rest.partition(".")
    found = context.find.initiatives.initiative(this)
    lineage = context.find.initiatives.lineage(this)
    those = lineage.inspired_by if which == "by" else lineage.inspired
    if found is None or not those:
        return Step(at, screen=Screen((note(_("There is nothing to show any more.")),)))
    return Step(at, screen=_list(found, those, which, int(page) if page.isdecimal() and len(page) < 4 else 0))


def _list(initiative: Initiative, those: Sequence[Initiative], which: str, page: int) -> Screen:
    pages = -(-len(those) // SHOWN)
    page %= pages
    here = those[page * SHOWN : (page + 1) * SHOWN]
    title = quoted(initiative.title)
    name = _("What inspired {title}", title=title) if which == "by" else _("Inspired by {title}", title=title)
    number = counted("One initiative", "{n} initiatives", len(those))
    cards = stacked(tuple(Button(Shortened(each.title, _LABEL), "initiative", each.id) for each in here))
    following = f"{initiative.id}.{which}.{(page + 1) % pages}"
    more = ((Button(_("More"), "lineage", following),),) if pages > 1 else ()
    back = (Button(_("‹ Back"), "initiative", initiative.id),)
    entries = (Line(_named(each)) for each in here)
    return Screen((heading(name), Line(number, Style.HELP), *entries), (*cards, *more, back))


def _to(label: Place, those: Sequence[Initiative], which: str) -> tuple[Button, ...]:
    if not those:
        return ()
    return (Button(label, "initiative", those[0].id) if len(those) == 1 else Button(label, "lineage", which),)


def _named(initiative: Initiative) -> Place:
    """Returns the title with its library."""
    where = initiative.library or initiative.place
    return _("{title} – {library}", title=initiative.title, library=where) if where else own(initiative.title)
