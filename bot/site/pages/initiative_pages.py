"""One page an initiative, in each language; and the page of one that was withdrawn."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from markupsafe import Markup

from bot.files.pages.marking import linked, said, written
from bot.files.pictures.maps import LANGUAGE_OF
from bot.language.catalogues import Catalogue
from bot.site.files import SiteFile, mark, page_path, text_file
from bot.site.index import Card
from bot.site.pages.head import json_ld
from bot.site.pages.layout import Way, rendered
from bot.site.pages.showing import choice_words, list_label, list_path, local, title_words, way
from bot.site.site import Site
from conversations.context.links import REPORT
from conversations.flows.digests.labels import graded
from conversations.flows.digests.topic import WRITTEN
from conversations.flows.shared.report_status import progress_words
from conversations.forms.initiative import INITIATIVE
from conversations.forms.questions import Module, Question
from conversations.language.languages import LANGUAGES, language_words
from conversations.language.words import Listed, Place, _, counted, labelled
from conversations.model.followups.questions import unconfirmed
from conversations.model.initiatives import Initiative
from conversations.reading.links import links_in
from storage.site.public import PublicInitiative, RelatedInitiative

UP = "../"
"""From a page of an initiative to the folder of its language."""

ON_TOP = frozenset({"title", "summary", "status", "sharing"})
"""Answers that stand at the beginning of the page, not among the others; and that anyone may read it."""

LINKED = {"themes": "theme", "target_groups": "group"}
"""Answers whose choices lead to lists, and the kinds of these."""


@dataclass(frozen=True, slots=True)
class AnsweredPart:
    """A section of the page: its name, and the questions of it that were answered, each with the answer."""

    name: str
    answers: Sequence[tuple[str, Markup]]


def initiative_files(
    site: Site, each: PublicInitiative, card: Card, collections: Iterable[str] = ()
) -> Iterator[SiteFile]:
    """Yields the pages of one initiative, which is in the lists of these `collections`."""
    one = each.initiative
    calls = [f"call/{call.slug}" for call in site.calls if call.slug == one.call]
    lists = [*calls, *collections]
    titles = site.titles()
    old = unconfirmed(one.progress, one.confirmed, site.now)
    made_of = mark(card.made_of, site.bot, site.address, old, [(name, titles.get(name)) for name in lists])
    for language in LANGUAGES:
        path = page_path(language, one.id)
        yield text_file(path, made_of, partial(_page, site, language, each, lists, old))


def withdrawn_files(site: Site, this: str) -> Iterator[SiteFile]:
    """Yields the pages that say that an initiative was withdrawn."""
    for language in LANGUAGES:
        yield text_file(page_path(language, this), mark(site.address), partial(_withdrawn, site, language, this))


def _withdrawn(site: Site, language: str, this: str) -> str:
    say = site.catalogue(language).say
    values = {
        "title": say(labelled("site", "Withdrawn")),
        "told": say(_("The library has withdrawn this initiative. What it reported is not shown any more.")),
        "back": say(_("Find other initiatives")),
        "head_of_page": Markup('<meta name="robots" content="noindex">'),
    }
    return rendered(site, language, f"i/{this}.html", "note.html", values)


def _page(site: Site, language: str, each: PublicInitiative, lists: Sequence[str], old: bool) -> str:
    catalogue, one = site.catalogue(language), each.initiative
    title = title_words(one.title, one.language, catalogue)
    values = {
        "title": title,
        "description": one.summary[:300],
        "head_of_page": json_ld(site, each, language),
        "facts": list(_facts(one, catalogue)),
        "summary": written(one.summary, one.language, catalogue),
        "ask": _ask(site, each, catalogue),
        "parts": list(_parts(each, catalogue)),
        "related": list(_related(site, each, lists, catalogue)),
        "about": catalogue.say(labelled("site", "About this page")),
        "standing": list(_standing(site, each, old, catalogue)),
    }
    return rendered(site, language, f"i/{one.id}.html", "initiative.html", values)


def _facts(one: Initiative, catalogue: Catalogue) -> Iterator[Markup]:
    if one.library:
        yield local(one.library, one.country, catalogue)
    if one.place and one.municipality:
        there = Markup('<a href="{}{}">{}</a>')
        yield there.format(UP, list_path(f"municipality/{one.municipality}"), local(one.place, one.country, catalogue))
    if one.progress:
        yield choice_words("stage", one.progress, catalogue)


def _ask(site: Site, each: PublicInitiative, catalogue: Catalogue) -> Way | None:
    link = site.into_bot(REPORT + each.initiative.id)
    if not link:
        return None
    label = _("Get in touch, in Telegram") if each.can_be_asked else _("Open in Telegram")
    return way(link, label, catalogue)


def _parts(each: PublicInitiative, catalogue: Catalogue) -> Iterator[AnsweredPart]:
    answers = {key: value for key, value in each.initiative.answers.items() if key not in ON_TOP}
    by_module: dict[str, list[tuple[str, Markup]]] = {}
    modules: dict[str, Module] = {}
    for question in INITIATIVE.questions:
        if question.key in each.few:
            # Translators: a number of people that is not told exactly.
            answer = said(_("fewer than five"), catalogue)
        elif question.key in answers and answers[question.key] not in ("", [], None):
            answer = _answer(question, answers[question.key], each.initiative, catalogue)
        else:
            continue
        modules[question.module.key] = question.module
        by_module.setdefault(question.module.key, []).append((catalogue.say(question.label), answer))
    for key, told in by_module.items():
        yield AnsweredPart(catalogue.say(modules[key].title), told)


def _answer(question: Question, value: Any, one: Initiative, catalogue: Catalogue) -> Markup:
    if kind := LINKED.get(question.key):
        return _links_to_lists(kind, one.chosen(question.key), catalogue)
    if question.key == "evidence_types":
        return said(graded(one.chosen(question.key)), catalogue)
    if question.key == "link":
        return linked(links_in(" ".join(value) if isinstance(value, list) else str(value)))
    if isinstance(value, str) and question.key in WRITTEN:
        text = written(value, one.language, catalogue)
        links = links_in(value) if question.key == "evidence_detail" else ()
        return Markup("{} ({})").format(text, linked(links)) if links else text
    try:
        return _in_its_language(said(question.kind.show(value), catalogue), question, one, catalogue)
    except (LookupError, TypeError, ValueError, AttributeError):  # an imported answer may have another form
        return written(str(value), one.language, catalogue)


def _in_its_language(told: Markup, question: Question, one: Initiative, catalogue: Catalogue) -> Markup:
    """Marks what its author wrote in answer to a question whose words are not ours, such as the name of a place."""
    if question.key != "location" or one.language == catalogue.language:
        return told
    return Markup('<span lang="{}">{}</span>').format(LANGUAGE_OF.get(one.country, one.language), told)


def _links_to_lists(kind: str, keys: Sequence[str], catalogue: Catalogue) -> Markup:
    link = Markup('<a href="{}{}">{}</a>')
    links = (link.format(UP, list_path(f"{kind}/{key}"), choice_words(kind, key, catalogue)) for key in keys)
    return Markup(", ").join(links)


def _related(
    site: Site, each: PublicInitiative, lists: Sequence[str], catalogue: Catalogue
) -> Iterator[tuple[str, str, Sequence[Way]]]:
    if each.inspired_by:
        yield catalogue.say(_("What inspired it")), "", [_to(other, catalogue) for other in each.inspired_by]
    if each.inspired_ones:
        told = counted("It has inspired one other initiative.", "It has inspired {n} other initiatives.", each.inspired)
        yield (
            catalogue.say(_("What it inspired")),
            catalogue.say(told),
            [_to(other, catalogue) for other in each.inspired_ones],
        )
    if lists:
        links = [Way(f"{UP}{list_path(name)}", list_label(name, site, catalogue)) for name in lists]
        yield catalogue.say(labelled("site", "It belongs to")), "", links


def _to(other: RelatedInitiative, catalogue: Catalogue) -> Way:
    return Way(f"{other.id}.html", title_words(other.title, other.language, catalogue))


def _standing(site: Site, each: PublicInitiative, old: bool, catalogue: Catalogue) -> Iterator[Markup]:
    one = each.initiative
    days = {"published": site.day(one.published_at), "changed": site.day(one.changed_at)}
    lines: list[Place] = [_("Published: {date}", date=days["published"])]
    if days["changed"] > days["published"]:
        lines.append(_("Last changed: {date}", date=days["changed"]))
    confirmed = site.day(one.confirmed)
    lines.append(
        _("⚠️ Not confirmed since {date}", date=confirmed) if old else _("Last confirmed: {date}", date=confirmed)
    )
    lines.append(_("Written in: {language}", language=language_words(one.language)))
    if len(each.stages) > 1:
        told = [
            _("{stage} ({date})", stage=progress_words(stage.status), date=site.day(stage.at)) for stage in each.stages
        ]
        lines.append(_("So far: {stages}", stages=Listed(tuple(told))))
    lines.append(_("Reference: {number}", number=one.id))
    return (said(line, catalogue) for line in lines)
