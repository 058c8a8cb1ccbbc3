"""How the files of a report are named and counted wherever its answers are shown."""

from collections.abc import Mapping
from typing import Any, Protocol

from conversations.context.context import Context
from conversations.forms.kinds.files import count_of
from conversations.forms.kinds.text import Text
from conversations.forms.questions import Question
from conversations.language.words import Place, _, labelled
from conversations.model.attached import ReportFile, part_of, to_answer


class WithAnswers(Protocol):
    """Anything with the id and the answers of a report."""

    @property
    def id(self) -> str:
        """The id of the report."""
        ...

    @property
    def answers(self) -> Mapping[str, Any]:
        """The present answers."""
        ...


def file_name(file: ReportFile) -> Place:
    """Returns the name of a file, or what kind of file it is."""
    if file.file.name:
        return file.file.name
    match file.file.kind:
        case "photo":
            return labelled("file", "a picture")
        case "voice":
            return labelled("file", "a voice message")
        case _:
            return labelled("file", "a file")


def takes_files(question: Question | None) -> bool:
    """Returns whether files may come with the text that answers the question; picture questions count theirs anyway."""
    return question is not None and isinstance(question.kind, Text) and bool(question.kind.files)


def with_files(shown: Place, question: Question | None, report: WithAnswers, context: Context) -> Place:
    """Returns the answer as `shown`, with the number of its files; `shown` is "" for an answer without words."""
    if question is None or not takes_files(question):
        return shown
    number = len(to_answer(question.key, those_of(report, context)))
    if not number:
        return shown
    return _("{first} · {second}", first=shown, second=count_of(number)) if shown else count_of(number)


def those_of(report: WithAnswers, context: Context) -> tuple[ReportFile, ...]:
    """Returns the files that belong to a report with its present answers."""
    return part_of(report.answers, context.find.reports.files(report.id))


def still_there(gathered: Mapping[str, Any] | None, report: str, context: Context) -> Mapping[str, Any] | None:
    """Returns `gathered` without files that turned out to be unusable; None if nothing is left."""
    if not gathered or not gathered.get("files"):
        return gathered
    known = {each.id for each in context.find.reports.files(report)}
    left = [each for each in gathered["files"] if each in known]
    if len(left) == len(gathered["files"]):
        return gathered
    rest = {key: value for key, value in gathered.items() if key != "files"}
    if left:
        return {**rest, "files": left}
    return rest if rest.get("parts") else None
