"""A whole report, on each kind of database, within the calls that are allowed for it."""

from pathlib import Path

from tests.bot.reporting import KEPT, reports, sent_reports
from tests.bot.stage import on_stage


async def test_a_report_from_the_first_word_to_the_database(tmp_path: Path, database_url: str) -> None:
    async with on_stage(tmp_path, database_url=database_url) as stage:
        librarian = stage.talk()
        await librarian.starts()
        await reports(librarian)
        await stage.restart()
        await librarian.writes("/myreports")
        librarian.bot("Your drafts and reports: 1")
        (answers,) = await stage.finds(sent_reports)
        assert answers.items() >= KEPT.items()
        for done in await librarian.phone.interactions():
            assert len(done[1]) <= 2, done
