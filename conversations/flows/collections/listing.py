"""/collections: everybody reads published collections, follows them and passes them on."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from conversations.context.context import Context
from conversations.context.links import COLLECTION, REPORT, link
from conversations.context.session import Position
from conversations.flows.collections.words import STATUS, figures, kept
from conversations.flows.shared.step import Step
from conversations.language.events import Pressed
from conversations.language.languages import language_words
from conversations.language.screen import Button, Enclosed, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Place, Shortened, Words, _, counted
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.happenings import beginning
from conversations.model.initiatives import Initiative
from conversations.model.outcomes import CollectionFollowed
from conversations.model.people.permissions import can

SHOWN = 6
"""Collections, or initiatives of one, on one page."""

TITLE = 38
"""Characters of a title that fit on a button beside its number."""

SHARE = "https://t.me/share/url"
"""Telegram's page to choose a chat to share something with."""

GONE = _("That collection is not there any more, or is not published.")

FORMS: Mapping[str, Words] = {
    "html": _("Page to print"),
    "xlsx": _("Table (XLSX)"),
    "csv": _("Table (CSV)"),
}
"""The files of a collection, by the end of their name."""


def command(at: Position | None, _words: str, context: Context) -> Step:
    """Shows the published collections; coordinators see all."""
    return listed(at, Pressed("collections", "0"), context)


