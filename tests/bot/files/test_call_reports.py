"""The report of a call: its page, its document and its table agree with each other and with the export."""

import asyncio
import io
import os
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from bot.files import call_reports
from bot.files.call_report_pages import call_report_content
from bot.files.call_report_tables import call_report_tables, call_report_workbook
from bot.files.call_reports import CallReport
from bot.files.pages.documents import document
from bot.files.pages.page import report_page
from bot.language.catalogues import Catalogues
from conversations.context.session import Session, Turn
from conversations.forms.variants import relevant_answers
from conversations.model.experts import Expert, Nomination
from conversations.model.outcomes import (
    Answered,
    CallChanged,
    CallStarted,
    DraftStarted,
    ExpertDescribed,
    ExpertNamed,
    NominationAnswered,
    Outcome,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage.reports.exporting import Wanted
from storage.session.exporting import exported
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork

CATALOGUES = Catalogues()
OPENED = datetime(2026, 10, 1, 9, tzinfo=UTC)
DEADLINE = datetime(2026, 10, 31, 23, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 9, tzinfo=UTC)

LIBRARIES = {
    "r1": ("si-043", "Knjižnica Franceta Balantiča Kamnik"),
    "r2": ("si-009", "Knjižnica Brežice"),
    "r3": ("si-063", "Splošna knjižnica Ljutomer"),
    "r4": ("", "Mestna knjižnica Ljubljana"),
    "r5": ("", "Knjižnica Mirana Jarca Novo mesto"),
    "r6": ("", "Sødal Bibliotek"),
}
FIGURE = {
    "unit": "of", "least": 20, "most": 20, "approximate": False, "of": 24, "about": "20 od 24 bere več", "year": "2015",
}  # fmt: skip
"""A figure as the question `evidence_figure` keeps it."""

INTRODUCTION = "Pokažimo, kaj knjižnice <dosežejo> & zmorejo."


def told(report: str, **more: Any) -> dict[str, Any]:
    """The answers of a report to the call."""
    key, name = LIBRARIES[report]
    return {
        "library": {"key": key or None, "name": name},
        "status": "finished",
        "title": f"Dejavnost {report}: čšž & <b>",
        "summary": "Otroci in starši skupaj berejo. Potem se pogovarjajo.",
        "themes": ["reading_group"],
        "target_groups": ["children"],
        "sharing": "public",
        "campaign": "povezujejo",
        "own_1": "1",
        "own_2": f"Besedilo {report}",
        **more,
    }


def kept(work: UnitOfWork) -> None:
    """Six libraries answer: one for coordinators only, one takes its report back, one writes in Danish."""
    start = Turn(
        Session(1, None),
        (),
        (
            CallStarted("povezujejo", "sl", "Knjižnice povezujejo", "Europe/Ljubljana"),
            CallChanged("povezujejo", "introductions", {"sl": INTRODUCTION}),
            CallChanged("povezujejo", "organisers", "Združenje splošnih knjižnic"),
            CallChanged("povezujejo", "invited", {"countries": ["SI"], "municipalities": []}),
            CallChanged(
                "povezujejo",
                "questions",
                [
                    {"key": "own_1", "kind": "choice", "texts": {"sl": "Ali se nadaljuje?"},
                     "choices": [{"sl": "Da"}, {"sl": "Ne"}], "retired": False},
                    {"key": "own_2", "kind": "text", "texts": {"sl": "Kaj vas je presenetilo?"}, "choices": [],
                     "retired": False},
                ],
            ),
            CallChanged("povezujejo", "deadline", {"at": DEADLINE.isoformat(), "timezone": "Europe/Ljubljana"}),
            CallChanged("povezujejo", "status", "open"),
        ),
        language="sl",
    )  # fmt: skip
    ann = work.people.arrive(1, 1, "sl", OPENED).person
    work.keep(ann, start, OPENED)
    measured = {
        "outcome": "Otroci doma več berejo.",
        "evidence_types": ["impact_survey"],
        "evidence_detail": "20 od 24 bere več, www.knjiznica.si/ucinki",
        "evidence_figure": FIGURE,
        "participants": {"least": 20, "most": 24, "approximate": False, "counted": "in_all"},
    }
    reports = {
        "r1": told("r1", **measured),
        "r2": told("r2", **{**measured, "evidence_types": ["external_evaluation"]}, own_1="2"),
        "r3": told("r3", status="planned"),
        "r4": told("r4", **measured, sharing="coordinators"),
        "r5": told("r5"),
        "r6": told("r6", themes=["language_cafe"], title="Sprogcafé på Ærø", summary="Vi taler dansk sammen."),
    }
    for number, (report, answers) in enumerate(reports.items(), 2):
        person = work.people.arrive(number, number, "da" if report == "r6" else "sl", OPENED).person
        outcomes = (Answered(report, question, value) for question, value in answers.items())
        turn = Turn(
            Session(1, None), (), (DraftStarted(report), *outcomes, ReportSubmitted(report)), language=person.language
        )
        work.keep(person, turn, OPENED + timedelta(days=number))
    taken_back = work.people.arrive(6, 6, "sl", OPENED).person
    work.keep(taken_back, Turn(Session(2, None), (), (ReportWithdrawn("r5"),)), LATER)


def gathered(work: UnitOfWork, slug: str, language: str, now: datetime) -> CallReport | None:
    """The report of a call; the summaries it reads are refreshed first, as they are before heavy work."""
    work.summaries.refresh()
    return call_reports.gathered(work, slug, language, now)


async def report_of(storage: Storage, language: str = "sl", now: datetime = LATER) -> CallReport:
    await storage.write(kept)
    found = await storage.write(lambda work: gathered(work, "povezujejo", language, now))
    assert found is not None
    return found


async def test_every_count_is_that_of_the_export(storage: Storage) -> None:
    report = await report_of(storage)
    records = list(exported(storage, Wanted(call="povezujejo"), relevant_answers))
    statuses = [record.status for record in records]
    assert dict(report.by_status) == {status: statuses.count(status) for status in set(statuses)}
    assert sum(report.by_status.values()) == len(records) == len(report.counted) + sum(report.left_out.values())
    counting = {record.id: record for record in records if record.status not in ("withdrawn", "declined")}
    assert {each.summary.id for each in report.counted} == set(counting)
    assert {each.summary.id for each in report.told} == {
        this for this, record in counting.items() if record.answers["sharing"] != "coordinators"
    }
    (choice, text) = report.own
    said = [record.answers["own_1"] for record in counting.values()]
    assert {str(each.said["sl"]): len(each.libraries) for each in choice.answers} == {
        words: said.count(words) for words in ("Da", "Ne")
    }
    assert sorted(each.said for each in text.answers) == sorted(f"Besedilo {each.summary.id}" for each in report.told)
    tables = {table.key: table for table in call_report_tables(report, CATALOGUES["sl"])}
    assert {row[-1] for row in tables["answers"].rows} == {each.summary.id for each in report.told}
    assert sum(row[-1] for row in tables["libraries"].rows if isinstance(row[-1], int)) == len(report.told)


async def test_what_only_coordinators_may_see_is_counted_and_not_told(storage: Storage) -> None:
    report = await report_of(storage)
    content = call_report_content(report, CATALOGUES["sl"])
    page = report_page(content, CATALOGUES["sl"])
    assert "Štetih je 5 prispevkov, iz 5 knjižnic." in page
    assert "1 od njih vidijo samo koordinatorji: je štet" in page
    assert "Ni šteto: Umaknjeno 1." in page
    for hidden in ("Mestna knjižnica Ljubljana", "Besedilo r4", "Dejavnost r4", "Dejavnost r5"):
        assert hidden not in page
    assert "Poziv se je zaključil 31." in page
    assert "Začasno" not in page


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (OPENED + timedelta(days=20), "Provisional: counted on 21 October 2026. The call is open to the end of"),
        (LATER, "The call closed on 31 October 2026. Counted on 20 November 2026."),
    ],
)
async def test_before_its_end_it_says_that_it_is_provisional(storage: Storage, now: datetime, said: str) -> None:
    report = await report_of(storage, "en", now)
    assert said in report_page(call_report_content(report, CATALOGUES["en"]), CATALOGUES["en"])


