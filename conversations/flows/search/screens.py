"""The screens of the search."""

from collections.abc import Mapping
from typing import Any

from conversations.context.context import Context
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Place, Shortened, Words, _, counted, own
from conversations.model.initiatives import Initiative
from conversations.model.search import FILTERS, MOST, SHOWN, Filter, Found, Option, Wanted, page_of
from conversations.vocabulary.choices import label_of

TITLE = 38
"""Characters of a title that fit on a button beside its number."""

Held = Mapping[str, Any]

SUBSCRIBE = Button(_("Get notifications"), "subscribe_to")

EVERYTHING = Button(_("All initiatives"), "everything")


def wanted_in(held: Held) -> Wanted:
    """Returns the words and filters that the position holds."""
    return Wanted(str(held["words"]), dict(held["filters"]))


def asked(held: Held) -> Screen:
    """Returns the screen that asks for words."""
    lines = (
        heading(_("What are you looking for?")),
        Line(
            _("Write a word or two: a theme, a group of people, a town, a library. Any language will do."), Style.HELP
        ),
    )
    return Screen(lines, ((EVERYTHING,), *_back(held)))


def results(held: Held, context: Context) -> Screen:
    """Returns a page of the results."""
    wanted = wanted_in(held)
    found = context.find.search.find(wanted, int(held["page"]))
    if not found.page:
        return _nothing(wanted, held, context)
    page, pages = page_of(int(held["page"]), found.count), -(-found.count // SHOWN)
    numbered = list(enumerate(found.page, 1))
    tip = _("Tap one to read it, or write other words to look for.")
    lines = (
        heading(_("Search: {words}", words=wanted.words) if wanted.words else _("Published initiatives")),
        *_filters_set(wanted, context),
        note(_count(found)),
        *(_entry(number, each) for number, each in numbered),
        Line(_("Page {page} of {pages}. {tip}", page=page + 1, pages=pages, tip=tip) if pages > 1 else tip, Style.HELP),
    )
    titles = tuple(
        Button(_("{n}. {title}", n=number, title=Shortened(each.title, TITLE)), "initiative", each.id)
        for number, each in numbered
    )
    turn = (
        *((Button(_("‹ Back"), "page", str(page - 1)),) if page else ()),
        *((Button(_("More ›"), "page", str(page + 1)),) if page + 1 < pages else ()),
    )
    narrow = (Button(_("Narrow down"), "narrow"), *((SUBSCRIBE,) if wanted.words or wanted.filters else ()))
    return Screen(lines, (*stacked(titles), *((turn,) if turn else ()), narrow, *_drops(wanted, context), *_back(held)))


def narrowing(held: Held, context: Context) -> Screen:
    """Returns the screen with the filters and which of them are set."""
    wanted = wanted_in(held)
    buttons = tuple(
        Button(_label(each, wanted, context), "by", each.key, chosen=each.key in wanted.filters) for each in FILTERS
    )
    return Screen(
        (heading(_("Narrow down by what?")), *_filters_set(wanted, context)),
        (*stacked(buttons), (Button(_("‹ Results"), "results"),)),
    )


def choices(held: Held, context: Context) -> Screen:
    """Returns the choices of one filter, each with the number of results it leaves."""
    wanted, by = wanted_in(held), str(held["this"])
    filter_ = next(each for each in FILTERS if each.key == by)
    options = context.find.search.options(wanted, by)
    buttons = tuple(
        Button(_option(option), "set", f"{by}={option.key}", chosen=wanted.filters.get(by) == option.key)
        for option in options
    )
    lines = (
        (heading(filter_.label),) if options else (heading(filter_.label), Line(_("There is nothing to choose here.")))
    )
    return Screen(lines, (*stacked(buttons, 2), (Button(_("‹ Back"), "narrow"),)))


def _nothing(wanted: Wanted, held: Held, context: Context) -> Screen:
    """Returns what the person can do if nothing is found."""
    if not wanted.words and not wanted.filters:
        report = (Button(_("Report an initiative"), "report"),)
        return Screen((heading(_("Nothing is published yet.")),), (report, *_back(held)))
    said = (
        heading(_("Nothing is found for: {words}", words=wanted.words))
        if wanted.words
        else heading(_("Nothing is found with these filters."))
    )
    near = tuple(
        Button(own(word), "near", str(number)) for number, word in enumerate(context.find.search.nearest(wanted))
    )
    tip = _("Try one of these, or write other words.") if near else _("Write other words, or fewer of them.")
    lines = (said, *_filters_set(wanted, context), Line(tip, Style.HELP))
    return Screen(lines, (*stacked(near, 2), *_drops(wanted, context), (SUBSCRIBE,), (EVERYTHING,), *_back(held)))


def _count(found: Found) -> Words:
    if found.close:
        return _("Nothing is quite like that; these come nearest.")
    if found.more:
        return _("More than {n} initiatives are found. Another word or a filter makes them fewer.", n=MOST)
    return counted("One initiative is found.", "{n} initiatives are found.", found.count)


def _entry(number: int, each: Initiative) -> Line:
    library = each.library or each.place
    if not library:
        return Line(_("{n}. {title}", n=number, title=each.title))
    return Line(_("{n}. {title} – {library}", n=number, title=each.title, library=library))


def _filters_set(wanted: Wanted, context: Context) -> tuple[Line, ...]:
    return tuple(
        Line(_("{label}: {answer}", label=each.label, answer=_choice(each, wanted.filters[each.key], context)))
        for each in FILTERS
        if each.key in wanted.filters
    )


def _drops(wanted: Wanted, context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns a button for each filter that is set, which removes it."""
    buttons = tuple(
        Button(_("✕ {name}", name=_choice(each, wanted.filters[each.key], context)), "drop", each.key)
        for each in FILTERS
        if each.key in wanted.filters
    )
    return stacked(buttons, 2)


def _label(each: Filter, wanted: Wanted, context: Context) -> Place:
    if each.key not in wanted.filters:
        return each.label
    return _("{label}: {answer}", label=each.label, answer=_choice(each, wanted.filters[each.key], context))


def _choice(each: Filter, choice: str, context: Context) -> Place:
    return label_of(each.choices, choice) if each.choices else context.find.search.place(choice)


def _option(option: Option) -> Place:
    if option.count is None:
        return option.label
    # Translators: a choice, and how many initiatives it leaves.
    return _("{choice} ({n})", choice=option.label, n=option.count)


def _back(held: Held) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("Go on where I was"), "resume"),),) if held.get("back") else ()
