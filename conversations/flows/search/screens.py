"""The screens of the search."""

from collections.abc import Mapping, Sequence
from typing import Any

from conversations.context.context import Context
from conversations.flows.collections import adding
from conversations.flows.search.wanted import place_name, read_wanted
from conversations.flows.shared.report_status import confirmed_words
from conversations.language.languages import language_words
from conversations.language.screen import Button, Line, Screen, Style, heading, note, stacked
from conversations.language.words import Listed, Place, Shortened, Words, _, counted, labelled, own
from conversations.model.followups.questions import unconfirmed
from conversations.model.initiatives import Initiative
from conversations.model.search import FILTERS, MOST, SHOWN, YEAR, Filter, Found, Option, Wanted, page_of
from conversations.vocabulary.choices import label_of

TITLE = 38
"""Characters of a title that fit on a button beside its number."""

Held = Mapping[str, Any]

SUBSCRIBE = Button(_("Get notifications"), "subscribe_to")

WHEN = Filter(YEAR, labelled("filter", "When"))
"""The years that the words name; there is no button to choose them."""

EVERYTHING = Button(_("All initiatives"), "everything")


def wanted_in(held: Held, context: Context) -> Wanted:
    """Returns the search for the words and filters that the position holds."""
    return read_wanted(str(held["words"]), context, dict(held["filters"]), held.get("without", ()))


def asked(held: Held) -> Screen:
    """Returns the screen that asks for words."""
    lines = (
        heading(_("What are you looking for?")),
        Line(
            _("Type a word or two: a theme, a group of people, a town or a library, in Danish, Slovenian or English."),
            Style.HELP,
        ),
    )
    return Screen(lines, ((EVERYTHING,), *_back(held)))


