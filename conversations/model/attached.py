"""The files of a report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.language.events import File


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file that came with the answer to `question`; "" for a file of an imported report.

    `sha256` is "" until the file has been fetched and found usable.
    """

    id: str
    question: str
    file: File
    sha256: str = ""

    def is_part_of(self, answers: Mapping[str, Any]) -> bool:
        """Returns whether the file belongs to these answers: a changed or deleted answer may no longer mention it."""
        match answers.get(self.question):
            case _ if not self.question:
                return True
            case list() as mentioned:
                return self.id in mentioned
            case answer:
                return isinstance(answer, str)


def part_of(answers: Mapping[str, Any], files: Iterable[ReportFile]) -> tuple[ReportFile, ...]:
    """Returns the files that belong to these answers."""
    return tuple(each for each in files if each.is_part_of(answers))


def to_answer(question: str, files: Sequence[ReportFile]) -> tuple[ReportFile, ...]:
    """Returns the files that came with the answer to `question`."""
    return tuple(each for each in files if each.question == question)
