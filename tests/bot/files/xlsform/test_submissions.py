"""Answers that libraries gave in ODK Central or KoboToolbox, imported: in the shapes that these export."""

import csv
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli.main import main
from bot.files.reports.exports import Wish, export_reports
from bot.files.reports.imports import import_file
from bot.files.reports.template import write_form
from bot.files.xlsform.reading import sheet_in
from bot.runtime.databases import open_storage, upgraded
from bot.runtime.errors import Unusable
from conversations.forms.sheets.replacing import replaced
from conversations.forms.sheets.survey import questions_in
from conversations.forms.variants import relevant_answers
from conversations.model.calls import WholeCall, as_json
from conversations.model.outcomes import CallChanged, CallStarted
from storage.reports.exporting import Wanted
from storage.reports.records import Record
from storage.session.exporting import exported
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.sheets import CHOICES, THIRTY, sheet

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SLUG = "inclusion-now"
WANTED = replaced(WholeCall(SLUG, "en"), questions_in(sheet(THIRTY, CHOICES), "en").questions) or ()


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    """A database with a call that has thirty questions of its own."""
    upgraded(sqlite_url)
    storage = open_storage(sqlite_url)

    def make(work: UnitOfWork) -> None:
        work.calls.start(CallStarted(SLUG, "en", "Inclusion now", "UTC"), NOW)
        work.calls.change(CallChanged(SLUG, "questions", [as_json(each) for each in WANTED]), NOW)
        work.calls.change(CallChanged(SLUG, "status", "open"), NOW)

    storage.write_now(make)
    yield storage
    storage.close_now()


def kept(storage: Storage) -> list[Record]:
    return list(exported(storage, Wanted(None, None, True), relevant_answers))


def table(folder: Path, *rows: Mapping[str, str], delimiter: str = ",") -> Path:
    file = folder / "submissions.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return file


SUMMARY = "Every Tuesday newcomers and neighbours meet to talk over a cup of coffee."

CENTRAL = {
    "SubmissionDate": "2026-11-24T13:40:12.511Z",
    "call": SLUG,
    "meldind_core_1-library": "Aarhus",
    "meldind_core_1-status": "running",
    "meldind_core_1-title": "Language café",
    "meldind_core_1-summary": SUMMARY,
    "meldind_core_1-themes": "language_cafe reading_group",
    "meldind_core_1-target_groups": "refugees",
    "meldind_core_1-period_start": "March 2026",
    "meldind_core_1-partners": "school ngo",
    "meldind_core_1-partners_names": "Røde Kors; Skolen",
    "branch": "Hovedbiblioteket",
    "staff": "12",
    "hours": "2.5",
    "since": "2021-03-01",
    "cafe": "yes",
    "cafe_name": "Kaffe",
    "rooms": "hall garden",
    "more_9": "ni",
    "meldind_core_2-sharing": "public",
    "meldind_results_5-participants": "30",
    "meldind_results_5-volunteers": "4",
    "meldind_together_6-funding": "own",
    "meta-instanceID": "uuid:6a2f1b64-9a7e-4f55-a6f2-1f0a6d8d1c11",
    "KEY": "uuid:6a2f1b64-9a7e-4f55-a6f2-1f0a6d8d1c11",
    "SubmitterName": "Bo",
    "FormVersion": "202611301200",
}
OWN = {
    "own_2": "Hovedbiblioteket",
    "own_3": 12,
    "own_4": 2.5,
    "own_5": "2021-03-01",
    "own_6": "yes",
    "own_7": "Kaffe",
    "own_8": ["hall", "garden"],
    "own_10": "ni",
}


def own(record: Record) -> dict[str, Any]:
    return {key: value for key, value in record.answers.items() if key.startswith("own_")}


