"""The site of the demo data: what it has, and what a second run does."""

from pathlib import Path

from tests.bot.site.publishing import demo_storage, files_of, published


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    with demo_storage(tmp_path) as storage:
        first = published(storage, tmp_path / "site")
        before = files_of(tmp_path / "site")
        second = published(storage, tmp_path / "site")
    assert first.initiatives > 10
    assert first.rewritten == len(before)
    assert (second.rewritten, second.removed) == (0, 0)
    assert second.same == len(before)
    assert files_of(tmp_path / "site") == before
