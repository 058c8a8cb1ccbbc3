"""The files that came with a report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.language.events import File


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file that came for the answer to `question`; "" for one that came with an imported report.

    `sha256` is "" until the file has been fetched, which also says whether it is of use.
    """

    id: str
    question: str
    file: File
    sha256: str = ""

    def is_part_of(self, answers: Mapping[str, Any]) -> bool:
        """Whether it belongs to these answers: an answer that was taken back or changed may mention it no more."""
        match answers.get(self.question):
            case _ if not self.question:
                return True
            case list() as mentioned:
                return self.id in mentioned
            case answer:
                return isinstance(answer, str)


def part_of(answers: Mapping[str, Any], files: Iterable[ReportFile]) -> tuple[ReportFile, ...]:
    """Those of `files` that belong to these answers."""
    return tuple(each for each in files if each.is_part_of(answers))


def to_answer(question: str, files: Sequence[ReportFile]) -> tuple[ReportFile, ...]:
    """Those of `files` that came for the answer to `question`."""
    return tuple(each for each in files if each.question == question)
