"""A call's report as a spreadsheet: one row for each report, result, answer, library and contact person."""

from collections.abc import Sequence

from bot.files.call_report_pages import counting
from bot.files.call_reports import CallReport
from bot.files.digest_tables import ABOUT, LIBRARY, MUNICIPALITY, NAME, NUMBER, THEME, Cell, Table
from bot.files.workbook import workbook
from bot.language.catalogues import Catalogue
from conversations.flows.calls.results import state_words
from conversations.flows.digests.charts import COUNTRY_NAMES
from conversations.flows.digests.labels import EVIDENCE, GRADE_NAMES, GROUPS, PROGRESS, THEMES
from conversations.flows.digests.proof import figure_of, measured
from conversations.flows.experts.words import labels
from conversations.flows.shared.report_status import status_words
from conversations.language.languages import language_words
from conversations.language.words import InLanguages, Listed, Place, Words, _, labelled
from conversations.model.digests.looking import Known
from conversations.reading.links import links_in
from conversations.vocabulary import vocabulary
from conversations.vocabulary.grades import strongest

REPORTS, SENT = labelled("column", "Reports"), labelled("column", "Sent")
REGION, COUNTRY = labelled("column", "Region"), labelled("column", "Country")


def call_report_workbook(report: CallReport, catalogue: Catalogue) -> bytes:
    """Returns the report as XLSX; its first sheet has the introduction and how many rows each sheet has."""
    call = report.call
    about: list[Place] = [_("Report of the call: {title}", title=call.title), call.organisers]
    if call.introductions:
        about.append(InLanguages(call.introductions, call.language))
    about += [state_words(call, report.made_at), *counting(report)]
    lines = [catalogue.say(line) for line in about if line]
    return workbook(call_report_tables(report, catalogue), catalogue.say(labelled("sheet", "Overview")), lines)


def call_report_tables(report: CallReport, catalogue: Catalogue) -> list[Table]:
    """Returns the tables; those of reports have a row for each report that may be handed on."""
    say, zone = catalogue.say, report.call.zone

    def table(key: str, name: Place, heads: Sequence[Place], rows: Sequence[Sequence[Cell]]) -> Table:
        return Table(key, say(name), [say(head) for head in heads], rows)

    def names(keys: Sequence[str], labels: dict[str, Place]) -> str:
        return say(Listed(tuple(labels.get(key, key) for key in keys)))

    def answer(each: Known) -> tuple[Cell, ...]:
        known = each.summary
        return (
            names(known.themes[:1], THEMES),
            known.submitted_at.astimezone(zone).date(),
            known.title,
            known.library,
            known.place,
            known.region,
            say(COUNTRY_NAMES.get(known.country, known.country)),
            say(PROGRESS.get(known.progress, known.progress)),
            names(known.themes, THEMES),
            names(known.groups, GROUPS),
            known.line,
            str(each.answers.get("outcome") or ""),
            say(language_words(known.language)),
            say(status_words(known.status, {"sharing": known.sharing})),
            known.id,
        )

    def result(each: Known) -> tuple[Cell, ...]:
        known, grade = each.summary, strongest(each.summary.evidence)
        details = str(each.answers.get("evidence_detail") or "")
        return (
            known.title,
            known.library,
            str(each.answers.get("outcome") or ""),
            names(known.evidence, EVIDENCE),
            say(GRADE_NAMES[grade]) if grade else "",
            say(figure_of(each.answers)),
            details,
            " ".join(links_in(details)),
            known.id,
        )

    stage, groups = labelled("column", "Stage"), _("Who it is for")
    changed: Words = _("What changed")
    return [
        table(
            "answers",
            labelled("sheet", "Answers"),
            (
                THEME,
                SENT,
                NAME,
                LIBRARY,
                MUNICIPALITY,
                REGION,
                COUNTRY,
                stage,
                _("Themes"),
                groups,
                ABOUT,
                changed,
                labelled("column", "Language"),
                labelled("column", "Status of the report"),
                NUMBER,
            ),
            [answer(each) for _theme, found in report.by_theme for each in found],
        ),
        table(
            "results",
            labelled("sheet", "Results"),
            (
                NAME,
                LIBRARY,
                changed,
                labelled("column", "How we know"),
                _("Evidence grade"),
                _("Figure"),
                _("Evidence"),
                _("Source"),
                NUMBER,
            ),
            [result(each) for each in measured(report.told)],
        ),
        table(
            "own",
            labelled("digest", "Own questions"),
            (labelled("column", "Question"), labelled("column", "Answer"), REPORTS),
            [
                (say(each.question), say(each.words(given)), len(given.libraries))
                for each in report.own
                for given in each.answers
            ],
        ),
        table(
            "libraries",
            labelled("sheet", "Libraries"),
            (COUNTRY, LIBRARY, REPORTS),
            [
                (say(COUNTRY_NAMES.get(country, country)), library, number)
                for country, found in sorted(report.libraries.items())
                for library, number in sorted(found.items())
            ],
        ),
        table(
            "experts",
            labelled("sheet", "Contact persons"),
            (labelled("column", "Name of the person"), LIBRARY, _("Can be asked to"), _("Themes"), groups, _("Speaks")),
            [
                (
                    each.name,
                    each.library_name,
                    say(labels(vocabulary.EXPERT_USES, each.uses)),
                    names(each.themes, THEMES),
                    names(each.groups, GROUPS),
                    say(labels(vocabulary.SPOKEN, each.languages)),
                )
                for each in report.experts
            ],
        ),
    ]
