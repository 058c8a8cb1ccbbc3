"""What is filled in of a told message, and how sure it has to be."""

from datetime import date

import pytest

from conversations.reading.story.certainty import CERTAINTY, FLOOR, fills
from conversations.reading.story.reading import read_story
from tests.conversations.dialogue import REGISTERS


def test_every_field_that_is_read_in_several_ways_has_a_floor() -> None:
    assert FLOOR.keys() == CERTAINTY.keys()
    assert all(0 <= share <= 1 for ways in CERTAINTY.values() for share in ways.values())


def test_nothing_below_the_floor_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def title() -> str | None:
        found = read_story("Homework help in Maribor. Every Monday.", "en", date(2026, 11, 30), REGISTERS).title
        return found.value if found else None

    assert title() == "Homework help"
    monkeypatch.setitem(CERTAINTY["title"], "first words", FLOOR["title"] - 0.01)
    assert not fills("title", "first words")
    assert title() is None
