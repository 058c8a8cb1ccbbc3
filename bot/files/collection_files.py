"""The files of a collection: a page to print, and its initiatives as a table like that of the export."""

import io
from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.files.digest_pages import BOTH as BOTH_COUNTRIES
from bot.files.digest_pages import SELF_REPORTED, WHOSE
from bot.files.pages.marking import said, written
from bot.files.pages.page import BarChart, Entry, Group, KeyFigure, ReportPage, Section, chart, report_page
from bot.files.pictures.maps import LANGUAGE_OF
from bot.files.reports.exports import Wish, write_table
from bot.language.catalogues import Catalogue
from conversations.flows.collections.words import by_country, by_theme
from conversations.flows.digests.labels import PROGRESS
from conversations.forms.variants import relevant_answers
from conversations.language.languages import language_words
from conversations.language.words import InLanguages, _, counted, labelled
from conversations.model.collections.collection import InitiativeCollection
from conversations.model.initiatives import Initiative
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

FEW = 3
"""A chart of fewer themes tells nothing that the list does not."""


def public_ones(collection: InitiativeCollection, work: UnitOfWork) -> list[Initiative]:
    """Returns the initiatives of a collection that anyone may see, in its order."""
    found = work.initiatives.stored(collection.reports)
    return [found[this] for this in collection.reports if this in found and found[this].sharing == "public"]


def collection_page(
    collection: InitiativeCollection, those: Sequence[Initiative], catalogue: Catalogue, today: date
) -> str:
    """Returns the collection as a page; what libraries wrote is in their own language, and marked so."""
    opening = [_in_language(collection.introduction, catalogue)] if collection.introduction else []
    countries = frozenset(each.country for each in those if each.country)
    return report_page(
        ReportPage(
            whose=said(WHOSE.get(countries, BOTH_COUNTRIES), catalogue),
            title=_in_language(collection.title, catalogue),
            opening=opening,
            figures=_figures(those, catalogue),
            chart=_themes(those, catalogue),
            parts=[
                Section(
                    "initiatives",
                    catalogue.say(labelled("collection", "Initiatives")),
                    [Group("", [_entry(number, each, catalogue) for number, each in enumerate(those, 1)])],
                )
            ],
            sources=[catalogue.say(SELF_REPORTED)],
            made=catalogue.say(_("Meldind, made on {date}.", date=today)),
        ),
        catalogue,
    )


def collection_table(storage: Storage, those: Sequence[Initiative], form: str, language: str) -> bytes:
    """Returns the initiatives as CSV or XLSX with the columns of the export, without contact details."""
    order = {each.id: place for place, each in enumerate(those)}
    records = storage.read_now(lambda work: work.exporting(relevant_answers).of_all(list(order), with_contacts=False))
    file = io.BytesIO()
    in_order = sorted(records, key=lambda record: order[record.id])
    write_table(storage, in_order, Wish(form, language=language), file)
    return file.getvalue()


def _in_language(texts: InLanguages, catalogue: Catalogue) -> Markup:
    """A text of the coordinator, marked with its language if it is not the reader's."""
    if found := texts.texts.get(catalogue.language):
        return written(found, catalogue.language, catalogue)
    return written(texts.texts[texts.language], texts.language, catalogue)


def _entry(number: int, each: Initiative, catalogue: Catalogue) -> Entry:
    place = each.place if each.place and each.place.casefold() not in each.library.casefold() else ""
    local = LANGUAGE_OF.get(each.country, "")
    title = Markup("{}. {}").format(number, written(each.title, each.language, catalogue))
    facts = [
        written(each.library, local, catalogue) if each.library else "",
        written(place, local, catalogue) if place else "",
        said(PROGRESS.get(each.progress, each.progress), catalogue),
        said(language_words(each.language), catalogue),
        each.id,
    ]
    return Entry(title, [fact for fact in facts if fact], written(each.summary, each.language, catalogue))


def _figures(those: Sequence[Initiative], catalogue: Catalogue) -> list[KeyFigure]:
    libraries = len({each.library_key or each.library or each.municipality for each in those})
    found = [
        KeyFigure(catalogue.say(len(those)), catalogue.say(counted("initiative", "initiatives", len(those)))),
        KeyFigure(catalogue.say(libraries), catalogue.say(counted("library", "libraries", libraries))),
    ]
    countries = by_country(those)
    if len(countries) > 1:
        found.extend(KeyFigure(catalogue.say(number), catalogue.say(name)) for name, number in countries)
    return found


def _themes(those: Sequence[Initiative], catalogue: Catalogue) -> BarChart | None:
    themes = by_theme(those)
    if len(themes) < FEW:
        return None
    bars = [(catalogue.say(name), number, catalogue.say(number)) for name, number in themes]
    return chart(catalogue.say(_("By theme")), bars)
