"""Adding an initiative to a collection with one tap, from its card or from results of a search."""

from collections.abc import Sequence

from conversations.context.context import Context
from conversations.context.session import Notice, Position
from conversations.flows.shared.refusal import NOT_ALLOWED
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Shortened, Words, _
from conversations.model.collections.collection import MOST, InitiativeCollection
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import CollectionChanged
from conversations.model.people.permissions import can

_LABEL = 28
"""Characters of a name that fit on a button beside a sign."""

_OFFERED = 6
"""Collections to choose from, those that were changed last."""


def current(context: Context) -> InitiativeCollection | None:
    """Returns the collection that this coordinator works on: the last changed of theirs that is not withdrawn."""
    if not can(context.person, "make collections"):
        return None
    return next(iter(_open(context)), None)


def buttons(initiative: Initiative, context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns a coordinator's buttons on a card: into the collection they work on, or into another one."""
    if not can(context.person, "make collections") or initiative.sharing == "coordinators":
        return ()
    here, other = current(context), Button(_("Add to a collection"), "collect", initiative.id)
    if here is None or initiative.id in here.reports:
        return ((other,),)
    add = Button(_("+ {title}", title=Shortened(here.title, _LABEL)), "collect", f"{initiative.id}.{here.slug}")
    return ((add,), (other,)) if len(_open(context)) > 1 else ((add,),)


def beside_results(
    numbered: Sequence[tuple[int, Initiative]], context: Context
) -> tuple[tuple[Line, ...], tuple[tuple[Button, ...], ...]]:
    """Returns a button for each of these results that adds it to the collection the coordinator works on."""
    here = current(context)
    if here is None:
        return (), ()
    adds = tuple(
        Button(_("+ {n}", n=number), "collect", f"{each.id}.{here.slug}")
        for number, each in numbered
        if each.sharing != "coordinators" and each.id not in here.reports
    )
    if not adds:
        return (), ()
    return (Line(_("+ adds one to the collection: {title}", title=here.title), Style.HELP),), (adds,)


def pressed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Adds the initiative, `<report>.<slug>`; without a slug, asks for the collection."""
    if not can(context.person, "make collections"):
        return Step(at, toast=NOT_ALLOWED, screen=Screen((note(NOT_ALLOWED),)))
    report, _dot, slug = event.argument.partition(".")
    initiative = context.find.initiatives.initiative(report)
    if initiative is None or initiative.sharing == "coordinators":
        told = _("Only initiatives that others may see can be in a collection.")
        return Step(at, toast=told, screen=Screen((note(told),)))
    if not slug:
        return Step(at, screen=_choices(initiative, context))
    collection = context.find.collections.whole(slug)
    if collection is None:
        return Step(at, screen=_choices(initiative, context))
    if report in collection.reports:
        return _said(at, _("It is in that collection already."))
    if len(collection.reports) >= MOST:
        return _said(at, _("A collection has room for {n} initiatives. Take one out first.", n=MOST))
    added = CollectionChanged(slug, "reports", [*collection.reports, report])
    told = _("Added as number {n}.", n=len(collection.reports) + 1)
    return Step(at, outcomes=(added,), notices=_told(collection, initiative, context), toast=told, silent=True)


def _said(at: Position | None, told: Words) -> Step:
    return Step(at, toast=told, silent=True)


def _choices(initiative: Initiative, context: Context) -> Screen:
    offered = stacked(
        tuple(
            Button(Shortened(each.title, _LABEL), "collect", f"{initiative.id}.{each.slug}")
            for each in _open(context)[:_OFFERED]
            if initiative.id not in each.reports
        )
    )
    new = (Button(_("New collection"), "coll_new", initiative.id),)
    return Screen((heading(_("Into which collection?")), Line(initiative.title)), (*offered, new))


def _open(context: Context) -> list[InitiativeCollection]:
    """The collections that are not withdrawn: this coordinator's own, then those of others, last changed first."""
    those = [each for each in context.find.collections.all() if each.status != "withdrawn"]
    return sorted(those, key=lambda each: each.made_by != context.person.id)


def _told(collection: InitiativeCollection, initiative: Initiative, context: Context) -> tuple[Notice, ...]:
    """Returns the message to everybody who follows a published collection; a later one takes the place of it."""
    if collection.status != "published":
        return ()
    title = (Line(initiative.title),) if initiative.sharing == "public" else ()  # not every follower may see others
    screen = Screen(
        (note(_("New in the collection: {title}", title=collection.title)), *title),
        ((Button(_("Open the collection"), "collection", collection.slug),),),
        revision=0,
    )
    return tuple(
        Notice(each.id, screen, f"collection:{collection.slug}")
        for each in context.find.collections.followers(collection.slug)
        if each.id != context.person.id
    )
