"""The results of a call: late and declined reports, and the answers to its own questions, counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from conversations.language.words import Exact, InLanguages, PartialDate, Place
from conversations.model.calls import OwnKind, OwnQuestion, WholeCall
from conversations.model.happenings import ReportSummary
from conversations.reading.dates.edtf import is_edtf
from conversations.reading.numbers.numbers import Numbers


@dataclass(frozen=True, slots=True)
class ToCall:
    """A report to a call: whether it was late, and its answers to the call's own questions."""

    report: ReportSummary
    late: bool
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One answer, and the library of each report that gives it.

    `said` is a text, a number or range, or the words of a choice in each language.
    """

    said: Any
    libraries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnAnswers:
    """One of a call's own questions with all its answers; `language` is the language in which the call was written."""

    kind: OwnKind
    texts: Mapping[str, str]
    language: str
    answers: tuple[OwnAnswer, ...]

    @property
    def question(self) -> InLanguages:
        """The question, in the reader's language if it exists."""
        return InLanguages(self.texts, self.language)

    @property
    def reports(self) -> int:
        """How many reports answer it."""
        return sum(len(each.libraries) for each in self.answers)

    def words(self, answer: OwnAnswer) -> Place:
        """Returns an answer in words."""
        if self.kind in ("choice", "several") and isinstance(answer.said, Mapping):
            return InLanguages(answer.said, self.language)
        if self.kind == "number" and isinstance(answer.said, Mapping):
            return Numbers(answer.said["least"], answer.said["most"], bool(answer.said.get("approximate")))
        if self.kind in ("integer", "decimal") and isinstance(answer.said, int | float):
            return Exact(answer.said)
        if self.kind == "date" and isinstance(answer.said, str) and is_edtf(answer.said):
            return PartialDate(answer.said)
        return str(answer.said)


@dataclass(frozen=True, slots=True)
class Called:
    """A call's title, its late and declined reports, and the answers to its own questions."""

    titles: Mapping[str, str]
    language: str
    late: tuple[ReportSummary, ...]
    declined: tuple[ReportSummary, ...]
    own: tuple[OwnAnswers, ...]

    @property
    def title(self) -> InLanguages:
        """The title, in the reader's language if it exists."""
        return InLanguages(self.titles, self.language)


def called(call: WholeCall, sent: Sequence[ToCall]) -> Called:
    """Returns the results of the call from the reports `sent`; answers in declined reports do not count."""
    counted = [each for each in sent if each.report.status != "declined"]
    own = [(question, _answers(question, call, counted)) for question in call.questions if question.texts]
    return Called(
        dict(call.titles),
        call.language,
        tuple(each.report for each in counted if each.late),
        tuple(each.report for each in sent if each.report.status == "declined"),
        tuple(answers for question, answers in own if answers.reports or not question.retired),
    )


def _answers(question: OwnQuestion, call: WholeCall, sent: Sequence[ToCall]) -> OwnAnswers:
    """Returns the answers: choices in their order, numbers from the smallest, texts as they came."""
    given = [
        (each.answers[question.key], each.report.library)
        for each in sent
        if each.answers.get(question.key) not in (None, "", [])
    ]
    kind = question.kind
    if kind in ("choice", "several"):
        known = question.choice_keys
        found = [
            OwnAnswer(dict(texts), tuple(library for said, library in given if key in _keys(said)))
            for key, texts in zip(known, question.choices, strict=False)
        ]
        found += [OwnAnswer(key, (library,)) for said, library in given for key in _keys(said) if key not in known]
    elif kind == "number":
        numbers = [(said, library) for said, library in given if _is_number(said)]
        distinct = sorted({_number(said) for said, _library in numbers})
        found = [
            OwnAnswer(
                {"least": least, "most": most if most >= 0 else None, "approximate": approximate},
                tuple(library for said, library in numbers if _number(said) == (least, most, approximate)),
            )
            for least, most, approximate in distinct
        ]
    elif kind in ("integer", "decimal", "date"):
        values = sorted({said for said, _library in given if isinstance(said, int | float | str)}, key=_in_order)
        found = [OwnAnswer(value, tuple(library for said, library in given if said == value)) for value in values]
    else:
        found = [OwnAnswer(str(said), (library,)) for said, library in given]
    return OwnAnswers(kind, dict(question.texts), call.language, tuple(found))


def _in_order(said: float | str) -> tuple[bool, float, str]:
    return (True, 0.0, said) if isinstance(said, str) else (False, said, "")


def _keys(said: Any) -> Sequence[str]:
    return [str(key) for key in said] if isinstance(said, list) else [str(said)]


def _is_number(said: Any) -> bool:
    return isinstance(said, Mapping) and isinstance(said.get("least"), int)


def _number(said: Mapping[str, Any]) -> tuple[int, int, bool]:
    """Returns a sort key; -1 stands for no upper end."""
    most = said.get("most")
    return said["least"], most if isinstance(most, int) else -1, bool(said.get("approximate"))
