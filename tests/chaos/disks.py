"""A small disk of its own for a database: it can be filled up, and it can go read-only as a disk with errors does.

It is a file with an ext4 on it, mounted by a loop device, so the errors are the kernel's own (ENOSPC, EROFS) and come
where they would: in the middle of a write. That takes root on Linux; elsewhere these troubles are left out.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_RESERVE = "filler"


class Disk:
    """A mounted disk; `folder` is where."""

    def __init__(self, image: Path, folder: Path) -> None:
        self.folder = folder
        self._image = image

    def fill(self) -> None:
        """Take all the room that is left."""
        with contextlib.suppress(OSError), (self.folder / _RESERVE).open("ab", buffering=0) as filler:
            for size in (1 << 20, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while filler.write(bytes(size)):
                        pass

    def free(self) -> None:
        """Give the room back."""
        (self.folder / _RESERVE).unlink(missing_ok=True)

    def break_down(self) -> None:
        """Go read-only at once, under whoever is writing: what ext4 does when it meets an error."""
        _run("mount", "-o", "remount,abort", str(self.folder))

    def repair(self) -> None:
        """Unmount, check and mount it again; nobody may have a file open."""
        self._unmount()
        subprocess.run(("e2fsck", "-fy", str(self._image)), check=False, capture_output=True)
        self.mount()

    def mount(self) -> None:
        """Put it in its place."""
        _run("mount", "-o", "loop", str(self._image), str(self.folder))

    def _unmount(self) -> None:
        _run("umount", str(self.folder))


@contextlib.contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Disk | None]:
    """A disk in the folder `place`, of that size; None where none can be had."""
    image, folder = place / "disk.img", place / "disk"
    folder.mkdir()
    try:
        disk = _made(image, folder, megabytes)
    except (OSError, subprocess.CalledProcessError):
        yield None
        return
    try:
        yield disk
    finally:
        _run("umount", "--lazy", str(folder))
        image.unlink()


def _made(image: Path, folder: Path, megabytes: int) -> Disk:
    if not sys.platform.startswith("linux") or os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        raise PermissionError("A disk can be mounted only by root on Linux.")
    with image.open("wb") as file:
        file.truncate(megabytes << 20)
    _run("mkfs.ext4", "-q", "-F", "-m", "0", str(image))
    disk = Disk(image, folder)
    disk.mount()
    shutil.rmtree(folder / "lost+found")
    return disk


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
