"""Backups: what is restored is what was there, on either database, or nothing at all."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import func, insert, select, text

from storage.backups import snapshot as snapshots
from storage.backups.manifest import FORMAT, NAME
from storage.backups.reading import opened
from storage.backups.restoring import restore
from storage.backups.writing import back_up
from storage.engine.database import make_engine
from storage.engine.errors import NotKept, Occupied, UnusableBackup
from storage.engine.sqlite import driver
from storage.engine.urls import normalise_url
from storage.models import audit, metadata, people, sessions
from storage.session.schema import HEAD, migrate, schema_state
from tests.postgres import Postgres
from tests.storage.full import EACH, MOMENT, fill

PICTURE = b"\xff\xd8\xff a picture"
DIGEST = hashlib.sha256(PICTURE).hexdigest()
PERSON = {"language": "da", "language_chosen": True, "privacy_version": "1", "created_at": MOMENT}


@pytest.fixture
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where to restore: an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    with server.database() as name:
        yield server.url(name)


both_kinds = pytest.mark.parametrize("other_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of attachments with one file, and one that is just being written."""
    folder = tmp_path / "attachments"
    (folder / DIGEST[:2]).mkdir(parents=True)
    (folder / DIGEST[:2] / DIGEST).write_bytes(PICTURE)
    (folder / DIGEST[:2] / "tmpx4k2").write_bytes(b"half")
    return folder


@pytest.fixture
def full(url: str, files: Path, tmp_path: Path) -> Path:
    """A backup of a database with rows in every table."""
    fill(url)
    back_up(url, files, tmp_path / "full.zip")
    return tmp_path / "full.zip"


def restored(path: Path, url: str, files: Path, *, force: bool = False) -> None:
    with opened(path) as backup:
        restore(backup, url, files, force=force)