async def test_texts_of_another_language_say_so_on_the_page_and_in_the_document(storage: Storage) -> None:
    report = await report_of(storage, "en")
    content = call_report_content(report, CATALOGUES["en"])
    page = report_page(content, CATALOGUES["en"])
    assert '<span lang="sl">Pokažimo, kaj knjižnice &lt;dosežejo&gt; &amp; zmorejo.</span> (Slovenian)' in page
    assert '<span lang="da">Sprogcafé på Ærø</span>' in page
    made = document(content, CATALOGUES["en"], LATER)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        text = parts.read("word/document.xml").decode()
        styles = parts.read("word/styles.xml").decode()
    assert 'w:lang w:val="en-GB"' in styles
    assert text.count('w:lang w:val="da-DK"') >= 2
    assert text.count('w:lang w:val="sl-SI"') >= 8


async def test_the_document_has_headings_tables_and_a_described_map(storage: Storage) -> None:
    report = await report_of(storage)
    content = call_report_content(report, CATALOGUES["sl"])
    read = Document(io.BytesIO(document(content, CATALOGUES["sl"], LATER)))
    headings = [each.text for each in read.paragraphs if (each.style.name if each.style else "") == "Heading 2"]
    assert headings[0] == "Ključni podatki"
    assert "Odgovori po področjih (4)" in headings
    assert "Rezultati z viri (2)" in headings
    assert [each.text for each in read.paragraphs if each.style and each.style.name == "Heading 1"] == [
        "Poročilo o pozivu: Knjižnice povezujejo"
    ]
    assert read.core_properties.title == "Poročilo o pozivu: Knjižnice povezujejo"
    assert read.core_properties.author == "Združenje splošnih knjižnic"
    assert len(read.inline_shapes) == len(content.maps) == 1
    assert "Kamnik" in read.inline_shapes[0]._inline.docPr.get("descr", "")
    assert len(read.tables) == 2
    assert read.tables[0].rows[0].cells[0].text == "Kaj je prešteto"


