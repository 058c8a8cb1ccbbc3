"""Files: photos, documents, voice messages."""

from dataclasses import dataclass, replace
from typing import Any

from conversations.forms.kinds.base import (
    DONE,
    Asked,
    Gathered,
    Gathering,
    NotUnderstood,
    QuestionKind,
    Reading,
    Rows,
    Said,
    Understood,
)
from conversations.language.events import File, FileKind, Pressed, SentFile
from conversations.language.screen import Line
from conversations.language.words import Place, Words, _, counted

LARGEST = 20 * 1024 * 1024
"""Largest file in bytes. The Bot API gives a bot no larger one (api.json, getFile)."""

PICTURES = ("image/jpeg", "image/png", "image/webp")

DOCUMENTS = ("application/pdf", *PICTURES)
"""MIME types of documents that are accepted: none of them can contain a program."""


@dataclass(frozen=True, slots=True)
class Files(QuestionKind):
    """Up to `most` files of the given `kinds`; an image sent as a document counts as a photo."""

    kinds: tuple[FileKind, ...]
    most: int = 3

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads one more file, or Done."""
        match said:
            case SentFile(file) if self._takes(file):
                if why := refusal(file):
                    return NotUnderstood(why)
                if len(_files(gathered, asked)) >= self.most:
                    return NotUnderstood(
                        counted(
                            "There is room for one photo, and it is saved. Tap “Done” to continue.",
                            "There is room for {n} photos, and they are saved. Tap “Done” to continue.",
                            self.most,
                        )
                    )
                kept = len(_files(gathered, asked)) + 1
                picture = said if file.mime else replace(said, file=replace(file, mime=PICTURES[0]))
                return file_reading(
                    picture, gathered, asked, note=counted("{n} photo saved.", "{n} photos saved.", kept)
                )
            case Pressed("done"):
                if files := _files(gathered):
                    return Understood(files, (gathered or {}).get("caption", ""))
                return NotUnderstood(_("There is no photo yet. Send one with the paper clip, or tap “Skip”."))
            case _:
                return NotUnderstood(_("Send a photo with the paper clip, or tap “Skip”."))

    def _takes(self, file: File) -> bool:
        if file.kind == "document" and "photo" in self.kinds:
            return not file.mime or file.mime.startswith("image/")  # the type may not be known yet
        return file.kind in self.kinds

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """Returns how many files there are."""
        files = _files(gathered)
        return (Line(self.show(files)),) if files else ()

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns Done, once there is a file."""
        return ((DONE,),) if _files(gathered) else ()

    def show(self, value: Any) -> Place:
        """Returns how many files there are."""
        return counted("{n} photo", "{n} photos", len(value))


def count_of(number: int) -> Words:
    """Returns a number of files of any kind in words."""
    return counted("{n} file", "{n} files", number)


def refusal(file: File) -> Words | None:
    """Returns why `file` cannot be accepted; None if it can."""
    if file.size is not None and file.size > LARGEST:
        return _("That file is larger than 20 MB. Send a smaller one.")
    if file.kind == "document" and file.mime.startswith("image/") and file.mime not in PICTURES:
        return _("I cannot read this format of picture. Send it as a photo, and not as a file.")
    if file.kind == "document" and file.mime and file.mime not in DOCUMENTS:
        return _("I can take PDF files and photos, but not this kind of file. Send it as a PDF.")
    return None


def file_reading(said: SentFile, gathered: Gathered, asked: Asked, note: Words) -> Gathering:
    """Returns `said` as one more file of the answer, with its caption."""
    attachment = asked.context.new_id()
    kept = {**(gathered or {}), "files": [*_files(gathered, asked), attachment]}
    if said.caption:
        kept["caption"] = said.caption
        kept["parts"] = [*kept.get("parts", []), [said.message, said.caption]]
    return Gathering(kept, note, file=said.file, attachment=attachment)


def _files(gathered: Gathered, asked: Asked | None = None) -> list[str]:
    """Returns the ids of the files so far; new files are added to those of the present answer."""
    if gathered and "files" in gathered:
        return list(gathered["files"])
    return list(asked.value) if asked and isinstance(asked.value, list) else []
