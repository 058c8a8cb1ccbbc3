"""The content of a call's report in the reader's language, in the one design of pages and documents."""

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from bot.files.call_reports import CallReport
from bot.files.digest_pages import countries, facts, name, sources, told, whose
from bot.files.pages.marking import said, written
from bot.files.pages.page import BarChart, Entry, Group, KeyFigure, ReportPage, Section, chart
from bot.files.pictures.maps import LANGUAGE_OF, country_map
from bot.files.proof_pages import result_entry
from bot.language.catalogues import Catalogue
from conversations.flows.calls.results import state_words
from conversations.flows.digests.charts import COUNTRY_NAMES, TITLES
from conversations.flows.digests.proof import measured, opening, participants
from conversations.flows.digests.saying import theme_name
from conversations.flows.experts.words import labels
from conversations.flows.shared.report_status import STATUS_WORDS
from conversations.language.words import InLanguages, Listed, Place, Words, _, counted, labelled
from conversations.model.digests.answered import OwnAnswer, OwnAnswers
from conversations.model.digests.looking import Known
from conversations.model.experts import Expert
from conversations.model.happenings import beginning
from conversations.vocabulary import vocabulary
from storage import registers

FEW = 4
"""A chart of fewer reports tells nothing that the list does not."""

SECOND_LINE = 200
"""Most characters of the second line of a report: what has changed."""


def call_report_content(report: CallReport, catalogue: Catalogue) -> ReportPage:
    """Returns the report of a call; every text in another language is marked with its own."""
    there = Counter(report.partners)
    reports = report.reports
    maps = [country_map(here, told(reports, here, there), catalogue) for here in countries(reports)]
    organisers = written(report.call.organisers, report.call.language, catalogue)
    return ReportPage(
        whose=organisers or said(whose(reports), catalogue),
        title=said(_("Report of the call: {title}", title=report.call.title), catalogue),
        opening=[said(line, catalogue) for line in _opening(report)],
        figures=list(_figures(report, catalogue)),
        maps=maps,
        chart=_themes(report, catalogue),
        parts=[part for part in _parts(report, catalogue) if part.number],
        sources=sources(maps, catalogue),
        made=catalogue.say(_("Meldind, made on {date}.", date=report.made_at.astimezone(report.call.zone).date())),
    )


def _opening(report: CallReport) -> Iterator[Words | InLanguages]:
    if report.call.introductions:
        yield InLanguages(report.call.introductions, report.call.language)
    yield state_words(report.call, report.made_at)
    yield from counting(report)


def counting(report: CallReport) -> Iterator[Words]:
    """Yields how many reports count, what is told of them, and what does not count: together all that were sent."""
    number = len(report.counted)
    libraries = len({each.summary.library for each in report.counted})
    told_of = counted("from one library", "from {n} libraries", libraries)
    yield counted("One report counts, {libraries}.", "{n} reports count, {libraries}.", number, libraries=told_of)
    if report.not_told:
        yield counted(
            "One of them can be seen only by coordinators: it is counted, and nothing of it is told here.",
            "{n} of them can be seen only by coordinators: they are counted, and nothing of them is told here.",
            report.not_told,
        )
    if report.waiting:
        yield counted("One of them has not been reviewed.", "{n} of them have not been reviewed.", report.waiting)
    if report.left_out:
        left = tuple(
            _("{status} {n}", status=STATUS_WORDS[status], n=number)
            for status, number in sorted(report.left_out.items())
        )
        yield _("Not counted: {reports}.", reports=Listed(left))


def _figures(report: CallReport, catalogue: Catalogue) -> Iterator[KeyFigure]:
    counts = report.counted
    libraries = len({each.summary.library for each in counts})
    places = len({each.summary.municipality for each in counts} - {""})
    results, experts = len(measured(counts)), len(report.experts)
    numbers: list[tuple[Place, Words]] = [
        (len(counts), counted("report", "reports", len(counts))),
        (libraries, counted("library", "libraries", libraries)),
        (places, counted("municipality", "municipalities", places)),
        (results, counted("result with evidence", "results with evidence", results)),
        (experts, counted("contact person who agreed", "contact persons who agreed", experts)),
    ]
    if people := participants(report.told):
        rests = counted("one report", "{n} reports", people.reports)
        numbers.append((people.people, _("people took part ({reports})", reports=rests)))
    return (KeyFigure(catalogue.say(number), catalogue.say(label)) for number, label in numbers if number)


