"""What a trial begins with."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.files.reports.exports import Wish, export_reports
from bot.jobs.reminders import Reminders
from bot.jobs.timed.follow_up import FollowUpQuestion
from bot.jobs.timed.message import Look, Part
from bot.jobs.timed.planning import plan_portion
from bot.language.catalogues import Catalogues
from bot.runtime.settings import Settings
from bot.trial.child import trial_settings
from bot.trial.demo import prepare, records
from bot.trial.followed_up import hand_over, list_expert
from bot.trial.options import Options
from bot.trial.texts import page_texts
from conversations.forms.initiative import INITIATIVE
from conversations.model.calls import Call
from conversations.model.experts import Sought
from storage.reports.records import read_record
from storage.session.storage import Storage
from storage.session.unit_of_work import UnitOfWork
from tests.bot.trial.opening import IDA, LUKA, MAJA

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Settings, Path]:
    monkeypatch.setenv("MELDIND_DATA_DIR", str(tmp_path))
    return trial_settings()


def found(settings: tuple[Settings, Path], folder: Path) -> list[str]:
    output = folder / "export.jsonl"
    export_reports(settings[0].database, Wish(), output)
    return [json.loads(line)["id"] for line in output.read_text(encoding="utf-8").splitlines()]


def open_calls(settings: tuple[Settings, Path]) -> list[Call]:
    storage = Storage.open(settings[0].database)
    try:
        return list(storage.read_now(lambda work: work.calls.open_at(datetime.now(UTC))))
    finally:
        storage.close_now()


def test_the_records_are_what_an_export_gives() -> None:
    every = list(records(NOW))
    assert len(every) > 20
    for given in every:
        record = read_record(given)
        assert INITIATIVE.relevant_answers(record.answers) == record.answers
        assert record.library is not None
        assert record.library["isil"] or record.library["municipality_code"]


def test_the_newest_are_of_these_days() -> None:
    sent = [read_record(given).submitted_at for given in records(NOW)]
    newest = max(moment for moment in sent if moment)
    assert NOW - timedelta(days=7) < newest <= NOW


def test_a_theme_day_is_to_come(settings: tuple[Settings, Path]) -> None:
    prepare(settings[0], settings[1], Options())
    storage = Storage.open(settings[0].database)
    try:
        (event,) = storage.read_now(lambda work: work.events.coming(datetime.now(UTC)))
    finally:
        storage.close_now()
    assert set(event.titles) == set(event.texts) == {"da", "sl", "en"}
    assert event.takes(datetime.now(UTC))


def test_published_waiting_and_planned_ones_are_there() -> None:
    every = list(records(NOW))
    assert {each["status"] for each in every} == {"published", "submitted"}
    assert {each["answers"]["status"] for each in every} >= {"planned", "running", "finished"}
    assert {each["language"] for each in every} == {"da", "sl"}


def test_a_new_trial_has_them_and_two_open_calls(settings: tuple[Settings, Path], tmp_path: Path) -> None:
    prepare(*settings, Options())
    assert sorted(found(settings, tmp_path)) == sorted(record["id"] for record in records(NOW))
    assert [call.slug for call in open_calls(settings)] == ["krisetid", "povezujejo"]


def test_a_bare_one_has_nothing(settings: tuple[Settings, Path], tmp_path: Path) -> None:
    prepare(*settings, Options(empty=True))
    assert found(settings, tmp_path) == []
    prepare(*settings, Options())  # what is there is not filled up later
    assert found(settings, tmp_path) == []


def test_a_reset_forgets_what_was_tried(settings: tuple[Settings, Path], tmp_path: Path) -> None:
    prepare(*settings, Options(empty=True))
    picture = settings[0].data_dir / "attachments" / "picture.jpg"
    picture.parent.mkdir(parents=True)
    picture.touch()
    prepare(*settings, Options(reset=True))
    assert len(found(settings, tmp_path)) > 20
    assert not picture.exists()


def test_the_page_speaks_every_language() -> None:
    texts = page_texts()
    assert texts["da"]["Librarian"] == "Bibliotekar"
    assert set(texts["da"]) == set(texts["sl"])
    assert len(texts["da"]) > 90


def test_the_second_librarian_is_asked_about_a_report(settings: tuple[Settings, Path]) -> None:
    prepare(*settings, Options())
    storage = Storage.open(settings[0].database)
    now = datetime(2026, 11, 30, 23, tzinfo=UTC)
    job = Reminders(Catalogues(), ZoneInfo("Europe/Copenhagen"))

    def looks(work: UnitOfWork) -> list[str]:
        plan_portion(Look(work, now, ZoneInfo("Europe/Copenhagen")), FollowUpQuestion(), Part(""))
        return [row.payload["text"] for row in job.tell(work, now)]

    try:
        storage.write_now(lambda work: hand_over(work, now))  # Luka has not come yet
        assert storage.write_now(looks) == []
        storage.write_now(lambda work: work.people.arrive(LUKA, LUKA, "en", now))
        storage.write_now(lambda work: hand_over(work, now))
        storage.write_now(lambda work: hand_over(work, now))  # after a restart
        (text,) = storage.write_now(looks)
        assert "still running?" in text
        assert storage.write_now(looks) == []
    finally:
        storage.close_now()


def arrives(number: int, language: str, work: UnitOfWork) -> None:
    work.people.arrive(number, number, language, datetime.now(UTC))


def test_two_of_the_people_on_the_page_can_be_asked(settings: tuple[Settings, Path]) -> None:
    prepare(*settings, Options())
    storage, now = Storage.open(settings[0].database), datetime.now(UTC)
    try:
        assert storage.read_now(lambda work: work.people.known(IDA)) is None  # whose language is that of the phone
        for name, number, language in (("Ida", IDA, "da"), ("Maja", MAJA, "sl")):
            storage.write_now(partial(list_expert, name, now=now))  # has not come yet
            storage.write_now(partial(arrives, number, language))
            storage.write_now(partial(list_expert, name, now=now))
            storage.write_now(partial(list_expert, name, now=now))  # after a restart
        there = storage.read_now(lambda work: work.experts.found(Sought(), now))
    finally:
        storage.close_now()
    assert [(each.name, each.country) for each in there] == [("Ida", "DK"), ("Maja", "SI")]


def test_without_demo_data_nobody_can_be_asked(settings: tuple[Settings, Path]) -> None:
    prepare(*settings, Options(empty=True))
    storage, now = Storage.open(settings[0].database), datetime.now(UTC)
    try:
        storage.write_now(lambda work: work.people.arrive(IDA, IDA, "da", now))
        storage.write_now(partial(list_expert, "Ida", now=now))
        assert storage.read_now(lambda work: work.experts.found(Sought(), now)) == []
    finally:
        storage.close_now()
