"""Pages with evidence to print: for a theme or target group, and for one initiative."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.files.printing import page
from bot.language.catalogues import Catalogue
from conversations.flows.digests.proof import finding, lines, measured, totals
from conversations.forms.initiative import INITIATIVE
from conversations.forms.kinds.files import count_of
from conversations.language.words import Words, _, own
from conversations.model.attached import ReportFile, to_answer
from conversations.model.digests.looking import Known
from conversations.model.happenings import ReportSummary

ON_SHEET = (
    "library", "status", "summary", "themes", "target_groups", "period_start", "period_end", "partners", "outcome",
    "evidence_types", "evidence_detail", "outcome_areas", "participants", "volunteers", "lessons", "transfer",
    "funding", "link",
)  # fmt: skip
"""The questions on the sheet of one initiative; none of them is personal."""


def evidence_page(known: Sequence[Known], about: Words, catalogue: Catalogue, today: date) -> str:
    """Returns all evidence `about` a theme or target group."""
    sure = measured(known)
    opening = [line.text for line in lines(known, about)[1:2]] + [line.text for line in totals(sure)]
    return _page(about, [catalogue.say(each) for each in opening], sure, (), catalogue, today)


def sheet_page(
    summary: ReportSummary, answers: Mapping[str, Any], files: Sequence[ReportFile], catalogue: Catalogue, today: date
) -> str:
    """Returns one initiative; its answers are as they were written, everything else is in the reader's language."""
    relevant = INITIATIVE.relevant_answers(answers)
    told = []
    for key in ON_SHEET:
        question = INITIATIVE.question(key)
        if question is not None and key in relevant:
            value = relevant[key]
            if value == "":  # answered only with files
                told.append((catalogue.say(question.label), catalogue.say(count_of(len(to_answer(key, files))))))
                continue
            said = value if isinstance(value, str) and question.kind.show(value) != value and len(value) > 100 else None
            told.append((catalogue.say(question.label), said or catalogue.say(question.kind.show(value))))
    return _page(own(summary.title), (), (), told, catalogue, today)


def _page(
    title: Words,
    opening: Sequence[str],
    known: Sequence[Known],
    answers: Sequence[tuple[str, str]],
    catalogue: Catalogue,
    today: date,
) -> str:
    return page(
        "evidence.html",
        catalogue,
        {
            "title": catalogue.say(title),
            "opening": opening,
            "findings": [catalogue.say(finding(each)) for each in known],
            "answers": answers,
            "made": catalogue.say(_("Meldind, made on {date}.", date=today)),
        },
    )
