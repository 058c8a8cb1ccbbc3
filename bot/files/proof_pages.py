"""Pages with evidence to print: for a theme or target group, and for one initiative."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.files.digest_pages import SELF_REPORTED, countries, facts, library, name, sources, told, whose
from bot.files.pages.marking import linked, said, written
from bot.files.pages.page import BarChart, Entry, Group, KeyFigure, ReportPage, Section, chart, report_page
from bot.files.pictures.maps import Told, country_map
from bot.language.catalogues import Catalogue
from conversations.flows.digests.labels import GRADE_NAMES, graded
from conversations.flows.digests.proof import AREAS, areas, figure_of, measured, nothing_measured, opening, participants
from conversations.flows.digests.saying import theme_name
from conversations.flows.digests.statistics import STATES
from conversations.flows.digests.topic import WRITTEN
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.files import count_of
from conversations.language.words import Place, Words, _, counted, labelled
from conversations.model.attached import ReportFile, to_answer
from conversations.model.digests.looking import Known
from conversations.model.happenings import ReportSummary
from conversations.reading.links import links_in
from conversations.vocabulary.grades import resting_on

ON_SHEET = (
    "library", "status", "summary", "themes", "target_groups", "period_start", "period_end", "partners", "outcome",
    "evidence_types", "evidence_figure", "evidence_detail", "outcome_areas", "participants", "volunteers", "lessons",
    "transfer", "funding", "link",
)  # fmt: skip
"""The questions on the sheet of one initiative; none of them is personal."""

WITH_RESULT: Mapping[str, Place] = {
    **STATES,
    "reported": labelled("coverage", "measured or evaluated"),
    "silent": labelled("coverage", "no such result yet"),
}
"""The states of municipalities on a page with evidence."""


def evidence_page(known: Sequence[Known], about: Words, catalogue: Catalogue, today: date) -> str:
    """Returns all evidence `about` a theme or target group."""
    sure = measured(known)
    reports = [each.summary for each in sure]
    maps = [country_map(here, _with_result(reports, here), catalogue, WITH_RESULT) for here in countries(reports)]
    themes: dict[str, list[Known]] = {}
    for each in sure:
        themes.setdefault(each.summary.theme, []).append(each)
    ordered = sorted(themes.items(), key=lambda item: (-len(item[1]), item[0]))
    groups = [
        Group(said(theme_name(theme), catalogue), [result_entry(each, catalogue) for each in found])
        for theme, found in ordered
    ]
    return report_page(
        ReportPage(
            whose=said(whose(reports), catalogue),
            title=said(about, catalogue),
            opening=[said(line.text, catalogue) for line in (opening(sure) if sure else (nothing_measured(),))],
            figures=_figures(sure, catalogue),
            maps=maps,
            chart=_areas(sure, catalogue),
            parts=[Section("results", catalogue.say(_("Results, with their source")), groups)],
            sources=sources(maps, catalogue),
            made=_made(today, catalogue),
        ),
        catalogue,
    )


def sheet_page(
    summary: ReportSummary, answers: Mapping[str, Any], files: Sequence[ReportFile], catalogue: Catalogue, today: date
) -> str:
    """Returns one initiative; its answers are as they were written, everything else is in the reader's language."""
    relevant = INITIATIVE.relevant_answers(answers)
    found: list[tuple[str, str]] = []
    for key in ON_SHEET:
        question = INITIATIVE.question(key)
        if question is None or key not in relevant:
            continue
        value, label = relevant[key], catalogue.say(question.label)
        if value == "":  # answered only with files
            found.append((label, catalogue.say(count_of(len(to_answer(key, files))))))
        elif key == "library":
            found.append((label, library(summary, catalogue)))
        elif key in WRITTEN and isinstance(value, str):
            found.append((label, written(value, summary.language, catalogue)))
        else:
            found.append((label, said(question.kind.show(value), catalogue)))
    return report_page(
        ReportPage(
            whose=library(summary, catalogue),
            title=name(summary, catalogue),
            answers=found,
            sources=[catalogue.say(SELF_REPORTED)],
            made=_made(today, catalogue),
        ),
        catalogue,
    )


def _with_result(reports: Sequence[ReportSummary], country: str) -> dict[str, Told]:
    """Returns where there is a result; how far the initiatives have come does not matter."""
    return {key: replace(known, state="reported") for key, known in told(reports, country, {}).items()}


def result_entry(each: Known, catalogue: Catalogue) -> Entry:
    """Returns one result with its source, its figure and how it is known."""
    language = each.summary.language
    outcome, details = (str(each.answers.get(key) or "") for key in ("outcome", "evidence_detail"))
    more = [(catalogue.say(_("How we know")), said(graded(each.summary.evidence), catalogue))]
    if figure := figure_of(each.answers):
        more.append((catalogue.say(_("Figure")), said(figure, catalogue)))
    if details:
        more.append((catalogue.say(_("Evidence")), written(details, language, catalogue)))
    if links := links_in(details):
        more.append((catalogue.say(_("Source")), linked(links)))
    source = [*facts(each.summary, catalogue), each.summary.id]
    return Entry(name(each.summary, catalogue), source, written(outcome, language, catalogue), more)


def _figures(sure: Sequence[Known], catalogue: Catalogue) -> list[KeyFigure]:
    if not sure:
        return []
    libraries = len({each.summary.library for each in sure})
    found = [
        KeyFigure(catalogue.say(len(sure)), catalogue.say(counted("result", "results", len(sure)))),
        KeyFigure(catalogue.say(libraries), catalogue.say(counted("library", "libraries", libraries))),
    ]
    if people := participants(sure):
        rests = counted("one report", "{n} reports", people.reports)
        label = _("people took part ({reports})", reports=rests)
        found.append(KeyFigure(catalogue.say(people.people), catalogue.say(label)))
    for grade, times in resting_on(each.summary.evidence for each in sure):
        found.append(KeyFigure(catalogue.say(times), catalogue.say(GRADE_NAMES[grade])))
    return found


def _areas(sure: Sequence[Known], catalogue: Catalogue) -> BarChart | None:
    gained = areas(sure)
    if len(gained) < 2:
        return None
    bars = [(catalogue.say(AREAS.get(key, key)), number, catalogue.say(number)) for key, number in gained]
    return chart(catalogue.say(_("What people gained, by number of reports")), bars)


def _made(today: date, catalogue: Catalogue) -> str:
    return catalogue.say(_("Meldind, made on {date}.", date=today))
