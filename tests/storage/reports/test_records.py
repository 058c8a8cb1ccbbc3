"""Reports leave as records and come back the same."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conversations.context.session import Session, Turn
from conversations.language.events import File
from conversations.model.outcomes import (
    Answered,
    DraftDiscarded,
    DraftStarted,
    FileReceived,
    Outcome,
    ReportSubmitted,
    ReportWithdrawn,
)
from storage import registers
from storage.engine.errors import NotARecord
from storage.people.audit import Entry
from storage.reports.exporting import TOGETHER, Wanted
from storage.reports.importing import TakenIn
from storage.reports.records import LIBRARY_PARTS, LONGEST, STATUSES, YEARS, Record, read_record
from storage.session.exporting import exported
from storage.session.schema import migrate
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.postgres import Postgres
from tests.storage.chat import NOW, arrive, later

PERSONAL = ("contact", "resource_person")
EVERYTHING = Wanted(STATUSES, with_contacts=True)
ODENSE = {"key": "dk-0461", "name": "Odense Biblioteker"}
PHOTO = File("photo", "AgAD", "", "image/jpeg", 2048)


def relevant(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """A form that asks for the outcome of what is finished only."""
    return {key: value for key, value in answers.items() if key != "outcome" or answers.get("status") == "finished"}


def keep(storage: Storage, *outcomes: Outcome, now: datetime = NOW) -> None:
    storage.write_now(lambda work: work.keep(arrive(work), Turn(Session(), (), outcomes, language="da"), now))


def records(storage: Storage, wanted: Wanted = EVERYTHING) -> list[Record]:
    return list(exported(storage, wanted, relevant))


def lines(storage: Storage, wanted: Wanted = EVERYTHING) -> bytes:
    """The export as a file."""
    return b"".join(f"{json.dumps(each.as_json(), ensure_ascii=False)}\n".encode() for each in records(storage, wanted))


def take_in(storage: Storage, record: Any) -> TakenIn:
    return storage.write_now(lambda work: work.importing(relevant, PERSONAL).take_in(record))


def take_in_all(storage: Storage, file: bytes) -> list[TakenIn]:
    return [take_in(storage, json.loads(line)) for line in file.splitlines()]


@pytest.fixture
def here(url: str) -> Iterator[Storage]:
    """A database, open for callers that have no event loop."""
    storage = Storage.open(url)
    yield storage
    storage.close_now()


@pytest.fixture
def elsewhere(tmp_path: Path, postgres: Postgres, url: str) -> Iterator[Storage]:
    """An empty database of the other kind."""
    if url.startswith("sqlite"):
        with postgres.database() as name:
            yield from opened(postgres.url(name))
    else:
        yield from opened(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}")


def opened(url: str) -> Iterator[Storage]:
    migrate(url)
    storage = Storage.open(url)
    yield storage
    storage.close_now()


def fill(storage: Storage) -> None:
    """A draft, reports in several states, contacts, files, a correction, another organisation."""
    keep(storage, DraftStarted("draft"), Answered("draft", "title", "Kladde"))
    keep(storage, DraftStarted("bare"), now=later(seconds=1))
    keep(
        storage,
        DraftStarted("full"),
        Answered("full", "summary", "Kaffe og snak"),
        Answered("full", "library", ODENSE),
        Answered("full", "title", "Sprogcafé “Æblet” – šola\n🙂"),
        Answered("full", "status", "running"),
        Answered("full", "outcome", "skjult, for den er ikke slut"),
        Answered("full", "themes", ["language_cafe", "reading"]),
        Answered("full", "start", {"edtf": "2026-03/.."}),
        Answered("full", "participants", {"about": True, "n": 25.5}),
        Answered("full", "partners", None),
        Answered("full", "campaign", "nordic-2026"),
        Answered("full", "contact", "bib@odense.dk", personal=True),
        FileReceived("full", "photo", "a1", PHOTO),
        FileReceived("full", "photo", "a2", PHOTO),
        FileReceived("full", "photo", "gone", replace(PHOTO, name="fortrudt.jpg")),
        Answered("full", "photo", ["a1", "a2"]),
        ReportSubmitted("full"),
        now=later(seconds=2),
    )
    storage.write_now(lambda work: work.attachments.fetched("a2", "0f" * 32, 1999, "image/jpeg"))
    keep(storage, Answered("full", "summary", "Kaffe, te og snak"), now=later(days=1))
    keep(
        storage,
        DraftStarted("other"),
        Answered("other", "library", {"key": None, "name": "Odense Biblioteker"}),
        ReportSubmitted("other"),
        ReportWithdrawn("other"),
        now=NOW.replace(microsecond=0),
    )
    keep(storage, DraftStarted("thrown"), DraftDiscarded("thrown"))


def by_id(storage: Storage, wanted: Wanted = EVERYTHING) -> dict[str, dict[str, Any]]:
    return {record.id: record.as_json() for record in records(storage, wanted)}


def test_the_record_is_as_promised(here: Storage) -> None:
    fill(here)
    odense = registers.library("dk-0461")
    assert odense is not None
    record = by_id(here)["full"]
    assert json.dumps(record) == json.dumps(
        {
            "id": "full",
            "call": "nordic-2026",
            "status": "submitted",
            "language": "da",
            "created_at": "2026-11-22T09:30:17.123456Z",
            "submitted_at": "2026-11-22T09:30:17.123456Z",
            "published_at": None,
            "library": {
                "name": odense.name,
                "isil": "DK-746100",
                "municipality_code": "0461",
                "municipality": "Odense",
                "region": odense.municipality.region,
                "country": "DK",
            },
            "answers": {
                "summary": "Kaffe, te og snak",
                "title": "Sprogcafé “Æblet” – šola\n🙂",
                "status": "running",
                "themes": ["language_cafe", "reading"],
                "start": {"edtf": "2026-03/.."},
                "participants": {"about": True, "n": 25.5},
                "campaign": "nordic-2026",
                "photo": ["a1", "a2"],
                "contact": "bib@odense.dk",
            },
            "attachments": [
                {"kind": "photo", "name": "", "size": 2048, "sha256": None},
                {"kind": "photo", "name": "", "size": 1999, "sha256": "0f" * 32},
            ],
            "revision": 2,
        }
    )


def test_another_organisation_has_nothing_but_its_name(here: Storage) -> None:
    fill(here)
    nothing = dict.fromkeys(("isil", "municipality_code", "municipality", "region", "country"))
    assert by_id(here)["other"]["library"] == {"name": "Odense Biblioteker", **nothing}
    assert by_id(here)["bare"]["library"] is None


def test_drafts_and_contacts_are_there_only_when_asked_for(here: Storage) -> None:
    fill(here)
    assert [record.id for record in records(here, Wanted())] == ["other", "full"]
    assert "contact" not in by_id(here, Wanted())["full"]["answers"]
    assert [record.id for record in records(here, Wanted(["draft"]))] == ["draft", "bare"]
    assert [record.id for record in records(here, Wanted(["draft", "withdrawn"]))] == ["other", "draft", "bare"]
    assert [record.id for record in records(here, Wanted(call="nordic-2026"))] == ["full"]
    assert records(here, Wanted(call="none-such")) == []


def test_a_round_trip_through_the_other_database_changes_not_one_byte(here: Storage, elsewhere: Storage) -> None:
    fill(here)
    before = lines(here)
    assert take_in_all(elsewhere, before) == ["new"] * 4
    assert lines(elsewhere) == before
    assert take_in_all(elsewhere, before) == ["same"] * 4
    assert take_in_all(here, before) == ["same"] * 4
    assert lines(elsewhere) == lines(here) == before


def test_what_came_by_import_is_nobodys(here: Storage, elsewhere: Storage) -> None:
    fill(here)
    take_in_all(elsewhere, lines(here))
    assert elsewhere.write_now(lambda work: work.lookup(arrive(work), NOW).reports.own()) == []
    assert elsewhere.read_now(lambda work: work.attachments.to_fetch(later(days=999), 10)) == []


def test_an_export_without_contacts_takes_no_contacts_away(here: Storage) -> None:
    fill(here)
    before = lines(here)
    assert take_in_all(here, lines(here, Wanted(STATUSES))) == ["same"] * 4
    changed = by_id(here, Wanted())["full"] | {"revision": 3, "language": "sl"}
    assert take_in(here, changed) == "changed"
    assert by_id(here)["full"]["answers"]["contact"] == "bib@odense.dk"
    assert take_in_all(here, before)[-1] == "same"  # older than what is here


def test_a_later_record_brings_the_report_up_to_date_and_keeps_its_history(here: Storage) -> None:
    fill(here)
    later_on = by_id(here)["full"]
    later_on["answers"] = {**later_on["answers"], "title": "Nyt navn", "contact": "ny@odense.dk"}
    del later_on["answers"]["summary"]
    later_on |= {"status": "published", "published_at": "2026-12-01T08:00:00Z", "revision": 3}
    later_on["library"] = dict.fromkeys(later_on["library"]) | {"name": "Foreningen Æblet"}
    added = {"kind": "document", "name": "a.pdf", "size": 9, "sha256": None}
    later_on["attachments"] = [*later_on["attachments"], added]
    assert take_in(here, later_on) == "changed"
    found = by_id(here)["full"]
    assert {**found, "answers": dict(sorted(found["answers"].items()))} == {
        **later_on,
        "answers": dict(sorted(later_on["answers"].items())),
    }
    corrections = [
        entry for entry in here.read_now(lambda work: work.audit.of_report("full")) if entry.person_id is None
    ]
    assert [(entry.action, entry.question, entry.old, entry.new) for entry in corrections[:-1]] == [
        ("corrected", "library", ODENSE, {"key": None, "name": "Foreningen Æblet"}),
        ("corrected", "title", "Sprogcafé “Æblet” – šola\n🙂", "Nyt navn"),
        ("corrected", "contact", None, None),
        ("corrected", "summary", "Kaffe, te og snak", None),
        ("corrected", "outcome", "skjult, for den er ikke slut", None),
    ]
    assert take_in(here, later_on) == "same"
    assert here.write_now(lambda work: work.lookup(arrive(work), NOW).reports.one("full")) is not None


def test_a_second_import_changes_nothing_even_where_the_report_has_changed_since(
    here: Storage, elsewhere: Storage
) -> None:
    fill(here)
    file = lines(here)
    take_in_all(elsewhere, file)
    take_in(elsewhere, by_id(here)["full"] | {"status": "published"})
    before = lines(elsewhere)
    assert take_in_all(elsewhere, file) == ["same"] * 4
    assert lines(elsewhere) == before


@pytest.mark.parametrize("library", [None, {"name": "Foreningen Æblet"}])
def test_the_library_counts_only_where_it_stands_in_the_record(here: Storage, library: Any) -> None:
    odd = {"id": "odd", "status": "declined", "library": library}
    record = GOOD | odd | {"answers": {"library": ODENSE, "title": "Sprogcafé"}}
    assert take_in(here, record) == "new"
    assert take_in(here, record) == "same"
    found = by_id(here)["odd"]
    assert found["answers"] == {"title": "Sprogcafé"}
    assert (found["library"] or {}).get("name") == (library or {}).get("name")
    assert take_in(here, found) == "same"
    later_on = record | {"revision": 2, "answers": {"library": 5}}
    assert take_in(here, later_on) == "changed"
    assert by_id(here)["odd"] == found | {"revision": 2, "answers": {}}


def test_a_draft_thrown_away_here_stays_away(here: Storage) -> None:
    fill(here)
    thrown = by_id(here)["draft"] | {"id": "thrown", "revision": 9}
    assert take_in(here, thrown) == "same"
    assert "thrown" not in by_id(here)


def test_an_import_is_noted(here: Storage, elsewhere: Storage) -> None:
    fill(here)
    take_in_all(elsewhere, lines(here))
    (entry,) = elsewhere.read_now(lambda work: work.audit.of_report("full"))
    assert (entry.action, entry.person_id, list(entry.new)) == ("imported", None, ["sha256"])
    assert isinstance(entry, Entry)


def test_many_reports_leave_in_their_order_and_each_once(here: Storage) -> None:
    started = [f"r{number:04}" for number in range(2 * TOGETHER + 1)]

    def start(work: UnitOfWork, these: Iterable[str]) -> None:
        person = arrive(work)
        for this in these:  # all at one moment: the id decides
            work.keep(person, Turn(Session(), (), (DraftStarted(this), ReportSubmitted(this)), language="da"), NOW)

    here.write_now(partial(start, these=reversed(started)))
    leaving = exported(here, Wanted(), relevant)
    first = [next(leaving).id for _ in range(3)]
    keep(here, ReportWithdrawn("r0001"))  # while the export is under way
    assert first + [record.id for record in leaving] == started


GOOD: dict[str, Any] = {
    "id": "r1",
    "call": None,
    "status": "submitted",
    "language": "da",
    "created_at": "2026-11-22T09:30:15Z",
    "submitted_at": "2026-11-22T10:30:15+01:00",
    "published_at": None,
    "library": None,
    "answers": {},
    "attachments": [],
    "revision": 1,
}


def test_times_are_read_in_any_zone_and_written_in_utc() -> None:
    assert read_record(GOOD).submitted_at == datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)
    assert read_record(GOOD).as_json() == GOOD | {"submitted_at": "2026-11-22T09:30:15Z"}


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"id": ""}, "id"),
        ({"id": "no id"}, "id"),
        ({"id": 5}, "id"),
        ({"call": 7}, "call"),
        ({"status": "lost"}, "status"),
        ({"language": None}, "language"),
        ({"language": "d\0a"}, "language"),
        ({"language": "tlh"}, "language"),
        ({"created_at": "0001-01-01T00:00:00+14:00"}, "created_at"),
        ({"published_at": "9999-12-31T23:59:59-12:00"}, "published_at"),
        ({"call": "c" * 301}, "call"),
        ({"library": {"name": "n" * 301}}, "name"),
        ({"attachments": [{"kind": "photo", "name": "n" * 301}]}, "name"),
        ({"created_at": None}, "created_at"),
        ({"created_at": "yesterday"}, "created_at"),
        ({"submitted_at": "2026-11-22T09:30:15"}, "submitted_at"),
        ({"library": "Odense"}, "library"),
        ({"library": {"name": None}}, "name"),
        ({"answers": []}, "answers"),
        ({"answers": {"title": "a\0b"}}, "answers"),
        ({"answers": {"title\0": "ab"}}, "answers"),
        ({"attachments": {}}, "attachments"),
        ({"attachments": [{"kind": "photo"}]}, "name"),
        ({"attachments": [{"kind": "photo", "name": "", "size": -1}]}, "size"),
        ({"revision": True}, "revision"),
        ({"revision": 2**40}, "revision"),
        ([], "record"),
        (None, "record"),
    ],
)
def test_what_is_no_record_is_refused_with_the_part_that_is_wrong(wrong: Any, part: str) -> None:
    with pytest.raises(NotARecord, match=part):
        read_record(GOOD | wrong if isinstance(wrong, dict) else wrong)


texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=LONGEST)
values = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(st.none() | inner, max_size=3) | st.dictionaries(texts, st.none() | inner, max_size=3),
    max_leaves=6,
)
EARLIEST, LATEST = (datetime(year, 1, 1, tzinfo=UTC).replace(tzinfo=None) for year in (YEARS.start, YEARS.stop - 1))
times = st.datetimes(EARLIEST, LATEST, timezones=st.just(UTC))
told_libraries = st.sampled_from(registers.libraries()).map(
    lambda library: {
        "name": library.name,
        "isil": library.isil or None,
        "municipality_code": library.municipality.code,
        "municipality": library.municipality.name,
        "region": library.municipality.region,
        "country": library.country,
    }
)
other_organisations = texts.map(lambda name: dict.fromkeys(LIBRARY_PARTS) | {"name": name})
told_files = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["photo", "document", "voice"]),
        "name": texts,
        "size": st.none() | st.integers(0, 2**31 - 1),
        "sha256": st.none() | texts,
    }
)
told_reports = st.builds(
    Record,
    id=st.text("abc-_019", min_size=1, max_size=8),
    call=st.none() | texts,
    status=st.sampled_from(STATUSES),
    language=st.sampled_from(["da", "sl", "en"]),
    created_at=times,
    submitted_at=st.none() | times,
    published_at=st.none() | times,
    library=st.none() | told_libraries | other_organisations,
    answers=st.dictionaries(st.sampled_from(["title", "outcome", "status", *PERSONAL]) | texts, values),
    attachments=st.lists(told_files, max_size=12),
    revision=st.integers(0, 99),
)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "meldind.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


def leaving(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `answers` that leave among the answers: the library comes and leaves at the top of the record.

    A text without words leaves as its files alone.
    """
    return {key: value for key, value in relevant(answers).items() if key != "library" and value != ""}


