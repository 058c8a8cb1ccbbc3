"""What `meldind understand` says is what the chat does; and what is kept of a typed text is said back."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.telegram.rendering import render, without_format
from conversations.context.session import Filling, Session
from conversations.engine.understanding import understand, value_in_row
from conversations.forms.initiative import INITIATIVE
from conversations.forms.questions import Question
from conversations.language.events import Wrote
from conversations.language.languages import LANGUAGES
from conversations.model.outcomes import Answered
from conversations.model.reports import Report
from conversations.reading.text import clean_text
from tests.conversations.dialogue import CATALOGUES, REGISTERS, Dialogue
from tests.understanding.rows import Row, languages, rows

BEFORE: dict[str, Any] = {"library": {"key": "dk-0461", "name": "Odense Bibliotekerne"}, "status": "running"}


def at_question(key: str, language: str, status: str = "running") -> Dialogue:
    """A person who stands at this question of a new report."""
    talk = Dialogue(language)
    answers = {**BEFORE, "status": status}
    answers.pop(key, None)
    talk.memory.reports.kept["r1"] = Report("r1", "draft", answers)
    talk.memory.session = Session(at=Filling("r1", key))
    return talk


def kept(talk: Dialogue, key: str) -> list[Any]:
    """The values that the turn keeps as answers to the question."""
    assert talk.turn is not None
    return [each.value for each in talk.turn.outcomes if isinstance(each, Answered) and each.question == key]


@pytest.mark.parametrize("language", tuple(languages()))
def test_the_chat_keeps_what_the_command_understands(language: str) -> None:
    different = [str(row["input"]) for row in rows(language, "work") if _is_of_the_form(row) and not _agrees(row)]
    assert different == []


def test_perhaps_is_asked_about_as_true_or_false() -> None:
    row = {"question": "yes_no", "input": "måske", "language": "da"}
    assert understand(row, REGISTERS, date(2026, 11, 30)) == {"ask": "which", "among": [True, False]}


@pytest.mark.parametrize("typed", ["juli 27, måske længere", "det evalueres i 2027", "permanent, evalueres dog i 2028"])
def test_a_time_that_is_not_certain_is_asked_about(typed: str) -> None:
    talk = at_question("period_end", "da")
    talk.writes(typed)
    assert kept(talk, "period_end") == []


def test_a_choice_beside_unknown_words_is_kept_once_it_is_confirmed() -> None:
    talk = at_question("status", "da", "planned")
    talk.writes("kører med vinddrejning")
    assert kept(talk, "status") == []
    assert "I gang" in talk.said()
    talk.writes("ja")
    assert kept(talk, "status") == ["running"]


def _is_of_the_form(row: Row) -> bool:
    return "question" in row and INITIATIVE.question(str(row["question"])) is not None


def _agrees(row: Row) -> bool:
    key, language, status = str(row["question"]), str(row["language"]), row["context"].get("status", "running")
    talk = at_question(key, language, status)
    meant = understand({**row, "context": {"status": status}}, REGISTERS, talk.now.date())
    talk.writes(clean_text(str(row["input"])))
    found = kept(talk, key)
    question = INITIATIVE.question(key)
    assert question is not None
    if "value" in meant and not meant.get("shown"):
        return [value_in_row(question.kind, value) for value in found] == [meant["value"]]
    return found == [] or ("action" in meant and found == [None])


QUESTIONS = [question for question in INITIATIVE.questions if not question.in_call]
LETTERS = st.text(max_size=400)
SAID = """
og in and børn otroci kids 12 ca. 30 ni ingen none stop nej da yes uge maj 2026 odense v Kopru ikke ne not STOP • 1) , ;
- ring 89000012 bo@library.example fanger Romi syge hver gang i alt skupaj
"""
WORDS = st.lists(st.sampled_from([*SAID.split(), "\n"]), max_size=12).map(" ".join)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(QUESTIONS), st.sampled_from(LANGUAGES), st.one_of(WORDS, LETTERS))
def test_whatever_is_kept_is_said_back(question: Question, language: str, text: str) -> None:
    talk = at_question(question.key, language)
    turn = talk.takes(Wrote(clean_text(text), 7))
    told = "\n".join(
        without_format(message)["text"] for screen in turn.screens for message in render(screen, CATALOGUES[language])
    )
    for value in kept(talk, question.key):
        if value is not None:
            shown = " ".join(talk.reads(question.kind.show(value)).split())
            assert shown[:40] in " ".join(told.split())