SOFFICE = shutil.which("soffice")
WRITER = SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libswlo.so").exists()


@pytest.mark.skipif(not WRITER and "CI" not in os.environ, reason="LibreOffice Writer is not here; CI installs it")
async def test_libreoffice_opens_the_document_with_its_letters_and_links(storage: Storage, tmp_path: Path) -> None:
    report = await report_of(storage)
    file = tmp_path / "report.docx"
    file.write_bytes(document(call_report_content(report, CATALOGUES["sl"]), CATALOGUES["sl"], LATER))
    await asyncio.to_thread(_converted, file)
    read = " ".join((tmp_path / "report.html").read_text("utf-8", errors="replace").split())
    for text in ("čšž", "Sprogcafé på Ærø", "Knjižnica Brežice", "20 od 24", 'href="https://www.knjiznica.si/ucinki'):
        assert text in read
    assert 'lang="da-DK"' in read


def _converted(file: Path) -> None:
    """Let LibreOffice make HTML of `file`, beside it."""
    profile = f"-env:UserInstallation=file://{file.parent / 'profile'}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "html", "--outdir", str(file.parent), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)


async def test_the_spreadsheet_has_a_sheet_for_each_part(storage: Storage) -> None:
    report = await report_of(storage)
    book = load_workbook(io.BytesIO(call_report_workbook(report, CATALOGUES["sl"])))
    assert book.sheetnames == ["Pregled", "Odgovori", "Rezultati", "Lastna vprašanja", "Knjižnice", "Kontaktne osebe"]
    results = list(book["Rezultati"].values)
    assert [row[4:6] for row in results[1:]] == [
        ("Vprašani udeleženci", "20 od 24 (2015)"),
        ("Ocenili drugi", "20 od 24 (2015)"),
    ]
    first = [row[0] for row in book["Pregled"].values]
    assert first[:2] == ["Poročilo o pozivu: Knjižnice povezujejo", "Združenje splošnih knjižnic"]


async def test_only_people_who_agreed_are_listed(storage: Storage) -> None:
    """One was named in a report to the call and has said yes, one was named and has not, one offers it unasked."""
    await report_of(storage)

    def does(work: UnitOfWork, who: int, *outcomes: Outcome) -> int:
        person = work.people.arrive(who, who, "sl", LATER).person
        work.keep(person, Turn(Session(3, None), (), outcomes), LATER)
        return person.id

    def agrees(work: UnitOfWork) -> CallReport | None:
        librarian = does(work, 2)
        for this, name in (("n1", "Ana Novak"), ("n2", "Cene Tihi")):
            does(
                work,
                2,
                ExpertNamed(Nomination(this, "r1", librarian, name, LATER + timedelta(days=30)), f"code-{this}"),
            )
        for who, name, yes in ((21, "Ana Novak", ("n1",)), (22, "Bor Prosti", ())):
            person = does(work, who, *(NominationAnswered(each, agreed=True) for each in yes))
            expert = Expert(
                f"e{who}", person, name, ("advice",), ("reading_group",), library_name="Knjižnica", country="SI"
            )
            does(work, who, ExpertDescribed(expert))
        return gathered(work, "povezujejo", "sl", LATER)

    report = await storage.write(agrees)
    assert report is not None
    assert [each.name for each in report.experts] == ["Ana Novak"]
    page = report_page(call_report_content(report, CATALOGUES["sl"]), CATALOGUES["sl"])
    assert "Kontaktne osebe, ki so se strinjale (1)" in page
    assert "Ana Novak" in page
    assert "Bor Prosti" not in page
    assert "Cene Tihi" not in page


async def test_a_call_without_answers_has_a_report_too(storage: Storage) -> None:
    def started(work: UnitOfWork) -> CallReport | None:
        work.calls.start(CallStarted("new", "en", "Nothing yet", "UTC"), OPENED)
        return gathered(work, "new", "en", LATER)

    report = await storage.write(started)
    assert report is not None
    content = call_report_content(report, CATALOGUES["en"])
    assert "0 reports count, from 0 libraries." in report_page(content, CATALOGUES["en"])
    assert document(content, CATALOGUES["en"], LATER)[:2] == b"PK"
    assert await storage.write(lambda work: gathered(work, "gone", "en", LATER)) is None
