"""What is shown first: a reading of only some of the words, or one that cannot be right."""

from datetime import date
from typing import Any

import pytest

from conversations.engine.understanding import understand
from tests.conversations.dialogue import REGISTERS
from tests.conversations.engine.test_typed_answers import at_question, kept

TWENTY = {"least": 20, "most": 20, "approximate": False}


@pytest.mark.parametrize(
    ("language", "question", "text", "meant"),
    [
        ("da", "period_start", "siden min kollega Lone kom til i 2017", {"value": "2017", "shown": True}),
        ("da", "period_start", "om en måned", {"value": "2026-12", "shown": True}),
        ("da", "period_start", "onsdag den 4. september 2025", {"ask": "which", "among": ["2025-09-04"]}),
        ("en", "period_start", "Friday 13 June", {"value": "2025-06-13"}),
        ("sl", "period_start", "od korone", {"ask": "which", "among": ["2020", "2021", "2022"]}),
        ("sl", "period_start", "pred leti", {"none": True}),
        ("en", "volunteers", "20 borrowed chairs", {"value": TWENTY, "shown": True}),
        ("en", "volunteers", "hovering 20", {"ask": "which", "among": [TWENTY, {**TWENTY, "approximate": True}]}),
        ("da", "frequency", "fredag kl. 10-12", {"value": "weekly", "shown": True}),
        ("da", "frequency", "tirsdag den 3. marts", {"ask": "which", "among": ["once", "weekly"]}),
        ("en", "sharing", "not just libraries", {"value": "network", "shown": True}),
        ("da", "yes_no", "ja nej", {"ask": "which", "among": [True, False]}),
        ("en", "subscribe", "everything except story time", {"ask": "which", "among": []}),
        ("en", "subscribe", "all but courses", {"ask": "which", "among": []}),
        ("sl", "subscribe", "jezikovne kavarne, ne tečaji", {"ask": "which", "among": []}),
        ("sl", "partners", "knjižnica Celje", {"ask": "which", "among": []}),
        ("en", "themes", "what are themes?", {"action": "help"}),
        ("sl", "period_start", "še nismo določili", {"none": True}),
        (
            "da",
            "contact",
            "Per er chef, per@bib.example",
            {"value": {"name": "Per", "email": "per@bib.example", "phone": None}, "shown": True},
        ),
    ],
)
def test_a_reading_of_only_some_of_the_words_is_not_kept(language: str, question: str, text: str, meant: Any) -> None:
    row = {"question": question, "input": text, "language": language}
    assert understand(row, REGISTERS, date(2026, 11, 30)) == meant


@pytest.mark.parametrize("confirming", ["yes", "ja", "Yes please"])
def test_a_number_that_is_shown_is_kept_once_confirmed(confirming: str) -> None:
    talk = at_question("volunteers", "en")
    talk.writes("20 borrowed chairs")
    assert kept(talk, "volunteers") == []
    talk.writes(confirming)
    assert kept(talk, "volunteers") == [TWENTY]


def test_a_number_that_is_shown_gives_way_to_another() -> None:
    talk = at_question("volunteers", "en")
    talk.writes("20 borrowed chairs")
    talk.writes("6")
    assert kept(talk, "volunteers") == [{"least": 6, "most": 6, "approximate": False}]
