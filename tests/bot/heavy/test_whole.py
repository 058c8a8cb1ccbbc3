"""The whole bot on PostgreSQL: files and pictures are made as tasks, by who serves while there is no worker."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.bot.files.test_files import PNG, file_behind
from tests.bot.reviewing import coordinator, reports
from tests.bot.stage import on_stage

pytestmark = pytest.mark.timeout(180)


async def test_a_file_and_a_picture_come_and_nothing_of_them_stays(tmp_path: Path, postgres_url: str) -> None:
    async with on_stage(tmp_path, database_url=postgres_url) as stage:
        ann = await coordinator(stage)
        await reports(stage.talk())
        await ann.writes("/export")
        await ann.phone.presses("For developers (JSON Lines)")
        await ann.phone.sees("Here is the file, with one report.")
        (line,) = (await file_behind(ann, ann.screen)).splitlines()
        assert json.loads(line)["answers"]["title"] == "Language café in the park"
        await ann.writes("/stats")
        assert (await file_behind(ann, await ann.presses("Reports by theme"))).startswith(PNG)
        kept = text("SELECT count(*) FROM heavy.contents")
        assert await stage.finds(lambda work: work._connection.scalar(kept)) == 0
        ended = text("SELECT name, state FROM heavy_jobs WHERE name <> 'nightly' ORDER BY asked_at")
        assert await stage.finds(lambda work: [tuple(each) for each in work._connection.execute(ended)]) == [
            ("export", "done"),
            ("enclosure", "done"),
        ]
