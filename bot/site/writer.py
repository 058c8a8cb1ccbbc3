"""Writes the files of a site so that readers always find a whole one: first all beside it, then each into its place."""

import os
import shutil
import sqlite3
from hashlib import file_digest
from pathlib import Path, PurePosixPath

from bot.site.files import SiteFile
from bot.site.state import HIDDEN

READABLE_FILE, READABLE_FOLDER = 0o644, 0o755
"""A web server of another user may read what is public."""


class SiteWriter:
    """Writes one run. `put` only prepares files; after the state is kept, `settle` brings them into their places.

    A run that ends before its state is kept changes nothing that readers see. One that ends in the middle of `settle`
    is completed by the next `settle`.
    """

    def __init__(self, folder: Path, state: sqlite3.Connection, design: str = "") -> None:
        self._folder = folder
        self._staging = folder / HIDDEN / "staged"
        self._state = state
        self._design = design
        self._staged = 0
        self._made: set[str] = set()
        self.rewritten = self.same = self.removed = 0

    def begin(self) -> None:
        """Complete what an earlier run left, and throw away what it had only prepared."""
        self.settle()
        shutil.rmtree(self._staging, ignore_errors=True)
        self._staging.mkdir(parents=True)

    def put(self, file: SiteFile, run: int) -> bool:
        """Prepare `file`; returns whether its content changed."""
        made_of = f"{self._design}{file.made_of}"
        before = self._state.execute("SELECT made_of, content FROM files WHERE path = ?", (file.path,)).fetchone()
        target = self._folder / file.path
        if before and before[0] == made_of and target.exists():
            self._state.execute("UPDATE files SET run = ? WHERE path = ?", (run, file.path))
            self.same += 1
            return False
        staged = self._staging / str(self._staged)
        with staged.open("w+b") as opened:
            file.write(opened)
            opened.seek(0)
            content = file_digest(opened, "sha256").hexdigest()
            os.fchmod(opened.fileno(), READABLE_FILE)
        known = before and before[1] == content and target.exists()
        self._state.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", (file.path, made_of, content, run))
        if known:
            staged.unlink()
            self.same += 1
            return False
        self._make_folder(PurePosixPath(file.path).parent)
        self._state.execute("INSERT OR REPLACE INTO pending VALUES (?, ?)", (file.path, staged.name))
        self._staged += 1
        self.rewritten += 1
        return True

    def finish(self, run: int) -> None:
        """Plan the removal of the files that this run did not put, before its state is kept."""
        gone = "SELECT path, NULL FROM files WHERE run <> ?"
        self.removed = self._state.execute(f"INSERT OR REPLACE INTO pending {gone}", (run,)).rowcount  # nosec B608
        self._state.execute("DELETE FROM files WHERE run <> ?", (run,))

    def settle(self) -> None:
        """Bring every prepared file into its place, and remove those that are gone."""
        changed = False
        for path, staged in self._state.execute("SELECT path, staged FROM pending ORDER BY staged IS NULL, path"):
            target = self._folder / path
            if staged is None:
                target.unlink(missing_ok=True)
                self._remove_empty(target.parent)
            elif (source := self._staging / staged).exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
            changed = True
        if changed:
            self._state.execute("DELETE FROM pending")

    def _make_folder(self, folder: PurePosixPath) -> None:
        if str(folder) in self._made:
            return
        for part in (*reversed(folder.parents), folder):
            here = self._folder / part
            if not here.is_dir():
                here.mkdir()
                here.chmod(READABLE_FOLDER)
        self._made.add(str(folder))

    def _remove_empty(self, folder: Path) -> None:
        while folder != self._folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def folder_size(folder: Path) -> tuple[int, int]:
    """Returns how many files the site in `folder` has, and how many bytes; without what is hidden."""
    files = size = 0
    for root, folders, names in os.walk(folder):
        if HIDDEN in folders:
            folders.remove(HIDDEN)
        files += len(names)
        size += sum((Path(root) / name).stat().st_size for name in names)
    return files, size
