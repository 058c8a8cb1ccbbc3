"""Free text, in one message or in several."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.forms.kinds.base import (
    DONE,
    OTHER_THAN_TEXT,
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
from conversations.forms.kinds.files import count_of, file_reading, refusal
from conversations.language.events import FileKind, Pressed, SentFile, Wrote
from conversations.language.screen import Line, Style
from conversations.language.words import Place, Words, _, counted
from conversations.reading.text import clean_line

MOST_FILES = 3
"""Most files that come with one text."""


@dataclass(frozen=True, slots=True)
class Text(QuestionKind):
    """Text of `least` to `most` characters.

    With `several`, messages are joined until the person taps Done, and files of the kinds in `files` may come with
    them; otherwise one message is the answer. Above `long` characters the person is told that shorter texts are read
    more often.
    """

    least: int = 0
    most: int = 1000
    long: int | None = None
    several: bool = False
    files: tuple[FileKind, ...] = ()

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Reads one more message, or Done."""
        match said:
            case Wrote(text, message) if self.several:
                return self._one_more(text, message, gathered)
            case Wrote(text):
                return self._whole(clean_line(text), text)
            case SentFile(file) if file.kind in self.files:
                if why := refusal(file):
                    return NotUnderstood(why)
                if len((gathered or {}).get("files", ())) >= MOST_FILES:
                    return NotUnderstood(
                        counted(
                            "There is room for one file here, and it is saved. Tap “Done” to continue.",
                            "There is room for {n} files here, and they are saved. Tap “Done” to continue.",
                            MOST_FILES,
                        )
                    )
                return file_reading(said, gathered, asked, note=_("Saved so far. Send more, or tap “Done”."))
            case Pressed("done") if self.several:
                return self._done(gathered, asked)
            case _:
                return NotUnderstood(OTHER_THAN_TEXT)

    def _one_more(self, text: str, message: int, gathered: Gathered) -> Reading:
        if not text:
            return NotUnderstood(_("That message was empty. Type your answer."))
        before = (gathered or {}).get("parts", [])
        parts = with_part(before, message, text)
        length = len(joined(parts))
        if length > self.most:
            return NotUnderstood(self._too_long(length))
        kept = {**(gathered or {}), "parts": parts}
        if length < self.least:
            return Gathering(kept, self._too_short(length))
        if self.long and length > self.long:
            return Gathering(
                kept,
                _(
                    "Saved so far: {n} characters. Shorter texts are read more often; tap “Done” if it is right.",
                    n=length,
                ),
            )
        return Gathering(kept, _("Saved so far. Send more, or tap “Done”."))

    def _done(self, gathered: Gathered, asked: Asked) -> Reading:
        parts = (gathered or {}).get("parts", [])
        text = joined(parts)
        if not text and asked.value is not None:
            return Understood(asked.value)  # the words stay; files that come later are added to them
        if not text and not (gathered or {}).get("files"):
            return NotUnderstood(_("There is nothing here yet. Type your answer first."))
        if len(text) < self.least:
            return NotUnderstood(self._too_short(len(text)))
        if len(text) > self.most:
            return NotUnderstood(self._too_long(len(text)))
        if len(parts) == 1:
            return Understood(text, text, message=parts[0][0])
        return Understood(text, text, parts=tuple((message, said) for message, said in parts))

    def _whole(self, line: str, text: str) -> Reading:
        if not line:
            return NotUnderstood(_("That message was empty. Type your answer."))
        if len(line) < self.least:
            return NotUnderstood(self._too_short(len(line)))
        if len(line) > self.most:
            return NotUnderstood(self._too_long(len(line)))
        return Understood(line, text)

    def _too_short(self, length: int) -> Words:
        return counted(
            "Write a little more: one character is missing.",
            "Write a little more: {n} characters are missing.",
            self.least - length,
        )

    def _too_long(self, length: int) -> Words:
        return _(
            "That is too long: {length} characters, and there is room for {most}. Send a shorter version; "
            "what you sent before is saved.",
            length=length,
            most=self.most,
        )

    def keeps_addresses(self, gathered: Gathered) -> bool:
        """Returns True: the addresses are part of the text."""
        return True

    def so_far(self, gathered: Gathered) -> Any:
        """Returns the text so far."""
        return joined((gathered or {}).get("parts", [])) or None

    def lines(self, gathered: Gathered, asked: Asked) -> tuple[Line, ...]:
        """Returns the text so far, and how many files came with it."""
        text, files = joined((gathered or {}).get("parts", [])), (gathered or {}).get("files", ())
        said = (Line(shortened(text, 600), Style.PLAIN),) if text else ()
        return (*said, Line(count_of(len(files)))) if files else said

    def rows(self, gathered: Gathered, asked: Asked) -> Rows:
        """Returns Done, once there is a text."""
        return ((DONE,),) if self.several and gathered else ()

    def show(self, value: Any) -> Place:
        """Returns the text, shortened."""
        return shortened(str(value), 160)


def with_part(parts: Sequence[Sequence[Any]], message: int, text: str) -> list[list[Any]]:
    """Returns `parts` with one more; a message that is there already was edited or came twice, and is replaced."""
    if message and any(number == message for number, _said in parts):
        return [[number, text if number == message else said] for number, said in parts]
    return [*([number, said] for number, said in parts), [message, text]]


def joined(parts: Iterable[Sequence[Any]]) -> str:
    """Returns the joined text of several messages, each `[number, text]`."""
    return "\n".join(text for _message, text in parts)


def shortened(text: str, most: int) -> str:
    """Returns `text`, cut at a word to at most `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(None, 1)[0] if " " in cut else cut) + "…"