def _themes(report: CallReport, catalogue: Catalogue) -> BarChart | None:
    themes = [(catalogue.say(theme_name(theme)), len(found)) for theme, found in report.by_theme]
    if len(report.told) < FEW or len(themes) < 2:
        return None
    return chart(catalogue.say(TITLES["themes"]), [(label, number, catalogue.say(number)) for label, number in themes])


def _parts(report: CallReport, catalogue: Catalogue) -> Iterator[Section]:
    def part(key: str, label: Place, groups: list[Group], lines: tuple[Place, ...] = ()) -> Section:
        return Section(key, said(label, catalogue), groups, [said(line, catalogue) for line in lines])

    answers = [
        Group(said(theme_name(theme), catalogue), [_answer(each, catalogue) for each in found])
        for theme, found in report.by_theme
    ]
    yield part("answers", _("Answers by theme"), answers)
    sure = measured(report.told)
    results = [Group("", [result_entry(each, catalogue) for each in sure])]
    yield part("results", _("Results, with their source"), results, tuple(line.text for line in opening(sure)))
    yield part("own", labelled("digest", "Own questions"), [_own(each, catalogue) for each in report.own])
    names = [
        Group(
            said(COUNTRY_NAMES.get(country, labelled("library", "elsewhere")), catalogue),
            names=[_library(each, number, country, catalogue) for each, number in sorted(found.items())],
        )
        for country, found in sorted(report.libraries.items())
    ]
    yield part("libraries", _("Libraries that responded"), names, tuple(_invited(report)))
    experts = [Group("", [_expert(each, catalogue) for each in report.experts])]
    reach = _("They agreed to be named. Anyone who may search reaches them with /experts.")
    yield part("experts", _("Contact persons who agreed"), experts, (reach,))


def _answer(each: Known, catalogue: Catalogue) -> Entry:
    """Returns a report in two lines: what it is, and what has changed; above them where it is from."""
    report = each.summary
    outcome = beginning(str(each.answers.get("outcome") or ""), SECOND_LINE)
    changed = [(catalogue.say(_("What changed")), written(outcome, report.language, catalogue))] if outcome else []
    unreviewed = () if report.status == "published" else (said(_("not reviewed yet"), catalogue),)
    return Entry(
        name(report, catalogue),
        [*facts(report, catalogue), *unreviewed, report.id],
        written(report.line, report.language, catalogue),
        changed,
    )


def _own(answers: OwnAnswers, catalogue: Catalogue) -> Group:
    return Group(said(answers.question, catalogue), [_own_answer(answers, each, catalogue) for each in answers.answers])


def _own_answer(answers: OwnAnswers, each: OwnAnswer, catalogue: Catalogue) -> Entry:
    """Returns a text with its library, and any other answer with the number of reports that give it."""
    words = said(answers.words(each), catalogue)
    if answers.kind == "text":
        return Entry(words, list(each.libraries))
    return Entry(words, [said(counted("one report", "{n} reports", len(each.libraries)), catalogue)])


def _library(library_name: str, number: int, country: str, catalogue: Catalogue) -> Markup:
    if not library_name:
        return said(labelled("library", "library not stated"), catalogue)
    there = written(library_name, LANGUAGE_OF.get(country, ""), catalogue)
    return Markup("{} ({})").format(there, number) if number > 1 else there


def _invited(report: CallReport) -> Iterator[Words]:
    standing = report.standing
    heard, invited = len(standing.answered), len(standing.answered) + len(standing.opened) + len(standing.silent)
    if standing.silent or standing.opened:
        yield _("{heard} of {invited} places have responded.", heard=heard, invited=invited)
    if report.not_told:
        yield _("Libraries whose reports only coordinators can see are not named.")


def _expert(expert: Expert, catalogue: Catalogue) -> Entry:
    from_there = written(expert.library_name, LANGUAGE_OF.get(expert.country, ""), catalogue)
    country, _dash, code = expert.municipality.partition("-")
    there = registers.municipality(country, code) if code else None
    place = there.name if there and there.name.casefold() not in expert.library_name.casefold() else ""
    about = [
        (_("Can be asked to"), labels(vocabulary.EXPERT_USES, expert.uses)),
        (_("Themes"), labels(vocabulary.THEMES, expert.themes)),
        (_("Who it is for"), labels(vocabulary.TARGET_GROUPS, expert.groups)),
        (_("Speaks"), labels(vocabulary.SPOKEN, expert.languages)),
    ]
    return Entry(
        written(expert.name, "", catalogue),
        [from_there, written(place, LANGUAGE_OF.get(expert.country, ""), catalogue)],
        told=[(catalogue.say(label), said(keys, catalogue)) for label, keys in about if keys != Listed(())],
    )
