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
"""Bytes. The Bot API gives a bot no larger file (api.json, getFile)."""

PICTURES = ("image/jpeg", "image/png", "image/webp")

DOCUMENTS = ("application/pdf", *PICTURES)
"""What may be sent as a document: nothing that can carry a program."""


@dataclass(frozen=True, slots=True)
class Files(QuestionKind):
    """Up to `most` files of the given `kinds`; an image sent as a document counts as a photo."""

    kinds: tuple[FileKind, ...]
    most: int = 3

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """One more file, or Done."""
        match said:
            case SentFile(file) if self._takes(file):
                if why := refusal(file):
                    return NotUnderstood(why)
                if len(_files(gathered, asked)) >= self.most:
                    return NotUnderstood(
                        counted(
                            "There is room for one picture, and it is saved. Tap Done to go on.",
                            "There is room for {n} pictures, and they are saved. Tap Done to go on.",
                            self.most,
                        )
                    )
                kept = len(_files(gathered, asked)) + 1
                picture = said if file.mime else replace(said, file=replace(file, mime=PICTURES[0]))
                return file_reading(
                    picture, gathered, asked, note=counted("{n} picture saved.", "{n} pictures saved.", kept)
                )
            case Pressed("done"):
                if files := _files(gathered):
                    return Understood(files, (gathered or {}).get("caption", ""))
                return NotUnderstood(_("There is no picture yet. Send one with the paper clip, or tap Skip."))
            case _:
                return NotUnderstood(_("Please send a picture with the paper clip, or tap Skip."))

    def _takes(self, file: File) -> bool:
        if file.kind == "document" and "photo" in self.kinds:
            return not file.mime or file.mime.startswith("image/")  # of what kind it is may not be known yet
        return file.kind in self.kinds

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """How many there are."""
        files = _files(gathered)
        return (Line(self.show(files)),) if files else ()

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Done, once there is one."""
        return ((DONE,),) if _files(gathered) else ()

    def show(self, value: Any) -> Place:
        """How many there are."""
        return counted("{n} picture", "{n} pictures", len(value))


def count_of(number: int) -> Words:
    """How many files there are, of whatever kind."""
    return counted("{n} file", "{n} files", number)


def refusal(file: File) -> Words | None:
    """Why `file` cannot be taken, if it cannot."""
    if file.size is not None and file.size > LARGEST:
        return _("That file is larger than 20 MB. Please send a smaller one.")
    if file.kind == "document" and file.mime.startswith("image/") and file.mime not in PICTURES:
        return _("I cannot read this format of picture. Please send it as a photo, and not as a file.")
    if file.kind == "document" and file.mime and file.mime not in DOCUMENTS:
        return _("I can take PDF files and pictures, but not this kind of file. Please send it as a PDF.")
    return None


def file_reading(said: SentFile, gathered: Gathered, asked: Asked, note: Words) -> Gathering:
    """`said` as one more file of the answer, with its caption."""
    attachment = asked.context.new_id()
    kept = {**(gathered or {}), "files": [*_files(gathered, asked), attachment]}
    if said.caption:
        kept["caption"] = said.caption
        kept["parts"] = [*kept.get("parts", []), [said.message, said.caption]]
    return Gathering(kept, note, file=said.file, attachment=attachment)


def _files(gathered: Gathered, asked: Asked | None = None) -> list[str]:
    """The files so far; more of them are added to those of the answer there is."""
    if gathered and "files" in gathered:
        return list(gathered["files"])
    return list(asked.value) if asked and isinstance(asked.value, list) else []
