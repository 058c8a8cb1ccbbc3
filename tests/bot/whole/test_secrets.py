"""What opens something to whoever knows it stands in no table and in no backup."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from bot.runtime.invitations import first_owner, invited
from storage.backups.writing import back_up
from storage.session.unit_of_work import UnitOfWork
from tests.bot.stage import Stage, Talk, on_stage

WEBHOOK_SECRET = "a-secret-that-Telegram-calls-with"
A_DAY = timedelta(days=1)


@pytest.fixture
async def stage(tmp_path: Path, database_url: str) -> AsyncIterator[Stage]:
    """The bot, running on a fresh database; the test runs once on each kind."""
    async with on_stage(tmp_path, database_url=database_url, webhook_secret=WEBHOOK_SECRET) as stage:
        yield stage


def tables(work: UnitOfWork) -> Iterator[tuple[str, str]]:
    """Every table of the database, the migrations' and the indexes' own too, with all that stands in it."""
    connection = work.audit._connection
    among = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "postgresql": "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables "
        "WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
    }
    for name in connection.scalars(text(among[connection.dialect.name])).all():
        yield name, str([tuple(row) for row in connection.execute(text(f"SELECT * FROM {name}"))])


async def owner(stage: Stage) -> tuple[Talk, str]:
    """The first owner, and the code that made them so."""
    code = str(await stage.storage.write(first_owner))
    talk = stage.talk("en")
    await talk.starts(f"i_{code}")
    talk.bot("Your role now: Owner")
    return talk, code


async def link(talk: Talk, *choices: str) -> str:
    """The code of an invitation that is made in the chat."""
    await talk.writes("/invite")
    for label in (*choices, "Create the link"):
        await talk.presses(label)
    found = next(screen.text for screen in reversed(talk.phone.messages) if "start=i_" in screen.text)
    return found.partition("start=i_")[2].split()[0]


async def test_no_secret_is_kept_in_any_table_or_in_a_backup(stage: Stage, tmp_path: Path) -> None:
    talk, first = await owner(stage)
    open_ones = [await link(talk, "Coordinator", "5 people"), await link(talk, "Partner", "25 people")]
    open_ones.append(await stage.storage.write(partial(invited, role="librarian", uses=9, lasts=A_DAY)))
    for code in open_ones:
        await stage.talk("da").starts(f"i_{code}")
    wrong, careless = stage.talk("sl"), stage.talk("en")
    await wrong.starts("i_AAAAAAAAAAAAAAAAAAAAAA")
    await careless.writes(f"https://t.me/meldind_bot?start=i_{open_ones[0]}")
    message = await careless.phone.types("/help")
    await careless.phone.edits(message, f"/start i_{open_ones[1]}")
    await stage.settles()
    secrets = [first, *open_ones, stage.server.token, WEBHOOK_SECRET, "AAAAAAAAAAAAAAAAAAAAAA"]
    held = await stage.finds(lambda work: list(tables(work)))
    assert {"outbox", "inbox", "invitations", "audit"} <= {name.removeprefix("public.") for name, _rows in held}
    assert [(name, secret) for name, rows in held for secret in secrets if secret in rows] == []
    back_up(stage.settings.database, tmp_path / "attachments", tmp_path / "backup.zip")
    with ZipFile(tmp_path / "backup.zip") as archive:
        members = {name: archive.read(name).decode() for name in archive.namelist()}
    assert [(name, secret) for name, rows in members.items() for secret in secrets if secret in rows] == []
    late = stage.talk("en")
    await late.starts(f"i_{open_ones[0]}")
    late.bot("Your role now: Coordinator")  # so what was looked for would have opened something


@pytest.mark.parametrize("kind", ["blocked", "deactivated"])
async def test_an_invitation_that_cannot_be_shown_is_not_kept_either(stage: Stage, kind: Any) -> None:
    talk, _first = await owner(stage)
    await talk.writes("/invite")
    for method in ("sendPhoto", "sendMessage", "editMessageText"):
        stage.server.cloud.faults.add(kind, method=method, times=None)
    await talk.phone.presses("Create the link")
    await stage.settles()
    held = dict(await stage.finds(lambda work: list(tables(work))))
    assert not [name for name, rows in held.items() if "start=i_" in rows]