def results(held: Held, context: Context) -> Screen:
    """Returns a page of the results."""
    wanted, words = wanted_in(held, context), str(held["words"])
    found = context.find.search.find(wanted, int(held["page"]))
    if not found.page:
        return _nothing(wanted, held, context)
    page, pages = page_of(int(held["page"]), found.count), -(-found.count // SHOWN)
    numbered = list(enumerate(found.page, 1))
    into, adds = adding.beside_results(numbered, context)
    tip = _("Tap one to read it, or type other words.")
    lines = (
        heading(_("Search: {words}", words=words) if words else _("Published initiatives")),
        *_filters_set(found.by or wanted, context),
        *_loosened(wanted, found.by or wanted, context),
        note(_count(found)),
        *(_entry(number, each, context) for number, each in numbered),
        *into,
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
    narrow = (Button(_("Filter"), "narrow"), *((SUBSCRIBE,) if _is_narrow(wanted) else ()))
    return Screen(
        lines, (*stacked(titles), *adds, *((turn,) if turn else ()), narrow, *_drops(wanted, context), *_back(held))
    )


def narrowing(held: Held, context: Context) -> Screen:
    """Returns the screen with the filters and which of them are set."""
    wanted = wanted_in(held, context)
    buttons = tuple(
        Button(_label(each, wanted, context), "by", each.key, chosen=bool(_chosen(each.key, wanted)))
        for each in FILTERS
    )
    return Screen(
        (heading(_("Filter by what?")), *_filters_set(wanted, context)),
        (*stacked(buttons), (Button(_("‹ Results"), "results"),)),
    )


def choices(held: Held, context: Context) -> Screen:
    """Returns the choices of one filter, each with the number of results it leaves."""
    wanted, by = wanted_in(held, context), str(held["this"])
    filter_ = next(each for each in FILTERS if each.key == by)
    options = context.find.search.options(wanted, by)
    buttons = tuple(
        Button(_option(option), "set", f"{by}={option.key}", chosen=option.key in _chosen(by, wanted))
        for option in options
    )
    lines = (
        (heading(filter_.label),) if options else (heading(filter_.label), Line(_("There is nothing to choose here.")))
    )
    return Screen(lines, (*stacked(buttons, 2), (Button(_("‹ Back"), "narrow"),)))


def _nothing(wanted: Wanted, held: Held, context: Context) -> Screen:
    """Returns what the person can do if nothing is found."""
    if not _is_narrow(wanted):
        report = (Button(_("Report an initiative"), "report"),)
        return Screen((heading(_("Nothing is published yet.")),), (report, *_back(held)))
    said = (
        heading(_("I found nothing for “{words}”.", words=str(held["words"])))
        if held["words"]
        else heading(_("I found nothing with these filters."))
    )
    near = tuple(
        Button(own(word), "near", str(number)) for number, word in enumerate(context.find.search.nearest(wanted))
    )
    tip = _("Try one of these, or type other words.") if near else _("Try other or fewer words.")
    lines = (said, *_filters_set(wanted, context), Line(tip, Style.HELP))
    return Screen(lines, (*stacked(near, 2), *_drops(wanted, context), (SUBSCRIBE,), (EVERYTHING,), *_back(held)))


def _count(found: Found) -> Words:
    if found.close:
        return _("No exact match. These are the closest:")
    if found.more:
        return _("I found more than {n} initiatives. Add a word or a filter to see fewer.", n=MOST)
    return counted("I found one initiative.", "I found {n} initiatives.", found.count)


def _is_narrow(wanted: Wanted) -> bool:
    return bool(wanted.words or wanted.filters or wanted.asked)


def _loosened(wanted: Wanted, by: Wanted, context: Context) -> tuple[Line, ...]:
    """Returns what was left out of the search, or looked for in a larger place, because all of it finds nothing."""
    if by == wanted:
        return ()
    lines = []
    if wanted.words and not by.words:
        lines.append(_("Nothing is found with “{words}”; these fit the rest.", words=wanted.words))
    where, larger = wanted.condition("where"), by.condition("where")
    if where and larger and where != larger:
        places = {"place": _places(where.keys, context), "larger": _places(larger.keys, context)}
        lines.append(_("Nothing is found in {place}; these are from {larger}.", **places))
    elif where and not larger:
        lines.append(_("Nothing is found in {place}; these are from elsewhere.", place=_places(where.keys, context)))
    left = [each for each in (*FILTERS, WHEN) if each.key != "where" and wanted.condition(each.key)]
    for each in left:
        if by.condition(each.key) is None:
            answer = _choices(each, _chosen(each.key, wanted), context)
            lines.append(_("Left out, so that something is found: {what}", what=answer))
    return tuple(Line(each, Style.HELP) for each in lines)


def _entry(number: int, each: Initiative, context: Context) -> Line:
    library: Place = each.library or each.place
    if library and each.language != context.person.language:
        library = _("{library} ({language})", library=library, language=language_words(each.language))
    said = (
        _("{n}. {title} – {library}", n=number, title=each.title, library=library)
        if library
        else _("{n}. {title}", n=number, title=each.title)
    )
    if unconfirmed(each.progress, each.confirmed, context.now):
        marked = confirmed_words(each.progress, each.confirmed, context)
        said = _("{first} · {second}", first=said, second=marked)
    return Line(said)


def _chosen(by: str, wanted: Wanted) -> tuple[str, ...]:
    """Returns what was chosen for a filter, by hand or in words."""
    asked = wanted.condition(by)
    return (wanted.filters[by],) if by in wanted.filters else asked.keys if asked else ()


def _filters_set(wanted: Wanted, context: Context) -> tuple[Line, ...]:
    return tuple(
        Line(_("{label}: {answer}", label=each.label, answer=_choices(each, chosen, context)))
        for each in (*FILTERS, WHEN)
        if (chosen := _chosen(each.key, wanted))
    )


def _drops(wanted: Wanted, context: Context) -> tuple[tuple[Button, ...], ...]:
    """Returns a button for each filter that is set, which removes it."""
    buttons = tuple(
        Button(_("✕ {name}", name=_choices(each, chosen, context)), "drop", each.key)
        for each in (*FILTERS, WHEN)
        if (chosen := _chosen(each.key, wanted))
    )
    return stacked(buttons, 2)


def _label(each: Filter, wanted: Wanted, context: Context) -> Place:
    chosen = _chosen(each.key, wanted)
    return _("{label}: {answer}", label=each.label, answer=_choices(each, chosen, context)) if chosen else each.label


def _choices(each: Filter, chosen: Sequence[str], context: Context) -> Place:
    if each is WHEN:
        return chosen[0] if len(chosen) == 1 else _("{first}–{last}", first=chosen[0], last=chosen[-1])
    if not each.choices:
        return _places(chosen, context)
    return Listed(tuple(label_of(each.choices, choice) for choice in chosen))


def _places(keys: Sequence[str], context: Context) -> Place:
    return Listed(tuple(place_name(key, context) for key in keys))


def _option(option: Option) -> Place:
    if option.count is None:
        return option.label
    # Translators: a choice, and how many initiatives it leaves.
    return _("{choice} ({n})", choice=option.label, n=option.count)


def _back(held: Held) -> tuple[tuple[Button, ...], ...]:
    return ((Button(_("Continue where I was"), "resume"),),) if held.get("back") else ()
