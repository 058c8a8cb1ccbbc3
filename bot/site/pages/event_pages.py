"""Theme days and other events: those to come, those that were, and the page of each."""

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from bot.files.pages.marking import linked, said, written
from bot.language.catalogues import Catalogue
from bot.site.files import SiteFile, mark, text_file
from bot.site.pages.call_pages import in_its_language
from bot.site.pages.layout import Way, rendered
from bot.site.pages.showing import way
from bot.site.site import Site
from conversations.context.links import EVENT
from conversations.flows.events.words import COUNTRIES, kind_words, place_words, themes_words, when_words
from conversations.language.languages import LANGUAGES
from conversations.language.words import InLanguages, Place, _, labelled
from conversations.model.events.event import LibraryEvent, content_of
from conversations.reading.links import links_in
from conversations.vocabulary.choices import label_of


def event_files(site: Site) -> Iterator[SiteFile]:
    """Yields the page of all events, and the page of each."""
    told = [(_told(each), each.is_over(site.now)) for each in site.events]
    for language in LANGUAGES:
        yield text_file(f"{language}/events.html", mark(told, site.address), partial(_events, site, language))
    for each in site.events:
        made_of = mark(_told(each), each.is_over(site.now), each.has_begun(site.now), site.address, site.bot)
        for language in LANGUAGES:
            yield text_file(f"{language}/{event_path(each)}", made_of, partial(_page, site, language, each))


def event_path(event: LibraryEvent) -> str:
    """Returns where the page of an event stands in the folder of a language."""
    return f"event/{event.id}.html"


def _told(event: LibraryEvent) -> Sequence[object]:
    return (event.id, event.status, content_of(event), event.came_of, event.sequence)


def _events(site: Site, language: str) -> str:
    catalogue = site.catalogue(language)
    over = [each for each in site.events if each.is_over(site.now)]
    coming = [each for each in reversed(site.events) if not each.is_over(site.now)]
    sections = [
        (catalogue.say(label), [_entry(each, catalogue) for each in those])
        for label, those in ((labelled("site", "To come"), coming), (labelled("site", "Past"), over))
        if those
    ]
    values = {
        "title": catalogue.say(labelled("digest", "Events")),
        "about": catalogue.say(_("Theme days, study visits and projects that libraries do together.")),
        "sections": sections,
        "nothing": catalogue.say(labelled("site", "There are none yet.")),
    }
    return rendered(site, language, "events.html", "entries.html", values)


def _entry(event: LibraryEvent, catalogue: Catalogue) -> tuple[Way, list[Markup], Markup]:
    facts: list[Place] = [kind_words(event), when_words(event.when), place_words(event.place, event.online)]
    if event.status == "cancelled":
        facts.append(_("This event has been cancelled."))
    title = Way(event_path(event), in_its_language(event.title, catalogue))
    return title, [said(fact, catalogue) for fact in facts], written(event.came_of, event.language, catalogue)


def _page(site: Site, language: str, event: LibraryEvent) -> str:
    catalogue = site.catalogue(language)
    lines = [said(line, catalogue) for line in _lines(site, event)]
    if event.link and (links := links_in(event.link)):
        lines.append(Markup("{}: {}").format(catalogue.say(_("More about it")), linked(links)))
    if event.came_of:
        told = InLanguages({event.language: event.came_of}, event.language)
        lines.append(said(_("What came of it: {words}", words=told), catalogue))
    values = {
        "title": in_its_language(event.title, catalogue),
        "opening": [in_its_language(event.text, catalogue)] if event.texts else [],
        "lines": lines,
        "button": _sign_up(site, event, catalogue),
        "heading": "",
        "those": (),
        "newer": None,
        "older": None,
        "turning": "",
    }
    return rendered(site, language, event_path(event), "list.html", values)


def _lines(site: Site, event: LibraryEvent) -> Iterator[Place]:
    if event.status == "cancelled":
        yield _("This event has been cancelled.")
    elif event.is_over(site.now):
        yield _("This event is over.")
    yield kind_words(event)
    yield _("When: {when}", when=when_words(event.when))
    yield _("Where: {place}", place=place_words(event.place, event.online))
    if event.host:
        yield _("Organised by: {host}", host=event.host)
    if event.themes:
        yield _("Themes: {themes}", themes=themes_words(event))
    if event.country:
        yield _("For libraries in: {country}", country=label_of(COUNTRIES, event.country))


def _sign_up(site: Site, event: LibraryEvent, catalogue: Catalogue) -> Way | None:
    link = site.into_bot(EVENT + event.id)
    return way(link, _("Sign up, in Telegram"), catalogue) if link and event.takes(site.now) else None
