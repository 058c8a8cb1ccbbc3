"""What an import of reports makes of its file."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.cli.progress import Progress
from bot.files.reports.imports import TOGETHER, import_file
from bot.runtime.databases import open_storage, upgraded
from bot.runtime.errors import Unusable
from conversations.forms.variants import relevant_answers
from conversations.model import search as searching
from storage.reports.exporting import Wanted
from storage.reports.records import Record
from storage.session.exporting import exported
from storage.session.storage import Storage
from tests.bot.files.test_exports import RECORD

PUBLISHED: dict[str, Any] = {**RECORD, "status": "published", "published_at": "2026-03-02T08:00:00Z"}


@pytest.fixture
def storage(sqlite_url: str) -> Iterator[Storage]:
    """An empty database, open."""
    upgraded(sqlite_url)
    storage = open_storage(sqlite_url)
    yield storage
    storage.close_now()


def written(folder: Path, *records: Any) -> Path:
    """A file with these records, one a line."""
    file = folder / "in.jsonl"
    file.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    return file


@pytest.mark.parametrize("words", ["Ældre", "starejši", "Older people"])
def test_what_is_imported_is_found_by_its_labels_in_every_language(
    storage: Storage, sqlite_url: str, tmp_path: Path, words: str
) -> None:
    answers = {**PUBLISHED["answers"], "target_groups": ["older_people"], "sharing": "public"}
    import_file(sqlite_url, written(tmp_path, {**PUBLISHED, "answers": answers}))
    hits = storage.read_now(lambda work: work.search.find(searching.Wanted(words), ["public"], 5))
    assert (len(hits.numbers), hits.close) == (1, False)


def imported(storage: Storage) -> dict[str, Record]:
    return {each.id: each for each in exported(storage, Wanted(with_contacts=True), relevant_answers)}


def answering(this: str, **answers: Any) -> dict[str, Any]:
    return {**PUBLISHED, "id": this, "answers": {**PUBLISHED["answers"], **answers}}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", 5),
        ("title", "x" * 121),
        ("summary", ["a", "list"]),
        ("status", "forgotten"),
        ("sharing", "everybody"),
        ("themes", "language_cafe"),
        ("themes", ["language_cafe", "gardening"]),
        ("themes", [["language_cafe"]]),
        ("volunteers", 10**30),
        ("volunteers", {"least": 10**30, "most": None, "approximate": False}),
        ("volunteers", {"least": 5, "most": 4, "approximate": False}),
        ("participants", {"least": 1, "most": 2, "approximate": True, "counted": "often"}),
        ("participants", {"least": 1, "most": 10**30, "approximate": True, "counted": "in_all"}),
        ("period_start", "9999-01-01"),
        ("period_start", "soon"),
        ("period_end", {"edtf": "2026"}),
        ("partners", {"types": ["ngo"], "names": [{"name": "Red Cross"}]}),
        ("partners", []),
        ("contact", {"name": "Ida"}),
        ("contact", {"name": "Ida" * 200, "email": "", "phone": ""}),
        ("location", {"place": "", "latitude": 1e300, "longitude": 0}),
        ("link", "https://example.org"),
        ("photo", [5]),
        ("photo_consent", "yes"),
        ("own_1", {"evil": [1]}),
    ],
)
def test_an_answer_that_its_question_could_not_have_got_is_refused_with_its_line_alone(
    storage: Storage, sqlite_url: str, tmp_path: Path, key: str, value: Any
) -> None:
    file = written(tmp_path, answering("before"), answering("wrong", **{key: value}), answering("after"))
    summary = import_file(sqlite_url, file)
    assert summary.line == "2 new, 0 changed, 0 same, 1 refused"
    assert summary.refusals[0].startswith("line 2: ")
    assert f"“{key}”" in summary.refusals[0]
    assert sorted(imported(storage)) == ["after", "before"]


def test_texts_are_cleaned_as_those_of_the_chat_are(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    library = {"name": "Foreningen\u202e Æblet\0"}
    record = {**answering("r1", title="Café\u202e\ud800", summary="a\0b\u200b " * 12), "library": library}
    assert import_file(sqlite_url, written(tmp_path, record)).line == "1 new, 0 changed, 0 same, 0 refused"
    assert import_file(sqlite_url, written(tmp_path, record)).line == "0 new, 0 changed, 1 same, 0 refused"
    (found,) = imported(storage).values()
    assert found.answers["title"] == "Café\ufffd"
    assert found.answers["summary"] == " ".join(["ab"] * 12)
    assert found.library
    assert found.library["name"] == "Foreningen Æblet"


def test_what_is_no_question_is_left_out_and_told(storage: Storage, sqlite_url: str, tmp_path: Path) -> None:
    summary = import_file(sqlite_url, written(tmp_path, answering("r1", shoe_size=43)))
    assert summary.line == "1 new, 0 changed, 0 same, 0 refused"
    assert summary.remarks == ["line 1: “shoe_size” is no question of a report, and was left out."]
    assert "shoe_size" not in imported(storage)["r1"].answers


def test_a_line_refused_takes_no_other_with_it_however_many_are_kept_together(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "in.jsonl"
    good = [json.dumps(answering(f"r{number:04}")) for number in range(2 * TOGETHER + 1)]
    lines = [line for each in good for line in (each, '{"id": "bad"}', "{")]
    file.write_text("\n".join([*lines, good[3]]), encoding="utf-8")
    heard: list[int] = []
    summary = import_file(sqlite_url, file, heard.append)
    assert summary.counts == {"new": len(good), "same": 1}
    assert len(summary.refusals) == 2 * len(good)
    assert sum(heard) == len(good) + 1
    assert len(imported(storage)) == len(good)


def test_one_that_the_database_does_not_take_is_told_and_the_others_of_its_portion_are_kept(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    storage.write_now(
        lambda work: work.audit._connection.exec_driver_sql(
            "CREATE TRIGGER refuses BEFORE INSERT ON reports WHEN new.id = 'odd' BEGIN SELECT RAISE(ABORT, 'no'); END"
        )
    )
    file = written(tmp_path, answering("before"), answering("odd"), answering("after"))
    summary = import_file(sqlite_url, file)
    assert summary.counts == {"new": 2}
    assert [line.split(":")[0] for line in summary.refusals] == ["line 2"]
    assert sorted(imported(storage)) == ["after", "before"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id;title\nr1;Café\n", "a table"),
        ("id,title\n" * 30, "a table"),
        (json.dumps([PUBLISHED, PUBLISHED]), "one array"),
        (json.dumps([PUBLISHED, PUBLISHED], indent=2), "one array"),
        (json.dumps(PUBLISHED, indent=2), "several lines"),
        ("PK\x03\x04", "something else"),
        ("\n\n", "empty"),
    ],
)
def test_a_file_of_another_form_is_told_once_which_is_wanted(
    storage: Storage, sqlite_url: str, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(Unusable, match=said) as refusal:
        import_file(sqlite_url, file)
    assert "JSON Lines" in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_progress_is_seen_on_a_terminal_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.cli.progress.EVERY_SECONDS", 0)
    for watched in (False, True):
        monkeypatch.setattr("sys.stderr.isatty", lambda watched=watched: watched)
        with Progress("lines taken in") as progress:
            progress(1500)
        said = capsys.readouterr().err
        assert ("1,500 lines taken in" in said) is watched
        assert not said or said.endswith("\r")


@pytest.mark.parametrize(
    ("library", "municipality"),
    [
        ({"name": "Foreningen Æblet", "municipality_code": "0461", "country": "DK"}, "Odense"),
        ({"name": "Društvo", "municipality": "Koper"}, "Koper"),
        ({"name": "Foreningen Æblet"}, None),
    ],
)
def test_a_library_outside_the_register_keeps_its_municipality(
    storage: Storage, sqlite_url: str, tmp_path: Path, library: dict[str, str], municipality: str | None
) -> None:
    summary = import_file(sqlite_url, written(tmp_path, {**PUBLISHED, "library": library}))
    assert summary.remarks == []
    [record] = imported(storage).values()
    assert record.library is not None
    assert (record.library["name"], record.library["municipality"]) == (library["name"], municipality)
    figures = storage.read_now(lambda work: work.initiatives.stored([record.id]))
    assert figures[record.id].place == (municipality or "")


def test_a_municipality_that_nobody_knows_is_left_out_and_told(
    storage: Storage, sqlite_url: str, tmp_path: Path
) -> None:
    library = {"name": "Bogbussen", "municipality_code": "9999", "country": "DK"}
    summary = import_file(sqlite_url, written(tmp_path, {**PUBLISHED, "library": library}))
    assert summary.line == "1 new, 0 changed, 0 same, 0 refused"
    assert summary.remarks == ["line 1: “library”: no municipality “9999 DK” is known, and it was left out."]
