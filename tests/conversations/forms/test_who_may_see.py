"""Who may see a report, in people's own words: nothing wider is kept than they said, and what is near is asked."""

from datetime import date
from typing import Any

import pytest

from conversations.engine.understanding import understand
from tests.conversations.dialogue import REGISTERS


def meant(language: str, text: str) -> Any:
    """The key that is kept, or the keys that are offered; one that is shown to be confirmed is offered too."""
    row = {"question": "sharing", "input": text, "language": language}
    found = understand(row, REGISTERS, date(2026, 11, 30))
    return [found["value"]] if found.get("shown") else found.get("value", found.get("among"))


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("en", "everybody can have a look", "public"),
        ("en", "visible for other librarians", "network"),
        ("en", "everyone in the network", "network"),
        ("en", "you guys only", "coordinators"),
        ("da", "hele verden må kigge med", "public"),
        ("da", "det må biblioteksfolk gerne læse", "network"),
        ("da", "hold den for jer selv", "coordinators"),
        ("sl", "lahko prebere kdorkoli", "public"),
        ("sl", "naj vidijo knjižničarji", "network"),
        ("sl", "zaupno, samo za vas", "coordinators"),
    ],
)
def test_words_about_seeing_and_sharing_may_stand_beside(language: str, text: str, key: str) -> None:
    assert meant(language, text) == key


@pytest.mark.parametrize(
    ("language", "text", "offered"),
    [
        ("sl", "ne bi radi, da je javno", ["network", "coordinators"]),
        ("da", "jeg vil ikke have, at det er offentligt", ["network", "coordinators"]),
        ("en", "I don't want that it is public", ["network", "coordinators"]),
        ("en", "not public", ["network", "coordinators"]),
        ("en", "please don't share with partners", ["coordinators"]),
        ("en", "everyone except the press", ["network", "coordinators"]),
        ("en", "everybody in my family", ["public"]),
        ("en", "colleagues in the ministry", ["public", "network"]),
        ("da", "må ikke offentliggøres", ["network", "coordinators"]),
        ("da", "det er ikke hemmeligt", ["public"]),
        ("sl", "ne javno", ["network", "coordinators"]),
        ("sl", "interno", ["network", "coordinators"]),
    ],
)
def test_what_is_turned_round_or_only_in_part_understood_is_asked(language: str, text: str, offered: list[str]) -> None:
    assert meant(language, text) == offered
