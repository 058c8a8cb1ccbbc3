"""Forms: questions, grouped in modules, in the order in which they are asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from conversations.forms.kinds.base import (
    Answers,
    Asked,
    Gathered,
    NotUnderstood,
    QuestionKind,
    Reading,
    Said,
    Understood,
)
from conversations.forms.kinds.calls import OpenCall
from conversations.forms.kinds.then import Then
from conversations.language.words import Words


def always(_answers: Answers) -> bool:
    """The condition of a question that is always asked."""
    return True


@dataclass(frozen=True, slots=True)
class Above:
    """Words that stand above a question where `only_if` holds; they are no question themselves."""

    words: Words
    only_if: Callable[[Answers], bool] = always


@dataclass(frozen=True, slots=True)
class Rule:
    """What an answer has to be beside what its kind takes, and the sentence for one that is not."""

    holds: Callable[[Answers, Any, date], bool]
    why: Words


@dataclass(frozen=True, slots=True)
class Prompt:
    """The words of a question for each status of the initiative, which decides the tense."""

    planned: Words
    running: Words
    finished: Words

    def for_status(self, status: Any) -> Words:
        """Returns the words for a status; a paused initiative has those of a running one."""
        match status:
            case "planned":
                return self.planned
            case "finished":
                return self.finished
            case _:
                return self.running


@dataclass(frozen=True, slots=True)
class Module:
    """Questions that belong together and are offered together."""

    key: str
    title: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a form.

    `key` never changes; `label` is the short name in summaries; `only_if` decides from the answers so far whether the
    question is asked. `personal` answers contain names or addresses and are stored apart. `copied` says whether
    `/again` copies the answer. `in_call` questions are asked only while a call is open. `above` stands above it, and an
    answer keeps the `rule`.
    """

    key: str
    label: Words
    prompt: Words | Prompt
    kind: QuestionKind
    module: Module
    help: Words | None = None
    only_if: Callable[[Answers], bool] = always
    required: bool = False
    personal: bool = False
    copied: bool = True
    in_call: bool = False
    above: tuple[Above, ...] = ()
    rule: Rule | None = None

    def asks(self, asked: Asked, gathered: Mapping[str, Any] | None) -> tuple[Words, Words | None]:
        """Returns the words of the question now, and the help below them."""
        if isinstance(self.kind, Then) and self.kind.halfway(gathered):
            return self.kind.prompt, None
        if isinstance(self.kind, OpenCall):
            return self.kind.prompt(asked), self.help
        if isinstance(self.prompt, Prompt):
            return self.prompt.for_status(asked.answers.get("status")), self.help
        return self.prompt, self.help

    def read(self, said: Said, gathered: Gathered, asked: Asked) -> Reading:
        """Returns what the answer is after `said`; one that does not keep the rule is not understood."""
        reading = self.kind.read(said, gathered, asked)
        if not isinstance(reading, Understood) or self.rule is None:
            return reading
        kept = self.rule.holds(asked.answers, reading.value, asked.context.today)
        return reading if kept else NotUnderstood(self.rule.why)


@dataclass(frozen=True, slots=True)
class Form:
    """Questions in the order in which they are asked."""

    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """Returns the question with this key, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def modules(self) -> tuple[Module, ...]:
        """Returns the modules, in the order of their first questions."""
        return tuple(dict.fromkeys(question.module for question in self.questions))

    def relevant(self, answers: Answers, module: Module | None = None, calls: bool = False) -> tuple[Question, ...]:
        """Returns the questions that apply to these answers, in order; `calls` says whether a call is open."""
        return tuple(
            question
            for question in self.questions
            if (module is None or question.module.key == module.key)
            and question.only_if(answers)
            and (calls or not question.in_call or question.key in answers)
        )

    def relevant_answers(self, answers: Answers) -> dict[str, Any]:
        """Returns the answers to questions that apply, in the order of the form, without skipped ones."""
        return {
            question.key: answers[question.key]
            for question in self.questions
            if answers.get(question.key) is not None
            and question.only_if(answers)
            and question.kind.holds(answers[question.key], answers)
        }

    def missing(self, answers: Answers) -> Question | None:
        """Returns the first required question without an answer; None if the report can be sent."""
        return next(
            (
                question
                for question in self.relevant(answers)
                if question.required
                and (answers.get(question.key) is None or not question.kind.holds(answers[question.key], answers))
            ),
            None,
        )
