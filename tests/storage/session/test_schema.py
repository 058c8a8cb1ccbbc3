import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from storage.engine.database import make_engine
from storage.engine.errors import DatabaseAway, SchemaTooNew
from storage.engine.urls import normalise_url
from storage.models import audit, metadata
from storage.session.schema import HEAD, migrate, schema_state


def execute(url: str, statement: str) -> None:
    with make_engine(normalise_url(url)).begin() as connection:
        connection.execute(text(statement))


def upgrade(url: str, revision: str) -> None:
    """Bring an empty database to an earlier version."""
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    with make_engine(normalise_url(url)).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def tables(url: str) -> set[str]:
    with make_engine(normalise_url(url)).connect() as connection:
        return set(filter(made_by_meldind, inspect(connection).get_table_names()))


def made_by_meldind(table: str | None) -> bool:
    """Whether `table` is no part of an FTS5 index, which SQLite makes of several tables."""
    return "_index" not in (table or "")


def test_the_migrations_make_what_the_models_say(url: str) -> None:
    def own(thing: Any, name: str | None, kind: str, _reflected: bool, _beside: object) -> bool:
        of_the_other = kind == "index" and thing.dialect_kwargs.get("postgresql_using") == "gin"
        return made_by_meldind(name) if kind == "table" else not (of_the_other and url.startswith("sqlite"))

    with make_engine(normalise_url(url)).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True, "include_object": own})
        assert compare_metadata(context, metadata) == []


DEFINITIONS = {
    "sqlite": """SELECT name, sql FROM sqlite_master WHERE type = 'index'
        UNION ALL SELECT t.name || '.' || c.name,
            printf('%d %s %d %s %d', c.cid, c.type, c."notnull", c.dflt_value, c.pk)
        FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name != 'alembic_version'
        UNION ALL SELECT t.name || '.' || f."from", f."table" || '.' || f."to"
        FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY 1, 2""",
    "postgresql": """SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename != 'alembic_version'
        UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text != 'alembic_version'
        UNION ALL SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
        || coalesce(column_default, '') FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name != 'alembic_version' ORDER BY 1""",
}


def test_down_to_the_last_index_as_the_databases_tell_it(url: str) -> None:
    with make_engine(normalise_url(url)).connect() as connection, connection.begin() as transaction:
        definitions = text(DEFINITIONS[connection.dialect.name])
        migrated = connection.execute(definitions).all()
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert migrated == connection.execute(definitions).all()
        transaction.rollback()