# Hypothesis takes some of its texts from the sources that happen to be imported, so "library" was once among the keys.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(told_reports, unique_by=lambda record: record.id, max_size=5))
@example(told=[read_record(GOOD | {"status": "declined", "answers": {"library": 5, "": [{"": 0.5}]}})])
def test_whatever_is_told_comes_in_and_leaves_the_same(empty: Path, tmp_path: Path, told: list[Record]) -> None:
    files = []
    given_records: Iterable[Any] = [record.as_json() for record in told]
    for name in ("first", "second"):
        shutil.copy(empty, tmp_path / name)
        storage = Storage.open(f"sqlite:///{tmp_path / name}")
        try:
            for record in given_records:
                assert take_in(storage, record) == "new"
                assert take_in(storage, record) == "same"
            files.append(lines(storage))
        finally:  # the next example copies over this file
            storage.close_now()
        given_records = [json.loads(line) for line in files[0].splitlines()]
    assert files[0] == files[1]
    in_order = sorted(told, key=lambda record: (record.created_at, record.id))
    assert given_records == [replace(record, answers=leaving(record.answers)).as_json() for record in in_order]


def test_a_record_of_the_same_revision_that_says_something_else_is_taken_in(here: Storage) -> None:
    assert take_in(here, GOOD | {"answers": {"title": "Café"}}) == "new"
    again = GOOD | {"answers": {"title": "Café on Wednesdays"}}
    assert take_in(here, again) == "changed"
    assert by_id(here)["r1"]["answers"] == {"title": "Café on Wednesdays"}
    assert take_in(here, again | {"revision": 0}) == "same"