def listed(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one page of the list; the person stays where they stand."""
    makes = can(context.person, "make collections")
    those = [each for each in context.find.collections.all() if makes or each.status == "published"]
    new = ((Button(_("New collection"), "coll_new"),),) if makes else ()
    if not those:
        search = ((Button(_("Find initiatives"), "search"),),)
        return Step(at, screen=Screen((heading(_("No collection is published yet.")),), (*new, *search)))
    pages = -(-len(those) // SHOWN)
    page = _page(event.argument) % pages
    lines, buttons = [heading(_("Collections"))], []
    for each in those[page * SHOWN : (page + 1) * SHOWN]:
        number = counted("one initiative", "{n} initiatives", len(each.reports))
        told: Place = number if each.status == "published" else _("{status}, {n}", status=STATUS[each.status], n=number)
        lines.append(Line(_("{title}: {told}", title=each.title, told=told)))
        buttons.append(Button(Shortened(each.title, TITLE), "collection", each.slug))
    more = ((Button(_("More"), "collections", str((page + 1) % pages)),),) if pages > 1 else ()
    return Step(at, screen=Screen(tuple(lines), (*stacked(tuple(buttons)), *more, *new)))


def about(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows one collection, `<slug>` or `<slug>.<page>`, as everybody reads it."""
    slug, _dot, page = event.argument.partition(".")
    found = visible(slug, context)
    if found is None:
        return Step(at, screen=Screen((note(GONE),)))
    return Step(at, screen=_screen(found, _page(page), context))


def visible(slug: str, context: Context) -> InitiativeCollection | None:
    """Returns the collection with this slug if this person may read it."""
    found = context.find.collections.whole(slug)
    if found is None or (found.status != "published" and not can(context.person, "make collections")):
        return None
    return found


def follow(at: Position | None, event: Pressed, context: Context) -> Step:
    """Begins or ends following the collection: its followers are told of what is added to it."""
    found = visible(event.argument, context)
    if found is None:
        return Step(at, screen=Screen((note(GONE),)))
    follows = not context.find.collections.follows(found.slug)
    told = (
        _("You will get a message when an initiative is added to this collection.")
        if follows
        else _("You get no more messages about this collection.")
    )
    return Step(at, outcomes=(CollectionFollowed(found.slug, follows),), screen=Screen((note(told),), _back(found)))


def share(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the link of a collection with a picture of it, and the files that can be handed on."""
    found = visible(event.argument, context)
    if found is None:
        return Step(at, screen=Screen((note(GONE),)))
    there = link(COLLECTION + found.slug, context)
    lines = [Line(found.title, Style.QUESTION), Line(there)]
    if found.status != "published":
        lines.append(Line(_("The link works for everybody once the collection is published."), Style.HELP))
    if hidden := len(found.reports) - len(_public(found, context)):
        lines.append(note(_left_out(hidden)))
    picture = Enclosed("qr", f"{found.slug}.png", _("QR code for the link, to scan with a phone."), there)
    files = tuple(Button(label, "coll_file", f"{found.slug}.{form}") for form, label in FORMS.items())
    to = f"{SHARE}?{urlencode({'url': there, 'text': ''})}"
    passed = ((Button(_("Share"), "share", link=to),),) if context.bot else ()
    text = (Button(_("As text"), "coll_text", found.slug),)
    rows = (*passed, (*text, files[0]), files[1:], *_back(found))
    return Step(at, screen=Screen(tuple(lines), rows, enclosed=picture if context.bot else None))


def as_text(at: Position | None, event: Pressed, context: Context) -> Step:
    """Shows the collection as a text to copy: the name, the introduction, and each initiative with its link."""
    found = visible(event.argument, context)
    if found is None:
        return Step(at, screen=Screen((note(GONE),)))
    those = _public(found, context)
    lines = [heading(kept(found.title))]
    if found.introduction:
        lines.append(Line(found.introduction))
    for number, each in enumerate(those, 1):
        entry = _("{n}. {title}. {line}", n=number, title=_named(each), line=beginning(each.summary))
        lines.append(Line(entry))
        if context.bot:
            lines.append(Line(link(REPORT + each.id, context)))
    lines.append(Line(link(COLLECTION + found.slug, context), Style.HELP))
    return Step(at, screen=Screen(tuple(lines), _back(found), numbered=True))


def as_file(at: Position | None, event: Pressed, context: Context) -> Step:
    """Sends a file of the collection, `<slug>.<form>`: only what is for anyone is in it."""
    slug, _dot, form = event.argument.partition(".")
    found = visible(slug, context)
    if found is None or form not in FORMS:
        return Step(at, screen=Screen((note(GONE),)))
    words = _("Collection: {title}", title=found.title)
    file = Enclosed("collection", f"{found.slug}.{form}", words, f"{found.slug}.{form}.{context.person.language}")
    told = Line(_("Files have only initiatives that anyone may see."), Style.HELP)
    return Step(at, screen=Screen((note(words), told), _back(found), enclosed=file))


def _screen(collection: InitiativeCollection, page: int, context: Context) -> Screen:
    those = context.find.initiatives.these(collection.reports)
    makes = can(context.person, "make collections")
    pages = max(1, -(-len(those) // SHOWN))
    page %= pages
    numbered = list(enumerate(those, 1))[page * SHOWN : (page + 1) * SHOWN]
    lines = [heading(kept(collection.title))]
    if collection.status != "published":
        lines.append(note(STATUS[collection.status]))
    if collection.introduction and not page:
        lines.append(Line(collection.introduction))
    lines.extend(Line(each, Style.HELP) for each in figures(those))
    lines.extend(_entry(number, each, context) for number, each in numbered)
    if hidden := len(collection.reports) - len(those):
        lines.append(Line(_left_out(hidden), Style.HELP))
    titles = stacked(
        tuple(
            Button(_("{n}. {title}", n=number, title=Shortened(each.title, TITLE)), "initiative", each.id)
            for number, each in numbered
        )
    )
    following = f"{collection.slug}.{(page + 1) % pages}"
    more = ((Button(_("More ›"), "collection", following),),) if pages > 1 else ()
    follows = context.find.collections.follows(collection.slug)
    ways = (
        Button(_("Unfollow") if follows else _("Follow"), "coll_follow", collection.slug),
        Button(_("Share and files"), "coll_share", collection.slug),
    )
    edit = ((Button(_("Edit collection"), "coll_edit", collection.slug),),) if makes else ()
    return Screen(tuple(lines), (*titles, *more, ways, *edit, (Button(_("All collections"), "collections", "0"),)))


def _entry(number: int, each: Initiative, context: Context) -> Line:
    named = _named(each)
    if each.language != context.person.language:
        named = _("{title} ({language})", title=named, language=language_words(each.language))
    return Line(_("{n}. {title}", n=number, title=named))


def _named(each: Initiative) -> Place:
    where = each.library or each.place
    return _("{title} – {library}", title=each.title, library=where) if where else each.title


def _public(collection: InitiativeCollection, context: Context) -> Sequence[Initiative]:
    return [each for each in context.find.initiatives.these(collection.reports) if each.sharing == "public"]


def _left_out(number: int) -> Words:
    return counted(
        "One more is for libraries and registered partners.",
        "{n} more are for libraries and registered partners.",
        number,
    )


def _back(collection: InitiativeCollection) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("‹ Back"), "collection", collection.slug),),)


def _page(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 5 else 0
