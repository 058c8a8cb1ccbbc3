"""Only what changed is written; a folder that is not a site is refused; a run that breaks off changes nothing."""

import os
from pathlib import Path
from typing import BinaryIO

import pytest

from bot.runtime.errors import Unusable
from bot.site.files import SiteFile, mark, text_file
from bot.site.state import HIDDEN, opened_state, whole_run
from bot.site.writer import SiteWriter
from tests.bot.site.publishing import files_of


def run(folder: Path, *files: SiteFile) -> SiteWriter:
    with opened_state(folder) as state:
        writer = SiteWriter(folder, state)
        writer.begin()
        with whole_run(state, folder) as number:
            for file in files:
                writer.put(file, number)
            writer.finish(number)
        writer.settle()
        return writer


def page(path: str, text: str, made_of: str = "") -> SiteFile:
    return text_file(path, made_of or mark(text), lambda: text)


def full(_file: BinaryIO) -> None:
    _file.write(b"half of it")
    raise OSError(28, "No space left on device")


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = run(site, page("da/a.html", "one"), page("da/b.html", "two"))
    assert (first.rewritten, first.same, first.removed) == (2, 0, 0)
    stood = (site / "da/b.html").stat().st_mtime_ns
    second = run(site, page("da/a.html", "three"), page("da/b.html", "two"))
    assert (second.rewritten, second.same, second.removed) == (1, 1, 0)
    assert files_of(site) == {"da/a.html": b"three", "da/b.html": b"two"}
    assert (site / "da/b.html").stat().st_mtime_ns == stood


def test_a_page_that_comes_out_the_same_stays(tmp_path: Path) -> None:
    run(tmp_path, page("a.html", "one", "made so"))
    again = run(tmp_path, page("a.html", "one", "made otherwise"))
    assert (again.rewritten, again.same) == (0, 1)


def test_what_is_not_made_again_is_not_asked_for(tmp_path: Path) -> None:
    run(tmp_path, page("a.html", "one", "the same"))
    assert run(tmp_path, SiteFile("a.html", "the same", full)).same == 1


def test_vanished_pages_and_their_empty_folders_are_removed(tmp_path: Path) -> None:
    run(tmp_path, page("da/i/a.html", "one"), page("da/b.html", "two"))
    assert run(tmp_path, page("da/b.html", "two")).removed == 1
    assert files_of(tmp_path) == {"da/b.html": b"two"}
    assert not (tmp_path / "da/i").exists()


def test_a_full_disk_in_the_middle_leaves_the_old_site_whole(tmp_path: Path) -> None:
    run(tmp_path, page("a.html", "one"), page("b.html", "two"), page("c.html", "three"))
    before = files_of(tmp_path)
    with pytest.raises(OSError, match="No space"):
        run(tmp_path, page("a.html", "new"), SiteFile("b.html", "new", full))
    assert files_of(tmp_path) == before
    after = run(tmp_path, page("a.html", "new"), page("b.html", "two"), page("c.html", "three"))
    assert (after.rewritten, after.same) == (1, 2)


def test_a_run_that_was_killed_while_pages_came_into_place_is_completed(tmp_path: Path) -> None:
    run(tmp_path, page("a.html", "one"), page("b.html", "two"), page("c.html", "three"))
    with opened_state(tmp_path) as state:  # as a run does it, until just before `settle`
        writer = SiteWriter(tmp_path, state)
        writer.begin()
        with whole_run(state, tmp_path) as number:
            writer.put(page("a.html", "new"), number)
            writer.put(page("b.html", "newer"), number)
            writer.finish(number)
    assert files_of(tmp_path)["a.html"] == b"one"
    again = run(tmp_path, page("a.html", "new"), page("b.html", "newer"))
    assert (again.rewritten, again.same) == (0, 2)
    assert files_of(tmp_path) == {"a.html": b"new", "b.html": b"newer"}


def test_a_file_that_somebody_deleted_comes_back(tmp_path: Path) -> None:
    run(tmp_path, page("a.html", "one"))
    (tmp_path / "a.html").unlink()
    assert run(tmp_path, page("a.html", "one")).rewritten == 1
    assert files_of(tmp_path) == {"a.html": b"one"}


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("mine")
    with pytest.raises(Unusable, match=r"has other files in it and is not a site of Meldind\. Give an empty folder\."):
        run(tmp_path, page("a.html", "one"))
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.odt"]
    with pytest.raises(Unusable, match="is not a folder"):
        run(tmp_path / "thesis.odt", page("a.html", "one"))


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    with opened_state(tmp_path) as state:
        writer = SiteWriter(tmp_path, state)
        writer.begin()
        with whole_run(state, tmp_path) as number:
            writer.put(page("a.html", "first"), number)
            with pytest.raises(Unusable, match="another process"):
                run(tmp_path, page("a.html", "second"))
            assert (tmp_path / HIDDEN / "staged/0").read_bytes() == b"first"
        writer.settle()
    assert files_of(tmp_path) == {"a.html": b"first"}


def test_readers_of_other_users_may_read_it_but_not_its_state(tmp_path: Path) -> None:
    os.umask(0o077)
    site = tmp_path / "site"
    run(site, page("da/i/a.html", "one"))
    modes = {name: (site / name).stat().st_mode & 0o777 for name in ("", "da", "da/i", "da/i/a.html", ".meldind-site")}
    assert modes == {"": 0o755, "da": 0o755, "da/i": 0o755, "da/i/a.html": 0o644, ".meldind-site": 0o700}
