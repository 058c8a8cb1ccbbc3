"""Where it takes place, in people's own words: several places are "more than one of these"."""

from datetime import date
from typing import Any

import pytest

from conversations.engine.understanding import understand
from tests.conversations.dialogue import REGISTERS


@pytest.mark.parametrize(
    ("language", "text", "meant"),
    [
        ("da", "på biblioteket og på skolen", {"value": "mixed"}),
        ("sl", "po telefonu in po zoomu", {"value": "mixed"}),
        ("sl", "v šoli in v vrtcu", {"value": "out"}),
        ("en", "at home, by phone", {"value": "mixed"}),
        ("en", "in the library, never online", {"value": "in_library", "shown": True}),
    ],
)
def test_several_places_are_one_answer(language: str, text: str, meant: Any) -> None:
    row = {"question": "format", "input": text, "language": language}
    assert understand(row, REGISTERS, date(2026, 11, 30)) == meant