def count(url: str) -> dict[str, int]:
    with make_engine(normalise_url(url)).connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of a backup in which `change` has changed members, or left them out."""
    there = path.with_name("changed.zip")
    with ZipFile(path) as old, ZipFile(there, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return there


def with_manifest(path: Path, **given: object) -> Path:
    def change(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | given).encode() if name == NAME else content

    return rewritten(path, change)


@both_kinds
def test_every_row_and_file_comes_out_of_the_other_database_as_it_was(
    full: Path, other_url: str, tmp_path: Path
) -> None:
    there = tmp_path / "restored"
    restored(full, other_url, there)
    assert set(count(other_url).values()) == {EACH}
    assert (there / DIGEST[:2] / DIGEST).read_bytes() == PICTURE
    assert [path.name for path in there.rglob("*") if path.is_file()] == [DIGEST]
    back_up(other_url, there, tmp_path / "again.zip")
    with ZipFile(full) as first, ZipFile(tmp_path / "again.zip") as second:
        assert first.namelist() == second.namelist()
        for name in set(first.namelist()) - {NAME}:
            assert first.read(name) == second.read(name), name


@both_kinds
def test_numbers_go_on_where_they_were(full: Path, other_url: str, tmp_path: Path) -> None:
    restored(full, other_url, tmp_path / "restored")
    with make_engine(normalise_url(other_url)).begin() as connection:
        made = connection.execute(insert(people), {**PERSON, "chat_id": 1}).inserted_primary_key
    assert made is not None
    assert made[0] == EACH + 1


@both_kinds
def test_an_empty_database_has_a_backup_too(url: str, other_url: str, tmp_path: Path) -> None:
    back_up(url, tmp_path / "none", tmp_path / "empty.zip")
    migrate(other_url)  # fresh, but there
    restored(tmp_path / "empty.zip", other_url, tmp_path / "restored")
    with make_engine(normalise_url(other_url)).begin() as connection:
        made = connection.execute(insert(people), {**PERSON, "chat_id": 1}).inserted_primary_key
    assert made is not None
    assert made[0] == 1


@both_kinds
def test_what_holds_something_is_replaced_only_by_force(full: Path, other_url: str, tmp_path: Path) -> None:
    migrate(other_url)
    with make_engine(normalise_url(other_url)).begin() as connection:
        connection.execute(insert(audit), [{"at": MOMENT, "action": "exported"} for _ in range(20)])
    other = "ab" * 32
    there = tmp_path / "restored"
    with pytest.raises(Occupied, match="--force"):
        restored(full, other_url, there)
    assert count(other_url)["audit"] == 20
    assert not there.exists()
    (there / "ab").mkdir(parents=True)
    (there / "ab" / other).write_bytes(b"of old")
    restored(full, other_url, there, force=True)
    assert set(count(other_url).values()) == {EACH}
    assert [path.name for path in there.rglob("*") if path.is_file()] == [DIGEST]
    with pytest.raises(Exception, match="audit"), make_engine(normalise_url(other_url)).begin() as connection:
        connection.execute(audit.delete())  # the audit is protected as before


@pytest.mark.parametrize("other_url", ["sqlite"], indirect=True)
def test_files_are_replaced_only_by_force(full: Path, other_url: str, files: Path, tmp_path: Path) -> None:
    with pytest.raises(Occupied, match="holds files"):
        restored(full, other_url, files)
    assert not (tmp_path / "restored.db").exists()


@both_kinds
def test_a_restoration_that_fails_leaves_everything_as_it_was(
    full: Path, other_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storage.engine.atomic.os.fsync", no_space)
    there = tmp_path / "restored"
    with pytest.raises(NotKept, match="No space left"):
        restored(full, other_url, there)
    assert schema_state(other_url) == "empty"
    assert not (tmp_path / "restored.db").exists()
    assert not any(path.is_file() for path in there.rglob("*"))


@both_kinds
def test_what_comes_out_otherwise_is_not_kept(full: Path, other_url: str, tmp_path: Path) -> None:
    """A row in another form than this version writes stands for the database that changes what it is given."""

    def change(name: str, content: bytes) -> bytes:
        if name == "tables/calls.jsonl":
            return content.replace(b'","', b'", "', 1)
        if name == NAME:
            with ZipFile(full) as archive:
                calls = change("tables/calls.jsonl", archive.read("tables/calls.jsonl"))
            manifest = json.loads(content)
            manifest["members"]["tables/calls.jsonl"] = hashlib.sha256(calls).hexdigest()
            return json.dumps(manifest).encode()
        return content

    with pytest.raises(NotKept, match="Table calls differs"):
        restored(rewritten(full, change), other_url, tmp_path / "restored")
    assert schema_state(other_url) == "empty"


def refused(path: Path) -> str:
    with pytest.raises(UnusableBackup) as error, opened(path):
        pass
    return str(error.value)


@pytest.mark.parametrize("name", ["tables/answers.jsonl", f"attachments/{DIGEST[:2]}/{DIGEST}"])
def test_a_changed_or_missing_member_is_noticed(full: Path, name: str) -> None:
    assert f"{name} is not what" in refused(rewritten(full, lambda each, old: old + b"\n" if each == name else old))
    assert "damaged" in refused(rewritten(full, lambda each, old: None if each == name else old))


def test_a_file_that_is_cut_or_flipped_or_none_is_refused(full: Path, tmp_path: Path) -> None:
    content = full.read_bytes()
    broken = tmp_path / "broken.zip"
    for part in (b"", b"hello", content[:-1], content[: len(content) // 2], content[1:]):
        broken.write_bytes(part)
        assert "damaged" in refused(broken)
    for at in range(0, len(content), 97):
        broken.write_bytes(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        try:
            with opened(broken):
                pass  # the flipped bit is a date of the archive or the like, nothing that is restored
        except UnusableBackup:
            pass


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"schema": "9999"}, "later version"),
        ({"format": FORMAT + 1}, "later version"),
        ({"schema": "0001"}, f"earlier version of Meldind (schema 0001, here {HEAD})"),
        ({"tables": {"people": 1}}, "does not name the tables"),
        ({"members": {"../etc/passwd": "ab"}}, "does not name what a backup holds"),
        ({"format": "one"}, "cannot be read"),
    ],
)
def test_what_another_version_made_is_refused_with_a_line(full: Path, given: dict[str, object], said: str) -> None:
    told = refused(with_manifest(full, **given))
    assert said in told
    assert "\n" not in told


def test_a_backup_while_others_write_is_of_one_moment(url: str, tmp_path: Path) -> None:
    stop = threading.Event()
    acknowledged = 0

    def write() -> None:
        nonlocal acknowledged
        number = 0
        with make_engine(normalise_url(url)).connect() as connection:
            while not stop.is_set():
                number += 1
                with connection.begin():
                    connection.execute(insert(people), {"id": number, **PERSON, "chat_id": number})
                    connection.execute(insert(sessions), {"person_id": number, "step": 1})
                acknowledged = number

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            before = acknowledged
            output = tmp_path / f"{turn}.zip"
            manifest = back_up(url, tmp_path / "none", output)
            assert manifest.tables["people"] == manifest.tables["sessions"] >= before
            restored(output, f"sqlite:///{tmp_path / f'{turn}.db'}", tmp_path / "restored")
    finally:
        stop.set()
        writer.join()
    assert acknowledged > 0
    assert not list(tmp_path.glob(".*"))


def test_a_copy_that_is_always_overtaken_is_made_in_one_go(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(sqlite_url)
    monkeypatch.setattr(snapshots, "_PAGES", 1)
    writer = driver.connect(tmp_path / "meldind.sqlite3", isolation_level=None)
    pace = snapshots._Patience.goes_on
    numbers = iter(range(10_000))

    def goes_on(self: snapshots._Patience, status: int, left: int, pages: int) -> None:
        writer.execute("INSERT INTO redemption_tries (person_id, at) SELECT ?, ''", (next(numbers),))
        pace(self, status, left, pages)

    monkeypatch.setattr(snapshots._Patience, "goes_on", goes_on)
    writer.execute("PRAGMA foreign_keys = OFF")
    with snapshots.snapshot(sqlite_url, tmp_path) as connection:
        found = connection.scalar(text("SELECT count(*) FROM redemption_tries"))
    writer.close()
    assert found == next(numbers)


def test_what_is_read_for_a_backup_stays_as_it_was_whatever_is_written_meanwhile(url: str, tmp_path: Path) -> None:
    def write(number: int) -> None:
        with make_engine(normalise_url(url)).begin() as connection:
            connection.execute(insert(people), {"id": number, **PERSON, "chat_id": number})
            connection.execute(insert(sessions), {"person_id": number, "step": 1})

    write(1)
    with snapshots.snapshot(url, tmp_path) as connection:
        assert connection.scalar(select(func.count()).select_from(people)) == 1
        write(2)
        assert connection.scalar(select(func.count()).select_from(people)) == 1
        assert connection.scalar(select(func.count()).select_from(sessions)) == 1
