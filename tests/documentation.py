"""Gathers the pages of the documentation for its site: `python -m tests.documentation FOLDER`, a part of `make docs`.

The pages are those of the sources. Links between them are brought along; one to a file that is not on the site becomes
plain text. The notes get a page that lists them.
"""

import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
ELSEWHERE = {"README.md": "index.md", "CONTRIBUTING.md": "contributing.md", "CHANGELOG.md": "changelog.md"}
"""The pages that do not lie in docs/, and what they are called on the site."""
NOTES = "notes/index.md"

_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\((?!https?:|#)([^)#\s]+)(#[^)\s]*)?\)")
_CODE = re.compile(r"(^```.*?^```)", re.MULTILINE | re.DOTALL)


def place_of(file: Path) -> str | None:
    """Returns where a file or folder of the sources is on the site; None if it is not there."""
    if file == DOCS / "notes":
        return NOTES
    if file.is_relative_to(DOCS):
        return file.relative_to(DOCS).as_posix()
    return ELSEWHERE.get(file.relative_to(ROOT).as_posix()) if file.is_relative_to(ROOT) else None


def page(file: Path) -> str:
    """Returns the page of a file, with its links as they are on the site."""
    here = Path(place_of(file) or "")

    def brought(link: re.Match[str]) -> str:
        mark, words, target, heading = link.groups()
        place = place_of((file.parent / target).resolve())
        words = _LINK.sub(brought, words)
        if place is None:
            return words
        return f"{mark}[{words}]({Path(os.path.relpath(place, here.parent)).as_posix()}{heading or ''})"

    pieces = _CODE.split(file.read_text("utf-8"))
    return "".join(piece if number % 2 else _LINK.sub(brought, piece) for number, piece in enumerate(pieces))


def list_of_notes() -> str:
    """Returns the page that lists the notes."""
    rows = [
        f"- [{note.read_text('utf-8').partition(chr(10))[0].removeprefix('# ')}]({note.name})"
        for note in sorted((DOCS / "notes").glob("*.md"))
    ]
    return "\n".join(["# Why things are as they are", "", *rows, ""])


def gather(folder: Path) -> None:
    """Write all pages and what they show to `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DOCS, folder, ignore=shutil.ignore_patterns("*.dockerignore"))
    for file in (*DOCS.rglob("*.md"), *(ROOT / name for name in ELSEWHERE)):
        (folder / (place_of(file) or "")).write_text(page(file), "utf-8")
    (folder / NOTES).write_text(list_of_notes(), "utf-8")


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