def test_a_submission_of_odk_central_becomes_a_report_once(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    file = table(tmp_path, CENTRAL)
    summary = import_file(sqlite_url, file)
    assert (summary.line, summary.refusals, summary.remarks) == ("1 new, 0 changed, 0 same, 0 refused", [], [])
    (record,) = kept(storage)
    answers = record.answers
    assert (record.call, record.status) == (SLUG, "submitted")
    assert record.submitted_at is not None
    assert record.submitted_at.isoformat().startswith("2026-11-24T13:40:12")
    assert record.library is not None
    assert record.library["municipality_code"] == "0751"
    assert (answers["title"], answers["status"], answers["summary"]) == ("Language café", "running", SUMMARY)
    assert answers["themes"] == ["language_cafe", "reading_group"]
    assert answers["period_start"] == "2026-03"
    assert answers["partners"] == {"types": ["school", "ngo"], "names": ["Røde Kors", "Skolen"]}
    assert answers["sharing"] == "public"
    assert answers["participants"]["least"] == 30
    assert answers["volunteers"] == {"least": 4, "most": 4, "approximate": False}
    assert answers["funding"] == {"sources": ["own"], "note": ""}
    assert own(record) == OWN
    assert import_file(sqlite_url, file).line == "0 new, 0 changed, 1 same, 0 refused"
    assert kept(storage) == [record]


KOBO = {
    "start": "2026-11-24T14:00:00.000+01:00",
    "end": "2026-11-24T14:20:00.000+01:00",
    "call": SLUG,
    "meldind_core_1/library": "Aarhus",
    "meldind_core_1/status": "running",
    "meldind_core_1/title": "Language café",
    "meldind_core_1/summary": SUMMARY,
    "meldind_core_1/themes": "language_cafe reading_group",
    "meldind_core_1/themes/language_cafe": "1",
    "meldind_core_1/themes/reading_group": "1",
    "meldind_core_1/themes/homework_help": "0",
    "branch": "Hovedbiblioteket",
    "staff": "12",
    "hours": "2.5",
    "since": "2021-03-01",
    "cafe": "yes",
    "cafe_name": "Kaffe",
    "rooms/hall": "1",
    "rooms/garden": "1",
    "rooms/studio": "0",
    "more_9": "ni",
    "_id": "3481",
    "_uuid": "6a2f1b64-9a7e-4f55-a6f2-1f0a6d8d1c11",
    "_submission_time": "2026-11-24 13:40:12",
    "__version__": "vJk2",
    "_index": "1",
}


def test_a_submission_of_kobotoolbox_with_semicolons_and_split_columns(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    file = table(tmp_path, KOBO, delimiter=";")
    summary = import_file(sqlite_url, file)
    assert (summary.line, summary.refusals, summary.remarks) == ("1 new, 0 changed, 0 same, 0 refused", [], [])
    (record,) = kept(storage)
    assert record.answers["themes"] == ["language_cafe", "reading_group"]
    assert own(record) == OWN
    assert record.submitted_at is not None
    assert record.submitted_at.isoformat() == "2026-11-24T13:40:12+00:00"
    assert import_file(sqlite_url, file).line == "0 new, 0 changed, 1 same, 0 refused"


def test_columns_and_choices_in_words_are_read_too(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    words = {
        "call": SLUG,
        "Hvilket bibliotek indmelder du for?": "Aarhus",
        "Hvad hedder initiativet?": "Sprogcafé",
        "Is there a café? (dansk)": "Yes (dansk)",
        "Which rooms are there? (dansk)/Garden (dansk)": "1",
        "Which rooms are there? (dansk)/Hall (dansk)": "0",
        "_uuid": "b7",
    }
    catalogue = {row.cells.get("name"): row.cells for row in form_rows(sqlite_url, tmp_path)}
    named = {"Hvilket bibliotek indmelder du for?": "library", "Hvad hedder initiativet?": "title"}
    told = {
        catalogue[named[head]]["label::Dansk (da)"] if head in named else head: text for head, text in words.items()
    }
    summary = import_file(sqlite_url, table(tmp_path, told))
    assert (summary.line, summary.refusals) == ("1 new, 0 changed, 0 same, 0 refused", [])
    (record,) = kept(storage)
    assert (record.answers["title"], own(record)) == ("Sprogcafé", {"own_6": "yes", "own_8": ["garden"]})


def form_rows(sqlite_url: str, folder: Path) -> Any:
    out = folder / "form.xlsx"
    write_form(sqlite_url, SLUG, out)
    return sheet_in(out.read_bytes()).survey


def test_what_is_not_understood_is_told_by_line_and_column(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    wrong = {**CENTRAL, "staff": "many", "cafe": "perhaps", "KEY": "uuid:2", "meldind_core_1-themes": "gardening"}
    summary = import_file(
        sqlite_url, table(tmp_path, CENTRAL, wrong, {**CENTRAL, "KEY": "uuid:3", "where": "55.6 12.5"})
    )
    assert summary.line == "2 new, 0 changed, 0 same, 1 refused"
    assert summary.refusals[0].startswith("line 3: ")
    for part in ("column themes: “gardening”", "column own_3: “many”", "column own_6: “perhaps”"):
        assert part in summary.refusals[0]
    assert any("where" in remark for remark in summary.remarks)
    assert len(kept(storage)) == 2


def test_what_a_coordinator_corrected_stays_when_the_file_is_imported_again(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    file = table(tmp_path, CENTRAL)
    import_file(sqlite_url, file)
    out = tmp_path / "out.jsonl"
    export_reports(sqlite_url, Wish("jsonl"), out)
    out.write_text(out.read_text("utf-8").replace("Language café", "Language café in the park"), "utf-8")
    assert import_file(sqlite_url, out).line == "0 new, 1 changed, 0 same, 0 refused"
    assert import_file(sqlite_url, file).line == "0 new, 0 changed, 1 same, 0 refused"
    assert kept(storage)[0].answers["title"] == "Language café in the park"


def test_a_form_needs_a_call_that_exists_and_a_new_file(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    with pytest.raises(Unusable, match="There is no call “other”"):
        write_form(sqlite_url, "other", out)
    write_form(sqlite_url, SLUG, out)
    with pytest.raises(Unusable, match="already exists"):
        write_form(sqlite_url, SLUG, out)


def test_submissions_of_another_form_are_refused(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="not of a form that meldind template --xlsform wrote"):
        import_file(sqlite_url, table(tmp_path, {"KEY": "uuid:1", "age": "12"}))


def test_the_command_writes_the_form_of_a_call(
    storage: Storage,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.chdir(tmp_path)
    for arguments, code in ((["--xlsform"], 2), (["--call", SLUG, "--xlsform"], 0), (["--call", SLUG, "--xlsform"], 1)):
        with pytest.raises(SystemExit) as left:
            main(["template", *arguments])
        assert left.value.code == code
    said = capsys.readouterr()
    assert "meldind import FILE.csv" in said.out
    assert "--call SLUG" in said.err
    assert "already exists" in said.err
    assert sheet_in((tmp_path / f"{SLUG}.xlsx").read_bytes()).complaint == ""