def test_a_database_of_an_earlier_version_is_told_apart(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.session.schema.HEAD", "9999")
    assert schema_state(url) == "older"


def test_the_newest_migration_is_the_one_that_is_named() -> None:
    assert ScriptDirectory("storage/migrations").get_current_head() == HEAD


def test_a_new_database_becomes_current_and_stays_so(database_url: str) -> None:
    assert schema_state(database_url) == "empty"
    migrate(database_url)
    assert schema_state(database_url) == "current"
    before = tables(database_url)
    migrate(database_url)
    assert tables(database_url) == before == {*metadata.tables, "alembic_version"}


def test_asking_makes_no_file(tmp_path: Path) -> None:
    assert schema_state(f"sqlite:///{tmp_path / 'none.sqlite3'}") == "empty"
    assert list(tmp_path.iterdir()) == []


def test_a_later_version_is_refused_and_left_alone(url: str) -> None:
    execute(url, "UPDATE alembic_version SET version_num = '9999'")
    assert schema_state(url) == "newer"
    with pytest.raises(SchemaTooNew, match="later version of Meldind"):
        migrate(url)
    assert schema_state(url) == "newer"


def test_a_migration_that_fails_leaves_nothing_behind(database_url: str) -> None:
    execute(database_url, "CREATE TABLE audit (somebody_elses integer)")
    with pytest.raises(DatabaseAway, match="cannot be migrated"):
        migrate(database_url)
    assert tables(database_url) == {"audit"}
    assert schema_state(database_url) == "empty"


def test_two_that_migrate_at_once_do_it_once(database_url: str) -> None:
    errors: list[BaseException] = []

    def migrating() -> None:
        try:
            migrate(database_url)
        except BaseException as error:  # noqa: BLE001 - shown below
            errors.append(error)

    threads = [threading.Thread(target=migrating) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert schema_state(database_url) == "current"


def test_pictures_sent_as_documents_are_looked_at_again_after_an_upgrade(database_url: str) -> None:
    at = "'2026-11-22T09:30:15.000000Z'"
    files = {
        "picture": ("document", "image/jpeg", "of-telegram", "fetched"),
        "photo": ("photo", "image/jpeg", "of-telegram", "fetched"),
        "paper": ("document", "application/pdf", "of-telegram", "fetched"),
        "imported": ("document", "image/jpeg", "", "fetched"),
        "refused": ("document", "image/jpeg", "of-telegram", "failed"),
    }
    upgrade(database_url, "0013")
    execute(
        database_url,
        f"""INSERT INTO reports (id, status, form, language, revision, place, forwarded, created_at, changed_at)
        VALUES ('r1', 'draft', 'initiative', 'en', 1, '{{}}', FALSE, {at}, {at})""",
    )
    for this, (kind, mime, reference, state) in files.items():
        execute(
            database_url,
            f"""INSERT INTO attachments (id, report_id, question, kind, reference, name, mime, sha256, state, attempts,
            next_try_at, created_at) VALUES ('{this}', 'r1', 'photo', '{kind}', '{reference}', '', '{mime}', 'ab',
            '{state}', 3, {at}, {at})""",
        )
    migrate(database_url)
    with make_engine(normalise_url(database_url)).connect() as connection:
        waiting = connection.execute(text("SELECT id, attempts, sha256 FROM attachments WHERE state = 'waiting'")).all()
    assert waiting == [("picture", 0, "ab")]


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'nothing'", "DELETE FROM audit"])
def test_the_database_itself_keeps_the_audit_trail_as_it_is(url: str, statement: str) -> None:
    execute(url, "INSERT INTO audit (id, at, action) VALUES (1, '2026-11-22T09:30:15.000000Z', 'corrected')")
    with pytest.raises(DBAPIError, match="never changed"):
        execute(url, statement)


def test_values_of_the_audit_trail_can_be_emptied_and_nothing_else(url: str) -> None:
    entry = "INSERT INTO audit (id, at, person_id, action, old, new) VALUES"
    execute(url, f"{entry} (1, '2026-11-22T09:30:15.000000Z', 7, 'corrected', '1', '2')")
    for statement in ("old = '3'", "old = NULL", "old = NULL, new = NULL, person_id = 8", "new = NULL, at = NULL"):
        with pytest.raises(DBAPIError):
            execute(url, f"UPDATE audit SET {statement}")
    execute(url, "UPDATE audit SET old = NULL, new = NULL")
    with pytest.raises(DBAPIError, match="never changed"):
        execute(url, "UPDATE audit SET new = '2'")


def test_a_database_that_cannot_be_opened_is_told_of_in_one_line(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path / 'no' / 'folder' / 'meldind.sqlite3'}"
    with pytest.raises(DatabaseAway, match=r"^[^\n]+$"):
        migrate(nowhere)
    (tmp_path / "text.sqlite3").write_text("no database at all, just some words that are long enough " * 20)
    with pytest.raises(DatabaseAway, match=r"^[^\n]+$"):
        schema_state(f"sqlite:///{tmp_path / 'text.sqlite3'}")


def test_migrations_are_found_from_anywhere(tmp_path: Path) -> None:
    script = f"from storage.session.schema import HEAD, migrate, schema_state; migrate({(url := 'sqlite:///here.sqlite3')!r})"
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
    assert schema_state(url.replace("here", str(tmp_path / "here"))) == "current"


@pytest.mark.parametrize("column", [each.name for each in audit.c if each.name not in ("old", "new")])
def test_with_its_values_nothing_else_of_an_entry_is_emptied_or_changed(url: str, column: str) -> None:
    at = "'2026-11-22T09:30:15.000000Z'"
    entry = "INSERT INTO audit (id, at, person_id, action, report_id, question, subject, old, new)"
    made = "(id, status, form, language, revision, place, forwarded, created_at, changed_at)"
    execute(url, f"INSERT INTO reports {made} VALUES ('r1', 'draft', 'initiative', 'en', 1, '{{}}', FALSE, {at}, {at})")
    execute(url, f"{entry} VALUES (1, {at}, 7, 'corrected', 'r1', 'title', '9', '1', '2')")
    other = {"id": "2", "person_id": "8", "at": "'2026-11-23T09:30:15.000000Z'"}.get(column, "'another'")
    for value in ("NULL", other)[column == "id" :]:  # SQLite has no number that is NULL
        with pytest.raises(DBAPIError, match="never changed"):
            execute(url, f"UPDATE audit SET old = NULL, new = NULL, {column} = {value}")


def test_of_calls_that_were_open_before_an_upgrade_webhooks_are_told_that_they_close(database_url: str) -> None:
    upgrade(database_url, "0026")
    calls = {
        "open": ("open", "NULL"),
        "dated": ("open", "'2099-01-01T00:00:00.000000Z'"),
        "late": ("open", "'2020-01-01T00:00:00.000000Z'"),
        "draft": ("draft", "NULL"),
        "closed": ("closed", "NULL"),
    }
    for slug, (status, deadline) in calls.items():
        execute(
            database_url,
            f"""INSERT INTO calls (slug, titles, language, opens_at, deadline_at, status, created_at)
            VALUES ('{slug}', '{{}}', 'en', '2020-01-01T00:00:00.000000Z', {deadline}, '{status}',
            '2020-01-01T00:00:00.000000Z')""",
        )
    migrate(database_url)
    with make_engine(normalise_url(database_url)).connect() as connection:
        found = connection.execute(text("SELECT slug, state FROM announced_calls ORDER BY slug")).all()
    assert [tuple(row) for row in found] == [("dated", "open"), ("open", "open")]
